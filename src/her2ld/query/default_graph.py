"""The default graph of a query: the merge of several graphs, in which each triple occurs once.

If several graphs are the default graph, Oxigraph searches one after the other and finds a triple twice if it is in two
of them. So queries are evaluated in one of three ways. If the merge was made beforehand, in memory by
:func:`add_merge` or on disk by :mod:`her2ld.query.on_disk`, it is queried. If duplicate rows cannot change the answer,
or if no triple is in two of the graphs, the graphs are queried as they are. Otherwise, a merge is made for the query.
"""

import contextlib
import functools
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    Store,
)

from her2ld.query.reach import Reach
from her2ld.query.sorted_rows import ask_in_order
from her2ld.vocabulary import model

Graph = NamedNode | BlankNode | DefaultGraph
Results = QuerySolutions | QueryBoolean | QueryTriples

_MERGED: list[Graph] = [DefaultGraph()]
# A larger number of graphs is not compared, because there are too many pairs; they are assumed to share a triple.
_MOST_COMPARED = 64
_FIRST = "LIMIT 100000"  # the count ends here: if two graphs are larger, their order does not matter


class Choice(NamedTuple):
    """The graphs that a query searches.

    ``default`` and ``named`` are the graphs that the client chooses outside the query; they override FROM and FROM
    NAMED. If neither the client nor the query chooses graphs, the default graph is the merge of ``usual``. Relative
    IRIs are resolved against ``base``. ``on_disk`` tells whether the store is on disk. ``merge`` is the merge of the
    usual graphs that is kept there, if any: a store whose graphs, taken together, are the merge.
    """

    usual: Sequence[Graph]
    default: Sequence[NamedNode] = ()
    named: Sequence[NamedNode] = ()
    base: str | None = None
    on_disk: bool = False
    merge: Store | None = None


def all_but_hedged(store: Store) -> list[Graph]:
    """Return the graphs whose merge is the default graph of queries without FROM: all except ``hedged``."""
    return [DefaultGraph(), *(graph for graph in store.named_graphs() if graph != model.HEDGED_GRAPH)]


def add_merge(store: Store) -> list[Graph]:
    """Copy all triples except those of ``hedged`` to the default graph, and return a list of only this graph.

    >>> a, b, c = (NamedNode(f"http://example.org/{name}") for name in "abc")
    >>> store = Store()
    >>> store.extend([Quad(a, a, a, b), Quad(a, a, a, c)])
    >>> len(list(store.query("SELECT * { ?s ?p ?o }", default_graph=add_merge(store))))
    1
    """
    for graph in all_but_hedged(store):
        if isinstance(graph, NamedNode):
            store.update(f"ADD GRAPH {graph} TO DEFAULT")  # a third faster than quad by quad
        elif isinstance(graph, BlankNode):
            store.extend(Quad(*quad.triple) for quad in _quads(store, graph))
    return list(_MERGED)


def evaluate(store: Store, query: str, reached: Reach, choice: Choice) -> Results:
    """Return the results of a query. ``reached`` is the result of :func:`her2ld.query.reach.reach` for it.

    A graph that the store does not have is empty. Raises SyntaxError if the query is not SPARQL.
    """
    default: Sequence[Graph] = choice.default
    named: Iterable[NamedNode | BlankNode] = choice.named
    is_chosen = bool(choice.default or choice.named)
    if not is_chosen and reached.chooses_graphs:
        default, named = _named_nodes(reached.default_graphs), _named_nodes(reached.named_graphs)
    elif not is_chosen and choice.merge is not None and not reached.names_graphs:
        return ask_in_order(choice.merge, query, base_iri=choice.base, use_default_graph_as_union=True)
    elif not is_chosen:
        default, named = choice.usual, store.named_graphs() if reached.names_graphs else ()
    if reached.counts and _share_triples(store, default):
        merge = Store()
        merge.bulk_extend(Quad(*quad.triple) for graph in default for quad in _quads(store, graph))
        merge.bulk_extend(quad for graph in named for quad in _quads(store, graph))
        # The named graphs are passed explicitly, because FROM would choose graphs that the merge no longer has.
        return merge.query(query, base_iri=choice.base, default_graph=_MERGED, named_graphs=list(merge.named_graphs()))
    ask = functools.partial(ask_in_order if choice.on_disk else Store.query, store, query, base_iri=choice.base)
    if is_chosen:
        return ask(default_graph=list(default), named_graphs=list(named))
    return ask(default_graph=None if reached.chooses_graphs else list(default))


def _named_nodes(iris: Iterable[str]) -> list[NamedNode]:
    """Return the nodes of IRIs. A malformed IRI is skipped, because the store refuses the query that has it."""
    nodes = []
    for iri in iris:
        with contextlib.suppress(ValueError):
            nodes.append(NamedNode(iri))
    return nodes


def triples_of_merge(store: Store, graphs: Sequence[Graph]) -> int:
    """Return the number of triples in the merge of graphs; a triple in several graphs counts once."""
    if not can_be_compared(graphs):
        return len({quad.triple for graph in graphs for quad in _quads(store, graph)})
    of_each = sum(_count(store, _within(graph, "?s ?p ?o")) for graph in graphs)
    return of_each - sum(_count(store, pattern) for *_, pattern in repeated(store, graphs))


def _share_triples(store: Store, graphs: Iterable[Graph]) -> bool:
    """Tell whether a triple is in two of the graphs."""
    asked = [graph for graph in graphs if next(_quads(store, graph), None)]
    if not can_be_compared(asked):
        return True
    return any(bool(store.query(f"ASK {{ {pattern} }}")) for *_, pattern in repeated(store, asked))


def can_be_compared(graphs: Sequence[Graph]) -> bool:
    """Tell whether queries can compare graphs: no graph is a blank node, which no query can name, and there are few."""
    return len(graphs) <= _MOST_COMPARED and not any(isinstance(graph, BlankNode) for graph in graphs)


def repeated(store: Store, graphs: Sequence[Graph]) -> Iterator[tuple[Graph, NamedNode, str]]:
    """Yield graphs, predicates and patterns that find the triples of the graph that are also in a larger graph.

    Each pattern finds the triples of one graph with one predicate, and binds ``?s`` and ``?o``. There are few look-ups,
    because graphs have few predicates in common and the triples of the smaller graph are looked up in the larger.
    """
    if len(graphs) < 2:  # noqa: PLR2004  # a comparison needs two
        return
    by_size = sorted(graphs, key=lambda graph: _count(store, f"SELECT ?s {{ {_within(graph, '?s ?p ?o')} }} {_FIRST}"))
    for place, graph in enumerate(by_size[:-1]):
        for predicate in sorted(_predicates(store, graph), key=str):
            pattern = f"?s {predicate} ?o"
            exists = [
                f"EXISTS {{ {_within(larger, pattern)} }}"
                for larger in by_size[place + 1 :]
                if next(store.quads_for_pattern(None, predicate, None, larger), None)
            ]
            if exists:
                yield graph, predicate, f"{_within(graph, pattern)} FILTER ({' || '.join(exists)})"


def _count(store: Store, pattern: str) -> int:
    (row,) = _rows(store, f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}")
    return int(row["n"].value)


def _predicates(store: Store, graph: Graph) -> set[NamedNode]:
    return {row["p"] for row in _rows(store, f"SELECT DISTINCT ?p {{ {_within(graph, '?s ?p ?o')} }}")}


def _rows(store: Store, query: str) -> QuerySolutions:
    rows = store.query(query)
    assert isinstance(rows, QuerySolutions)  # noqa: S101  # the result of SELECT
    return rows


def _within(graph: Graph, pattern: str) -> str:
    return f"{pattern} ." if isinstance(graph, DefaultGraph) else f"GRAPH {graph} {{ {pattern} }}"


def _quads(store: Store, graph: Graph) -> Iterator[Quad]:
    return store.quads_for_pattern(None, None, None, graph)
