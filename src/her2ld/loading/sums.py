"""The sums of graphs, of a file of lines and of a store that was loaded from it.

A program writes canonical N-Quads a line a quad, and such lines are summed up as they are. A chunk that may be written
in another way is parsed. If a chunk is misjudged, its sum differs from that of the store, and all lines are compared:
this costs time, and changes no verdict.

A store is read back from the disk with SPARQL, predicate by predicate, as tab-separated values.
"""

import os
import re
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Quad, QueryResultsFormat, QuerySolutions, RdfFormat, Store, parse

from her2ld.dataset.literals import CONTROL_ESCAPES
from her2ld.dataset.rdf_files import format_of_rdf
from her2ld.loading.lines import Graph, GraphSum, Summing, sum_of
from her2ld.loading.loads import Note, Sources
from her2ld.vocabulary import standard

# What canonical N-Quads write in another way: control characters, \' and \u, capitals in a tag, the type of texts.
_CONTROLS = bytes(code for code in range(0x20) if code != ord("\n")) + b"\x7f"
_ALL_BUT_CONTROLS = bytes(code for code in range(256) if code not in _CONTROLS)
_OTHER_ESCAPES = (b"\\'", b"\\u", b"\\U")
_TYPE_OF_TEXTS = b"#string>"
_CAPITAL_IN_TAG = re.compile(rb'"@[a-z0-9-]*[A-Z]')
_GRAPH = re.compile(rb" (<[^ <>\n]*>) \.\n")
_TRIPLE = re.compile(rb'<[^ \n]*> <[^ \n]*> (?:<[^ \n]*>|"(?:[^"\\\n]|\\.)*+"(?:@[A-Za-z0-9-]+|\^\^<[^ \n]*>)?) \.\n')

_SHORTEST_RUN = 8 << 10
# A program writes all lines in one way: each of so many is looked at.
_LOOKED_AT = 50


def sum_lines(file: Path, graph: NamedNode | None, note: Note | None) -> Summing:
    """Return the sums of a file of N-Triples or N-Quads without blank nodes.

    Triples without a graph count for ``graph``, if given.

    Raises OSError where it cannot be read, SyntaxError, ValueError or MemoryError where it cannot be parsed.
    """
    format_ = format_of_rdf(file)
    placing = Sources(graph=graph)
    summing = Summing()
    count = 0
    with file.open("rb") as stream:
        while some := stream.read(_CHUNK) + stream.readline():
            if note:
                note("reading", count, 0)
                count += some.count(b"\n")
            for run in _cut(some, format_):
                if isinstance(run, bytes):
                    summing.sum_up(placing.placed(_parsed(run, format_)))
                else:
                    home = graph if graph is not None and isinstance(run.graph, DefaultGraph) else run.graph
                    summing.add(home, sum_of(run.lines))
    return summing


@dataclass(frozen=True, slots=True)
class _Run:
    """Lines of canonical N-Triples that follow each other in a file and belong to one graph."""

    graph: Graph
    lines: list[bytes]


def _parsed(lines: bytes, format_: RdfFormat) -> Iterator[Quad]:
    for quad in parse(lines, format=format_):
        yield quad if isinstance(quad, Quad) else Quad(*quad)


def _cut(some: bytes, format_: RdfFormat) -> Iterator[_Run | bytes]:
    """Yield the runs of a chunk of a file, and as bytes what has to be parsed."""
    begin = 0
    while begin < len(some) and _is_canonical(some):
        end = some.index(b"\n", begin) + 1
        graph: Graph = DefaultGraph()
        ending = _END
        if format_ == RdfFormat.N_QUADS:
            found = _GRAPH.fullmatch(some, max(begin, some.rfind(b" <", begin, end)), end)
            if not found:
                break
            graph, ending = NamedNode(found[1][1:-1].decode()), found[0]
        run = _run(some, begin, ending)
        lines = run.replace(ending, _END).splitlines(keepends=True)
        is_short = len(run) < _SHORTEST_RUN and begin + len(run) < len(some)
        if is_short or not lines or not all(map(_TRIPLE.fullmatch, lines[::_LOOKED_AT])):
            break
        yield _Run(graph, lines)
        begin += len(run)
    if begin < len(some):
        yield some[begin:]


def _is_canonical(some: bytes) -> bool:
    return (
        some.endswith(b"\n")
        and not some.translate(None, _ALL_BUT_CONTROLS)
        and not (b"\\" in some and any(each in some for each in _OTHER_ESCAPES))
        and _TYPE_OF_TEXTS not in some
        and not _CAPITAL_IN_TAG.search(some)
    )


def _run(some: bytes, begin: int, ending: bytes) -> bytes:
    """Return the lines from a place on that have this ending."""
    if begin == 0 and some.count(ending) == some.count(b"\n"):
        return some
    lines = re.compile(rb"(?:[^\n]*%b)*+" % re.escape(ending)).match(some, begin)
    return lines[0] if lines else b""


_MOST_THREADS = 4
# Objects that recur are looked up once each. That is worth its queries from so many triples an object on.
_TIMES_AN_OBJECT = 3
_MOST_OBJECTS = 100_000
_CHUNK = 128 << 10  # what is made of it stays in the cache of a processor
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
    parts = [part for graph in graphs for part in _predicates(store, graph)]

    def sum_part(number: int) -> Summing:
        return _sum_predicate(store, parts[number], work / f"part-{number}")

    whole = Summing()
    with ThreadPoolExecutor(min(_MOST_THREADS, os.cpu_count() or 1)) as pool:
        for summing in pool.map(sum_part, range(len(parts))):
            whole.join(summing)
    return whole.result()


@dataclass(frozen=True, slots=True)
class _OfPredicate:
    """The triples of one predicate in one graph, and the numbers of the triples and of their different objects."""

    graph: Graph
    predicate: NamedNode
    triples: int
    objects: int


def _predicates(store: Store, graph: Graph) -> list[_OfPredicate]:
    """Return the parts of a graph, those with many triples first."""
    counted = "?p (COUNT(*) AS ?triples) (COUNT(DISTINCT ?o) AS ?objects)"
    rows = store.query(f"SELECT {counted} {{ {_in(graph, '?s ?p ?o')} }} GROUP BY ?p ORDER BY DESC(?triples)")
    if not isinstance(rows, QuerySolutions):
        raise TypeError(rows)
    return [_OfPredicate(graph, row["p"], int(row["triples"].value), int(row["objects"].value)) for row in rows]


def _in(graph: Graph, pattern: str) -> str:
    return pattern if isinstance(graph, DefaultGraph) else f"GRAPH {graph} {{ {pattern} }}"


def _sum_predicate(store: Store, part: _OfPredicate, file: Path) -> Summing:
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


def _lines_by_row(store: Store, part: _OfPredicate, file: Path) -> Iterator[list[bytes]]:
    """Yield the triples as lines of N-Triples, some at a time. The store looks up two terms for each."""
    middle = f" {part.predicate} ".encode()
    for rows in _read(store, part, "?s ?o", file):
        yield _lines(rows, middle)


def _lines_by_object(store: Store, part: _OfPredicate, file: Path) -> Iterator[list[bytes]]:
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


def _read(store: Store, part: _OfPredicate, selected: str, file: Path, behind: str = "") -> Iterator[bytes]:
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
