"""Several formats that are written together have the bytes of each written alone."""

import io
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from her2ld import Curation, ExportError, Vocabulary, build, export, read_ontology
from her2ld.cli import main
from her2ld.exports import FORMATS
from her2ld.exports.blocks import Block
from her2ld.exports.formats import SeveralFormats
from her2ld.exports.pieces import DataPiece, PiecesOfData
from her2ld.exports.turtle import TurtleWriter
from her2ld.vocabulary import model, standard

EXCERPT = Path(__file__).parent / "integration" / "biomappings.nt"

# Its prefixes are enough: the JSON-LD context of the whole takes longer to make than all that is written here.
VOCABULARY = replace(read_ontology(), quads=(), description={})


def named(name: str) -> NamedNode:
    return NamedNode(model.HER2LD + name)


NAMES = [named(name) for name in "abc"]
BLANK = [BlankNode(name) for name in "xyz"]
GRAPHS = (*model.GRAPHS, DefaultGraph())
PREDICATES = (standard.TYPE, standard.LABEL, standard.FIRST, standard.REST)


def some_quads(blank: list[BlankNode]) -> st.SearchStrategy[list[Quad]]:
    """Few names, so that they come again in other graphs; mostly graph by graph, as they are built."""
    subjects = st.sampled_from([*NAMES, *blank])
    values = st.sampled_from(
        [*NAMES, *blank, standard.NIL, Literal("one"), Literal("1", datatype=standard.XSD_INTEGER)]
    )
    each = st.builds(Quad, subjects, st.sampled_from(PREDICATES), values, st.sampled_from(GRAPHS))
    some = st.lists(each, max_size=25)
    return some | some.map(lambda found: sorted(found, key=lambda quad: GRAPHS.index(quad.graph_name)))


def alone(given_quads: list[Quad], name: str) -> tuple[int, bytes] | str:
    output = io.BytesIO()
    try:
        return export(given_quads, output, name, VOCABULARY), output.getvalue()
    except ExportError as error:
        return str(error)


def together(given_quads: list[Quad], pieces: Sequence[DataPiece] = ()) -> dict[str, tuple[int, bytes] | str]:
    shared = SeveralFormats(given_quads, VOCABULARY, pieces)
    found: dict[str, tuple[int, bytes] | str] = {}
    for name in FORMATS:
        output = io.BytesIO()
        try:
            shared.write(output, name)
            found[name] = shared.count(name), output.getvalue()
        except ExportError as error:
            found[name] = str(error)
    return found


A, B, _ = NAMES
SAID_TWICE = [
    Quad(A, standard.TYPE, B, model.ONTOLOGY_GRAPH),
    Quad(A, standard.LABEL, Literal("one"), model.ASSERTED_GRAPH),
    Quad(A, standard.LABEL, Literal("hedged"), model.HEDGED_GRAPH),
    Quad(B, standard.LABEL, Literal("new"), model.STATEMENTS_GRAPH),
    Quad(A, standard.TYPE, B, model.RECORDS_GRAPH),
    Quad(A, standard.LABEL, Literal("two"), model.RECORDS_GRAPH),
]


HANGS_IN_ANOTHER_GRAPH = [
    Quad(A, standard.TYPE, BLANK[0], model.ONTOLOGY_GRAPH),
    Quad(BLANK[0], standard.TYPE, A, model.ASSERTED_GRAPH),
]


@given(some_quads([]) | some_quads(BLANK))
@example(SAID_TWICE)
@example(HANGS_IN_ANOTHER_GRAPH)
@settings(max_examples=300)
def test_formats_that_are_written_together_have_the_bytes_of_each_alone(found: list[Quad]) -> None:
    assert together(found) == {name: alone(found, name) for name in FORMATS}


@given(some_quads([]) | some_quads(BLANK[:1]) | some_quads(BLANK), st.lists(st.integers(0, 25), max_size=4))
@example(SAID_TWICE, [1, 2, 4])
@example(HANGS_IN_ANOTHER_GRAPH, [1])
@settings(max_examples=300)
def test_quads_that_are_cut_in_pieces_have_the_bytes_of_the_whole(found: list[Quad], cuts: list[int]) -> None:
    turtle = TurtleWriter(VOCABULARY.prefixes)
    pieces = [DataPiece(found[start:end], turtle) for start, end in pairwise([0, *sorted(cuts), len(found) + 25])]
    assert together(found, pieces) == {name: alone(found, name) for name in FORMATS}


def test_the_texts_of_papers_are_written_when_the_papers_are_read_and_not_again(
    vocabulary: Vocabulary, review: Curation, monkeypatch: pytest.MonkeyPatch
) -> None:
    curations = [review, replace(review, record=replace(review.record, doi="10.1000/other"))]
    data = PiecesOfData(vocabulary)
    for curation in reversed(curations):  # they are read in any order
        data.add(curation)
    pieces = list(data.in_order(curations))
    quads = list(build(vocabulary, curations))
    assert [quad for piece in pieces for quad in piece.quads] == quads
    monkeypatch.delattr(TurtleWriter, "block")
    output, expected = io.BytesIO(), io.BytesIO()
    SeveralFormats(quads, vocabulary, pieces).write(output, "trig")
    monkeypatch.undo()
    export(quads, expected, "trig", vocabulary)
    assert output.getvalue() == expected.getvalue()


def test_the_texts_of_shipped_papers_are_written_once(
    vocabulary: Vocabulary, quads: tuple[Quad, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of thousands of blocks only those are written anew that say something more in another graph."""
    shared = SeveralFormats(quads, vocabulary)
    shared.write(io.BytesIO(), "trig")
    anew: list[Block] = []
    write = TurtleWriter.block

    def counted(writer: TurtleWriter, block: Block) -> str:
        anew.append(block)
        return write(writer, block)

    monkeypatch.setattr(TurtleWriter, "block", counted)
    output, expected = io.BytesIO(), io.BytesIO()
    shared.write(output, "turtle")
    in_ontology = {quad.subject for quad in quads if quad.graph_name == model.ONTOLOGY_GRAPH}
    elsewhere = {quad.subject for quad in quads if quad.graph_name not in {model.ONTOLOGY_GRAPH, model.HEDGED_GRAPH}}
    assert 0 < len(anew) <= len(in_ontology & elsewhere)
    export(quads, expected, "turtle", vocabulary)
    assert output.getvalue() == expected.getvalue()


@pytest.mark.parametrize("excerpts", [(), ("--with", str(EXCERPT))])
def test_a_folder_holds_what_is_written_of_each_format_alone(
    excerpts: tuple[str, ...], review_folder: Path, tmp_path: Path
) -> None:
    source = ["export", str(review_folder), *excerpts]
    assert CliRunner().invoke(main, [*source, "-o", str(tmp_path / "all")]).exit_code == 0
    for each in FORMATS.values():
        alone = tmp_path / f"her2{each.suffix}"
        assert CliRunner().invoke(main, [*source, "-o", str(alone)]).exit_code == 0
        assert (tmp_path / "all" / alone.name).read_bytes() == alone.read_bytes()
