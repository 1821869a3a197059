"""``her2ld mappings --prove`` and ``--drift``: whole reports, exit statuses, and the proof that is written."""

import gzip
import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from shutil import copy

import pytest
from click.testing import CliRunner

from her2ld.cli import main
from tests.mesh_releases import MeshRecord, as_n_triples, as_xml, mesh_records

RELEASES = Path(__file__).parent / "releases"
OF_THE_TESTS = ("--data", "claims.ttl")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with the small releases, MeSH as it should be and MeSH with one change of each kind."""
    for file in RELEASES.iterdir():
        copy(file, tmp_path)
    (tmp_path / "mesh2024.nt.gz").write_bytes(gzip.compress(as_n_triples(mesh_records().values()), mtime=0))
    (tmp_path / "mesh-next.nt").write_bytes(as_n_triples(changed()))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def changed() -> Iterable[MeshRecord]:
    """Return MeSH with one change of each kind, all of them made up."""
    records = mesh_records()
    for identifier, change in {
        "D001943": {"tree_numbers": ("C04.588.180", "C99.100"), "allowed": ("Q000378",)},
        "D004642": {"name": "Frangulic Acid"},
        "D005784": {"active": False},
        "D011379": {"name": "Outlook", "other_names": ("Prognosis",)},
        "D016454": {"type": "TopicalDescriptor"},
        "D018719": {"allowed": (), "forbidden": (("Q000378", "D008024"),)},
    }.items():
        records[identifier] = replace(records[identifier], **change)  # type: ignore[arg-type]
    del records["D014611"]
    return records.values()


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["mappings", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def sha256(name: str) -> str:
    return hashlib.sha256(Path(name).read_bytes()).hexdigest()


def findings(out: str) -> str:
    """Return what is said before the releases and the counts."""
    return out[: out.index("MeSH RDF: ")]


def test_what_we_ship_is_proven_against_the_release_it_was_read_in() -> None:
    """If this fails after a change of her2.ttl: give tests/releases/mesh.tsv a row of MeSH's own for the new one."""
    status, out, err = run("--prove", "mesh2024.nt.gz", "--release", "MeSH 2024")
    assert (status, err) == (0, "")
    assert out.startswith(f"MeSH RDF: MeSH 2024 (mesh2024.nt.gz), sha256 {sha256('mesh2024.nt.gz')}\n  mesh: ")
    assert out.endswith(": no findings, no notes\n")


def test_what_we_ship_is_proven_against_the_files_of_xml_together() -> None:
    for letter in "DQC":
        Path(f"{letter}.xml").write_bytes(as_xml(list(mesh_records().values()), letter))
    status, out, _ = run("--prove", "D.xml", "Q.xml", "C.xml")
    assert status == 0
    assert "\n  mesh: " in out
    assert "mesh: " not in out.partition("unproven")[2]


FINDINGS = """\
mesh:D001943 Breast Neoplasms  (tree number)
  MeSH next (mesh-next.nt): we state the tree number C17.800.090.500; the release has C04.588.180, C99.100
  remedy: state those of the release
  used: her2:BreastCancer skos:broadMatch
mesh:D001943 Breast Neoplasms  (new tree number, a note)
  MeSH next (mesh-next.nt): the release has the tree number C99.100, too, which we do not state
  remedy: state it
  used: her2:BreastCancer skos:broadMatch
mesh:D001943Q000188 Breast Neoplasms/drug therapy  (pair not listed)
  MeSH next (mesh-next.nt): the release does not list this pair: the qualifier is not allowed for the descriptor
  remedy: look the heading up in the record that PubMed has now, and copy it
  used: https://doi.org/10.1000/made-up#3 her2:qualifiedDescriptor
mesh:D004642 Emodin  (label)
  MeSH next (mesh-next.nt): we show “Emodin”; the release calls it “Frangulic Acid”, and has no such other name
  remedy: see whether “Frangulic Acid” is what we mean; if so show that, if not map anew
  used: her2:Emodin skos:exactMatch
mesh:D005784 Gene Amplification  (retired)
  MeSH next (mesh-next.nt): it is not active any more
  remedy: look for the term that took its place, or say that the vocabulary has none
  used: her2:GeneAmplification skos:exactMatch
mesh:D011379 Prognosis  (other name, a note)
  MeSH next (mesh-next.nt): we show “Prognosis”, which is an entry term; the preferred name is “Outlook”
  remedy: show “Outlook”
  used: her2:Prognosis skos:exactMatch
mesh:D014611 Vaccination  (missing)
  MeSH next (mesh-next.nt): the release does not have it
  remedy: look its name up in the release, and use what is found
  used: her2:Vaccination skos:exactMatch
mesh:D016454 Review  (type)
  MeSH next (mesh-next.nt): we use it as a publication type; in the release it is a descriptor
  remedy: use the identifier of a publication type
  used: https://doi.org/10.1000/made-up her2:publicationType
mesh:D018719Q000378 Receptor, ErbB-2/metabolism  (pair not allowed)
  MeSH next (mesh-next.nt): the release does not allow the qualifier for the descriptor; it says to use mesh:D008024 instead
  remedy: take the heading from the record that PubMed has now
  used: https://doi.org/10.1000/made-up#2 her2:qualifiedDescriptor
mesh:Q000235 genetics  (type)
  MeSH next (mesh-next.nt): we use it as a descriptor; in the release it is a qualifier
  remedy: use the identifier of a descriptor
  used: https://doi.org/10.1000/made-up#1 her2:descriptor
"""  # noqa: E501


def test_each_kind_of_change_is_a_finding_of_its_own() -> None:
    status, out, err = run("--prove", "mesh-next.nt", "--release", "MeSH next", *OF_THE_TESTS)
    assert (status, err) == (1, "")
    assert out == (
        f"{FINDINGS}MeSH RDF: MeSH next (mesh-next.nt), sha256 {sha256('mesh-next.nt')}\n"
        "  mesh: 11 checked, 3 proven, 8 refuted\n"
        "  go: 3 unproven, no release given: 0007165, 0038128, 0038133\n"
        "  hgnc: 4 unproven, no release given: 3236, 3430, 3431, 3432\n"
        "  ncit: 2 unproven, no release given: C1404, C1647\n"
        "  uniprot: 4 unproven, no release given: P00533, P04626, P21860, Q15303\n"
        "  vo: 1 unproven, no release given: 0000002\n"
        "checked 11 identifiers of 25: 8 findings, 2 notes\n"
    )


OTHERS = """\
go:0007165 signal transduction  (retired)
  go releases/2099-01-01 (go-next.obo): it is obsolete; it says to consider go:0038128, go:0038133
  remedy: look for the term that took its place, or say that the vocabulary has none
  used: her2:SignalTransduction skos:exactMatch
go:0038128 ERBB2 signaling pathway  (other name, a note)
  go releases/2099-01-01 (go-next.obo): we show “ERBB2 signaling pathway”, which is an exact synonym; the preferred name is “ERBB2 {HER2} signaling pathway”
  remedy: show “ERBB2 {HER2} signaling pathway”
  used: her2:HER2Signaling skos:exactMatch
go:0038133 ERBB2-ERBB3 signaling pathway  (replaced)
  go releases/2099-01-01 (go-next.obo): it was merged into another term; the release names go:0038128 instead
  remedy: use go:0038128, if it means the same
  used: her2:HER3Signaling skos:exactMatch
hgnc:3431 ERBB3  (other name, a note)
  hgnc.tsv: we show “ERBB3”, which is a previous symbol; the preferred name is “MADEUP3”
  remedy: show “MADEUP3”
  used: her2:HER3Gene skos:exactMatch
hgnc:3432 ERBB4  (retired)
  hgnc.tsv: its status is “Entry Withdrawn”, not “Approved”
  remedy: look for the term that took its place, or say that the vocabulary has none
  used: her2:HER4Gene skos:exactMatch
ncit:C1404 Protein Kinase Inhibitor  (replaced)
  thesaurus 23.09d (ncit.owl): it is deprecated; the release names ncit:C1967 instead
  remedy: use ncit:C1967, if it means the same
  used: her2:KinaseInhibitor skos:exactMatch
uniprot:P21860 Receptor tyrosine-protein kinase erbB-3  (other name, a note)
  uniprot.rdf: we show “Receptor tyrosine-protein kinase erbB-3”, which is an alternative name; the preferred name is “A later name”
  remedy: show “A later name”
  used: her2:HER3 skos:exactMatch
uniprot:Q15303 Receptor tyrosine-protein kinase erbB-4  (label)
  uniprot.fasta: we show “Receptor tyrosine-protein kinase erbB-4”; the release calls it “Another name”, and has no such other name
  remedy: see whether “Another name” is what we mean; if so show that, if not map anew
  used: her2:HER4 skos:exactMatch
uniprot:Q15303 Receptor tyrosine-protein kinase erbB-4  (replaced)
  uniprot.rdf: it is obsolete; the release names uniprot:P00533 instead
  remedy: use uniprot:P00533, if it means the same
  used: her2:HER4 skos:exactMatch
"""  # noqa: E501


def test_the_other_vocabularies_are_held_against_theirs() -> None:
    files = {
        "go-next.obo": "OBO ontology: go releases/2099-01-01 (go-next.obo)",
        "ncit.owl": "OWL ontology: thesaurus 23.09d (ncit.owl)",
        "hgnc.tsv": "HGNC complete set: hgnc.tsv",
        "uniprot.fasta": "UniProt FASTA: uniprot.fasta",
        "uniprot.rdf": "UniProt RDF: uniprot.rdf",
    }
    status, out, err = run("--prove", *files, *OF_THE_TESTS)
    assert (status, err) == (1, "")
    assert out == (
        OTHERS
        + "".join(f"{said}, sha256 {sha256(file)}\n" for file, said in files.items())
        + "  go: 3 checked, 1 proven, 2 refuted\n"
        "  hgnc: 4 checked, 3 proven, 1 refuted\n"
        "  ncit: 2 checked, 1 proven, 1 refuted\n"
        "  uniprot: 4 checked, 3 proven, 1 refuted\n"
        "  mesh: 11 unproven, no release given: C508053, D001943, D001943Q000188, D004642, D005784, D011379, D014611, "
        "D016454, D018719, D018719Q000378, Q000235\n"
        "  vo: 1 unproven, no release given: 0000002\n"
        "checked 13 identifiers of 25: 6 findings, 3 notes\n"
    )


def test_a_note_fails_if_it_is_asked_to() -> None:
    Path("go.obo").write_bytes(Path("go-next.obo").read_bytes().replace(b"is_obsolete: true", b"comment: x"))
    lines = Path("claims.ttl").read_text().splitlines(keepends=True)
    kept = [line for line in lines if line.startswith("@prefix") or "0038128" in line or "owl:Ontology" in line]
    Path("two.ttl").write_text("".join(kept))
    plain, strict = (run("--prove", "go.obo", "--data", "two.ttl", *more) for more in ((), ("--strict",)))
    assert plain[1] == strict[1]
    assert plain[1].endswith("checked 1 identifier of 1: no findings, 1 note\n")
    assert (plain[0], strict[0]) == (0, 1)


def test_a_term_that_an_ontology_borrows_is_no_proof_that_others_are_missing() -> None:
    """GO holds no term of VO: not found there is not missing. But what it does hold is held against it."""
    text = Path("go.obo").read_text()
    Path("go.obo").write_text(text + "\n[Term]\nid: VO:0000002\nname: vaccinating\n")
    _, out, _ = run("--prove", "go.obo", *OF_THE_TESTS)
    assert out.startswith("vo:0000002 vaccination  (label)\n")
    Path("go.obo").write_text(text)
    _, out, _ = run("--prove", "go.obo", *OF_THE_TESTS)
    assert "vo: 1 unproven" in out


def test_the_proof_is_written() -> None:
    arguments = (
        "--prove",
        "go-next.obo",
        "hgnc.tsv",
        "--release",
        "HGNC 2024-01",
        "--date",
        "2024-01-31",
        *OF_THE_TESTS,
    )
    status, out, _ = run(*arguments, "-o", "proof.json")
    assert status == 1
    assert out.endswith("wrote proof.json\n")
    written = Path("proof.json").read_text(encoding="utf-8")
    proof = json.loads(written)
    assert proof["date"] == "2024-01-31"
    assert proof["releases"] == [
        {
            "name": "go releases/2099-01-01",
            "form": "OBO ontology",
            "file": "go-next.obo",
            "sha256": sha256("go-next.obo"),
            "covers": ["go"],
        },
        {
            "name": "HGNC 2024-01",
            "form": "HGNC complete set",
            "file": "hgnc.tsv",
            "sha256": sha256("hgnc.tsv"),
            "covers": ["hgnc"],
        },
    ]
    assert proof["counts"] == {
        "go": {"proven": 1, "refuted": 2, "unproven": 0},
        "hgnc": {"proven": 3, "refuted": 1, "unproven": 0},
        "mesh": {"proven": 0, "refuted": 0, "unproven": 11},
        "ncit": {"proven": 0, "refuted": 0, "unproven": 2},
        "uniprot": {"proven": 0, "refuted": 0, "unproven": 4},
        "vo": {"proven": 0, "refuted": 0, "unproven": 1},
    }
    outcomes = {each["identifier"]: each["outcome"] for each in proof["identifiers"]}
    assert outcomes == {
        str(each): {"go:0038128": "proven", "hgnc:3432": "refuted"}.get(
            each, {"go": "refuted", "hgnc": "proven"}.get(each.partition(":")[0], "unproven")
        )
        for each in outcomes
    }
    assert next(each for each in proof["identifiers"] if each["identifier"] == "hgnc:3432") == {
        "identifier": "hgnc:3432",
        "iri": "https://www.genenames.org/data/gene-symbol-report/#!/hgnc_id/HGNC:3432",
        "labels": ["ERBB4"],
        "used": ["her2:HER4Gene skos:exactMatch"],
        "outcome": "refuted",
        "releases": ["HGNC 2024-01 (hgnc.tsv)"],
        "findings": [
            {
                "check": "retired",
                "severity": "violation",
                "what": "its status is “Entry Withdrawn”, not “Approved”",
                "remedy": "look for the term that took its place, or say that the vocabulary has none",
                "release": "HGNC 2024-01 (hgnc.tsv)",
            }
        ],
    }
    assert run(*arguments, "--json") == (1, written, "")
    run(*arguments, "-o", "again.json")
    assert Path("again.json").read_text(encoding="utf-8") == written


DRIFT = """\
mesh:D001943 Breast Neoplasms  (left a place in the tree)
  C17.800.090.500
  used: her2:BreastCancer skos:broadMatch
mesh:D001943 Breast Neoplasms  (new place in the tree)
  C99.100
  used: her2:BreastCancer skos:broadMatch
mesh:D001943Q000188 Breast Neoplasms/drug therapy  (pair not allowed any more)
  the qualifier was allowed for the descriptor
  used: https://doi.org/10.1000/made-up#3 her2:qualifiedDescriptor
mesh:D004642 Emodin  (renamed)
  it was “Emodin”; it is “Frangulic Acid”
  used: her2:Emodin skos:exactMatch
mesh:D005784 Gene Amplification  (retired)
  it is not active any more
  used: her2:GeneAmplification skos:exactMatch
mesh:D011379 Prognosis  (renamed)
  it was “Prognosis”; it is “Outlook”
  used: her2:Prognosis skos:exactMatch
mesh:D014611 Vaccination  (vanished)
  it was “Vaccination”; it is not there any more
  used: her2:Vaccination skos:exactMatch
mesh:D016454 Review  (another type)
  it was descriptor and publication type; it is descriptor
  used: https://doi.org/10.1000/made-up her2:publicationType
mesh:D018719Q000378 Receptor, ErbB-2/metabolism  (pair not allowed any more)
  the qualifier was allowed for the descriptor
  used: https://doi.org/10.1000/made-up#2 her2:qualifiedDescriptor
mesh:D018719Q000378 Receptor, ErbB-2/metabolism  (replaced)
  the release names mesh:D008024 instead
  used: https://doi.org/10.1000/made-up#2 her2:qualifiedDescriptor
compared 11 identifiers in mesh2024.nt.gz and mesh-next.nt: 10 changes
"""


def test_what_changed_between_two_releases() -> None:
    assert run("--drift", "mesh2024.nt.gz", "mesh-next.nt", *OF_THE_TESTS) == (1, DRIFT, "")


def test_what_changed_is_the_same_backwards() -> None:
    status, out, _ = run("--drift", "mesh-next.nt", "mesh2024.nt.gz", "--json", *OF_THE_TESTS)
    changes = {(each["identifier"], each["change"]) for each in json.loads(out)["changes"]}
    assert status == 1
    assert changes == {
        ("mesh:D001943", "left a place in the tree"),
        ("mesh:D001943", "new place in the tree"),
        ("mesh:D001943Q000188", "pair allowed"),
        ("mesh:D004642", "renamed"),
        ("mesh:D005784", "in use again"),
        ("mesh:D011379", "renamed"),
        ("mesh:D014611", "new"),
        ("mesh:D016454", "another type"),
        ("mesh:D018719Q000378", "pair allowed"),
    }


def test_what_changed_in_an_ontology() -> None:
    status, out, _ = run("--drift", "go.obo", "go-next.obo", *OF_THE_TESTS)
    changes = [line for line in out.splitlines() if line.startswith(("go:", "compared"))]
    assert status == 1
    assert changes == [
        "go:0007165 signal transduction  (renamed)",
        "go:0007165 signal transduction  (retired)",
        "go:0038128 ERBB2 signaling pathway  (renamed)",
        "go:0038133 ERBB2-ERBB3 signaling pathway  (retired)",
        "go:0038133 ERBB2-ERBB3 signaling pathway  (replaced)",
        "compared 3 identifiers in go releases/2024-01-17 (go.obo) and go releases/2099-01-01 (go-next.obo): 5 changes",
    ]


@pytest.mark.parametrize("name", ["mesh2024.nt.gz", "go.obo", "ncit.owl", "hgnc.tsv", "uniprot.fasta", "uniprot.rdf"])
def test_nothing_changes_in_one_release(name: str) -> None:
    status, out, err = run("--drift", name, name, *OF_THE_TESTS)
    assert (status, err) == (0, "")
    assert out.endswith(": no changes\n")


def test_mesh_in_xml_and_in_rdf_agree() -> None:
    Path("desc.xml").write_bytes(as_xml(list(mesh_records().values()), "D"))
    status, out, _ = run("--drift", "mesh2024.nt.gz", "desc.xml", *OF_THE_TESTS)
    assert (status, out) == (0, "compared 9 identifiers in mesh2024.nt.gz and desc.xml: no changes\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--prove", "README.md"), "holds no release that we know"),
        (("--prove", "cut.nt.gz"), "is cut short: the gzip data have no end"),
        (("--prove", "nowhere.nt"), "cannot be read (No such file or directory)"),
        (("--drift", "go.obo", "hgnc.tsv"), "there is none of our 25 identifiers that both "),
        (("--prove", "go.obo", "-o", "go.obo/proof.json"), "cannot be written"),
        (("--prove", "go.obo", "--data", "nothing.ttl"), "cannot be read"),
    ],
)
def test_what_cannot_run_says_why(arguments: tuple[str, ...], said: str) -> None:
    Path("cut.nt.gz").write_bytes(Path("mesh2024.nt.gz").read_bytes()[:-9])
    status, out, err = run(*OF_THE_TESTS, *arguments)
    assert (status, out) == (2, "")
    assert said in err
    assert "\n  remedy: " in err


def test_checking_nothing_is_a_failure() -> None:
    Path("none.ttl").write_text(Path("claims.ttl").read_text().partition("\nher2:HER2 ")[0])
    Path("other.obo").write_bytes(Path("go.obo").read_bytes().replace(b"GO:", b"XX:").replace(b": go\n", b": xx\n"))
    for arguments in (("--prove", "go.obo", "--data", "none.ttl"), ("--prove", "other.obo", *OF_THE_TESTS)):
        status, out, err = run(*arguments)
        assert (status, out) == (2, "")
        assert "identifiers is of a vocabulary that was given" in err


@pytest.mark.parametrize(
    "arguments",
    [
        ("--prove", "go.obo", "--drift", "go.obo", "go.obo"),
        ("--drift", "go.obo", "go.obo", "-o", "x"),
        ("--drift", "go.obo", "go.obo", "HER2"),
        ("--to", "sssom", "HER2"),
        ("--to", "sssom", "--prove", "go.obo"),
        ("--date", "2024-01-31"),
        ("--release", "MeSH 2024"),
        ("--prove", "go.obo", "--date", "today"),
        ("--prove", "go.obo", "--release", "one", *OF_THE_TESTS),
    ],
)
def test_what_makes_no_sense_is_refused(arguments: tuple[str, ...]) -> None:
    status, out, err = run(*arguments)
    assert (status, out) == (2, "")
    assert err.startswith("Usage: ")


def test_all_mappings_are_shown_and_counted() -> None:
    status, out, err = run()
    assert (status, err) == (0, "")
    *lines, last = out.splitlines()
    shown = [line for line in lines if line.startswith("  ")]
    assert last.startswith(f"{len(shown)} mappings of {len(lines) - len(shown)} terms to ")
    assert last.endswith(
        f"{sum('is not the same as' in line for line in shown)} of them say what a term is not, "
        f"{sum('has no term in' in line for line in shown)} that no term was found"
    )
    status, machines, _ = run("--json")
    assert (status, len(json.loads(machines))) == (0, len(shown))


def test_a_term_that_is_mapped_to_nothing_is_a_finding() -> None:
    assert run("mesh:D008297") == (1, "mesh:D008297 is mapped to no term of ours\n", "")
    assert run("her2:rank", "HER2")[0] == 1
    assert run("uniprt:P04626")[0] == 2


def test_the_set_is_written_in_the_form_that_the_suffix_names() -> None:
    for form, suffix in (
        ("sssom", "tsv"),
        ("turtle", "ttl"),
        ("jsonld", "jsonld"),
        ("ntriples", "nt"),
        ("rdfxml", "rdf"),
    ):
        file = Path(f"her2.sssom.{suffix}")
        status, out, err = run("-o", str(file))
        assert (status, out) == (0, "")
        assert re.fullmatch(rf"wrote {file}: \d+ mappings, SSSOM\n", err)
        assert run("--to", form)[1].encode() == file.read_bytes()
    assert run("-o", "her2.xlsx")[0] == run("-o", "her2.ttl", "--to", "sssom")[0] == 2
    assert not Path("her2.xlsx").exists()


def test_a_difference_without_a_reason_and_a_row_that_is_not_understood_are_findings() -> None:
    header = "#mapping_set_id: https://example.org/set\n"
    columns = "subject_id\tpredicate_id\tobject_id\tmapping_justification\n"
    for name, ends, status in (
        ("agree", ("mesh:D016233", "mesh:D016233"), 0),
        ("explained", ("mesh:D001943", "DOID:1612"), 0),
        ("unexplained", ("mesh:D010766", "GO:0018108"), 1),
        ("torn", ("mesh:D016233", "nowhere"), 1),
    ):
        row = f"{ends[0]}\tskos:exactMatch\t{ends[1]}\tsemapv:LexicalMatching\n"
        Path(f"{name}.tsv").write_text(header + columns + row)
        assert run("--compare", f"{name}.tsv")[0] == status, name


@pytest.mark.parametrize("name", ["ncit.owl", "uniprot.rdf"])
def test_rdf_that_is_cut_anywhere_is_not_taken_for_a_release(name: str) -> None:
    whole = Path(name).read_bytes()
    for end in range(len(whole) // 4, len(whole) - 2, len(whole) // 13):
        Path(f"cut-{name}").write_bytes(whole[:end])
        assert run("--prove", f"cut-{name}", *OF_THE_TESTS)[0] == 2, end


def test_of_several_terms_each_that_is_wrong_is_named_and_the_others_are_answered() -> None:
    status, out, err = run("P04626", "her2:Nonsense", "mesh:bad", "HGNC:3430", "Herclon", "HER2/neu")
    assert status == 2
    assert out.startswith("hgnc:3430, ERBB2 ")
    assert [line for line in err.splitlines() if not line.startswith("  ")] == [
        "P04626", "her2:Nonsense", "mesh:bad", "Herclon", "HER2/neu",
    ]  # fmt: skip
    assert [line for line in err.splitlines() if "did you mean" in line] == [
        "  remedy: did you mean uniprot:P04626?",
        "  remedy: did you mean “HER-2/neu”?",
    ]
    answers = json.loads(run("--json", "HER2", "mesh:D008297")[1])
    assert [(each["asked"], len(each["mappings"]) > 0) for each in answers] == [("HER2", True), ("mesh:D008297", False)]
