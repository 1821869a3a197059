"""Sort the rows of ORDER BY in memory: for a store on disk, Oxigraph looks up both terms again for each comparison.

Rows are read as tab-separated values, one line each. Most columns have IRIs, texts, years or whole numbers, which are
sorted here. Any other column needs the rules of SPARQL for comparing values, so Oxigraph sorts a copy of the rows.
"""

import contextlib
import re
from collections.abc import Iterable, Sequence
from typing import Any

from pyoxigraph import (
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    Store,
    parse_query_results,
)

from her2ld.vocabulary import standard

_MOST_SORTED = 50_000
# ORDER BY at the end of a query, if it sorts only by variables.
_ORDER = re.compile(
    r"\bORDER\s++BY(?P<keys>(?:\s*+(?:[?$]\w++|(?:ASC|DESC)\s*+\(\s*+[?$]\w++\s*+\)))++)\s*+(?:#[^\n]*+\s*+)*+\Z",
    re.IGNORECASE,
)
_KEY = re.compile(r"(?P<descending>DESC\s*+\(\s*+)?[?$](?P<variable>\w+)", re.IGNORECASE)
# Texts, and dates of this form, are in the order of their characters, also among each other.
_TEXTS = frozenset((standard.XSD_STRING, NamedNode(standard.RDF + "langString")))
_DATES = frozenset((standard.XSD_YEAR, NamedNode(standard.XSD + "gYearMonth"), standard.XSD_DATE))
_DATE = re.compile(r"[1-9][0-9]{3}(?:-[0-9]{2}){0,2}")
# Whole numbers of this form are in the order of their values.
_NUMBER = re.compile(r"-?[0-9]{1,18}")


def ask_in_order(
    store: Store,
    query: str,
    **how: Any,  # noqa: ANN401  # whatever Store.query takes
) -> QuerySolutions | QueryBoolean | QueryTriples:
    """Return the same results as ``Store.query``, but with the rows sorted in memory.

    Raises SyntaxError if the query is not SPARQL.
    """
    order = _ORDER.search(query)
    if order:
        # If the query is wrong, or if a row has a term that no query can contain, the query runs as it is, below.
        with contextlib.suppress(SyntaxError):
            rows = store.query(f"{query[: order.start()]}\nLIMIT {_MOST_SORTED + 1}", **how)
            sorted_ = _sorted(rows, order["keys"]) if isinstance(rows, QuerySolutions) else None
            if sorted_ is not None:
                return sorted_
    return store.query(query, **how)


def _sorted(rows: QuerySolutions, keys: str) -> QuerySolutions | None:
    """Return the rows in the order of the keys; None if there are too many or if no query can contain them."""
    variables = [variable.value for variable in rows.variables]
    is_descending: dict[str, bool] = {}
    for key in _KEY.finditer(keys):
        is_descending.setdefault(key["variable"], bool(key["descending"]))
    if not is_descending.keys() <= set(variables):
        return None
    head, *lines = (rows.serialize(format=QueryResultsFormat.TSV) or b"").decode().removesuffix("\n").split("\n")
    if len(lines) > _MOST_SORTED:
        return None
    cells = [line.split("\t") for line in lines]
    places = None
    if len(is_descending) == len(variables):  # otherwise, rows that differ may be equal in all keys
        places = _places(cells, [(variables.index(name), falls) for name, falls in is_descending.items()])
    if places is None:
        return _sorted_by_oxigraph(cells, variables, keys)
    in_order = sorted(range(len(lines)), key=places.__getitem__)
    return _table([head, *(lines[row] for row in in_order)])


def _table(lines: Iterable[str]) -> QuerySolutions:
    table = parse_query_results("\n".join((*lines, "")), format=QueryResultsFormat.TSV)
    assert isinstance(table, QuerySolutions)  # noqa: S101  # it has columns
    return table


def _places(cells: Sequence[Sequence[str]], keys: Iterable[tuple[int, bool]]) -> list[tuple[int, ...]] | None:
    """Return the place of each row in the order of each key; None if Oxigraph has to compare the values."""
    columns = []
    for column, falls in keys:
        values = [row[column] for row in cells]
        in_order = _in_order(set(values))
        if in_order is None:
            return None
        places = {cell: place for place, cell in enumerate(reversed(in_order) if falls else in_order)}
        columns.append([places[cell] for cell in values])
    return list(zip(*columns, strict=True))


def _in_order(cells: set[str]) -> list[str] | None:
    """Return the different cells of a column in ascending order; None if Oxigraph has to compare the values."""
    written = list(cells - {""})
    by_cell: dict[str, tuple[object, ...]] = {"": ()}  # unbound variables come first
    kinds: set[type] = set()
    for cell, (term,) in zip(written, _table(["?term", *written]), strict=True):
        if isinstance(term, NamedNode):
            by_cell[cell] = (0, term.value)
            continue
        if not isinstance(term, Literal):
            return None
        if term.datatype in _TEXTS or (term.datatype in _DATES and _DATE.fullmatch(term.value)):
            kinds.add(str)
            by_cell[cell] = (1, term.value, term.datatype.value, term.language or "")
        elif term.datatype == standard.XSD_INTEGER and _NUMBER.fullmatch(term.value):
            kinds.add(int)
            by_cell[cell] = (1, int(term.value))
        else:
            return None
    return sorted(cells, key=by_cell.__getitem__) if len(kinds) <= 1 else None


def _sorted_by_oxigraph(cells: Iterable[Iterable[str]], variables: Iterable[str], keys: str) -> QuerySolutions:
    columns = " ".join(f"?{variable}" for variable in variables)
    values = "\n".join(f"({' '.join(cell or 'UNDEF' for cell in row)})" for row in cells)
    ordered = Store().query(f"SELECT {columns} {{ VALUES ({columns}) {{\n{values}\n}} }} ORDER BY {keys}")
    assert isinstance(ordered, QuerySolutions)  # noqa: S101  # the result of SELECT
    return ordered
