"""Answers as tables for people: labels beside IRIs, and long texts below their row."""

import os
import sys
from collections.abc import Mapping
from textwrap import wrap
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, QueryBoolean, QuerySolutions

from her2ld.cli.printing import echo, in_one_line, secho
from her2ld.query.terms import label
from her2ld.texts import counted
from her2ld.vocabulary.prefixes import prefix_splitter

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyoxigraph import BlankNode, Store, Triple

    Term = NamedNode | BlankNode | Literal | Triple

_GAP = "  "
_WIDTH_OF_NO_TERMINAL = 120


def print_table(answer: QuerySolutions | QueryBoolean, store: "Store", prefixes: Mapping[str, str]) -> None:
    """Print a table with its header and the number of its rows; yes or no for a query that is answered so.

    Columns that do not fit beside each other are printed below each row, under their names: the longest first.
    """
    if isinstance(answer, QueryBoolean):
        echo("yes" if answer else "no")
        return
    shown = _shower(store, prefixes)
    header = [variable.value.replace("_", " ") for variable in answer.variables]
    rows = [[shown(value) for value in solution] for solution in answer]
    lengths = [max(map(len, column)) for column in zip(header, *rows, strict=True)]
    beside = list(range(len(lengths)))
    while sum(lengths[column] + len(_GAP) for column in beside) > _width():
        beside.remove(max(beside, key=lambda column: lengths[column]))
    below = [column for column in range(len(lengths)) if column not in beside]
    secho(_GAP.join(header[column].ljust(lengths[column]) for column in beside).rstrip(), bold=True)
    for row in rows:
        echo(_GAP.join(row[column].ljust(lengths[column]) for column in beside).rstrip())
        for column in below:
            name = f"  {header[column]}: "
            for line in wrap(row[column], _width(), initial_indent=name, subsequent_indent=" " * len(name)):
                echo(line)
    echo(counted(len(rows), "row"))


def _width() -> int:
    return os.get_terminal_size().columns if sys.stdout.isatty() else _WIDTH_OF_NO_TERMINAL


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
