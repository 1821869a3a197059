"""Which SPARQL constraints are asked of a store in one, and which are left to an engine that goes node by node."""

import pytest
from pyoxigraph import RdfFormat, parse

from her2ld.assets import SHAPE_FILES
from her2ld.validation import Shapes, read_shapes
from her2ld.validation.queries import questions
from her2ld.validation.report import SH
from her2ld.validation.shapes import constraints_of


def shapes_with(query: str, more: str = "") -> Shapes:
    text = f"""
        @prefix sh: <{SH}> .
        <x:s> a sh:NodeShape ; sh:targetClass <x:C> ; sh:sparql <x:q> {more} .
        <x:q> sh:prefixes <x:p> ; sh:select {query!r} .
        <x:p> sh:declare [ sh:prefix "x" ; sh:namespace "x:" ] .
    """
    return constraints_of(quad.triple for quad in parse(text, format=RdfFormat.TURTLE))


def test_all_shipped_queries_are_asked_in_one() -> None:
    shapes = read_shapes(SHAPE_FILES)
    queries = {triple.subject for triple in shapes.triples if triple.predicate.value == SH + "sparql"}
    assert {question.shape for question in questions(shapes)} == queries
    assert len(queries) > 80


def test_a_question_brings_its_prefixes_and_its_targets() -> None:
    (question,) = questions(shapes_with("SELECT $this ?value WHERE { $this x:p ?value }"))
    rdf, rdfs = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/2000/01/rdf-schema#"
    assert question.query == (
        "PREFIX x: <x:>\n"
        "SELECT $this ?value WHERE { { SELECT DISTINCT $this WHERE "
        f"{{ {{ $this <{rdf}type>/<{rdfs}subClassOf>* <x:C> }} }} }}  $this x:p ?value  }}"
    )


@pytest.mark.parametrize(
    "body",
    [
        "OPTIONAL { $this x:p ?value }",
        "{ $this x:p ?value } UNION { $this x:q ?value }",
        "{ FILTER(isIRI($this)) } $this x:p ?value",
        "{ SELECT ?value WHERE { ?a x:p ?value } LIMIT 1 }",
        "$this x:p ?value MINUS { $this x:q ?value }",
        "{ ?value x:p ?other } UNION { $this x:q ?value }",
        "$this x:p ?value FILTER EXISTS { ?value x:q ?other BIND(1 AS ?one) }",
        "$this $PATH ?value",
        "$this x:p ?value # }",
        "GRAPH $shapesGraph { $this x:p ?value }",
    ],
)
def test_what_is_not_one_group_is_left_to_an_engine(body: str) -> None:
    assert questions(shapes_with(f"SELECT $this ?value WHERE {{ {body} }}")) == ()


def test_a_choice_that_does_not_speak_of_the_focus_node_is_joined_by_its_names() -> None:
    body = "{ ?value x:q ?other } UNION { ?value x:r ?other } $this x:p ?value"
    (question,) = questions(shapes_with(f"SELECT $this ?value WHERE {{ {body} }}"))
    assert body in question.query


def test_words_within_a_string_are_no_keywords() -> None:
    body = "$this x:p ?value FILTER(REGEX(?value, 'UNION {6} #')) FILTER NOT EXISTS { ?value x:q ?other }"
    assert len(questions(shapes_with(f"SELECT $this ?value WHERE {{ {body} }}"))) == 1


@pytest.mark.parametrize(
    "body",
    [
        "$this x:p ?name BIND(LCASE(?name) AS ?folded) { ?value x:p ?other BIND(LCASE(?other) AS ?folded) }",
        "$this x:p ?value BIND(1 AS ?one)",
    ],
)
def test_a_group_of_its_own_that_does_not_speak_of_the_focus_node_is_joined_by_its_names(body: str) -> None:
    assert len(questions(shapes_with(f"SELECT $this ?value WHERE {{ {body} }}"))) == 1


@pytest.mark.parametrize(
    ("query", "more"),
    [
        ("SELECT $this WHERE { $this x:p ?value } LIMIT 1", ""),
        ("SELECT $this (COUNT(?value) AS ?n) WHERE { $this x:p ?value } GROUP BY $this", ""),
        ("SELECT $this WHERE { $this x:p ?value }", "; sh:deactivated true"),
        ("SELECT $this WHERE { $this x:p ?value }", "; sh:path <x:p>"),
        ("SELECT $this WHERE { $this x:p ?value }", "; sh:sparql <x:r>"),
    ],
)
def test_shapes_that_say_more_are_left_to_an_engine(query: str, more: str) -> None:
    assert questions(shapes_with(query, more)) == ()
