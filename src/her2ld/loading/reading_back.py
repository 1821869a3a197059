"""Files of lines into an Oxigraph store, and the sums of the graphs in it, read back from the disk.

Both halves of a file are loaded at once: the bulk loader puts a million quads into one thread.
"""

import os
import re
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from pyoxigraph import DefaultGraph, NamedNode, Quad, QueryResultsFormat, QuerySolutions, RdfFormat, Store, parse

from her2ld.dataset.n_quads import CONTROL_ESCAPES
from her2ld.dataset.rdf_files import format_of_rdf, holds
from her2ld.loading.lines import Graph, GraphSum, Summing, sum_of
from her2ld.vocabulary import standard

_MOST_THREADS = 4
# Objects that recur are looked up once each. That is worth its queries from so many triples an object on.
_TIMES_AN_OBJECT = 3
_MOST_OBJECTS = 100_000
_CHUNK = 1 << 20
_END = b" .\n"
_ESCAPES = {bytes([code]): escape.encode() for code, escape in CONTROL_ESCAPES.items()}
_CONTROL = re.compile(rb"[\x00-\x08\x0b-\x1f\x7f]")
_NO_CONTROLS = bytes(code for code in range(256) if not _CONTROL.match(bytes([code])))
_ABBREVIATED = (
    (re.compile(rb"[+-]?\d+"), standard.XSD_INTEGER),
    (re.compile(rb"[+-]?\d*\.\d+"), standard.XSD_DECIMAL),
    (re.compile(rb"true|false"), standard.XSD_BOOLEAN),
    (re.compile(rb"[+-]?[\d.]+[eE][+-]?\d+"), standard.XSD_DOUBLE),
)


def sums_in_store(store: Store, graphs: Iterable[Graph], work: Path) -> dict[Graph, GraphSum]:
    """Return the sums of graphs of a store. Temporary files go into the folder ``work``."""
    parts = [part for graph in graphs for part in _parts(store, graph)]

    def sum_part(number: int) -> Summing:
        return _sum_part(store, parts[number], work / f"part-{number}")

    whole = Summing()
    with ThreadPoolExecutor(min(_MOST_THREADS, os.cpu_count() or 1)) as pool:
        for summing in pool.map(sum_part, range(len(parts))):
            whole.join(summing)
    return whole.result()


@dataclass(frozen=True, slots=True)
class _Part:
    """The triples of one predicate in one graph, and the numbers of the triples and of their different objects."""

    graph: Graph
    predicate: NamedNode
    triples: int
    objects: int


def _parts(store: Store, graph: Graph) -> list[_Part]:
    """Return the parts of a graph, those with many triples first."""
    counted = "?p (COUNT(*) AS ?triples) (COUNT(DISTINCT ?o) AS ?objects)"
    rows = store.query(f"SELECT {counted} {{ {_in(graph, '?s ?p ?o')} }} GROUP BY ?p ORDER BY DESC(?triples)")
    if not isinstance(rows, QuerySolutions):
        raise TypeError(rows)
    return [_Part(graph, row["p"], int(row["triples"].value), int(row["objects"].value)) for row in rows]


def _in(graph: Graph, pattern: str) -> str:
    return pattern if isinstance(graph, DefaultGraph) else f"GRAPH {graph} {{ {pattern} }}"


def _sum_part(store: Store, part: _Part, file: Path) -> Summing:
    """Return the sum of one part; triples with blank nodes wait for their names."""
    objects_recur = part.objects <= _MOST_OBJECTS and part.objects * _TIMES_AN_OBJECT <= part.triples
    summing = Summing()
    for lines in (_lines_by_object if objects_recur else _lines_by_row)(store, part, file):
        named = [line for line in lines if b"_:" not in line]
        summing.add(part.graph, sum_of(named))
        if len(named) < len(lines):
            content = b"".join(line for line in lines if b"_:" in line)
            triples = parse(content, format=RdfFormat.N_TRIPLES)
            summing.sum_up(Quad(triple.subject, triple.predicate, triple.object, part.graph) for triple in triples)
    return summing


def _lines_by_row(store: Store, part: _Part, file: Path) -> Iterator[list[bytes]]:
    """Yield the triples as lines of N-Triples, some at a time. The store looks up two terms for each."""
    middle = f" {part.predicate} ".encode()
    for rows in _read(store, part, "?s ?o", file):
        yield _lines(rows, middle)


def _lines_by_object(store: Store, part: _Part, file: Path) -> Iterator[list[bytes]]:
    """Yield the triples as lines of N-Triples, some at a time. The store looks up one term for each.

    It reads the triples of a predicate in the order of an index in which those with one object stand together, and
    gives the different objects in the same order. In another order, the sums would differ, and all lines be compared.
    """
    counts: dict[bytes, int] = {}
    for rows in _read(store, part, "?o (COUNT(*) AS ?triples)", file, "GROUP BY ?o"):
        counts |= {value: int(count) for value, _, count in (row.partition(b"\t") for row in rows.splitlines())}
    middle = f" {part.predicate} ".encode()
    values = [value for rows in _read(store, part, "DISTINCT ?o", file) for value in rows.splitlines()]
    waiting = ((middle + _canonical(value) + _END, counts[value]) for value in values)
    ending, left = b"", 0
    for rows in _read(store, part, "?s", file):
        subjects = rows.splitlines()
        lines: list[bytes] = []
        while len(lines) < len(subjects):
            if not left:
                ending, left = next(waiting)
            some = subjects[len(lines) : len(lines) + left]
            left -= len(some)
            lines += [subject + ending for subject in some]
        yield lines


def _read(store: Store, part: _Part, selected: str, file: Path, behind: str = "") -> Iterator[bytes]:
    """Yield the rows of a query for a part as tab-separated values, some at a time. They pass through a file."""
    pattern = _in(part.graph, f"?s {part.predicate} ?o")
    rows = store.query(f"SELECT {selected} {{ {pattern} }} {behind}")
    if not isinstance(rows, QuerySolutions):
        raise TypeError(rows)
    rows.serialize(file, format=QueryResultsFormat.TSV)
    with file.open("rb") as stream:
        next(stream)  # the names of the variables
        while some := stream.read(_CHUNK) + stream.readline():
            yield some
    file.unlink()


def _lines(rows: bytes, middle: bytes) -> list[bytes]:
    """Return the lines of N-Triples that the rows stand for, all at once where none needs care."""
    count = rows.count(b"\t")  # those in literals are escaped
    as_they_are = rows.count(b'\t"') + rows.count(b"\t<") == count and not rows.translate(None, _NO_CONTROLS)
    if as_they_are:
        return rows.replace(b"\t", middle).replace(b"\n", _END).splitlines(keepends=True)
    pairs = (row.partition(b"\t") for row in rows.splitlines())
    return [subject + middle + _canonical(value) + _END for subject, _, value in pairs]


def _canonical(value: bytes) -> bytes:
    """Return a term of tab-separated values as canonical N-Triples have it."""
    if value[:1] in b'"<_':
        return _CONTROL.sub(lambda found: _ESCAPES[found[0]], value)
    return _written_out(value)


def _written_out(value: bytes) -> bytes:
    """Return the literal that Turtle abbreviates so.

    >>> print(_written_out(b"12").decode())
    "12"^^<http://www.w3.org/2001/XMLSchema#integer>
    """
    datatype = next(datatype for form, datatype in _ABBREVIATED if form.fullmatch(value))
    return b'"%s"^^%s' % (value, str(datatype).encode())


_LEAST_BYTES = 16 << 20
_CHUNK_OF_HALF = 1 << 20
_PIPES = Path("/dev/fd")


def load_lines(store: Store, file: Path, graph: NamedNode | None) -> None:
    """Load N-Triples or N-Quads; triples without a graph go into ``graph``, if there is one.

    A file that may have blank nodes is loaded by one loader, which gives each of them one name. Raises SyntaxError or
    ValueError where it cannot be parsed, and OSError where it cannot be read.
    """
    size = file.stat().st_size
    if size < _LEAST_BYTES or not _PIPES.is_dir() or holds(file, b"_:"):
        store.bulk_load(path=file, format=format_of_rdf(file), to_graph=graph)
        return
    with file.open("rb") as lines:
        lines.seek(size // 2)
        lines.readline()
        middle = lines.tell()

    def load_half(begin: int, end: int) -> None:
        reading, writing = os.pipe()
        feeding = Thread(target=_feed, args=(writing, file, begin, end))
        feeding.start()
        try:
            store.bulk_load(path=_PIPES / str(reading), format=format_of_rdf(file), to_graph=graph)
        finally:
            os.close(reading)
            feeding.join()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(load_half, (0, middle), (middle, size)))


def _feed(pipe: int, file: Path, begin: int, end: int) -> None:
    """Write a part of a file into a pipe, until nobody reads it."""
    with open(pipe, "wb", buffering=0) as output, file.open("rb") as content:  # it has no path
        content.seek(begin)
        while begin < end and (some := content.read(min(_CHUNK_OF_HALF, end - begin))):
            begin += len(some)
            rest = memoryview(some)
            try:
                while rest:
                    rest = rest[output.write(rest) :]
            except BrokenPipeError:
                return
