"""All numbers that statements give of one claim, side by side: grouped by measure and unit, and never merged."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from her2ld.pages import sayings
from her2ld.pages.forest import Forest, Labelled, forest
from her2ld.pages.knowledge import Knowledge
from her2ld.pages.records import year_of
from her2ld.pages.results import Cell, table
from her2ld.statements import Result, Statement
from her2ld.statements.number_differences import NumberDifference
from her2ld.statements.telling import difference_words, in_order, number_words, where, where_number

_Groups = dict[tuple[NamedNode | None, str | None], list[tuple[Statement, Result]]]
# Parts of a setting, each with its values.
Parts = list[tuple[str, list[NamedNode | str]]]


@dataclass(frozen=True, slots=True)
class NumberRow:
    """A number of a statement: the year of its paper, its cells, and where the statement holds."""

    statement: Statement
    year: str
    cells: tuple[Cell, ...]
    where: Parts


@dataclass(frozen=True, slots=True)
class NumberGroup:
    """The numbers of one measure in one unit: a table, and a picture where there is something to compare."""

    measure: NamedNode | None
    unit: str | None
    heads: tuple[str, ...]
    rows: tuple[NumberRow, ...]
    drawing: Forest | None


@dataclass(frozen=True, slots=True)
class DifferentNumber:
    """One of the numbers whose intervals do not meet: its words, statement, year, and where it holds."""

    words: str
    statement: Statement
    year: str
    where: Parts


@dataclass(frozen=True, slots=True)
class Difference:
    """Numbers whose intervals do not meet: of which measure, in what they differ, and the numbers of both sides."""

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
    """Put what was not reached, and so has no unit, with the numbers of its measure, where these have but one unit."""
    for measure, unit in [key for key in groups if key[1] is None]:
        units = [key for key in groups if key[0] == measure and key[1] is not None]
        if len(units) == 1 and all(each.value is None and each.unreached for _, each in groups[measure, unit]):
            groups[units[0]] += groups.pop((measure, unit))


def _called(knowledge: Knowledge, measure: NamedNode | None) -> tuple[bool, str]:
    return measure is None, knowledge.label(measure).casefold() if measure else ""


def _group(
    knowledge: Knowledge, measure: NamedNode | None, unit: str | None, found: Sequence[tuple[Statement, Result]]
) -> NumberGroup:
    ordered = sorted(found, key=lambda each: (_year(knowledge, each[0]), str(each[0].paper)))
    heads, cells = table((result for _, result in ordered), leaving_out=_SAID_ABOVE)
    rows = tuple(
        NumberRow(statement, _year(knowledge, statement), row, parts(knowledge, statement))
        for (statement, _), row in zip(ordered, cells, strict=True)
    )
    labelled = [Labelled(*_words(knowledge, *each), each[1], _is_affirmed(knowledge, each[0])) for each in ordered]
    is_ratio = measure in knowledge.vocabulary.steering.ratios
    return NumberGroup(measure, unit, heads, rows, forest(labelled, is_ratio=is_ratio))


def _words(knowledge: Knowledge, statement: Statement, result: Result) -> tuple[str, str]:
    """Return what stands beside a number in the picture, and the number as printed."""
    whose = _whose(knowledge, statement, result)
    said = "" if _is_affirmed(knowledge, statement) else f"({sayings.polarity(knowledge, statement)})"
    label = [
        _year(knowledge, statement),
        whose if isinstance(whose, str) else _name(knowledge, whose),
        result.time or "",
    ]
    words = "; ".join(filter(None, label))
    return f"{words} {said}".strip(), number_words(result) if _has_interval(result) else _value(knowledge, result)


def _whose(knowledge: Knowledge, statement: Statement, result: Result) -> NamedNode | str | None:
    """Return what tells numbers of one year apart: whose they are, else the group or a part of the setting."""
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
    return sayings.standing(knowledge, statement) is sayings.STATED


def differences(knowledge: Knowledge, statements: Iterable[Statement]) -> list[Difference]:
    """Return the numbers of statements whose intervals do not meet, side against side."""
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
            number_words(result), statement, _year(knowledge, statement), parts(knowledge, statement, result)
        )
        for statement, result in found
    )
    return Difference(found[0][1].measure, difference_words(difference), numbers)


def parts(knowledge: Knowledge, statement: Statement, result: Result | None = None) -> Parts:
    """Return where a statement, or a number of it, holds: as it is compared, by the names of the parts."""
    by = knowledge.judge
    setting = where_number(statement, result, by) if result else where(statement, by)
    return [
        (part, [value if isinstance(value, NamedNode) else value.value for value in values])
        for part, values in in_order(setting, lambda value: _name(knowledge, value))
    ]


def _name(knowledge: Knowledge, value: object) -> str:
    return knowledge.label(value) if isinstance(value, NamedNode) else getattr(value, "value", "")


def _year(knowledge: Knowledge, statement: Statement) -> str:
    return year_of(knowledge, statement.paper) if statement.paper else ""
