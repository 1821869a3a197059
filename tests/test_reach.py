"""What a query reaches for is told by its words: keywords in comments, texts, IRIs, variables and names are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from her2ld import find_question, read_questions
from her2ld.query.reach import Reach, reach

NOTHING = Reach(
    services=False,
    default_graphs=(),
    named_graphs=(),
    update="",
    changes=False,
    depth=1,
    names_graphs=False,
    counts=True,
)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service ?from $SERVICE { ?service ?from $SERVICE }",
        "# SERVICE FROM <http://example.org/g>\nSELECT * {}",
        "#SERVICE\rSELECT * {}",
        'SELECT * { ?s ?p "SERVICE", \'FROM\', """a " SERVICE""", "\\" SERVICE" }',
        "SELECT * { ?s ?p '''FROM' SERVICE\n''', \"x\"@service }",
        "SELECT * { <http://example.org/#SERVICE> ex:SERVICE service:x . ex:a.from :FROM ex:b\\,FROM }",
        "PREFIX from: <http://example.org/> PREFIX insert: <http://example.org/> SELECT * {}",
        "SELECT * { ?insert ?p ?load }",
    ],
)
def test_a_keyword_elsewhere_is_none(query: str) -> None:
    assert reach(query) == NOTHING


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1/> {} }",
        "SELECT * { service SILENT ?x {} }",
        "SELECT * { ?s ?p 'a'SERVICE<http://127.0.0.1/> {} }",
        "SELECT * { ?s ?p 'it\\'s' . SERVICE ex:e {} }",
        "SELECT * # it's\n{ SERVICE ex:e {} }",
        "SELECT * { ?s ?p 1 .SERVICE ex:e {} }",
        'SELECT * { ?s ?p "" . SERVICE ex:e { ?s ?p "" } }',
        "SELECT * { ?s <http://example.org/#> ?o . SERVICE ex:e {} }",
    ],
)
def test_another_endpoint_is_found(query: str) -> None:
    assert reach(query).services


def test_graphs_are_told_in_full() -> None:
    query = (
        "PREFIX g: <http://example.org/> PREFIX : <http://example.org/#>\n"
        "SELECT * FROM <http://example.org/a> from g:b\\-c # FROM g:x\nFROM NAMED :d FROM named g:e FROM h:f {}"
    )
    found = reach(query)
    assert found.default_graphs == ("http://example.org/a", "http://example.org/b-c", "h:f")
    assert found.named_graphs == ("http://example.org/#d", "http://example.org/e")
    assert found.chooses_graphs


def test_a_graph_is_told_by_its_base_and_without_escapes() -> None:
    query = (
        "BASE <http://example.org/a/> PREFIX p: <../p/>\n"
        "ASK FROM <g> FROM </h> FROM p:i FROM <urn:x:j> FROM <http://example.org/\\u006b> {}"
    )
    assert reach(query).default_graphs == (
        "http://example.org/a/g",
        "http://example.org/h",
        "http://example.org/p/i",
        "urn:x:j",
        "http://example.org/k",
    )


def test_graph_is_found_as_a_keyword_alone() -> None:
    assert reach("ASK { graph ?g {} }").names_graphs
    assert not reach("ASK { ?graph graph:GRAPH 'GRAPH' }").names_graphs


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?s { ?s ?p ?o }",
        "SELECT REDUCED ?s { ?s ?p ?o }",
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
        "SELECT DISTINCT (BNODE() AS ?b) { ?s ?p ?o }",
        "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }",
        "SELECT DISTINCT (SUM(?o) AS ?n) { ?s ?p ?o }",
        "SELECT ?s (COUNT(?o) AS ?n) { ?s ?p ?o } GROUP BY ?s",
        "SELECT ?s { { SELECT ?s { ?s ?p ?o } GROUP BY ?s } }",
        "SELECT DISTINCT ?s { { SELECT ?s { ?s ?p ?o } } }",
        "SELECT DISTINCT * { { SELECT ?a {} } UNION { SELECT DISTINCT ?b {} GROUP BY ?b } }",
        "ASK { { SELECT ?s { ?s ?p ?o } OFFSET 1 } }",
        "CONSTRUCT { ?s ?p [] } { ?s ?p ?o }",
        "CONSTRUCT { ?s ?p _:b } { ?s ?p ?o }",
        "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o } LIMIT 1",
    ],
)
def test_what_tells_how_often_something_was_found_is_known(query: str) -> None:
    assert reach(query).counts


@pytest.mark.parametrize(
    "query",
    [
        "select distinct ?s { ?s ?p ?o } LIMIT 3",
        "SELECT ?s (COUNT(DISTINCT ?o) AS ?n) (MAX(?o) AS ?most) { ?s ?p ?o } GROUP BY ?s",
        "SELECT DISTINCT ?s { { SELECT ?s { ?s ?p ?o } GROUP BY ?s } }",
        "ASK { ?s ?p ?o }",
        "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }",
        "DESCRIBE <a:b>",
    ],
)
def test_what_tells_only_what_was_found_is_known(query: str) -> None:
    assert not reach(query).counts


@pytest.mark.parametrize("name", [question.name for question in read_questions()])
def test_no_question_tells_how_often_something_was_found(name: str) -> None:
    """Its graphs are then asked as they are, and only what it reads is loaded."""
    assert not reach(find_question(name).query).counts


@pytest.mark.parametrize(
    ("query", "update"),
    [
        ("INSERT DATA { <a:a> <a:a> <a:a> }", "INSERT"),
        ("PREFIX a: <http://example.org/> BASE <http://example.org/> with a:g DELETE {} WHERE {}", "WITH"),
        ("LOAD <http://127.0.0.1/>", "LOAD"),
        ("# SELECT\nclear ALL", "CLEAR"),
        ("SELECT * { ?insert ?delete 'LOAD' }", ""),
    ],
)
def test_a_change_is_told_by_its_first_word(query: str, update: str) -> None:
    assert reach(query).update == update


def test_what_gives_another_value_each_time_is_known() -> None:
    assert reach("SELECT (now() AS ?t) {}").changes
    assert reach("SELECT * { BIND(STRUUID() AS ?u) }").changes
    assert not reach("SELECT ?now { ?now ?rand 'uuid()' }").changes


def test_brackets_in_texts_do_not_nest() -> None:
    assert reach("SELECT * { ?s ?p '{{{{' { ?s (<a:a>/(<a:b>)) [] } }").depth == 4


@given(st.text(alphabet="{}<>\"'#:?\\ \nFROMNAED" + "sélect服", max_size=60))
def test_any_text_is_told_about(text: str) -> None:
    assert reach(text).depth >= 0


def test_what_is_no_iri_is_left_for_the_store_to_refuse() -> None:
    assert reach("BASE <http://example.org/> ASK FROM <//[> {}").default_graphs == ("//[",)
