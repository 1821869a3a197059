"""The numbers of statements as tables, and all numbers of one claim side by side, grouped and never merged."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pyoxigraph import NamedNode

from her2ld.pages import stances
from her2ld.pages.forest import Forest, Labelled, forest
from her2ld.pages.knowledge import Knowledge
from her2ld.pages.papers import year_of
from her2ld.statements import Dose, Result, Statement
from her2ld.statements.disagreements import NumberDifference
from her2ld.statements.paper_comparison import (
    difference_words,
    named_parts,
    number_setting,
    number_words,
    statement_setting,
)
from her2ld.vocabulary import statement_model as model

# A cell is made of words and of terms, which have names and pages.
Cell = tuple[str | NamedNode, ...]


def table(
    results: Iterable[Result], leaving_out: Collection[str] = ()
) -> tuple[tuple[str, ...], list[tuple[Cell, ...]]]:
    """Return the heads of the columns, and a row for each result; no column is empty in all rows.

    ``leaving_out`` are the heads of columns that are shown elsewhere.
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
                _cell_value(result),
                (result.unit,) if result.unit else (),
                _interval(result),
                _count(result),
                _p_value(result),
                (result.time,) if result.time else (),
            ),
            strict=True,
        )
    )


def _cell_value(result: Result) -> Cell:
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
    """Return a dose in words: the agent, the amount, and the schedule."""
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


_Groups = dict[tuple[NamedNode | None, str | None], list[tuple[Statement, Result]]]
# Parts of a setting, each with its values.
Parts = list[tuple[str, list[NamedNode | str]]]


@dataclass(frozen=True, slots=True)
class NumberRow:
    """A number of a statement: the year of its paper, its cells, and the setting of the statement."""

    statement: Statement
    year: str
    cells: tuple[Cell, ...]
    where: Parts


@dataclass(frozen=True, slots=True)
class NumberGroup:
    """The numbers of one measure in one unit: a table, and a picture if there is something to compare."""

    measure: NamedNode | None
    unit: str | None
    heads: tuple[str, ...]
    rows: tuple[NumberRow, ...]
    drawing: Forest | None


@dataclass(frozen=True, slots=True)
class DifferentNumber:
    """One of the numbers whose intervals do not overlap: its words, statement, year, and setting."""

    words: str
    statement: Statement
    year: str
    where: Parts


@dataclass(frozen=True, slots=True)
class Difference:
    """Numbers whose intervals do not overlap: their measure, their differences, and the numbers of both sides."""

    measure: NamedNode | None
    words: str
    numbers: tuple[DifferentNumber, ...]


_SAID_ABOVE = ("measure", "unit")


def number_groups(knowledge: Knowledge, statements: Iterable[Statement]) -> list[NumberGroup]:
    """Return the numbers of statements by measure and unit, those of one measure in the order of their years."""
    groups: _Groups = {}
    for statement in statements:
        for result in statement.results:
            groups.setdefault((result.measure, result.unit), []).append((statement, result))
    _place_unreached(groups)
    ordered = sorted(groups.items(), key=lambda item: (_called(knowledge, item[0][0]), item[0][1] or ""))
    return [_group(knowledge, measure, unit, found) for (measure, unit), found in ordered]


def _place_unreached(groups: _Groups) -> None:
    """Put unreached values, which have no unit, with the numbers of their measure if these have only one unit."""
    for measure, unit in [key for key in groups if key[1] is None]:
        units = [key for key in groups if key[0] == measure and key[1] is not None]
        if len(units) == 1 and all(each.value is None and each.unreached for _, each in groups[measure, unit]):
            groups[units[0]] += groups.pop((measure, unit))


def _called(knowledge: Knowledge, measure: NamedNode | None) -> tuple[bool, str]:
    return measure is None, knowledge.label(measure).casefold() if measure else ""


def _group(
    knowledge: Knowledge, measure: NamedNode | None, unit: str | None, found: Sequence[tuple[Statement, Result]]
) -> NumberGroup:
    ordered = sorted(found, key=lambda each: (year_of(knowledge, each[0].paper), str(each[0].paper)))
    heads, cells = table((result for _, result in ordered), leaving_out=_SAID_ABOVE)
    rows = tuple(
        NumberRow(statement, year_of(knowledge, statement.paper), row, parts(knowledge, statement))
        for (statement, _), row in zip(ordered, cells, strict=True)
    )
    labelled = [Labelled(*_words(knowledge, *each), each[1], _is_affirmed(knowledge, each[0])) for each in ordered]
    is_ratio = measure in knowledge.vocabulary.steering.ratios
    return NumberGroup(measure, unit, heads, rows, forest(labelled, is_ratio=is_ratio))


def _words(knowledge: Knowledge, statement: Statement, result: Result) -> tuple[str, str]:
    """Return the words beside a number in the picture, and the number as printed."""
    whose = _whose(knowledge, statement, result)
    stance = "" if _is_affirmed(knowledge, statement) else f"({stances.polarity(knowledge, statement)})"
    label = [
        year_of(knowledge, statement.paper),
        whose if isinstance(whose, str) else _name(knowledge, whose),
        result.time or "",
    ]
    words = "; ".join(filter(None, label))
    return f"{words} {stance}".strip(), number_words(result) if _has_interval(result) else _value(knowledge, result)


def _whose(knowledge: Knowledge, statement: Statement, result: Result) -> NamedNode | str | None:
    """Return the label that distinguishes numbers of one year: their owner, else the group or a part of the setting."""
    setting = dict(parts(knowledge, statement))
    return result.group or next(iter(setting.get("group") or next(iter(setting.values()), ())), None)


def _has_interval(result: Result) -> bool:
    ends = (result.lower, result.lower_unreached, result.upper, result.upper_unreached)
    return any(end is not None for end in ends)


def _value(knowledge: Knowledge, result: Result) -> str:
    if result.value is None:
        return knowledge.label(result.unreached) if result.unreached else ""
    return f"{result.operator or ''}{result.value:f}"


def _is_affirmed(knowledge: Knowledge, statement: Statement) -> bool:
    return stances.stance_words(knowledge, statement) is stances.STATED


def differences(knowledge: Knowledge, statements: Iterable[Statement]) -> list[Difference]:
    """Return the numbers of statements whose intervals do not overlap, side against side."""
    results = {result.iri: (each, result) for each in statements for result in each.results}
    return [
        _difference(knowledge, each, results)
        for each in knowledge.comparison.number_differences
        if each.one_side[0] in results
    ]


def _difference(
    knowledge: Knowledge, difference: NumberDifference, results: dict[NamedNode, tuple[Statement, Result]]
) -> Difference:
    found = [results[iri] for iri in (*difference.one_side, *difference.other_side) if iri in results]
    numbers = tuple(
        DifferentNumber(
            number_words(result), statement, year_of(knowledge, statement.paper), parts(knowledge, statement, result)
        )
        for statement, result in found
    )
    return Difference(found[0][1].measure, difference_words(difference), numbers)


def parts(knowledge: Knowledge, statement: Statement, result: Result | None = None) -> Parts:
    """Return the setting of a statement, or of one of its numbers, as it is compared: by the names of the parts."""
    by = knowledge.judge
    setting = number_setting(statement, result, by) if result else statement_setting(statement, by)
    return [
        (part, [value if isinstance(value, NamedNode) else value.value for value in values])
        for part, values in named_parts(setting, lambda value: _name(knowledge, value))
    ]


def _name(knowledge: Knowledge, value: object) -> str:
    return knowledge.label(value) if isinstance(value, NamedNode) else getattr(value, "value", "")
