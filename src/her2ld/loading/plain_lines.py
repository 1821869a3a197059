"""The sums of the graphs in a file of lines, without parsing what is written as canonical N-Quads already.

Most such files were written by a program, a line a quad, and their lines can be summed up as they stand. A chunk that
may be written in another way is parsed. Where that is misjudged, the sum differs from that of the store, and both are
compared line by line: it costs time, and changes no verdict.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, parse

from her2ld.dataset.rdf_files import format_of_rdf
from her2ld.loading.lines import Graph, Summing, sum_of
from her2ld.loading.sources import Note, Sources

_CHUNK = 1 << 20
# What canonical N-Quads write in another way: control characters, \' and \u, capitals in a tag, the type of texts.
_CONTROLS = bytes(code for code in range(0x20) if code != ord("\n")) + b"\x7f"
_ALL_BUT_CONTROLS = bytes(code for code in range(256) if code not in _CONTROLS)
_ESCAPES = (b"\\'", b"\\u", b"\\U")
_TYPE_OF_TEXTS = b"#string>"
_CAPITAL_IN_TAG = re.compile(rb'"@[a-z0-9-]*[A-Z]')
_GRAPH = re.compile(rb" (<[^ <>\n]*>) \.\n")
_TRIPLE = re.compile(rb'<[^ \n]*> <[^ \n]*> (?:<[^ \n]*>|"(?:[^"\\\n]|\\.)*+"(?:@[A-Za-z0-9-]+|\^\^<[^ \n]*>)?)')
_END = b" .\n"
_SHORTEST_RUN = 8 << 10
# A program writes all lines in one way: each of so many is looked at.
_LOOKED_AT = 50


def sum_lines(file: Path, graph: NamedNode | None, note: Note | None) -> Summing:
    """Sum up a file of N-Triples or N-Quads without blank nodes; triples without a graph count for ``graph``, if given.

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
        lines = run.split(ending)[:-1]
        is_short = len(run) < _SHORTEST_RUN and begin + len(run) < len(some)
        if is_short or not lines or not all(map(_TRIPLE.fullmatch, lines[::_LOOKED_AT])):
            break
        yield _Run(graph, [line + _END for line in lines])
        begin += len(run)
    if begin < len(some):
        yield some[begin:]


def _is_canonical(some: bytes) -> bool:
    return (
        some.endswith(b"\n")
        and not some.translate(None, _ALL_BUT_CONTROLS)
        and not (b"\\" in some and any(each in some for each in _ESCAPES))
        and _TYPE_OF_TEXTS not in some
        and not _CAPITAL_IN_TAG.search(some)
    )


def _run(some: bytes, begin: int, ending: bytes) -> bytes:
    """Return the lines from a place on that have this ending."""
    if begin == 0 and some.count(ending) == some.count(b"\n"):
        return some
    lines = re.compile(rb"(?:[^\n]*%b)*+" % re.escape(ending)).match(some, begin)
    return lines[0] if lines else b""
