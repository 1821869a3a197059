"""Answers as tables for people: labels beside IRIs, and long texts below their row."""

from collections.abc import Mapping
from textwrap import wrap
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, QueryBoolean, QuerySolutions

from her2ld.query.answers import label
from her2ld.texts import counted, in_one_line
from her2ld.vocabulary.identifiers import prefix_splitter

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyoxigraph import BlankNode, Store, Triple

    Term = NamedNode | BlankNode | Literal | Triple

_GAP = "  "
WIDTH_OF_NO_TERMINAL = 120


def table_lines(
    answer: QuerySolutions | QueryBoolean, store: "Store", prefixes: Mapping[str, str], width: int
) -> list[str]:
    """Return the lines of a table: its header, its rows, and their number; yes or no for a query that is answered so.

    Columns that do not fit beside each other into the ``width`` stand below each row, the longest first.
    """
    if isinstance(answer, QueryBoolean):
        return ["yes" if answer else "no"]
    shown = _shower(store, prefixes)
    header = [variable.value.replace("_", " ") for variable in answer.variables]
    rows = [[shown(value) for value in solution] for solution in answer]
    lengths = [max(map(len, column)) for column in zip(header, *rows, strict=True)]
    beside = list(range(len(lengths)))
    while sum(lengths[column] + len(_GAP) for column in beside) > width:
        beside.remove(max(beside, key=lambda column: lengths[column]))
    below = [column for column in range(len(lengths)) if column not in beside]
    lines = [_GAP.join(header[column].ljust(lengths[column]) for column in beside).rstrip()]
    for row in rows:
        lines.append(_GAP.join(row[column].ljust(lengths[column]) for column in beside).rstrip())
        for column in below:
            name = f"  {header[column]}: "
            lines += wrap(row[column], width, initial_indent=name, subsequent_indent=" " * len(name))
    return [*lines, counted(len(rows), "row")]


def _shower(store: "Store", prefixes: Mapping[str, str]) -> "Callable[[Term | None], str]":
    split = prefix_splitter(prefixes)

    def shown(value: "Term | None") -> str:
        if value is None:
            return ""
        if not isinstance(value, NamedNode):
            return in_one_line(value.value if isinstance(value, Literal) else str(value))
        name = label(store, value)
        short = split(value.value)
        iri = f"{short[0]}:{short[1]}" if short and "/" not in short[1] else value.value
        return in_one_line(f"{name} ({iri})" if name else iri)

    return shown
