"""Numbers as a reader of papers expects them: a table with the columns that have something in them."""

from collections.abc import Collection, Iterable
from decimal import Decimal

from pyoxigraph import NamedNode

from her2ld.statements import Dose, Result
from her2ld.vocabulary import statement_model as model

# A cell is made of words and of terms, which have names and pages.
Cell = tuple[str | NamedNode, ...]


def table(
    results: Iterable[Result], leaving_out: Collection[str] = ()
) -> tuple[tuple[str, ...], list[tuple[Cell, ...]]]:
    """Return the heads of the columns, and a row for each result; no column is empty in all rows.

    ``leaving_out`` are the heads of columns that are said elsewhere.
    """
    rows = [_cells(result) for result in results]
    heads = tuple(head for head in _HEADS if head not in leaving_out and any(row[head] for row in rows))
    return heads, [tuple(row[head] for head in heads) for row in rows]


# Between an operator and its number.
_NO_BREAK = "\u00a0"
_HEADS = ("measure", "group", "value", "unit", "interval", "n of N", "p", "time")


def _cells(result: Result) -> dict[str, Cell]:
    return dict(
        zip(
            _HEADS,
            (
                (result.measure,) if result.measure else (),
                (result.group,) if result.group else (),
                _value(result),
                (result.unit,) if result.unit else (),
                _interval(result),
                _count(result),
                _p_value(result),
                (result.time,) if result.time else (),
            ),
            strict=True,
        )
    )


def _value(result: Result) -> Cell:
    if result.value is None:
        return (result.unreached,) if result.unreached else ()
    return (_NO_BREAK.join(filter(None, (result.operator, _number(result.value)))),)


def _interval(result: Result) -> Cell:
    kind: Cell = (f"{_number(result.level)}% ",) if result.level is not None else ()
    if result.interval_kind:
        kind = (*kind, result.interval_kind)
    elif kind:
        kind = (*kind, model.CONFIDENCE_INTERVAL)
    limits = _limits(result)
    if result.deviation is not None:
        limits = (*limits, ", ", f"± {_number(result.deviation)}") if limits else (f"± {_number(result.deviation)}",)
    return (*limits, " (", *kind, ")") if limits and kind else limits


def _limits(result: Result) -> Cell:
    lower, upper = (
        ((_number(value),) if value is not None else (unreached,) if unreached else ())
        for value, unreached in ((result.lower, result.lower_unreached), (result.upper, result.upper_unreached))
    )
    if lower and upper:
        return (*lower, " to ", *upper)
    if upper:
        return ("up to ", *upper)
    return ("from ", *lower) if lower else ()


def _count(result: Result) -> Cell:
    if result.count is None and result.out_of is None:
        return (result.counted,) if result.counted else ()
    count = "" if result.count is None else f"{result.count:,}"
    words = f"{count} of {result.out_of:,}".strip() if result.out_of is not None else count
    return (f"{words} ", result.counted) if result.counted else (words,)


def _p_value(result: Result) -> Cell:
    if result.p_value is not None:
        return (f"{result.p_operator or '='}{_NO_BREAK}{_number(result.p_value)}",)
    return (result.significance,) if result.significance else ()


def _number(number: Decimal) -> str:
    return f"{number:f}"


def dose(given: Dose) -> Cell:
    """Return a dose in words: the agent, how much of it, and when."""
    amount: Cell = (_number(given.value),) if given.value is not None else ()
    if given.lower is not None and given.upper is not None:
        amount = (f"{_number(given.lower)} to {_number(given.upper)}",)
    elif not amount and (given.lower is not None or given.upper is not None):
        bound = given.lower if given.lower is not None else given.upper
        amount = (f"{'from' if given.lower is not None else 'up to'} {_number(bound or Decimal())}",)
    parts: list[Cell] = [(given.agent,) if given.agent else (), amount]
    parts += [(given.unit,) if given.unit and amount else (), (given.schedule,) if given.schedule else ()]
    cell: Cell = ()
    for part in filter(None, parts):
        cell = (*cell, " ", *part) if cell else part
    return cell
