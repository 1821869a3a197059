"""The graphs that a query asks as one: SPARQL's default graph is their merge, in which a triple stands once.

Oxigraph asks several graphs one after the other, so that a triple of two graphs is found twice. Three ways lead to the
merge. A store whose graphs were merged beforehand is asked for that: in memory by :func:`add_merge`, on disk by
:mod:`her2ld.query.on_disk`. A query whose answer does not tell how often something was found is asked of the graphs as
they are, and so is any query where no triple stands in two of them. Whatever is left is asked of a merge that is made
for it.
"""

import contextlib
import functools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

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
from her2ld.query.row_order import ask_in_order
from her2ld.vocabulary import model

Graph = NamedNode | BlankNode | DefaultGraph
Results = QuerySolutions | QueryBoolean | QueryTriples

_MERGED: list[Graph] = [DefaultGraph()]
# More graphs than these are not compared: it is taken that they share a triple.
_MOST_COMPARED = 64
_FIRST = "LIMIT 100000"  # of two graphs that are larger, it is all the same which is looked up in which


@dataclass(frozen=True, slots=True)
class Choice:
    """The graphs that a query is asked of.

    ``usual`` are merged as the default graph where neither it nor anybody else chooses. ``default`` and ``named`` are
    chosen by somebody else, and go before what the query chooses by FROM. Relative IRIs are resolved against ``base``.
    ``on_disk`` tells that the store is, and ``merge`` is the merge of the usual graphs that is kept there, if there is
    one: a store in which the union of all graphs is it.
    """

    usual: Sequence[Graph]
    default: Sequence[NamedNode] = ()
    named: Sequence[NamedNode] = ()
    base: str | None = None
    on_disk: bool = False
    merge: Store | None = None


def all_but_hedged(store: Store) -> list[Graph]:
    """Return the graphs that are asked as one where a query does not choose: all but ``hedged``."""
    return [DefaultGraph(), *(graph for graph in store.named_graphs() if graph != model.HEDGED_GRAPH)]


def add_merge(store: Store) -> list[Graph]:
    """Put all triples but those of ``hedged`` into the default graph, too. Return the graphs to ask: that one.

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
    """Ask a store a query that reaches for what ``reached`` says.

    A graph that the store does not have is empty. Raises SyntaxError where the query is not SPARQL.
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
        # The named graphs are given, as FROM would choose from the merge what is not there any more.
        return merge.query(query, base_iri=choice.base, default_graph=_MERGED, named_graphs=list(merge.named_graphs()))
    ask = functools.partial(ask_in_order if choice.on_disk else Store.query, store, query, base_iri=choice.base)
    if is_chosen:
        return ask(default_graph=list(default), named_graphs=list(named))
    return ask(default_graph=None if reached.chooses_graphs else list(default))


def _named_nodes(iris: Iterable[str]) -> list[NamedNode]:
    """Return the nodes of IRIs; what is none is left for the store to refuse."""
    nodes = []
    for iri in iris:
        with contextlib.suppress(ValueError):
            nodes.append(NamedNode(iri))
    return nodes


def triples_of_merge(store: Store, graphs: Sequence[Graph]) -> int:
    """Count the triples of the merge of some graphs: one that stands in several counts once."""
    if not can_be_compared(graphs):
        return len({quad.triple for graph in graphs for quad in _quads(store, graph)})
    of_each = sum(_count(store, _within(graph, "?s ?p ?o")) for graph in graphs)
    return of_each - sum(_count(store, pattern) for *_, pattern in repeated(store, graphs))


def _share_triples(store: Store, graphs: Iterable[Graph]) -> bool:
    """Tell whether a triple stands in two of the graphs."""
    asked = [graph for graph in graphs if next(_quads(store, graph), None)]
    if not can_be_compared(asked):
        return True
    return any(bool(store.query(f"ASK {{ {pattern} }}")) for *_, pattern in repeated(store, asked))


def can_be_compared(graphs: Sequence[Graph]) -> bool:
    """Tell whether graphs can be compared by queries: no query names a blank node, and few pairs are looked at."""
    return len(graphs) <= _MOST_COMPARED and not any(isinstance(graph, BlankNode) for graph in graphs)


def repeated(store: Store, graphs: Sequence[Graph]) -> Iterator[tuple[Graph, NamedNode, str]]:
    """Yield patterns by which those triples of a graph are found that stand in a larger graph, too.

    Each is for the triples of one graph with one predicate, and binds ``?s`` and ``?o``. Graphs have few predicates in
    common, and what the smaller graph holds is looked up in the larger, so that few look-ups are made.
    """
    if len(graphs) < 2:  # noqa: PLR2004  # nothing to be compared
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
    assert isinstance(rows, QuerySolutions)  # noqa: S101  # what SELECT gives
    return rows


def _within(graph: Graph, pattern: str) -> str:
    return f"{pattern} ." if isinstance(graph, DefaultGraph) else f"GRAPH {graph} {{ {pattern} }}"


def _quads(store: Store, graph: Graph) -> Iterator[Quad]:
    return store.quads_for_pattern(None, None, None, graph)
