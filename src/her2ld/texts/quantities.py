"""Parsing of values as a curator copies them from a paper: a text is read completely, or refused with a remedy."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeVar

from her2ld.errors import Problem
from her2ld.texts.folding import fold, with_plain_signs
from her2ld.texts.numbers import Printed, find_numbers, operator_before, with_operator
from her2ld.texts.units import nearest_units, ucum_code, unit_at

Unreached = Literal["NR", "NE"]
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Quantity:
    """One value, or a range, with the unit as printed and its UCUM code.

    ``operator`` is one of ``< > ≤ ≥ ~``, or None. "Up to" yields only ``upper``, and a range yields both bounds; then
    ``value`` is None. The only operator of a range is "~".
    """

    value: Decimal | None
    operator: str | None
    lower: Decimal | None
    upper: Decimal | None
    unit: str | None
    ucum: str | None


@dataclass(frozen=True, slots=True)
class Interval:
    """Two bounds, each a number or a mark that it is not reached ("NR") or cannot be estimated ("NE")."""

    lower: Decimal | None
    upper: Decimal | None
    unit: str | None
    ucum: str | None
    lower_unreached: Unreached | None
    upper_unreached: Unreached | None


@dataclass(frozen=True, slots=True)
class PValue:
    """A p-value with its operator (one of ``= < > ≤ ≥``), or only whether the result was significant."""

    operator: str | None
    value: Decimal | None
    significant: bool | None


_UNREACHED: dict[str, Unreached] = {
    **dict.fromkeys(("nr", "not reached", "not yet reached", "unreached"), "NR"),
    **dict.fromkeys(("ne", "not estimable", "not evaluable", "not calculable"), "NE"),
}
_SIGNIFICANT = {"significant", "significantly", "statistically significant", "statistically significantly"}
_NOT_SIGNIFICANT = {
    "ns",
    "n.s.",
    "nonsignificant",
    "non-significant",
    "insignificant",
    "not significant",
    "not significantly",
    "not statistically significant",
}
_P_NAME = re.compile(r"p(?:[ -]?values?)?(?![a-z]) *")
_MARK = re.compile(rf"\b(?:{'|'.join(sorted(_UNREACHED, key=len, reverse=True))})\b")
_SEPARATOR = re.compile(r" *(?:\b(?:to|through|and)\b|[-,;/]) *\Z")
_UP_TO = re.compile("up to *")
_LIKE_A_VALUE = "copy the number as the paper prints it, such as “45.3%”"
_LIKE_AN_INTERVAL = "write both bounds as the paper prints them, such as “31.6 to 59.6” or “18.5 to not reached”"
_LIKE_A_P_VALUE = "write it as the paper prints it, such as “< .001”, “= 0.03”, “NS” or “significantly”"
_UNITS = "“%”, “months”, “mg/kg” or “nM”"
_LIKE_A_COUNT = "write one whole number, such as “24” or “six”"


class _RefusalError(Exception):
    """A text is not a value of the expected kind: the reason and the remedy."""


def read_value(text: str, where: str) -> Quantity | Problem:
    """Return the value or the bounds of a text that contains nothing else; otherwise a Problem at ``where``.

    >>> read_value("over 7 months", "value")
    Quantity(value=Decimal('7'), operator='>', lower=None, upper=None, unit='months', ucum='mo')
    >>> print(read_value("7 mnths", "value"))
    value: “mnths” is not a known unit. Remedy: write a known unit: “months”.
    """
    return _read(_quantity, text, where)


def read_interval(text: str, where: str) -> Interval | Problem:
    r"""Return the two bounds of a text that contains nothing else; otherwise a Problem at ``where``.

    >>> interval = read_interval("31\u00b76-44\u00b75%", "ci95")
    >>> interval.lower, interval.upper, interval.ucum
    (Decimal('31.6'), Decimal('44.5'), '%')
    >>> read_interval("18.5 to not reached", "ci95").upper_unreached
    'NR'
    """
    return _read(_interval, text, where)


def read_p(text: str, where: str) -> PValue | Problem:
    """Return the p-value or the significance of a text that contains nothing else; otherwise a Problem at ``where``.

    >>> read_p("P < .001", "p")
    PValue(operator='<', value=Decimal('0.001'), significant=None)
    >>> read_p("significantly", "p").significant
    True
    >>> print(read_p("0.03", "p"))
    p: '0.03' has no operator. Remedy: write the paper's operator before it, such as “= 0.03” or “< 0.03”.
    """
    return _read(_p_value, text, where)


def read_unit(text: str, where: str) -> str | Problem:
    """Return the UCUM code of a text that is a unit; otherwise a Problem at ``where``.

    >>> read_unit("months", "unit")
    'mo'
    """
    return _read(lambda unit: _unit(unit)[1] or "", text, where)


def read_unreached(text: str) -> Unreached | None:
    """Return the mark in place of a value; None if the text is not such a mark.

    >>> read_unreached("not reached"), read_unreached("NE"), read_unreached("12")
    ('NR', 'NE', None)
    """
    return _UNREACHED.get(" ".join(fold(text).split()))


def find_unreached(text: str) -> frozenset[Unreached]:
    """Return the marks in a text for values that are not reached or cannot be estimated.

    >>> sorted(find_unreached("12.4 months (95% CI 9.1-NR)"))
    ['NR']
    """
    return frozenset(_UNREACHED[each[0]] for each in _MARK.finditer(fold(text)))


def read_count(text: str, where: str) -> int | Problem:
    """Return the whole number of a text that contains nothing else; otherwise a Problem at ``where``.

    >>> read_count("24", "n"), read_count("sixty-one", "n"), read_count("13 773", "n")
    (24, 61, 13773)
    """
    return _read(_count, text, where)


def _read(read: Callable[[str], Value], text: str, where: str) -> Value | Problem:
    bare = text.strip()
    try:
        return read(bare[1:-1].strip() if bare[:1] + bare[-1:] in {"()", "[]"} else bare)
    except _RefusalError as refusal:
        what, remedy = refusal.args
        return Problem(where, what, remedy)


def _quantity(text: str) -> Quantity:
    numbers = find_numbers(text)
    if not numbers:
        raise _RefusalError(f"there is no number in {text!r}", _LIKE_A_VALUE)
    if "\u00b1" in text:
        raise _RefusalError(f"{text!r} has a ±", "write the number after it into the field “sd”")
    number = numbers[0]
    start = _start_with_operator(text, number)
    if stray := text[:start].strip():
        raise _RefusalError(f"{stray!r} is not part of a value", f"write {text[start:]!r}")
    operator = None if number.operator == "=" else number.operator
    if len(numbers) > 1:
        bounds = _interval(text[number.start :])
        if operator not in {None, "~"}:
            remedy = "write the bounds alone, or one value with its operator"
            raise _RefusalError(f"{text!r} has two bounds and “{operator}”", remedy)
        return Quantity(None, operator, bounds.lower, bounds.upper, bounds.unit, bounds.ucum)
    end = with_operator(text, number)[1]
    if end > number.end and (stray := text[end:].strip()):
        raise _RefusalError(f"{stray!r} is not part of a value", f"write {text[start:end]!r}")
    behind = unit_at(text, number.end) if end > number.end else None
    unit = _unit(text[number.end : behind.end if behind else number.end] if end > number.end else text[number.end :])
    if _UP_TO.match(fold(text), start):
        return Quantity(None, None, None, number.value, *unit)
    return Quantity(number.value, operator, None, None, *unit)


def _interval(text: str) -> Interval:
    bounds = _bounds(text)
    if len(bounds) != 2:  # noqa: PLR2004  # an interval has two
        raise _RefusalError(f"an interval has two bounds, and {text!r} has {len(bounds)}", _LIKE_AN_INTERVAL)
    lower, upper = bounds
    between = with_plain_signs(text[lower.end : upper.start])
    separator = _SEPARATOR.search(between)
    if stray := text[: lower.start].strip():
        raise _RefusalError(f"{stray!r} is not part of an interval", _LIKE_AN_INTERVAL)
    if separator is None:
        raise _RefusalError(f"nothing separates the bounds of {text!r}", _LIKE_AN_INTERVAL)
    unit_of_lower, unit = _unit(between[: separator.start()]), _unit(text[upper.end :])
    if unit_of_lower[1] not in {None, unit[1]} and upper.mark is None:
        raise _RefusalError(f"the bounds of {text!r} have two units", "write both bounds in one unit")
    if lower.value is not None and upper.value is not None and lower.value > upper.value:
        raise _RefusalError(f"the bounds of {text!r} are in the wrong order", "write the lower bound first")
    return Interval(lower.value, upper.value, *(unit if unit[1] else unit_of_lower), lower.mark, upper.mark)


def _p_value(text: str) -> PValue:
    named = _P_NAME.match(fold(text))
    bare = text[named.end() :] if named else text
    wording = " ".join(fold(bare).removeprefix("=").split())
    if wording in _SIGNIFICANT | _NOT_SIGNIFICANT:
        return PValue(None, None, wording in _SIGNIFICANT)
    numbers = find_numbers(bare)
    if len(numbers) != 1 or numbers[0].end != len(bare):
        raise _RefusalError(f"{text!r} is not a p-value", _LIKE_A_P_VALUE)
    number = numbers[0]
    if stray := bare[: _start_with_operator(bare, number)].strip():
        raise _RefusalError(f"{stray!r} is not part of a p-value", _LIKE_A_P_VALUE)
    if number.operator is None:
        remedy = f"write the paper's operator before it, such as “= {bare}” or “< {bare}”"
        raise _RefusalError(f"{text!r} has no operator", remedy)
    if number.operator == "~" or not 0 <= number.value <= 1:
        raise _RefusalError(f"{text!r} is not a p-value, which lies between 0 and 1", _LIKE_A_P_VALUE)
    return PValue(number.operator, number.value, None)


def _count(text: str) -> int:
    numbers = find_numbers(text)
    if len(numbers) == 1 and (numbers[0].start, numbers[0].end) == (0, len(text)):
        value = numbers[0].value
        if value >= 0 and value == value.to_integral_value():
            return int(value)
    raise _RefusalError(f"{text!r} is not a count", _LIKE_A_COUNT)


@dataclass(frozen=True, slots=True)
class _Bound:
    value: Decimal | None
    mark: Unreached | None
    start: int
    end: int


def _bounds(text: str) -> list[_Bound]:
    numbers = [_Bound(each.value, None, each.start, each.end) for each in find_numbers(text)]
    marks = [_Bound(None, _UNREACHED[each[0]], *each.span()) for each in _MARK.finditer(fold(text))]
    return sorted([*numbers, *marks], key=lambda bound: bound.start)


def _start_with_operator(text: str, number: Printed) -> int:
    operator = operator_before(text, number.start)
    return operator[0] if operator else number.start


def _unit(spelling: str) -> tuple[str | None, str | None]:
    """Return a unit as printed and its UCUM code, both None if nothing is printed."""
    unit = spelling.strip().removeprefix("-")
    if not unit:
        return None, None
    if code := ucum_code(unit):
        return unit, code
    near = " or ".join(f"“{each}”" for each in nearest_units(unit))
    remedy = (
        f"write a known unit: {near}"
        if near
        else f"write a known unit, such as {_UNITS}; the counted things are not a unit"
    )
    raise _RefusalError(f"“{unit}” is not a known unit", remedy)
