"""Which SPARQL constraints are asked of a store in one, and which are left to an engine that goes node by node."""

import pytest
from pyoxigraph import RdfFormat, Store, parse

from her2ld.assets import SHAPE_FILES
from her2ld.validation import Shapes, queries, read_shapes
from her2ld.validation.merged import SeenData
from her2ld.validation.queries import answers, questions
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


FIRST = "$this x:p ?value BIND(LCASE(STR(?value)) AS ?folded)"
SECOND = "?other x:q ?name BIND(LCASE(STR(?name)) AS ?otherFolded)"
DEMANDED = "FILTER(?folded = ?otherFolded && ?other != $this)"


def asked(body: str) -> str:
    (question,) = questions(shapes_with(f"SELECT $this ?value WHERE {{ {body} }}"))
    return question.query.partition("<x:C> } } } ")[2]


def test_names_that_a_filter_demands_to_be_equal_are_joined_and_compared() -> None:
    first = FIRST.replace("LCASE(STR(?value))", 'COALESCE(LCASE(STR(?value)), "")')
    second = SECOND.replace("LCASE(STR(?name))", 'COALESCE(LCASE(STR(?name)), "")').replace("otherFolded", "folded")
    assert asked(f"{FIRST} {{ {SECOND} }} {DEMANDED}").strip() == (
        f"{first} {{ {second} }} FILTER(LCASE(STR(?value)) = LCASE(STR(?name)) && ?other != $this)  }}"
    )


@pytest.mark.parametrize(
    "body",
    [
        f"{FIRST} {SECOND} {DEMANDED}",
        f"{{ {SECOND} }} {FIRST} {DEMANDED}",
        f"{FIRST} {{ {SECOND} {DEMANDED.replace('$this', '?a')} }}",
        f"{FIRST} {{ {SECOND} }} {DEMANDED} FILTER(STRLEN(?otherFolded) > 2)",
        f"{FIRST} {{ {SECOND} }} {DEMANDED.replace('?folded', '?value')}",
        f"{FIRST} {{ {SECOND} }} {DEMANDED.replace('&&', '||')}",
    ],
)
def test_other_names_stay_two(body: str) -> None:
    assert asked(body).strip() == f"{body}  }}"


ANY = "?thing ?value ?other ."


@pytest.mark.parametrize(
    ("select", "body", "once"),
    [
        ("SELECT DISTINCT", f"$this x:p ?name {ANY}", True),
        ("SELECT", f"$this x:p ?name {ANY}", False),
        ("SELECT DISTINCT", f"$this x:p ?other {ANY}", False),
        ("SELECT DISTINCT", f"$this x:p ?thing {ANY}", False),
        ("SELECT DISTINCT", f"$this x:p ?value FILTER NOT EXISTS {{ {ANY} }}", False),
    ],
)
def test_a_pattern_that_asks_for_properties_alone_gives_each_once(select: str, body: str, *, once: bool) -> None:
    (question,) = questions(shapes_with(f"{select} $this ?value WHERE {{ {body} }}"))
    assert (f"{{ SELECT DISTINCT ?value WHERE {{ {ANY} }} }}" in question.query) == once
    assert question.query.count(ANY) == 1


DATA = """
    <x:a> a <x:C> ; <x:p> "One", "two", <x:i> . <x:b> a <x:D> ; <x:p> "TWO", "none" .
    <x:c> <x:q> "ONE", "Two", <x:I>, [] .
    <x:D> <http://www.w3.org/2000/01/rdf-schema#subClassOf> <x:C> . <x:d> a <x:C> ; <x:p> [] .
"""


@pytest.mark.parametrize("more", ["", "[] a <x:C> ; <x:p> 'One' ."])
def test_the_answers_are_the_same_however_many_focus_nodes_there_are(
    more: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store()
    store.extend(parse(DATA + more, format=RdfFormat.TURTLE))
    found = []
    for many, second in ((500, SECOND), (500, SECOND + " FILTER(STRLEN(?otherFolded) > 0)"), (2, SECOND)):
        monkeypatch.setattr(queries, "_MANY", many)
        body = f"{FIRST} {{ {second} }} {DEMANDED}"
        question = questions(shapes_with(f"SELECT DISTINCT $this ?value WHERE {{ {body} }}"))
        found.append({(str(each.focus), str(each.value)) for each in answers(question, SeenData(store))[0]})
    assert found[0] == found[1] == found[2]
    named = {each for each in found[0] if not each[0].startswith("_:")}
    assert named == {("<x:a>", '"One"'), ("<x:a>", '"two"'), ("<x:a>", "<x:i>"), ("<x:b>", '"TWO"')}
    assert len(found[0]) == len(named) + bool(more)
