"""Readers of releases: each form gives the same entries; what is broken, cut or hostile is refused with its reason."""

import gzip
import hashlib
import io
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, parse, serialize

from her2ld.errors import Her2ldError, LimitError, ReleaseError
from her2ld.limits import Limits
from her2ld.mappings.releases import Release, ReleaseEntry, read_release
from her2ld.mappings.releases.release_files import NTriples, Source, blocks
from her2ld.mappings.used_identifiers import MESH, Identifier, Kind
from tests.mesh_releases import MESH as M
from tests.mesh_releases import MESHV, as_n_triples, as_xml, mesh_records

RELEASES = Path(__file__).parent / "releases"
PREFIXES = {
    "obo": "http://purl.obolibrary.org/obo/",
    "mesh": M,
    "ncit": "http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl#",
    "uniprot": "http://purl.uniprot.org/uniprot/",
}
A, B = "http://example.org/a", "http://example.org/b"


def read(path: Path, *identifiers: Identifier) -> Release:
    return read_release(path, dict.fromkeys(identifiers, ("another name",)), PREFIXES)


def ids(vocabulary: str, *names: str) -> list[Identifier]:
    return [Identifier(vocabulary, name) for name in names]


# ---------------------------------------------------------------------------------------------------------------
# N-Triples
# ---------------------------------------------------------------------------------------------------------------


def found(path: Path, *subjects: str) -> list[Quad]:
    return list(NTriples(Source(path)).about(frozenset(subjects)))


def parsed(content: bytes, *subjects: str) -> list[Quad]:
    """Return what a parser finds in all of it."""
    quads = parse(content, format=RdfFormat.N_TRIPLES)
    return [quad for quad in quads if isinstance(quad.subject, NamedNode) and quad.subject.value in subjects]


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
iris = st.sampled_from([A, B, f"{M}D018719", f"{M}D0187190", "urn:x:y", "http://example.org/é", "http://a.org/%41#x"])
values = st.one_of(
    iris.map(NamedNode),
    texts.map(Literal),
    st.builds(Literal, texts, language=st.sampled_from(["en", "en-GB", "de"])),
    st.builds(Literal, texts, datatype=iris.map(NamedNode)),
    st.just(BlankNode("b")),
)
subjects_ = st.one_of(iris.map(NamedNode), st.just(BlankNode("s")))
lines_ = st.builds(Quad, subjects_, iris.map(NamedNode), values).map(
    lambda quad: serialize([quad], format=RdfFormat.N_TRIPLES) or b""
)


def spoil(line: bytes, how: str) -> bytes:
    """Write a line as N-Triples allows, but as nobody writes it."""
    text = line.decode()
    return {
        "plain": text,
        "tabs": text.replace("> <", ">\t<", 1),
        "spaces": "  " + text.replace(" .\n", "   .  \n"),
        "tight": text.replace("> <", "><", 1),
        "comment": f"# {text}{text[:-1]} # said\n",
        "returns": text[:-1] + "\r\n",
        "escapes": text.replace("<http://example.org/a>", r"<http://example.org/\u0061>"),
        "escaped text": "".join(
            f"\\u{ord(each):04X}" if each.isalpha() and '"' in text[:place] and ord(each) < 0xFFFF else each
            for place, each in enumerate(text)
        )
        if text.count('"') == 2 and text.endswith('" .\n')
        else text,
        "empty": f"\n{text}\n",
    }[how].encode()


ways = st.sampled_from(
    ["plain", "plain", "tabs", "spaces", "tight", "comment", "returns", "escapes", "escaped text", "empty"]
)


@settings(max_examples=300)
@given(st.lists(st.tuples(lines_, ways), max_size=8), st.sampled_from([b"", b"\n"]))
def test_what_is_found_is_what_a_parser_finds(
    tmp_path_factory: pytest.TempPathFactory, said: list[tuple[bytes, str]], end: bytes
) -> None:
    content = (b"".join(spoil(line, how) for line, how in said) or b"# nothing").rstrip(b"\n") + end
    path = tmp_path_factory.mktemp("nt") / "x.nt"
    path.write_bytes(content)
    wanted = (A, f"{M}D018719")
    file = NTriples(Source(path))
    first, again = (list(file.about(frozenset(wanted))) for _ in range(2))
    assert sorted(map(str, first)) == sorted(map(str, parsed(content, *wanted)))
    assert again == first


@settings(max_examples=400)
@given(st.lists(lines_, min_size=1, max_size=3), st.data())
def test_what_a_parser_refuses_is_refused(
    tmp_path_factory: pytest.TempPathFactory, said: list[bytes], data: st.DataObject
) -> None:
    """Any byte may be damaged: the two agree on whether that leaves N-Triples."""
    content = bytearray(b"".join(said))
    place = data.draw(st.integers(0, len(content) - 1))
    content[place : place + data.draw(st.integers(0, 2))] = data.draw(
        st.sampled_from([b"", b" ", b'"', b">", b"\\", b"\xff", b"<", b".", b"\n", b"@", b"%", b"#"])
    )
    path = tmp_path_factory.mktemp("nt") / "x.nt"
    path.write_bytes(b"# so that it is not empty\n" + content)
    try:
        expected: list[str] | None = sorted(map(str, parsed(bytes(content), A, B)))
    except SyntaxError:
        expected = None
    try:
        actual: list[str] | None = sorted(map(str, found(path, A, B)))
    except ReleaseError:
        actual = None
    assert actual == expected


@pytest.mark.parametrize("block", [1, 7, 64, 4096])
def test_where_blocks_end_does_not_matter(block: int) -> None:
    content = b"one\ntwo\r\n\nthree\nfour"
    source = Source(RELEASES / "hgnc.tsv")
    parts = list(blocks(source, io.BytesIO(content), block))
    assert b"".join(parts) == content
    assert all(part.endswith(b"\n") for part in parts[:-1])


def test_a_line_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.nt.gz"
    path.write_bytes(gzip.compress(f"<{A}> <{B}> <{M}".encode() + b"x" * (1 << 25)))
    assert problem(path) == (str(path), "has a line of more than 16 MiB")


# ---------------------------------------------------------------------------------------------------------------
# What cannot be read
# ---------------------------------------------------------------------------------------------------------------


def problem(path: Path) -> tuple[str, str]:
    """Return where and what is wrong; the remedy is never empty."""
    with pytest.raises(Her2ldError) as caught:
        read(path, *ids(MESH, "D018719"), *ids("go", "0007165"))
    (only,) = caught.value.problems
    assert only.remedy
    return only.where, only.what


LINE = f'<{M}D018719> <http://www.w3.org/2000/01/rdf-schema#label> "x"@en .\n'.encode()
GO = (RELEASES / "go.obo").read_bytes()
NCIT = (RELEASES / "ncit.owl").read_bytes()
XML = as_xml(list(mesh_records().values()), "D")
OTHER_XML = b'<?xml version="1.0"?>\n<PubmedArticleSet></PubmedArticleSet>'
HUGE_XML = b'<?xml version="1.0"?>\n<!DOCTYPE a [' + b"<!-- x -->" * 9999
LAUGHS = b'<!ENTITY a "ha"><!ENTITY b "' + b"&a;" * 10 + b'">'


def declaring(entities: bytes) -> bytes:
    """Return NCI Thesaurus with more entities in its document type."""
    return NCIT.replace(b"<!ENTITY owl", entities + b"<!ENTITY owl")


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("nothing", b"", "is empty"),
        ("blank lines", b"\n\n", "is empty"),
        ("a web page", b"<!DOCTYPE html>\n<html><body>404</body></html>", "is a web page"),
        ("a web page in XML", b'<?xml version="1.0"?>\n<html xmlns="x"></html>', "is a web page"),
        ("a zip archive", b"PK\x03\x04...", "is a zip archive"),
        ("prose", b"MeSH 2024\nis great\n", "has no known format of a release"),
        ("another XML", OTHER_XML, "has no known format of a release"),
        ("cut N-Triples", LINE * 3 + LINE[:40], "is not N-Triples"),
        ("N-Triples, then Turtle", LINE + f"<{A}> a <{B}> ; <{B}> <{A}> .\n".encode(), "is not N-Triples"),
        ("N-Triples, then bytes", LINE + LINE.replace(b"D018719", b"D1").replace(b"x", b"\xff"), "is not N-Triples"),
        ("N-Triples, half a letter", LINE + LINE.replace(b"8719", b"1").replace(b"x", rb"\ud800"), "is not N-Triples"),
        ("N-Triples, then a web page", LINE + b"<html>gateway timeout</html>\n", "is not N-Triples"),
        ("N-Triples without a record", LINE, "has no MeSH record that we use"),
        ("a packed file that was cut", gzip.compress(LINE * 1000)[:-20], "is truncated: the gzip data have no end"),
        ("a damaged packed file", gzip.compress(LINE * 9)[:-8] + b"12345678", "is damaged (CRC check failed"),
        ("cut XML", XML[:-200], "is malformed or truncated"),
        ("XML without a record", b"<DescriptorRecordSet></DescriptorRecordSet>", "has no DescriptorRecord"),
        ("cut OBO", GO[:-10], "has no line end: the file is truncated"),
        ("OBO without a term", GO[: GO.index(b"[Term]")], "has no [Term]"),
        ("OBO in another encoding", GO.replace(b"signal", b"s\xefgnal"), "is not UTF-8 (invalid continuation byte)"),
        ("cut OWL", NCIT[:-60], "is malformed or truncated"),
        ("Turtle without an ontology", f"@prefix a: <{A}> .\na: a: a: .\n".encode(), "has no owl:Ontology"),
        ("HGNC without status", b"hgnc_id\tsymbol\tname\nHGNC:1\tA\tb\n", "has no column status"),
        ("HGNC with a cut row", b"hgnc_id\tsymbol\tstatus\nHGNC:1\tA\n", "has 2 cells where the header has 3"),
        ("HGNC without genes", b"hgnc_id\tsymbol\tstatus\n", "has no gene below its header"),
        ("FASTA of others", b">chr1\nACGT\n", "has no header of UniProt"),
        ("entities of entities", declaring(LAUGHS), "declares entities that refer"),
        ("an entity from a file", declaring(b'<!ENTITY x SYSTEM "file:///x">'), "declares something other than"),
        ("a parameter entity", declaring(b'<!ENTITY % x "y">'), "declares something other than"),
        ("a long entity", NCIT.replace(b"www.w3.org/2002/07/owl#", b"x" * 999), "declares entities that refer"),
        ("laughs in MeSH XML", XML.replace(b'.dtd">', b'.dtd" [' + LAUGHS + b"]>"), "declares entities that refer"),
        ("UTF-16", NCIT.decode().encode("utf-16"), "has no known format of a release"),
        ("a huge document type", HUGE_XML, "is not an XML file with a root element"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said(tmp_path: Path, name: str, content: bytes, what: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    where, said = problem(path)
    assert where.startswith(str(path))
    assert said.startswith(what)


def test_the_line_of_a_mistake_is_said(tmp_path: Path) -> None:
    path = tmp_path / "x.nt"
    path.write_bytes(LINE * 20_000 + b"<html>\n" + LINE)
    assert problem(path)[0] == f"{path}, line 20,001"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert problem(tmp_path / "no.nt") == (str(tmp_path / "no.nt"), "cannot be read (No such file or directory)")


def test_a_parser_gets_so_much_memory_and_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A few bytes of gzip inflate to a text that no parser should gather."""
    monkeypatch.setattr("her2ld.mappings.releases._LIMITS", Limits(memory=64 << 20))
    path = tmp_path / "large.owl.gz"
    with gzip.open(path, "wb", compresslevel=1) as file:
        file.write(NCIT[: NCIT.index(b"</rdfs:label>")])
        for _ in range(256):
            file.write(b"x" * (1 << 20))
    with pytest.raises(LimitError):
        read(path, *ids("ncit", "C1647"))


# ---------------------------------------------------------------------------------------------------------------
# What is read
# ---------------------------------------------------------------------------------------------------------------


def mesh_file(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def test_mesh_says_the_same_in_both_forms(tmp_path: Path) -> None:
    records = mesh_records()
    records["D018719"] = replace(records["D018719"], other_names=("Receptor, HER2 <>&", "HER2", "HER-2"))
    wanted = ids(MESH, *records, "D001943Q000188", "D018719Q000378")
    in_rdf = read(mesh_file(tmp_path / "mesh.nt", as_n_triples(records.values())), *wanted)
    in_xml: dict[Identifier, ReleaseEntry] = {}
    covered: set[str] = set()
    for letter in "DQC":
        release = read(mesh_file(tmp_path / f"{letter}.xml", as_xml(list(records.values()), letter)), *wanted)
        in_xml |= release.entries
        covered |= release.covers
    assert in_xml == in_rdf.entries
    assert set(in_rdf.entries) == set(wanted)
    assert covered == in_rdf.covers - {MESH}
    assert in_rdf.entries[Identifier(MESH, "D018719")] == ReleaseEntry(
        "Receptor, ErbB-2",
        dict.fromkeys(("Receptor, HER2 <>&", "HER2", "HER-2"), "an entry term"),
        frozenset({Kind.DESCRIPTOR}),
        tree_numbers=frozenset(records["D018719"].tree_numbers),
    )


@pytest.mark.slow
@settings(max_examples=20)
@given(st.integers(0, 2**32))  # a seed: the lines are too many for a drawn order
def test_the_order_of_the_lines_does_not_matter(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    records = mesh_records()
    records["D018719"] = replace(records["D018719"], other_names=("HER2", "HER-2"))
    lines = as_n_triples(records.values()).splitlines(keepends=True)
    folder = tmp_path_factory.mktemp("order")
    wanted = ids(MESH, *records)
    sorted_ = read(mesh_file(folder / "a.nt", b"".join(lines)), *wanted)
    Random(seed).shuffle(lines)  # noqa: S311  # an order, no secret
    assert read(mesh_file(folder / "b.nt", b"".join(lines)), *wanted).entries == sorted_.entries


def test_nlm_s_own_form_is_read(tmp_path: Path) -> None:
    """Lines as NLM's sample of 2016 has them, which says nothing of who is active, and a made-up record that is not."""
    type_ = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    lines = [
        f'<{M}D000130Q000188> <http://www.w3.org/2000/01/rdf-schema#label> "Achondroplasia/drug therapy"@en .',
        f"<{M}D000130Q000188> {type_} <{MESHV}AllowedDescriptorQualifierPair> .",
        f"<{M}D000005Q000293> <{MESHV}useInstead> <{M}D000007> .",
        f"<{M}D000005Q000293> {type_} <{MESHV}DisallowedDescriptorQualifierPair> .",
        f"<{M}D9> {type_} <{MESHV}TopicalDescriptor> .",
        f"<{M}D9> <{MESHV}preferredConcept> <{M}M1> .",
        f'<{M}D9> <{MESHV}lastActiveYear> "2019" .',
        f'<{M}D9> <{MESHV}active> "false"^^<http://www.w3.org/2001/XMLSchema#boolean> .',
        f'<{M}D9> <http://www.w3.org/2000/01/rdf-schema#label> "name"@en .',
        f"<{M}M1> <{MESHV}preferredTerm> <{M}T1> .",
        f"<{M}M1> <{MESHV}term> <{M}T2> .",
        f"<{M}M1> <{MESHV}term> <{M}T3> .",
        f'<{M}T1> <{MESHV}prefLabel> "name"@en .',
        f'<{M}T2> <{MESHV}altLabel> "eman"@en .',
        f'<{M}T3> <{MESHV}prefLabel> "retired name"@en .',
        f'<{M}T3> <{MESHV}active> "false"^^<http://www.w3.org/2001/XMLSchema#boolean> .',
    ]
    path = mesh_file(tmp_path / "sample.nt", "\n".join(lines).encode() + b"\n")
    pair = frozenset({Kind.PAIR})
    assert read(path, *ids(MESH, "D000130Q000188", "D000005Q000293", "D9")).entries == {
        Identifier(MESH, "D9"): ReleaseEntry(
            "name",
            {"eman": "an entry term"},
            frozenset({Kind.DESCRIPTOR}),
            "it is not active any more, its last year was 2019",
        ),
        Identifier(MESH, "D000130Q000188"): ReleaseEntry("Achondroplasia/drug therapy", kinds=pair),
        Identifier(MESH, "D000005Q000293"): ReleaseEntry(kinds=pair, replaced_by=("mesh:D000007",), forbidden=True),
    }


def test_a_comment_within_a_name_does_not_cut_it(tmp_path: Path) -> None:
    content = XML.replace(b"Breast Neoplasms", b"Breast<!-- x --> Neo<?y?>plasms")
    release = read(mesh_file(tmp_path / "desc.xml", content), *ids(MESH, "D001943"))
    assert release.entries[Identifier(MESH, "D001943")].label == "Breast Neoplasms"


def release_of(name: str, *identifiers: Identifier) -> Release:
    return replace(read(RELEASES / name, *identifiers), sha256="")


def test_obo_is_read() -> None:
    wanted = ids("go", "0007165", "0038128", "0038133")
    assert release_of("go-next.obo", *wanted) == Release(
        "go-next.obo",
        "OBO ontology",
        "go releases/2099-01-01",
        "",
        frozenset({"go"}),
        {
            wanted[0]: ReleaseEntry(
                "obsolete signal transduction", retired="it is obsolete; it says to consider go:0038128, go:0038133"
            ),
            wanted[1]: ReleaseEntry("ERBB2 {HER2} signaling pathway", {"ERBB2 signaling pathway": "an exact synonym"}),
            wanted[2]: ReleaseEntry(retired="it was merged into another term", replaced_by=("go:0038128",)),
        },
    )


def test_owl_is_read() -> None:
    wanted = ids("ncit", "C1647", "C1404")
    assert release_of("ncit.owl", *wanted) == Release(
        "ncit.owl",
        "OWL ontology",
        "thesaurus 23.09d",
        "",
        frozenset({"ncit"}),
        {
            wanted[0]: ReleaseEntry(
                "Trastuzumab", dict.fromkeys(("Herceptin", "TRASTUZUMAB", "rhuMAb HER2"), "a synonym")
            ),
            wanted[1]: ReleaseEntry(
                "Protein Kinase Inhibitor", retired="it is deprecated", replaced_by=("ncit:C1967",)
            ),
        },
    )


def test_an_ontology_of_the_obo_library_covers_what_it_is_named_after(tmp_path: Path) -> None:
    """Its English names count, and those of other vocabularies that it borrows are read, too. All of it is made up."""
    path = tmp_path / "go-basic"
    path.write_text("""
@prefix obo: <http://purl.obolibrary.org/obo/> .
@prefix oboInOwl: <http://www.geneontology.org/formats/oboInOwl#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<http://purl.obolibrary.org/obo/go/go-basic.owl> a owl:Ontology ; owl:versionIRI obo:2099-01-01 .
obo:GO_0007165 a owl:Class ; rdfs:label "Signalweg"@de, "signal transduction"@en ; oboInOwl:hasBroadSynonym "signal" .
obo:RO_0002436 a owl:ObjectProperty ; rdfs:label "molecularly interacts with" ; owl:deprecated false .
[] rdfs:label "an axiom" .
""")
    wanted = [*ids("go", "0007165", "0038128"), *ids("ro", "0002436")]
    release = read(path, *wanted)
    assert (release.name, release.covers) == ("http://purl.obolibrary.org/obo/2099-01-01", frozenset({"go"}))
    assert release.entries == {
        wanted[0]: ReleaseEntry("signal transduction", {"signal": "a broad synonym"}),
        wanted[2]: ReleaseEntry("molecularly interacts with"),
    }


@pytest.mark.parametrize("format_", [RdfFormat.N_TRIPLES, RdfFormat.TURTLE])
def test_owl_is_read_in_any_syntax(tmp_path: Path, format_: RdfFormat) -> None:
    wanted = ids("ncit", "C1647", "C1404")
    path = tmp_path / "ncit.owl.gz"
    prefixes = {"ncit": PREFIXES["ncit"], "owl": "http://www.w3.org/2002/07/owl#"}
    content = serialize(parse(NCIT, format=RdfFormat.RDF_XML), format=format_, prefixes=prefixes) or b""
    path.write_bytes(gzip.compress(content))
    assert read(path, *wanted).entries == release_of("ncit.owl", *wanted).entries


NAME, PREVIOUS = "the name of the gene, not its symbol", "a previous symbol"


def test_hgnc_is_read() -> None:
    wanted = ids("hgnc", "3236", "3431", "3432", "1")
    assert release_of("hgnc.tsv", *wanted) == Release(
        "hgnc.tsv",
        "HGNC complete set",
        "",
        "",
        frozenset({"hgnc"}),
        {
            wanted[0]: ReleaseEntry(
                "EGFR", {"epidermal growth factor receptor": NAME, "MADEUP1": PREVIOUS, "MADEUP2": PREVIOUS}
            ),
            wanted[1]: ReleaseEntry("MADEUP3", {"erb-b2 receptor tyrosine kinase 3": NAME, "ERBB3": PREVIOUS}),
            wanted[2]: ReleaseEntry(
                "ERBB4",
                {"erb-b2 receptor tyrosine kinase 4": NAME},
                retired="its status is “Entry Withdrawn”, not “Approved”",
            ),
        },
    )


def test_uniprot_is_read_in_rdf() -> None:
    """One of the names stands before its protein, which takes a second look."""
    wanted = ids("uniprot", "P04626", "P00533", "P21860", "Q15303")
    assert release_of("uniprot.rdf", *wanted).entries == {
        wanted[0]: ReleaseEntry("Receptor tyrosine-protein kinase erbB-2"),
        wanted[1]: ReleaseEntry("Epidermal growth factor receptor"),
        wanted[2]: ReleaseEntry("A later name", {"Receptor tyrosine-protein kinase erbB-3": "an alternative name"}),
        wanted[3]: ReleaseEntry(retired="it is obsolete", replaced_by=("uniprot:P00533",)),
    }


def test_a_name_far_before_its_protein_is_found(tmp_path: Path) -> None:
    core, name = "http://purl.uniprot.org/core/", "<http://example.org/name>"
    others = "".join(f'<http://example.org/{each}> <{core}fullName> "another" .\n' for each in range(10_001))
    protein = "<http://purl.uniprot.org/uniprot/P04626>"
    path = tmp_path / "uniprot.nt"
    path.write_text(
        f'{name} <{core}fullName> "the name" .\n{others}{protein} <{core}recommendedName> {name} .\n'
        f"{protein} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{core}Protein> .\n"
    )
    (wanted,) = ids("uniprot", "P04626")
    assert read(path, wanted).entries == {wanted: ReleaseEntry("the name")}


def test_uniprot_is_read_in_fasta() -> None:
    wanted = ids("uniprot", "P04626", "Q15303", "P99999")
    assert release_of("uniprot.fasta", *wanted).entries == {
        wanted[0]: ReleaseEntry("Receptor tyrosine-protein kinase erbB-2"),
        wanted[1]: ReleaseEntry("Another name"),
    }


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_the_hash_is_that_of_the_file_as_given(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    for content in (
        as_n_triples(mesh_records().values()),
        XML,
        GO,
        NCIT,
        (RELEASES / "uniprot.fasta").read_bytes(),
        XML + b"<!-- -->" * (1 << 19),
    ):
        path = tmp_path / "release"
        path.write_bytes(pack(content))
        assert read(path, *ids(MESH, "D018719")).sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_kind_of_a_file_is_told_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "mesh2024.nt"
    path.write_bytes(GO)
    assert re.match("OBO", read(path).form)
