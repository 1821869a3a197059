"""What a format has no place for is refused; what it has a place for comes back as it was."""

import io
import json
from itertools import pairwise
from pathlib import Path

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyld import jsonld
from pyoxigraph import (
    BaseDirection,
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Store,
    Triple,
    parse,
)

from her2ld import ExportError, OntologyError, RecordError, Vocabulary, export, to_rdflib
from her2ld.dataset.rdf_files import read_excerpt
from her2ld.exports.blocks import blank_nodes_in, is_writable
from her2ld.exports.json_ld import json_ld_lines
from her2ld.exports.turtle import turtle_lines
from her2ld.query.default_graph import Choice
from her2ld.rdf.syntaxes import BY_NAME, JSON_LD, RDF_XML, WRITTEN
from her2ld.serving.messages import Job
from her2ld.serving.questions import questions_of
from her2ld.site.static_site import filled_store
from her2ld.vocabulary import standard

S, P = NamedNode("http://example.org/s"), NamedNode("http://example.org/p")
REIFIES = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies")
ABOUT = Triple(S, P, Literal("said", language="en"))
NODE = BlankNode("n")
RDF_12 = [
    Quad(NODE, REIFIES, Triple(S, P, NODE)),
    Quad(S, P, NODE),
    Quad(S, P, BlankNode("m")),
    Quad(NODE, REIFIES, ABOUT),
]


def written(quads: list[Quad], name: str, vocabulary: Vocabulary) -> bytes:
    output = io.BytesIO()
    export(Dataset(quads), output, name, vocabulary)
    return output.getvalue()


def canonical(quads: list[Quad]) -> Dataset:
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


@pytest.mark.parametrize("name", [each.name for each in WRITTEN])
def test_triples_within_triples_are_written_or_refused(name: str, vocabulary: Vocabulary) -> None:
    syntax = BY_NAME[name]
    assert is_writable(RDF_12, syntax) == (syntax not in {RDF_XML, JSON_LD})
    if not is_writable(RDF_12, syntax):
        with pytest.raises(ExportError, match="has a triple term") as caught:
            written(RDF_12, name, vocabulary)
        assert len(caught.value.problems) == 2
        return
    read = parse(written(RDF_12, name, vocabulary), format=syntax.parsed_as)
    # RDFC-1.0 is of RDF 1.1: the labels are compared.
    kept = {each.object for each in read if each.predicate == REIFIES and isinstance(each.object, Triple)}
    nodes = {each.object for each in kept if isinstance(each.object, BlankNode)}
    assert len(nodes) == 1
    assert kept == {ABOUT, *(Triple(S, P, node) for node in nodes)}
    again = list(parse(written(RDF_12, name, vocabulary), format=syntax.parsed_as))
    assert {each.subject for each in again if each.predicate == REIFIES} == nodes & {
        each.object for each in again if each.subject == S
    }


def test_a_node_that_is_spoken_of_within_a_triple_has_its_label_in_a_stream() -> None:
    quads = [Quad(S, P, NODE), Quad(S, REIFIES, Triple(S, P, NODE)), Quad(NODE, P, S)]
    read = list(parse("".join(turtle_lines(quads, {})), format=RdfFormat.TURTLE))
    nodes = {term for quad in read for term in blank_nodes_in(quad.triple)}
    assert len(nodes) == 1
    assert len(read) == len(quads)


def test_a_node_that_went_out_without_a_label_is_not_spoken_of_again() -> None:
    quads = [Quad(NODE, P, S), Quad(S, REIFIES, Triple(S, P, NODE))]
    with pytest.raises(ExportError, match="occurs in more than one place of the stream"):
        "".join(turtle_lines(quads, {}))


def test_a_chain_of_nodes_is_nested_no_deeper_than_readers_can_follow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("her2ld.exports.blocks._DEEPEST_NESTING", 4)
    nodes = [BlankNode(f"n{number}") for number in range(12)]
    quads = [Quad(S, P, nodes[0]), *(Quad(one, P, other) for one, other in pairwise(nodes)), Quad(nodes[-1], P, S)]
    text = "".join(turtle_lines(quads, {}))
    assert text.count("_:") == 4  # two nodes have a label, each where it hangs and where it speaks
    assert canonical(list(parse(text, format=RdfFormat.TURTLE))) == canonical(quads)
    document = "".join(json_ld_lines(quads, {"id": "@id", "type": "@type"}))
    assert canonical(list(parse(document, format=RdfFormat.JSON_LD))) == canonical(quads)


@given(text=st.text(alphabet=st.characters(codec="utf-8")))
def test_a_text_is_in_rdf_xml_as_it_is_or_is_refused(vocabulary: Vocabulary, text: str) -> None:
    quads = [Quad(S, P, Literal(text))]
    if not is_writable(quads, RDF_XML):
        with pytest.raises(ExportError, match="which XML cannot contain"):
            written(quads, "rdfxml", vocabulary)
        return
    content = written(quads, "rdfxml", vocabulary)
    (read,) = rdflib.Graph().parse(data=content, format="xml")
    assert str(read[2]) == text


@pytest.mark.parametrize(
    ("quad", "what"),
    [
        (Quad(S, P, Literal("a\x01")), "has the character U+0001 in a text, which XML cannot contain"),
        (Quad(S, P, Literal("\uffff")), "has the character U+FFFF in a text, which XML cannot contain"),
        (Quad(S, NamedNode("http://example.org/1"), S), "whose end is not a name of an XML element"),
        (Quad(S, P, Literal("a", language="ar", direction=BaseDirection.RTL)), "has a text with a base direction"),
    ],
)
def test_what_rdf_xml_has_no_place_for_is_refused(quad: Quad, what: str, vocabulary: Vocabulary) -> None:
    with pytest.raises(ExportError) as caught:
        written([quad], "rdfxml", vocabulary)
    assert what in str(caught.value)
    assert "choose Turtle, TriG, N-Triples or N-Quads" in str(caught.value)


def test_json_ld_says_a_class_that_is_a_text(vocabulary: Vocabulary) -> None:
    quads = [Quad(S, standard.TYPE, Literal("a text")), Quad(S, standard.TYPE, P), Quad(P, standard.TYPE, P)]
    read = parse(written(quads, "jsonld", vocabulary), format=RdfFormat.JSON_LD)
    assert {quad.triple for quad in read} == {quad.triple for quad in quads}


def test_json_ld_says_a_base_direction(vocabulary: Vocabulary) -> None:
    quad = Quad(S, P, Literal("a", language="ar", direction=BaseDirection.RTL))
    (node,) = jsonld.expand(json.loads(written([quad], "jsonld", vocabulary)))
    assert node[P.value] == [{"@value": "a", "@language": "ar", "@direction": "rtl"}]


@pytest.mark.parametrize(
    ("accept", "status"),
    [("text/turtle", 200), ("application/n-triples", 200), ("application/ld+json", 406), ("application/rdf+xml", 406)],
)
def test_the_server_writes_or_refuses_them(accept: str, status: int) -> None:
    store = Store()
    store.extend(RDF_12)
    reply = questions_of(store, Choice([DefaultGraph()]))(Job("query", "CONSTRUCT WHERE { ?s ?p ?o }", accept))
    assert reply.status == status
    if status == 200:
        triples = list(parse(reply.body, format=RdfFormat.from_media_type(accept) or RdfFormat.TURTLE))
        assert {type(each.object) for each in triples if each.predicate == REIFIES} == {Triple}
        assert len(triples) == len(RDF_12)
    else:
        assert b"has a triple term" in reply.body


@pytest.mark.parametrize("quad", [RDF_12[0], Quad(S, P, Literal("a", language="ar", direction=BaseDirection.RTL))])
def test_what_rdflib_does_not_have_is_refused(quad: Quad) -> None:
    with pytest.raises(ExportError, match="which rdflib does not"):
        to_rdflib([quad])


def test_a_site_of_nodes_that_are_nested_too_deep_is_refused_as_an_excerpt_is(
    vocabulary: Vocabulary, tmp_path: Path
) -> None:
    nodes = [BlankNode(f"n{number}") for number in range(102)]
    quads = [Quad(S, P, nodes[0]), *(Quad(one, P, other) for one, other in pairwise(nodes)), Quad(nodes[-1], P, S)]
    said = "an axiom is nested more than 100 deep"
    with pytest.raises(OntologyError, match=said):
        filled_store([*vocabulary.quads, *quads], vocabulary)
    file = tmp_path / "deep.ttl"
    file.write_text("".join(turtle_lines(quads, {})))
    with pytest.raises(RecordError, match=said):
        read_excerpt(file)
    assert len(filled_store([*vocabulary.quads, *quads[50:]], vocabulary)) == len(vocabulary.quads) + 53
