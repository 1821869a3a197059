"""Files of lines into an Oxigraph store, and the sums of the graphs in it, read back from the disk.

Both halves of a file are loaded at once: the bulk loader puts a million quads into one thread.
"""

import os
import re
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Thread

from pyoxigraph import DefaultGraph, NamedNode, Quad, QueryResultsFormat, QuerySolutions, RdfFormat, Store, parse

from her2ld.dataset.literals import CONTROL_ESCAPES
from her2ld.dataset.rdf_files import format_of_rdf, holds
from her2ld.loading.lines import Graph, GraphSum, Summing, sum_of
from her2ld.vocabulary import standard

_MOST_THREADS = 4
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
    """Sum up graphs of a store. Temporary files go into the folder ``work``."""
    parts = [(graph, predicate) for graph in graphs for predicate in _predicates(store, graph)]

    def sum_part(number: int) -> Summing:
        return _sum_part(store, *parts[number], work / f"part-{number}")

    whole = Summing()
    with ThreadPoolExecutor(min(_MOST_THREADS, os.cpu_count() or 1)) as pool:
        for summing in pool.map(sum_part, range(len(parts))):
            whole.join(summing)
    return whole.result()


def _predicates(store: Store, graph: Graph) -> list[NamedNode]:
    """Return the predicates of a graph, those with many triples first."""
    query = f"SELECT ?p (COUNT(*) AS ?n) {{ {_in(graph, '?s ?p ?o')} }} GROUP BY ?p ORDER BY DESC(?n)"
    return [row["p"] for row in _rows(store, query)]


def _rows(store: Store, query: str) -> QuerySolutions:
    rows = store.query(query)
    if not isinstance(rows, QuerySolutions):
        raise TypeError(rows)
    return rows


def _in(graph: Graph, pattern: str) -> str:
    return pattern if isinstance(graph, DefaultGraph) else f"GRAPH {graph} {{ {pattern} }}"


def _sum_part(store: Store, graph: Graph, predicate: NamedNode, file: Path) -> Summing:
    """Sum up the triples of one predicate; those with blank nodes wait for their names."""
    rows = _rows(store, f"SELECT ?s ?o {{ {_in(graph, f'?s {predicate} ?o')} }}")
    rows.serialize(file, format=QueryResultsFormat.TSV)
    summing = Summing()
    middle = f" {predicate} ".encode()
    with file.open("rb") as stream:
        next(stream)  # the names of the variables
        while some := stream.read(_CHUNK) + stream.readline():
            lines = _lines(some, middle)
            if b"_:" in some:
                content = b"".join(line for line in lines if b"_:" in line)
                triples = parse(content, format=RdfFormat.N_TRIPLES)
                summing.sum_up(Quad(triple.subject, triple.predicate, triple.object, graph) for triple in triples)
                lines = [line for line in lines if b"_:" not in line]
            summing.add(graph, sum_of(lines))
    file.unlink()
    return summing


def _lines(rows: bytes, middle: bytes) -> list[bytes]:
    """Return the lines of N-Triples that the rows stand for, all at once where none needs care."""
    count = rows.count(b"\t")  # those in literals are escaped
    as_they_are = rows.count(b'\t"') + rows.count(b"\t<") == count and not rows.translate(None, _NO_CONTROLS)
    if as_they_are:
        return rows.replace(b"\t", middle).replace(b"\n", _END).splitlines(keepends=True)
    lines = []
    for row in rows.splitlines():
        subject, _, value = row.partition(b"\t")
        written = _CONTROL.sub(lambda found: _ESCAPES[found[0]], value) if value[:1] in b'"<_' else _written_out(value)
        lines.append(subject + middle + written + _END)
    return lines


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
