"""The graph that was sent and the graph that the store holds: the same, the same by value, or different triples.

Some stores keep the value of a literal, not the way in which it is written. The forms of one value (XML Schema 1.1 part
2) differ in zeros and signs that carry no information, in ``1`` for ``true``, in ``+00:00`` for ``Z``, in ``24:00:00``
for the next midnight, in ``P12M`` for ``P1Y``, in the case of hexadecimal digits, and in the name of a type that is
derived from another. A literal that does not fit its datatype has no value: it equals itself alone.
"""

import datetime as dt
import decimal
import re
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from pathlib import Path

from pyoxigraph import Literal, Quad, RdfFormat, parse

from her2ld.dataset.literals import as_stored
from her2ld.errors import LoadError, Problem
from her2ld.loading.lines import Graph, GraphSum, SortedGraph, name_of, sort_graphs
from her2ld.vocabulary import standard

_UNBOUNDED = (None, None)
# The least and the greatest value of each type of whole numbers.
_WHOLE: dict[str, tuple[int | None, int | None]] = {
    "integer": _UNBOUNDED,
    "long": (-(2**63), 2**63 - 1),
    "int": (-(2**31), 2**31 - 1),
    "short": (-(2**15), 2**15 - 1),
    "byte": (-(2**7), 2**7 - 1),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
    "unsignedLong": (0, 2**64 - 1),
    "unsignedInt": (0, 2**32 - 1),
    "unsignedShort": (0, 2**16 - 1),
    "unsignedByte": (0, 2**8 - 1),
}
_MOMENTS = {"dateTime", "dateTimeStamp", "date", "time", "gYear", "gYearMonth", "gMonth", "gMonthDay", "gDay"}
_DURATIONS = {"duration", "dayTimeDuration", "yearMonthDuration"}
REWRITTEN = {"decimal", *_WHOLE, "double", "float", "boolean", *_MOMENTS, *_DURATIONS, "hexBinary", "base64Binary"}

_NUMBER = re.compile(r"([+-]?)0*([0-9]*)(\.([0-9]*?)0*)?")
_FLOAT = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|[+-]?INF|NaN", re.ASCII)
_ZONE = re.compile(r"(.*?)(Z|[+-]\d\d:\d\d)?", re.DOTALL | re.ASCII)
_CLOCK = re.compile(r"(.*)(\d\d:\d\d:\d\d)(?:\.(\d+?)0*)?", re.ASCII)
_MIDNIGHT = re.compile(r"(\d{4}-\d\d-\d\d)T24:00:00(?:\.0+)?", re.ASCII)
_DURATION = re.compile(
    r"(-?)P(?=.)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?",
    re.ASCII,
)
_TRUTHS = {"1": "true", "0": "false"}


def by_value(literal: Literal) -> Literal:
    """Return one literal for all that have this value; one that is not well-formed stays as it is.

    >>> from pyoxigraph import NamedNode
    >>> XSD = "http://www.w3.org/2001/XMLSchema#"
    >>> def value(text: str, name: str) -> str:
    ...     return by_value(Literal(text, datatype=NamedNode(XSD + name))).value
    >>> value("+02.10", "decimal"), value("007", "int"), value("300", "byte")
    ('2.1', '7', '300')
    >>> value("2026-01-01T24:00:00.0+00:00", "dateTimeStamp"), value("2026+00:00", "gYear")
    ('2026-01-02T00:00:00Z', '2026Z')
    >>> value("1.0e1", "double"), value("16777217", "float"), value("0a", "hexBinary")
    ('10.0', '16777216.0', '0A')
    >>> value("P1YT60M", "duration"), value("P12MT3600.00S", "duration")
    ('P12MT3600S', 'P12MT3600S')
    """
    name = literal.datatype.value.removeprefix(standard.XSD)
    if name not in REWRITTEN or name == literal.datatype.value:
        return literal
    text = literal.value
    datatype = literal.datatype
    written: str | None
    if name == "decimal" or name in _WHOLE:
        written, datatype = _number(text, name), standard.XSD_DECIMAL
    elif name in {"double", "float"}:
        written = _float(text, name)
    elif name == "boolean":
        written = _TRUTHS.get(text, text)
    elif name in _DURATIONS:
        written = _duration(text)
    elif name in _MOMENTS:
        written = _moment(text, name)
        datatype = standard.XSD_DATE_TIME if name == "dateTimeStamp" else datatype
    else:
        written = text.upper() if name == "hexBinary" else "".join(text.split())
    return literal if written is None else Literal(written, datatype=datatype)


def _number(text: str, name: str) -> str | None:
    match = _NUMBER.fullmatch(text)
    if not match or not re.search("[0-9]", text):
        return None
    whole, fraction = match[2] or "0", match[4] or ""
    sign = "-" if match[1] == "-" and (whole != "0" or fraction) else ""
    if name in _WHOLE:
        least, greatest = _WHOLE[name]
        value = Decimal(sign + whole)
        if match[3] or (least is not None and value < least) or (greatest is not None and value > greatest):
            return None
    return sign + whole + ("." + fraction if fraction else "")


def _float(text: str, name: str) -> str | None:
    if not _FLOAT.fullmatch(text):
        return None
    number = float(text.replace("INF", "inf"))
    if name == "float":
        try:
            (number,) = struct.unpack("f", struct.pack("f", number))
        except OverflowError:
            number = float("inf") if number > 0 else float("-inf")
    return repr(number)


def _moment(text: str, name: str) -> str | None:
    begin, zone = _ZONE.fullmatch(text).groups("")  # type: ignore[union-attr]  # it matches any text
    if name == "dateTimeStamp" and not zone:
        return None
    if zone in {"+00:00", "-00:00"}:
        zone = "Z"
    if name in {"dateTime", "dateTimeStamp"} and (midnight := _MIDNIGHT.fullmatch(begin)):
        try:
            begin = f"{dt.date.fromisoformat(midnight[1]) + dt.timedelta(1)}T00:00:00"
        except (ValueError, OverflowError):
            return None
    clock = _CLOCK.fullmatch(begin)
    if clock:
        hours = "00:00:00" if name == "time" and clock[2] == "24:00:00" else clock[2]
        fraction = clock[3] if clock[3] and clock[3] != "0" else ""
        begin = clock[1] + hours + (f".{fraction}" if fraction else "")
    return begin + zone


def _duration(text: str) -> str | None:
    match = _DURATION.fullmatch(text)
    if not match:
        return None
    sign, *parts = match.groups("0")
    years, months, days, hours, minutes, seconds = map(Decimal, parts)
    with decimal.localcontext(prec=len(text) + 10):
        months += 12 * years
        seconds += 60 * (minutes + 60 * (hours + 24 * days))
    fraction = f"{seconds:f}"
    fraction = fraction.rstrip("0").rstrip(".") if "." in fraction else fraction
    return f"{sign if months or seconds else ''}P{months:f}MT{fraction}S"


_TYPED = re.compile(rb'"\^\^<%b([A-Za-z0-9]+)> \.\n\Z' % re.escape(standard.XSD.encode()))
_REWRITTEN = {name.encode() for name in REWRITTEN}


def may_be_rewritten(line: bytes) -> bool:
    """Tell whether a line of N-Triples has a literal of a datatype that is compared by value."""
    typed = _TYPED.search(line)
    return typed is not None and typed[1] in _REWRITTEN


def not_kept_by_oxigraph(lines: Iterable[bytes]) -> Iterator[bytes]:
    r"""Yield the lines of N-Triples whose literal would get another value in Oxigraph, or a value though it has none.

    >>> number = '<x:s> <x:p> "%s"^^<http://www.w3.org/2001/XMLSchema#byte> .\n'
    >>> [line.split()[2] for line in not_kept_by_oxigraph([(number % 12).encode(), (number % 300).encode()])]
    [b'"300"^^<http://www.w3.org/2001/XMLSchema#byte>']
    """
    for line in lines:
        if may_be_rewritten(line):
            (quad,) = parse(line, format=RdfFormat.N_TRIPLES)
            if isinstance(quad.object, Literal) and not _is_kept(quad.object):
                yield line


def _is_kept(literal: Literal) -> bool:
    return by_value(as_stored(literal)) == by_value(literal)


_SHOWN = 5


@dataclass(frozen=True, slots=True)
class GraphReport:
    """How a graph arrived: what was sent, what the store holds, and the first triples in which they differ.

    ``by_value`` counts the triples that the store writes in another way, with the same value. ``missing`` and
    ``unexpected`` count the triples that were sent and are not there, and those that are there and were not sent.
    """

    graph: str
    sent: GraphSum
    held: GraphSum
    by_value: int = 0
    missing: int = 0
    unexpected: int = 0
    first_missing: tuple[str, ...] = ()
    first_unexpected: tuple[str, ...] = ()

    @property
    def verified(self) -> bool:
        """Whether the store holds what was sent, and nothing else in this graph."""
        return self.missing == self.unexpected == 0


def compare(sent: SortedGraph, held: SortedGraph, folder: Path, *, rewrites: bool) -> GraphReport:
    """Compare a graph that was sent with the one that the store holds.

    ``rewrites`` says that the store is known to keep values, not the way in which they are written. Temporary files go
    into ``folder``, which must be empty.
    """
    name = name_of(sent.graph)
    if sent.sum == held.sum:
        return GraphReport(name, sent.sum, held.sum)
    if rewrites:
        sent_values, held_values = (_values(each, folder / side) for each, side in ((sent, "sent"), (held, "held")))
        if sent_values.sum == held_values.sum:
            # The name of a blank node follows from its triples: if one of them is rewritten, all of its lines differ.
            rewritten = sum(map(may_be_rewritten, only_in(sent.file, held.file)))
            return GraphReport(name, sent.sum, held.sum, rewritten)
        sent, held = sent_values, held_values
    missing, unexpected = _CountedLines(only_in(sent.file, held.file)), _CountedLines(only_in(held.file, sent.file))
    return GraphReport(
        name,
        sent.sum,
        held.sum,
        missing=missing.count,
        unexpected=unexpected.count,
        first_missing=missing.first,
        first_unexpected=unexpected.first,
    )


def check_kept_by_oxigraph(graphs: Iterable[SortedGraph]) -> None:
    """Raise LoadError if Oxigraph would give a literal another value, or a value though it has none."""
    problems = []
    for graph in graphs:
        with graph.file.open("rb") as lines:
            lost = _CountedLines(not_kept_by_oxigraph(lines))
        if lost.count:
            what = f"holds literals that do not fit their datatype ({lost.count:,}), which Oxigraph would change"
            shown = [f"  - {line}" for line in lost.first]
            remedy = "correct them, or load a store that keeps each literal as it is written (docs/loading.md)"
            problems.append(Problem(name_of(graph.graph), "\n".join([what, *shown]), remedy))
    if problems:
        raise LoadError(problems)


class _CountedLines:
    def __init__(self, lines: Iterator[bytes]) -> None:
        self.first = tuple(line.decode().rstrip("\n") for line in islice(lines, _SHOWN))
        self.count = len(self.first) + sum(1 for _ in lines)


def only_in(one: Path, other: Path) -> Iterator[bytes]:
    """Yield the lines of one sorted file that are not in the other."""
    with one.open("rb") as lines, other.open("rb") as others:
        candidate = next(others, None)
        for line in lines:
            while candidate is not None and candidate < line:
                candidate = next(others, None)
            if candidate != line:
                yield line


def _values(graph: SortedGraph, folder: Path) -> SortedGraph:
    folder.mkdir()
    return sorted_graph(graph.graph, map(_quad_by_value, quads_of_file(graph)), folder)


def _quad_by_value(quad: Quad) -> Quad:
    if not isinstance(quad.object, Literal):
        return quad
    return Quad(quad.subject, quad.predicate, by_value(quad.object), quad.graph_name)


def quads_of_file(graph: SortedGraph) -> Iterator[Quad]:
    """Yield the quads in the file of a graph."""
    with graph.file.open("rb") as file:
        for quad in parse(file, format=RdfFormat.N_TRIPLES):
            yield Quad(quad.subject, quad.predicate, quad.object, graph.graph)


def sorted_graph(graph: Graph, quads: Iterable[Quad], folder: Path) -> SortedGraph:
    """Return the sorted quads of one graph; without quads, a graph with an empty file."""
    found = sort_graphs(quads, folder)
    if graph in found:
        return found[graph]
    empty = folder / "empty"
    empty.touch()
    return SortedGraph(graph, GraphSum(), empty)
