"""Graphs that are asked as one are merged: a triple that stands in several of them is found once."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, QuerySolutions, Store

from her2ld.query import default_graph
from her2ld.query.default_graph import Choice, Graph, add_merge, all_but_hedged, evaluate, triples_of_merge
from her2ld.query.reach import reach
from her2ld.vocabulary import model

NODES = [NamedNode(f"http://example.org/{name}") for name in "abc"]
NAMED = [*(NamedNode(f"http://example.org/graph/{number}") for number in range(3)), model.HEDGED_GRAPH]
GRAPHS: list[Graph] = [*NAMED, DefaultGraph(), BlankNode("graph")]
NODE, GRAPH = st.sampled_from(NODES), st.sampled_from(GRAPHS)
QUADS = st.lists(st.builds(Quad, NODE, st.sampled_from(NODES[:2]), NODE, GRAPH), max_size=12)
CHOICES = st.lists(st.sampled_from(NAMED), unique=True)
COUNT = "SELECT (COUNT(*) AS ?n) {} {{ ?s ?p ?o }}"
COUNT_NAMED = "SELECT (COUNT(*) AS ?n) {} {{ GRAPH ?g {{ ?s ?p ?o }} }}"
COUNT_BOTH = "SELECT (COUNT(*) AS ?n) {} {{ ?s ?p ?o GRAPH ?g {{ ?s ?p ?o }} }}"


def store_of(quads: Sequence[Quad]) -> Store:
    store = Store()
    store.extend(quads)
    return store


def counted(
    store: Store,
    query: str,
    usual: Sequence[Graph],
    default: Sequence[NamedNode] = (),
    named: Sequence[NamedNode] = (),
) -> int:
    rows = evaluate(store, query, reach(query), Choice(usual, default, named))
    assert isinstance(rows, QuerySolutions)
    return int(next(iter(rows))["n"].value)


@given(QUADS)
def test_all_graphs_but_hedged_are_merged(quads: list[Quad]) -> None:
    usual = {quad.triple for quad in quads if quad.graph_name != model.HEDGED_GRAPH}
    named = {quad for quad in quads if quad.graph_name != DefaultGraph()}
    both = sum(quad.triple in usual for quad in named)
    store = store_of(quads)
    merged = store_of(quads)
    for asked, graphs in ((store, all_but_hedged(store)), (merged, add_merge(merged))):
        assert counted(asked, COUNT.format(""), graphs) == len(usual)
        assert counted(asked, COUNT_NAMED.format(""), graphs) == len(named)
        assert counted(asked, COUNT_BOTH.format(""), graphs) == both
    assert triples_of_merge(store, all_but_hedged(store)) == len(usual)


@given(QUADS, CHOICES, CHOICES)
def test_chosen_graphs_are_merged(quads: list[Quad], default: list[NamedNode], named: list[NamedNode]) -> None:
    if not (default or named):
        return
    merge = {quad.triple for quad in quads if quad.graph_name in default}
    of_named = {quad for quad in quads if quad.graph_name in named}
    both = sum(quad.triple in merge for quad in of_named)
    store = store_of(quads)
    add_merge(store)
    clauses = [*(f"FROM {graph}" for graph in default), *(f"FROM NAMED {graph}" for graph in named)]
    for query, expected in ((COUNT, len(merge)), (COUNT_NAMED, len(of_named)), (COUNT_BOTH, both)):
        assert counted(store, query.format(" ".join(clauses)), all_but_hedged(store)) == expected
        assert counted(store, query.format("FROM <a:b>"), all_but_hedged(store), default, named) == expected


def test_more_graphs_than_are_compared_are_merged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(default_graph, "_MOST_COMPARED", 1)
    store = store_of([Quad(NODES[0], NODES[0], NODES[0], graph) for graph in NAMED])
    assert counted(store, COUNT.format(""), all_but_hedged(store)) == 1
    assert triples_of_merge(store, all_but_hedged(store)) == 1


def test_a_store_on_disk_is_merged_where_it_must_be(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.extend(Quad(NODES[0], NODES[0], NODES[place], graph) for place, graph in enumerate(NAMED[:2]))
    usual = all_but_hedged(store)
    assert counted(store, COUNT.format(""), usual) == 2  # as they are
    store.add(Quad(NODES[0], NODES[0], NODES[0], NAMED[1]))
    assert counted(store, COUNT.format(""), usual) == 2
    assert triples_of_merge(store, usual) == 2
    distinct = "SELECT DISTINCT ?o { ?s ?p ?o }"
    assert len(list(evaluate(store, distinct, reach(distinct), Choice(usual)))) == 2  # type: ignore[arg-type]
