"""Rows that are sorted in memory are in the order in which Oxigraph sorts them, and of the same bytes."""

from collections.abc import Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    Quad,
    QueryResultsFormat,
    QuerySolutions,
    Store,
    Triple,
    parse_query_results,
)

from her2ld.query import sorted_rows
from her2ld.query.sorted_rows import ask_in_order
from her2ld.vocabulary import standard

A, B, C = (NamedNode(f"http://example.org/{name}") for name in "abc")
Value = NamedNode | BlankNode | Literal | Triple


def typed(texts: st.SearchStrategy[str], *names: str) -> st.SearchStrategy[Literal]:
    """Return literals of these texts and datatypes of XML Schema, whether they have a value or not."""
    datatypes = st.sampled_from([NamedNode(standard.XSD + name) for name in names])
    return st.builds(lambda text, datatype: Literal(text, datatype=datatype), texts, datatypes)


# Characters that come before and after ">" and the quotation mark, and some that each format writes in its own way.
TEXT = st.text(
    st.one_of(st.sampled_from('ab -/>"\\\t\n\r\x00\x7f\x85\u2028\ue000\U0001d4b3'), st.characters(codec="utf-8")),
    max_size=4,
)
IRI = st.text("ab-./:é\U0001d4b3", max_size=3).map(lambda text: NamedNode(f"http://example.org/{text}"))
TEXTS = st.one_of(
    TEXT.map(Literal),
    st.builds(lambda text, language: Literal(text, language=language), TEXT, st.sampled_from(["en", "en-gb", "de"])),
)
YEARS = st.one_of(
    typed(st.integers(1, 12999).map(lambda year: f"{year:04}"), "gYear"),
    typed(st.dates().map(lambda day: day.isoformat()[:7]), "gYearMonth"),
    typed(st.dates().map(lambda day: day.isoformat()), "date"),
)
NUMBERS = typed(st.integers(-(10**19), 10**19).map(str), "integer")
# A column has literals of one kind. Those of several kinds have no order that is sure: 2 < 10, "10" < "15" < "2".
COLUMNS = [
    IRI,
    st.one_of(IRI, TEXTS),
    st.one_of(IRI, YEARS),
    st.one_of(IRI, NUMBERS),
    typed(st.sampled_from(["1", "1.0", "10", "2", "-1", "NaN", "x"]), "integer", "decimal", "double"),
    typed(st.sampled_from(["2019", "2018", "2019-05", "2019-13-45", "2019-05-01"]), "gYear", "gYearMonth", "date"),
    typed(st.sampled_from(["2019", "2019Z", "-2019", "2019+01:00", "02019"]), "gYear"),
    typed(st.sampled_from(["2019-01-01T00:00:00Z", "2019-01-01T00:00:00"]), "dateTime"),
    typed(st.sampled_from(["true", "false"]), "boolean"),
]
ORDERS = (
    "?o ?s",
    "DESC(?o) ASC(?s)",
    "?s ?o",
    "?o",
    "desc ( $s )\n?o # the rest is said in words\n#",
    "DESC(?o) ?s DESC(?o)",
)


def written(results: object) -> str:
    assert isinstance(results, QuerySolutions)
    return (results.serialize(format=QueryResultsFormat.JSON) or b"").decode()


def column() -> st.SearchStrategy[list[Value | None]]:
    """Return values of a column, of which some are unbound."""
    return st.sampled_from(COLUMNS).flatmap(lambda values: st.lists(st.none() | values, max_size=12))


@given(column(), column())
@example([Literal(text) for text in ("a", "a>", "a-", 'a"', "a\\", "a\t")], [B] * 6)
@example([Literal(1), Literal("1.0", datatype=standard.XSD_DECIMAL), Literal(0)], [B] * 3)
def test_rows_are_sorted_as_oxigraph_sorts_them(firsts: list[Value | None], seconds: list[Value | None]) -> None:
    store = Store()
    for number, (first, second) in enumerate(zip(firsts, seconds, strict=False)):
        row = NamedNode(f"http://example.org/row/{number}")
        store.extend(Quad(row, name, value) for name, value in ((A, A), (B, first), (C, second)) if value)
    rows = f"SELECT ?o ?s {{ ?row {A} {A} OPTIONAL {{ ?row {B} ?o }} OPTIONAL {{ ?row {C} ?s }} }}"
    for order in ORDERS:
        query = f"{rows} ORDER BY {order}"
        assert written(ask_in_order(store, query)) == written(store.query(query)), order


@given(st.lists(st.one_of(IRI, TEXTS), max_size=9))
def test_distinct_rows_of_one_or_several_columns_are_sorted(values: list[NamedNode | Literal]) -> None:
    store = Store()
    store.extend(Quad(A, B, value) for value in values)
    for query in (
        "SELECT DISTINCT ?p ?o ?none ?s { ?s ?p ?o } ORDER BY ?none DESC(?s) ?p ?o",
        f"SELECT ?o {{ VALUES ?p {{ {B} {C} {C} }} OPTIONAL {{ ?s ?p ?o }} }} ORDER BY DESC(?o)",
    ):
        assert written(ask_in_order(store, query)) == written(store.query(query))


SELF, OXIGRAPH, AS_IT_IS = "rows", "Oxigraph's VALUES", "the query as it is"


@pytest.mark.parametrize(
    ("query", "values", "sorted_by"),
    [
        ("SELECT ?o { ?s ?p ?o } ORDER BY ?o", [Literal(2), Literal(10)], SELF),
        ("SELECT ?o { ?s ?p ?o } order by desc(?o)", [Literal("2"), A], SELF),
        ("SELECT ?o { ?s ?p ?o } ORDER BY ?o # LIMIT 1", [Literal("2"), A], SELF),
        ("SELECT ?s ?o { ?s ?p ?o } ORDER BY ?o", [Literal(2), Literal(10)], OXIGRAPH),  # not by all columns
        ("SELECT ?o { ?s ?p ?o } ORDER BY ?o", [Literal(2), Literal("10")], OXIGRAPH),  # a number and a text
        ("SELECT ?o { ?s ?p ?o } ORDER BY ?o", [Literal(2.5), Literal(10)], OXIGRAPH),
        ("SELECT ?o { ?s ?p ?o } ORDER BY ?s", [A], AS_IT_IS),  # no column by which it is sorted
        ("SELECT ?o { ?s ?p ?o } ORDER BY ?o LIMIT 1", [A], AS_IT_IS),
        ("SELECT ?o { ?s ?p ?o } ORDER BY STR(?o)", [A], AS_IT_IS),
        ("SELECT ?o { ?s ?p ?o } ORDER BY ?o", [BlankNode("a"), A], AS_IT_IS),  # a blank node, which no query names
        ("SELECT ?o { ?s ?p ?o } ORDER BY ?o VALUES ?s { <http://example.org/a> }", [A], AS_IT_IS),
    ],
)
def test_rows_are_sorted_here_by_oxigraph_or_not_at_all(
    query: str, values: Sequence[Value], sorted_by: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store()
    store.extend(Quad(A, B, value) for value in values)
    expected = written(store.query(query))
    asked: list[str] = []

    class Recording:
        def query(self, values: str) -> object:
            rows = Store().query(values)
            asked.append(values)
            return rows

    tables: list[str] = []

    def parse(text: str, *, format: QueryResultsFormat) -> object:  # noqa: A002  # the name in pyoxigraph
        tables.append(text)
        return parse_query_results(text, format=format)

    monkeypatch.setattr(sorted_rows, "Store", Recording)
    monkeypatch.setattr(sorted_rows, "parse_query_results", parse)
    assert written(ask_in_order(store, query)) == expected
    is_sorted_here = any(text.startswith("?o\n") for text in tables)
    assert (is_sorted_here, bool(asked)) == (sorted_by == SELF, sorted_by == OXIGRAPH)


def test_more_rows_than_are_sorted_in_memory_and_queries_that_are_none(monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store()
    store.extend(Quad(A, B, Literal(number)) for number in range(3))
    monkeypatch.setattr(sorted_rows, "_MOST_SORTED", 2)
    query = "SELECT ?o { ?s ?p ?o } ORDER BY DESC(?o)"
    assert written(ask_in_order(store, query)) == written(store.query(query))
    with pytest.raises(SyntaxError):
        ask_in_order(store, "SELECT ?o { ?s ?p } ORDER BY ?o")
