"""Loading into a store on the network: into staging graphs, which are compared and then moved to their places.

Each graph is sent in pieces to a staging graph of its own and read back from there. Then one update moves all of them
at once. If a store cannot move graphs, each graph is replaced by one request.
"""

import contextlib
import tempfile
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, parse

from her2ld.errors import LoadError, Problem
from her2ld.files.folders import made
from her2ld.loading.client import StoreClient
from her2ld.loading.comparing import GraphReport, check_kept_by_oxigraph, compare, sorted_graph
from her2ld.loading.lines import Graph, SortedGraph, has_blank_node, name_of, sort_graphs
from her2ld.loading.loads import LoadReport, Note, Sources, check_not_empty, in_order, noted
from her2ld.rdf.parser_limits import CheckedLines
from her2ld.vocabulary import model

_LINES_AT_ONCE = 50_000
_LINES_IN_AN_UPDATE = 2_000
_TIMES_AS_LONG, _LEAST_GIVEN_BACK = 16, 64 << 20
_STAGING = "/her2ld-loading"
_STAGING_OF_DEFAULT = NamedNode("urn:x-her2ld:loading")


def refresh_notice(store: StoreClient) -> str:
    """Return a notice, for before a load, of what readers of the store will see of it."""
    title, mixed = store.preset.title, "for a moment, a reader may see some graphs new and others old"
    if not store.moves:
        return f"not atomic: each graph is replaced by one request; {mixed}"
    notice = "atomic: graphs are loaded beside, compared, and moved in one update"
    if not store.preset.together:
        notice = f"graphs are loaded beside, compared, and moved one by one, as {title} does it; {mixed}"
    return notice + ("; a query that names no graph sees what is loaded beside, too" if store.preset.union else "")


def load_store(store: StoreClient, sources: Sources, *, prune: bool = False, note: Note | None = None) -> LoadReport:
    """Replace graphs of a store by those of the sources, and read back what it holds then.

    Other graphs stay, unless ``prune`` says that graphs of her2ld which the sources do not have shall go. Where the
    store can move graphs, they are compared before they are moved, and nothing is moved if they differ.

    Raises LoadError where there is nothing to load, or the store cannot be reached or refuses; RecordError where a
    source cannot be read; LimitError where blank nodes cannot be compared.
    """
    with tempfile.TemporaryDirectory(prefix="her2ld-") as name:
        folder = Path(name)
        graphs = _sorted(sources, folder, note)
        _check_graphs(graphs, store)
        if store.preset.name == "oxigraph":
            check_kept_by_oxigraph(graphs.values())
        stale = _stale(store, graphs)
        gone = list(stale) if prune else []
        left = {} if prune else {name_of(graph): count for graph, count in stale.items()}
        if store.moves:
            reports = _staged(store, graphs, folder, note)
            if not all(report.verified for report in reports):
                store.update(_dropping(map(_staging, graphs)))
                return LoadReport(store.where, reports, changed=False, others=left)
            _move(store, graphs, gone, folder)
        else:
            for graph in graphs.values():
                store.put(graph.graph, graph.file)
                _tell(note, "sending", graph, graph.sum.triples)
            for each in gone:
                store.delete(each)
        reports = tuple(_compare(store, graph, graph.graph, folder, note) for graph in graphs.values())
        return LoadReport(store.where, reports, changed=True, others=left, pruned=tuple(map(name_of, gone)))


def check_store(store: StoreClient, sources: Sources, note: Note | None = None) -> LoadReport:
    """Compare what a store holds with the sources, and change nothing. Raises as load_store does."""
    with tempfile.TemporaryDirectory(prefix="her2ld-") as name:
        folder = Path(name)
        graphs = _sorted(sources, folder, note)
        _check_graphs(graphs, store)
        left = {name_of(graph): count for graph, count in _stale(store, graphs).items()}
        reports = tuple(_compare(store, graph, graph.graph, folder, note) for graph in graphs.values())
        return LoadReport(store.where, reports, changed=False, others=left)


def _sorted(sources: Sources, folder: Path, note: Note | None) -> dict[Graph, SortedGraph]:
    graphs = sort_graphs(noted(sources.all_quads(), note), made(folder / "sent"))
    check_not_empty(graphs)
    return {graph: graphs[graph] for graph in in_order(graphs)}


def _check_graphs(graphs: Iterable[Graph], store: StoreClient) -> None:
    if DefaultGraph() in graphs and not store.preset.default_graph:
        what = f"has triples without a graph, and {store.preset.title} has no default graph apart from the others"
        raise LoadError([Problem("the sources", what, "name a graph for them with --graph")])


def _stale(store: StoreClient, graphs: Iterable[Graph]) -> dict[Graph, int]:
    """Return the graphs of her2ld that are in the store and not in the sources."""
    if not store.can_query:
        return {}
    counts: dict[Graph, int] = {graph: store.count(graph) for graph in model.GRAPHS if graph not in graphs}
    return {graph: count for graph, count in counts.items() if count}


def _staging(graph: Graph) -> NamedNode:
    """Return the staging graph of a graph. It is the same in every load, so what a broken load left is replaced."""
    return NamedNode(graph.value + _STAGING) if isinstance(graph, NamedNode) else _STAGING_OF_DEFAULT


def _staged(
    store: StoreClient, graphs: dict[Graph, SortedGraph], folder: Path, note: Note | None
) -> tuple[GraphReport, ...]:
    """Send all graphs to their staging graphs and compare them. If that fails, remove the staging graphs."""
    try:
        return _stage(store, graphs, folder, note)
    except LoadError:
        with contextlib.suppress(LoadError):
            store.update(_dropping(map(_staging, graphs)), tries=1)
        raise


def _stage(
    store: StoreClient, graphs: dict[Graph, SortedGraph], folder: Path, note: Note | None
) -> tuple[GraphReport, ...]:
    for graph in graphs.values():
        send = _put_in_pieces if store.has_graph_store else _insert_in_pieces
        for sent in send(store, _staging(graph.graph), graph.file):
            _tell(note, "sending", graph, sent)
    return tuple(_compare(store, graph, _staging(graph.graph), folder, note) for graph in graphs.values())


def _put_in_pieces(store: StoreClient, target: NamedNode, file: Path) -> Iterator[int]:
    """Send a graph with the Graph Store Protocol, and yield how many lines are sent so far."""
    sent = 0
    for number, lines in enumerate(_pieces(file, _LINES_AT_ONCE)):
        (store.post if number else store.put)(target, b"".join(lines))
        sent += len(lines)
        yield sent


def _insert_in_pieces(store: StoreClient, target: NamedNode, file: Path) -> Iterator[int]:
    """Send a graph with SPARQL Update, and yield how many lines are sent so far."""
    sent = 0
    for lines in _pieces(file, _LINES_IN_AN_UPDATE):
        insert = f"INSERT DATA {{ GRAPH {target} {{\n{b''.join(lines).decode()}}} }}"
        store.update(insert if sent else f"DROP SILENT GRAPH {target} ;\n{insert}")
        sent += len(lines)
        yield sent


def _pieces(file: Path, lines_at_once: int) -> Iterator[list[bytes]]:
    """Yield the lines of a graph in pieces. The first has all blank nodes: their names are valid within one request."""
    with file.open("rb") as lines:
        first = [line for line in lines if has_blank_node(line)]
    with file.open("rb") as lines:
        others = (line for line in lines if not has_blank_node(line))
        first += islice(others, max(0, lines_at_once - len(first)))
        yield first
        while some := list(islice(others, lines_at_once)):
            yield some


def _move(store: StoreClient, graphs: dict[Graph, SortedGraph], gone: Iterable[Graph], folder: Path) -> None:
    """Move all staged graphs in one update. If it breaks off, go on with those that are still staged."""
    waiting = list(graphs)
    while True:
        moves = [f"MOVE GRAPH {_staging(graph)} TO {_target(graph)}" for graph in waiting]
        try:
            store.update(" ;\n".join(filter(None, [*moves, _dropping(gone)])), repeatable=False)
        except LoadError:
            # To move a graph twice would empty its target, so only graphs that are still staged are moved.
            staged = folder / "still-staged"
            left = [graph for graph in waiting if _holds(store, _staging(graph), staged, _most(graphs[graph]))]
            if len(left) == len(waiting):
                raise
            if left:
                waiting = left
                continue
        return


def _most(sent: SortedGraph) -> int:
    """Return how many bytes a store may send back: escapes are longer than the characters that they stand for."""
    return max(_LEAST_GIVEN_BACK, _TIMES_AS_LONG * sent.file.stat().st_size)


def _holds(store: StoreClient, graph: Graph, file: Path, most: int) -> bool:
    store.download(graph, file, most)
    return file.stat().st_size > 0


def _target(graph: Graph) -> str:
    return f"GRAPH {graph}" if isinstance(graph, NamedNode) else "DEFAULT"


def _dropping(graphs: Iterable[Graph]) -> str:
    return " ;\n".join(f"DROP SILENT GRAPH {graph}" for graph in graphs)


def _compare(store: StoreClient, sent: SortedGraph, held_in: Graph, folder: Path, note: Note | None) -> GraphReport:
    """Read a graph back and compare it."""
    with tempfile.TemporaryDirectory(dir=folder) as name:
        work = Path(name)
        answer = work / "answer"
        store.download(held_in, answer, _most(sent))
        try:
            held = sorted_graph(sent.graph, _quads(answer, sent.graph), made(work / "held"))
        except (SyntaxError, MemoryError) as error:
            what = f"gives back {name_of(held_in)} in a way that cannot be parsed ({error})"
            raise LoadError([Problem(store.where, what, "see the log of the store")]) from error
        _tell(note, "comparing", sent, held.sum.triples)
        return compare(sent, held, made(work / "values"), rewrites=store.preset.rewrites)


def _quads(answer: Path, graph: Graph) -> Iterator[Quad]:
    with answer.open("rb") as file:
        lines = CheckedLines(file, answer)
        for triple in parse(lines, format=RdfFormat.N_TRIPLES):  # type: ignore[arg-type]  # all it needs is read
            yield Quad(triple.subject, triple.predicate, triple.object, graph)


def _tell(note: Note | None, what: str, graph: SortedGraph, done: int) -> None:
    if note:
        note(f"{what} {name_of(graph.graph)}", done, graph.sum.triples)
