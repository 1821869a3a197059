"""Which SPARQL constraints are asked of a store in one, and which are left to an engine that goes node by node."""

import threading

import pytest
from pyoxigraph import Literal, NamedNode, QuerySolutions, RdfFormat, Store, Triple, parse

from her2ld.assets import SHAPE_FILES
from her2ld.validation import Shapes, queries, read_shapes
from her2ld.validation.merged import SeenData
from her2ld.validation.queries import answers, questions
from her2ld.validation.report import SH, Term
from her2ld.validation.shapes import constraints_of
from her2ld.vocabulary.standard import XSD_INTEGER


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


@pytest.mark.parametrize("more", ["", "[] a <x:C> ; <x:p> 'One' .", "<x:a> a <x:D> ."])
def test_the_answers_are_the_same_however_many_focus_nodes_there_are(
    more: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store()
    store.extend(parse(DATA + more, format=RdfFormat.TURTLE))
    found = []
    named, limited, any_number = (500, 100), (0, 0), (0, 100)
    for numbers, second in (
        (named, SECOND),
        (named, SECOND + " FILTER(STRLEN(?otherFolded) > 0)"),
        (limited, SECOND),
        (any_number, SECOND),
    ):
        monkeypatch.setattr(queries, "_MANY", numbers[0])
        monkeypatch.setattr(queries, "_TRIPLES_TO_A_NODE", numbers[1])
        body = f"{FIRST} {{ {second} }} {DEMANDED}"
        question = questions(shapes_with(f"SELECT $this ?value WHERE {{ {body} }}"))
        data = SeenData(store, size=len(store))
        found.append(sorted((str(each.focus), str(each.value)) for each in answers(question, data)[0]))
    assert all(each == found[0] for each in found)
    with_name = [each for each in found[0] if not each[0].startswith("_:")]
    assert with_name == [("<x:a>", '"One"'), ("<x:a>", '"two"'), ("<x:a>", "<x:i>"), ("<x:b>", '"TWO"')]
    assert len(found[0]) == len(with_name) + more.startswith("[]")


@pytest.mark.parametrize(
    ("query", "size", "more", "selection"),
    [
        ("$this x:p ?value", 0, "", "VALUES $this { <x:a> }"),
        ("$this x:p ?value", 0, "[] a <x:C> .", "{ SELECT $this WHERE { PATTERN } }"),
        ("$this x:p ?value", 0, "[] a <x:C> . <x:a> a <x:D> .", "{ SELECT DISTINCT $this WHERE { PATTERN } }"),
        ("$this x:p ?value", 201, "[] a <x:C> .", "{ SELECT DISTINCT $this WHERE { PATTERN } LIMIT 2 }"),
        ("?other ?value $this", 201, "[] a <x:C> .", "{ SELECT DISTINCT $this WHERE { PATTERN } }"),
        ("?other ?value $this", 201, "", "VALUES $this { <x:a> }"),
    ],
)
def test_a_store_is_told_what_is_known_of_the_focus_nodes(query: str, size: int, more: str, selection: str) -> None:
    store = Store()
    subclass = "<http://www.w3.org/2000/01/rdf-schema#subClassOf>"
    store.extend(parse(f"<x:a> a <x:C> ; <x:p> 1 . <x:D> {subclass} <x:C> . {more}", format=RdfFormat.TURTLE))
    told = []

    class Watched(SeenData):
        def asked(self, query: str, this: Term | None = None) -> QuerySolutions:
            told.append(query)
            return super().asked(query, this)

    (question,) = asked_questions = questions(shapes_with(f"SELECT $this ?value WHERE {{ {query} }}"))
    answers(asked_questions, Watched(store, size=size))
    assert told[-1] == (
        f"PREFIX x: <x:>\nSELECT $this ?value WHERE {{ {selection}  {query}  }}".replace("PATTERN", question.selected)
    )


def test_queries_are_read_by_one_thread_since_rdflib_cannot_read_two_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "_ENOUGH_TO_SHARE", 0)
    one_more = Triple(NamedNode("x:a"), NamedNode("x:p"), Literal("05", datatype=XSD_INTEGER))
    readers: list[int] = []

    class WatchedReading(SeenData):
        def tells_forms_apart(self, query: str) -> bool:
            readers.append(threading.get_ident())
            return super().tells_forms_apart(query)

    asked_questions = questions(read_shapes(SHAPE_FILES))
    _, unanswered = answers(asked_questions, WatchedReading(Store(), (one_more,)))
    assert readers == [threading.get_ident()] * len(asked_questions)
    assert unanswered < {each.shape for each in asked_questions}
