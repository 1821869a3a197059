"""Rows in the order of a query, sorted in memory: on disk, Oxigraph looks up both terms anew for each comparison."""

import contextlib
import itertools
import re
from typing import Any

from pyoxigraph import Literal, NamedNode, QueryBoolean, QuerySolutions, QueryTriples, Store

_MOST_SORTED = 50_000
# ORDER BY at the end of a query, by nothing but variables.
_ORDER = re.compile(
    r"\bORDER\s++BY(?P<keys>(?:\s*+(?:[?$]\w++|(?:ASC|DESC)\s*+\(\s*+[?$]\w++\s*+\)))++)\s*+(?:#[^\n]*+\s*+)*+\Z",
    re.IGNORECASE,
)
_VARIABLE = re.compile(r"[?$](\w+)")


def ask_in_order(
    store: Store,
    query: str,
    **how: Any,  # noqa: ANN401  # whatever Store.query takes
) -> QuerySolutions | QueryBoolean | QueryTriples:
    """Ask a store as ``Store.query`` does, and sort the rows in memory, by the same engine.

    Raises SyntaxError where the query is not SPARQL.
    """
    order = _ORDER.search(query)
    if order:
        with contextlib.suppress(SyntaxError):  # of the query: it is asked below; of a term that no query can hold
            rows = store.query(query[: order.start()], **how)
            sorted_ = _sorted(rows, order["keys"]) if isinstance(rows, QuerySolutions) else None
            if sorted_ is not None:
                return sorted_
    return store.query(query, **how)


def _sorted(rows: QuerySolutions, keys: str) -> QuerySolutions | None:
    """Return the rows in the order of the keys; None where they are too many or no query can hold them."""
    variables = " ".join(map(str, rows.variables))
    if not {*_VARIABLE.findall(keys)} <= {variable.value for variable in rows.variables}:
        return None
    texts = []
    for row in itertools.islice(rows, _MOST_SORTED + 1):
        if not all(term is None or isinstance(term, NamedNode | Literal) for term in row):
            return None
        texts.append(" ".join("UNDEF" if term is None else str(term) for term in row))
    if len(texts) > _MOST_SORTED:
        return None
    values = "\n".join(f"({text})" for text in texts)
    ordered = Store().query(f"SELECT {variables} {{ VALUES ({variables}) {{\n{values}\n}} }} ORDER BY {keys}")
    assert isinstance(ordered, QuerySolutions)  # noqa: S101  # what SELECT gives
    return ordered
