"""What --with takes of OWL: axioms with annotations, and files in OBO format."""

import re
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from her2ld import RecordError, Vocabulary
from her2ld.cli import main
from her2ld.dataset.obo_files import read_obo
from her2ld.dataset.rdf_files import read_excerpt
from her2ld.exports import FORMATS
from her2ld.exports.owl import individuals_as_classes, obo_triples
from her2ld.vocabulary import model, standard
from tests.graphs import canonical

FOLDER = Path(__file__).parent / "excerpts"
ANNOTATED = FOLDER / "annotated.ttl"
TOYS = FOLDER / "toys.obo"
OBO_ID = NamedNode(standard.OBO_IN_OWL + "id")
SUFFIXES = {
    ".ttl": RdfFormat.TURTLE,
    ".trig": RdfFormat.TRIG,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".rdf": RdfFormat.RDF_XML,
    ".jsonld": RdfFormat.JSON_LD,
}


@pytest.mark.parametrize("format_", FORMATS.values(), ids=list(FORMATS))
def test_annotated_axioms_that_share_a_restriction_are_written_as_they_are(format_: object, tmp_path: Path) -> None:
    suffix = format_.suffix  # type: ignore[attr-defined]
    output = tmp_path / f"merged{suffix}"
    result = CliRunner().invoke(main, ["export", "--with", str(ANNOTATED), "-o", str(output)])
    assert result.exit_code == 0, result.stderr
    theirs = {Quad(*each.triple) for each in parse(path=ANNOTATED)}
    merged = {Quad(*each.triple) for each in parse(path=output, format=SUFFIXES[suffix])}
    made_up = [each for each in merged if "https://example.org/x/" in str(each)]
    roots = {end for each in made_up for end in (each.subject, each.object) if isinstance(end, BlankNode)}
    while (
        more := {
            end for each in merged if each.subject in roots for end in (each.object,) if isinstance(end, BlankNode)
        }
        - roots
    ):
        roots |= more
    found = {each for each in merged if each in made_up or each.subject in roots}
    assert canonical(found) == canonical(theirs)


def test_names_of_shared_blank_nodes_do_not_depend_on_the_order_of_the_file(tmp_path: Path) -> None:
    lines = [f"{quad.triple} ." for quad in read_excerpt(ANNOTATED).quads]
    for name, reverse in (("one.nt", False), ("two.nt", True)):
        (tmp_path / name).write_text("\n".join(sorted(lines, reverse=reverse)) + "\n")
        assert {str(quad) for quad in read_excerpt(tmp_path / name).quads} == {
            str(quad) for quad in read_excerpt(ANNOTATED).quads
        }


def test_a_file_in_obo_format_is_read_to_the_last_line() -> None:
    content = read_obo(TOYS)
    written = (FOLDER / "toys.ttl").read_bytes()
    assert canonical(Quad(*each) for each in content.triples) == canonical(parse(written, format=RdfFormat.TURTLE))
    assert content.left_out == {
        "treat-xrefs-as-equivalent": 1, "is_anonymous": 1, "expand_expression_to": 1, "[Instance]": 1,
    }  # fmt: skip


def test_what_a_file_in_obo_format_says_otherwise_is_counted_and_said(tmp_path: Path) -> None:
    output = tmp_path / "merged.nq"
    result = CliRunner().invoke(main, ["export", "--with", str(TOYS), "-o", str(output)])
    assert result.exit_code == 0, result.stderr
    count = len(read_obo(TOYS).triples)
    lines = "[Instance], treat-xrefs-as-equivalent, is_anonymous, expand_expression_to"
    assert f"read {TOYS}: {count} triples; left out 4 lines that have no triple: {lines}\n" in result.stderr
    assert output.read_text().count(f" {model.EXCERPTS_GRAPH} .") == count


def test_what_we_write_in_obo_format_is_read_back(vocabulary: Vocabulary, tmp_path: Path) -> None:
    """All but languages, and the IRI of the version; each term has its OBO identifier besides."""
    from her2ld import ontology_document

    file = tmp_path / "her2.obo"
    file.write_bytes(ontology_document(vocabulary, "obo").content)
    content = read_obo(file)
    assert content.left_out == {}
    read = {without_language(each) for each in content.triples if each.predicate != OBO_ID}
    told = {without_language(each) for each in individuals_as_classes(obo_triples(vocabulary))}
    named = {each for each in told if not {type(each.subject), type(each.object)} & {BlankNode}}
    remark = "What is an individual in OWL is a class here. What frames cannot say is in owl-axioms."
    missing = {each for each in named - read if each.predicate != standard.VERSION_IRI}
    assert missing == set()
    more = {each for each in read - told if not {type(each.subject), type(each.object)} & {BlankNode}}
    assert {str(each.object) for each in more if each.predicate == standard.COMMENT} == {f'"{remark}"'}
    # py-horned-owl writes two disjoint classes as a pair.
    assert {each.predicate for each in more} == {standard.COMMENT, standard.DISJOINT_WITH}


def without_language(triple: Triple) -> Triple:
    value = triple.object
    is_text = isinstance(value, Literal) and value.language
    return Triple(triple.subject, triple.predicate, Literal(value.value)) if is_text else triple  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"format-version: 1.4\n[Term]\nname: x\n", "cannot be parsed"),
        (b"format-version: 1.4\nremark: \xff\n", "is no text in UTF-8"),
        (b"format-version: 1.4\nontology: x\nowl-axioms: Ontology(nothing\n", "is not valid OWL"),
        (b"format-version: 1.4\n", "has no triple"),
    ],
)
def test_a_file_in_obo_format_that_cannot_be_read_is_refused(content: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / "x.obo").write_bytes(content)
    with pytest.raises(RecordError, match=re.escape(said)):
        read_excerpt(tmp_path / "x.obo")


def test_a_missing_library_is_named_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fastobo", None)
    with pytest.raises(RecordError, match=r"needs fastobo.*pip install 'her2ld\[obo\]'"):
        read_excerpt(TOYS)
