"""The sums of the graphs in an Oxigraph store, read back from the disk.

Oxigraph looks up the text of every term of every quad. Asked predicate by predicate, it need not look up two of four,
and several predicates are asked at once: each answer goes into a file, as tab-separated values, and is summed up there.
"""

import os
import re
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Quad, QueryResultsFormat, QuerySolutions, RdfFormat, Store, parse

from her2ld.dataset.n_quads import CONTROL_ESCAPES
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
