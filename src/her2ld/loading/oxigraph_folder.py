"""Loading into a folder of Oxigraph: into a new folder, which is compared and then takes the place of the old one.

The bulk loader uses one thread for a million quads, so a large file is loaded in parts, two at once. What need not wait
runs beside: Oxigraph optimizes the new folder while a large file is summed up, and its merge is made during the
comparison.
"""

import os
import re
import tempfile
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Thread

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, Store

from her2ld.dataset.rdf_files import format_of_rdf, holds, is_plain
from her2ld.errors import LoadError, Problem
from her2ld.files.folders import made, replacing_folder, take_place
from her2ld.loading.comparing import GraphReport, check_kept_by_oxigraph, compare, sorted_graph
from her2ld.loading.lines import Graph, GraphSum, SortedGraph, Summing, name_of, sort_graphs
from her2ld.loading.loads import LoadReport, Note, Sources, check_not_empty, in_order, is_ours, noted
from her2ld.loading.sums import sum_lines, sums_in_store
from her2ld.query.on_disk import KEPT, keep_counts, keep_merge
from her2ld.rdf.syntaxes import is_store

# The names of the files of RocksDB, and of the folder that holds the merge.
_OF_A_STORE = re.compile(
    r"CURRENT|IDENTITY|LOCK|LOG(\.old\.\d+)?|(MANIFEST|OPTIONS)-\d+(\.dbtmp)?|\d+\.(sst|log|dbtmp|blob)"
    rf"|{KEPT}"
)

_AT_ONCE = 2
_LEAST_BYTES = 16 << 20
# The memory of the bulk loader grows with its part. More parts are more files for each index, which Oxigraph begins to
# merge during the load.
_PARTS = 4
_CHUNK_OF_PART = 1 << 20
_PIPES = Path("/dev/fd")


def load_folder(folder: Path | str, sources: Sources, *, prune: bool = False, note: Note | None = None) -> LoadReport:
    """Load the graphs of the sources into a folder of Oxigraph, which is made if necessary.

    They replace the graphs of these names; all others stay, unless ``prune`` says that graphs of her2ld which the
    sources do not have shall go. Everything goes into a new folder, is read back from there and compared. If it is what
    was given, the two folders change places in one step; if not, the old one stays, and the report says what differs.
    The merge of the graphs that are asked as one is kept in the folder, too (:mod:`her2ld.query.on_disk`).

    Raises LoadError where there is nothing to load, or the folder is something else, is in use by another process or
    cannot be written; RecordError where a source cannot be read; LimitError where blank nodes cannot be compared.
    """
    place = Path(folder).absolute().resolve()
    _check(place)
    with (
        replacing_folder(place, error=LoadError, only_in_one_step=True) as replacing,
        ThreadPoolExecutor(_AT_ONCE) as pool,
    ):
        new, work = replacing.folder / "store", made(replacing.folder / "work")
        old = _opened(place)
        try:
            store = Store(new)
            with _mistakes_named(sources):
                summing, under_way = _fill(store, sources, pool, note)
                check_not_empty(store)
                kept, pruned = _copy(old, store, prune=prune) if old else ({}, ())
                store.flush()
                store.optimize()  # one file for each range of keys: to read it back takes less, too
                while under_way:
                    summing.join(under_way.pop().result())  # an error's future that is kept would keep the store open
                sent = summing.result()
            del store
            held = Store.read_only(str(new))  # opened before the merge is begun, which opens the folder for writing
            merging = pool.submit(keep_merge, new)
            graphs = _compare(held, sources, sent, work, is_new=True)
        finally:
            old = None  # this closes it; a kept error would keep all local names
        verified = all(graph.verified for graph in graphs)
        if verified:
            merging.result()
            triples = {graph.graph: graph.held.triples for graph in graphs} | kept
            default = triples.pop(name_of(DefaultGraph()), 0)
            keep_counts(new, triples, default)
            take_place(new, replacing)
    return LoadReport(str(folder), graphs, verified, kept, pruned)


def check_folder(folder: Path | str, sources: Sources) -> LoadReport:
    """Compare a folder of Oxigraph with the sources, and change nothing. Raises as load_folder does."""
    folder = Path(folder)
    _check(folder)
    if not folder.exists():
        raise LoadError([Problem(str(folder), "is not a folder", "load it first")])
    store = Store.read_only(str(folder))
    summing = Summing()
    summing.sum_up(sources.all_quads())
    sent = summing.result()
    check_not_empty(sent)
    others = {name_of(each): sum(1 for _ in _quads(store, each)) for each in _graphs(store) if each not in sent}
    with tempfile.TemporaryDirectory(prefix="her2ld-") as work:
        return LoadReport(str(folder), _compare(store, sources, sent, Path(work)), changed=False, others=others)


def _check(place: Path) -> None:
    """Refuse a folder that holds anything but a store: it would be removed with the old store."""
    if not place.exists():
        return
    remedy = "give a new folder, an empty one, or one that Oxigraph wrote"
    if not place.is_dir():
        raise LoadError([Problem(str(place), "is a file", remedy)])
    others = sorted(each.name for each in place.iterdir() if not _OF_A_STORE.fullmatch(each.name))
    if others and is_store(place):
        raise LoadError([Problem(str(place), f"holds {others[0]}, which is not the store's", "move it elsewhere")])
    if others or (not is_store(place) and any(place.iterdir())):
        raise LoadError([Problem(str(place), "is not a store of Oxigraph", remedy)])


def _opened(place: Path) -> Store | None:
    """Return the store in a folder, opened so that no other process writes there while its graphs are copied."""
    if not is_store(place):
        return None
    try:
        return Store(place)
    except OSError as error:
        what = f"cannot be opened ({error})"
        remedy = "end the process that has it open, or, if it is damaged, move it away"
        raise LoadError([Problem(str(place), what, remedy)]) from error


@contextmanager
def _mistakes_named(sources: Sources) -> Iterator[None]:
    """Where Oxigraph refuses a source without naming the place, have the reader of the source name it."""
    try:
        yield
    except (SyntaxError, ValueError, MemoryError):
        for _ in replace(sources, quads=()).all_quads():
            pass
        raise


def _fill(store: Store, sources: Sources, pool: Executor, note: Note | None) -> tuple[Summing, list[Future[Summing]]]:
    """Load the sources, and return their sums: those at hand, and those that are still being computed.

    A file that Oxigraph reads itself is summed up meanwhile. If it is loaded in parts, which takes all processors, it
    is summed up afterwards.
    """
    files = tuple(map(Path, sources.files))
    lines = [file for file in files if _is_plain(file)]
    as_lines = [file for file in lines if not holds(file, b"_:")]
    in_parts = [file for file in as_lines if _PIPES.is_dir() and file.stat().st_size >= _LEAST_BYTES]
    whole = [file for file in lines if file not in in_parts]
    others = replace(sources, files=tuple(file for file in files if file not in lines))
    summing = Summing()
    under_way = [pool.submit(_sum_up, whole, as_lines, sources, note)]
    store.bulk_extend(summing.passing(noted(others.all_quads(), note)))
    for file in whole:
        store.bulk_load(path=file, format=format_of_rdf(file), to_graph=sources.graph)
    if in_parts:
        _load_in_parts(store, in_parts, sources.graph, pool, note)
        under_way.append(pool.submit(_sum_up, in_parts, as_lines, sources, None))
    return summing, under_way


def _sum_up(files: list[Path], as_lines: Collection[Path], sources: Sources, note: Note | None) -> Summing:
    """Return the sums of files that Oxigraph reads itself. They are read as lines if they have no blank nodes."""
    summing = Summing()
    for file in files:
        if file in as_lines:
            summing.join(sum_lines(file, sources.graph, note))
        else:
            summing.sum_up(noted(replace(sources, quads=(), files=(file,)).all_quads(), note))
    return summing


def _load_in_parts(store: Store, files: list[Path], graph: NamedNode | None, pool: Executor, note: Note | None) -> None:
    """Load files of N-Triples or N-Quads in parts; triples without a graph go into ``graph``, if there is one.

    They may not have blank nodes: only within one part does the loader give each of them one name. Raises SyntaxError
    or ValueError where a file cannot be parsed, and OSError where it cannot be read.
    """
    lines_fed = 0

    def fed(some: bytes) -> None:
        nonlocal lines_fed
        if note:
            lines_fed += some.count(b"\n")
            note("reading", lines_fed, 0)

    def load(part: tuple[Path, int, int]) -> None:
        reading, writing = os.pipe()
        feeding = Thread(target=_feed, args=(writing, *part, fed))
        feeding.start()
        try:
            store.bulk_load(path=_PIPES / str(reading), format=format_of_rdf(part[0]), to_graph=graph)
        finally:
            os.close(reading)
            feeding.join()

    list(pool.map(load, [part for file in files for part in _parts(file)]))


def _parts(file: Path) -> Iterator[tuple[Path, int, int]]:
    """Yield the file with the places where each of its parts begins and ends, between two lines."""
    size = file.stat().st_size
    begin = 0
    with file.open("rb") as lines:
        for number in range(1, _PARTS + 1):
            lines.seek(size * number // _PARTS)
            lines.readline()
            end = lines.tell()
            if begin < end:
                yield file, begin, end
            begin = max(begin, end)


def _feed(pipe: int, file: Path, begin: int, end: int, fed: Callable[[bytes], None]) -> None:
    """Write a part of a file into a pipe, as long as it is read, and tell what was written."""
    with open(pipe, "wb", buffering=0) as output, file.open("rb") as content:  # it has no path
        content.seek(begin)
        while begin < end and (some := content.read(min(_CHUNK_OF_PART, end - begin))):
            begin += len(some)
            rest = memoryview(some)
            try:
                while rest:
                    rest = rest[output.write(rest) :]
            except BrokenPipeError:
                return
            fed(some)


def _is_plain(file: Path) -> bool:
    try:
        return is_plain(file)
    except OSError:
        return False  # its reader will report the error


def _graphs(store: Store) -> list[Graph | BlankNode]:
    """Return the graphs of a store that hold something."""
    graphs = [DefaultGraph(), *store.named_graphs()]
    return [graph for graph in graphs if next(_quads(store, graph), None)]


def _quads(store: Store, graph: Graph | BlankNode) -> Iterator[Quad]:
    return store.quads_for_pattern(None, None, None, graph)


def _copy(old: Store, new: Store, *, prune: bool) -> tuple[dict[str, int], tuple[str, ...]]:
    """Copy the graphs that stay into the new store, which holds what was sent.

    Return their names and numbers of triples, and the names of the graphs that go.
    """
    sent = _graphs(new)
    kept: dict[str, int] = {}
    pruned: list[str] = []
    for graph in _graphs(old):
        if graph in sent:
            continue
        if prune and is_ours(graph):
            pruned.append(name_of(graph))
            continue
        new.bulk_extend(_quads(old, graph))
        kept[name_of(graph)] = sum(1 for _ in _quads(new, graph))
    return kept, tuple(pruned)


def _compare(
    store: Store, sources: Sources, sent: dict[Graph, GraphSum], work: Path, *, is_new: bool = False
) -> tuple[GraphReport, ...]:
    """Return how each graph arrived. Graphs whose sums differ are sorted and compared line by line.

    Raises LoadError where the store is new and differs because Oxigraph cannot hold what was given.
    """
    held = sums_in_store(store, sent, work)
    differing = [graph for graph, sum_ in sent.items() if held.get(graph, GraphSum()) != sum_]
    sorted_sources: dict[Graph, SortedGraph] = {}
    if differing:
        wanted = (quad for quad in sources.all_quads() if quad.graph_name in differing)
        sorted_sources = sort_graphs(wanted, made(work / "sent"))
        if is_new:
            check_kept_by_oxigraph(sorted_sources.values())
    reports = []
    for graph in in_order(sent):
        if graph not in differing:
            reports.append(GraphReport(name_of(graph), sent[graph], held[graph]))
            continue
        held_here = sorted_graph(graph, _quads(store, graph), made(work / f"held-{len(reports)}"))
        beside = made(work / f"values-{len(reports)}")
        reports.append(compare(sorted_sources[graph], held_here, beside, rewrites=True))
    return tuple(reports)
