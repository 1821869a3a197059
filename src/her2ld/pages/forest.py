"""A forest plot of numbers on one axis, each as a point with its interval: the geometry of an SVG.

All lengths are in units of the picture, which is WIDTH wide. The table beside it says the same in words.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from textwrap import wrap

from her2ld.statements import Result

WIDTH = 320
_MARGIN = 16
_LINE, _BAR, _GAP = 17, 16, 8
_LETTERS = 42
_MOST_LINES = 3
_MOST_TICKS = 7
# Values beyond these limits are drawn as arrows, because they would squeeze everything else.
_LARGEST = 1e12


@dataclass(frozen=True, slots=True)
class Labelled:
    """A number to be drawn: its words, the number as printed, and whether its claim is affirmed."""

    label: str
    number: str
    result: Result
    is_affirmed: bool


@dataclass(frozen=True, slots=True)
class ForestRow:
    """A row of the picture: lines of words from ``top`` down, and at ``y`` the point and the ends of the interval.

    An end that is ``open_left`` or ``open_right`` is an arrow; ``point``, ``left`` and ``right`` are None if there is
    nothing to draw.
    """

    lines: tuple[tuple[float, str], ...]
    number: tuple[float, str]
    y: float
    point: float | None
    left: float | None
    right: float | None
    open_left: bool
    open_right: bool
    is_affirmed: bool


@dataclass(frozen=True, slots=True)
class Forest:
    """A picture: its rows, the ticks of its axis at ``axis``, and the place of the line of no difference, if any."""

    height: float
    rows: tuple[ForestRow, ...]
    axis: float
    ticks: tuple[tuple[float, str], ...]
    no_difference: float | None
    is_logarithmic: bool


def forest(numbers: Sequence[Labelled], *, is_ratio: bool) -> Forest | None:
    """Return the picture of numbers; None if none has an interval and fewer than two have a value.

    Ratios have a logarithmic scale, with a line at 1.
    """
    drawn = [(each, _extent(each.result, is_ratio=is_ratio)) for each in numbers]
    drawn = [(each, extent) for each, extent in drawn if not extent.is_empty]
    if not (drawn[1:] or any(extent.has_interval for _, extent in drawn)):
        return None
    known = [value for _, extent in drawn for value in extent.known]
    if not known:
        return None
    if is_ratio:
        known.append(1.0)
    ticks = _logarithmic(min(known), max(known)) if is_ratio else _linear(min(known), max(known))
    scale = _Scale(ticks[0], ticks[-1], is_logarithmic=is_ratio)
    rows: list[ForestRow] = []
    top = 0.0
    for each, extent in drawn:
        rows.append(_row(each, extent, scale, top))
        top = rows[-1].y + _BAR / 2 + _GAP
    return Forest(
        height=top + 2 * _LINE,
        rows=tuple(rows),
        axis=top,
        ticks=tuple((scale.place(tick), f"{tick:.6g}") for tick in ticks),
        no_difference=scale.place(1.0) if is_ratio else None,
        is_logarithmic=is_ratio,
    )


@dataclass(frozen=True, slots=True)
class _Extent:
    """The place of a number, as far as it can be drawn; an open end has no place."""

    point: float | None
    lower: float | None
    upper: float | None
    open_left: bool
    open_right: bool

    @property
    def known(self) -> list[float]:
        return [each for each in (self.point, self.lower, self.upper) if each is not None]

    @property
    def has_interval(self) -> bool:
        return self.lower is not None or self.upper is not None

    @property
    def is_empty(self) -> bool:
        return not self.known and not self.open_right


def _extent(result: Result, *, is_ratio: bool) -> _Extent:
    point, lower, upper = (_drawable(each, is_ratio=is_ratio) for each in (result.value, result.lower, result.upper))
    has_lower, has_upper = (
        any(each is not None for each in ends)
        for ends in ((result.lower, result.lower_unreached), (result.upper, result.upper_unreached))
    )
    has_interval = has_lower or has_upper
    return _Extent(
        point,
        lower,
        upper,
        open_left=has_interval and lower is None,
        open_right=(has_interval and upper is None) or (result.value is None and result.unreached is not None),
    )


def _drawable(number: Decimal | None, *, is_ratio: bool) -> float | None:
    """Return a number as a place on an axis; None if it has none."""
    if number is None:
        return None
    value = float(number)
    return value if abs(value) <= _LARGEST and (value >= 1 / _LARGEST or not is_ratio) else None


@dataclass(frozen=True, slots=True)
class _Scale:
    """The scale that places values between the margins."""

    low: float
    high: float
    is_logarithmic: bool

    def place(self, value: float) -> float:
        low, high, at = (
            (math.log10(each) for each in (self.low, self.high, value))
            if self.is_logarithmic
            else (self.low, self.high, value)
        )
        return round(_MARGIN + (WIDTH - 2 * _MARGIN) * (at - low) / (high - low), 1)


def _row(each: Labelled, extent: _Extent, scale: _Scale, top: float) -> ForestRow:
    lines = wrap(each.label, _LETTERS) or [""]
    if len(lines) > _MOST_LINES:
        lines = [*lines[: _MOST_LINES - 1], f"{lines[_MOST_LINES - 1][: _LETTERS - 2]} …"]
    # The number is at the right, in the last line of the words if there is room.
    last = len(lines) if len(lines[-1]) + len(each.number) + 2 <= _LETTERS else len(lines) + 1
    placed = tuple((top + _LINE * (place + 1) - 4, line) for place, line in enumerate(lines))
    y = top + _LINE * last + _BAR / 2
    point, left, right = (
        None if value is None else scale.place(value) for value in (extent.point, extent.lower, extent.upper)
    )
    return ForestRow(
        placed,
        (top + _LINE * last - 4, each.number),
        y,
        point,
        _MARGIN / 2 if extent.open_left else left,
        WIDTH - _MARGIN / 2 if extent.open_right else right,
        extent.open_left,
        extent.open_right,
        each.is_affirmed,
    )


def _linear(low: float, high: float) -> list[float]:
    """Return round numbers at equal distances whose first and last enclose the drawn values."""
    if low == high:
        low, high = low - (abs(low) / 10 or 1), high + (abs(high) / 10 or 1)
    rough = (high - low) / 4
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough)
    return [step * place for place in range(math.floor(low / step), math.ceil(high / step) + 1)]


def _logarithmic(low: float, high: float) -> list[float]:
    """Return 1, 2 and 5 times powers of ten, or fewer of them, that enclose the drawn values."""
    for factors in ((1, 2, 5), (1, 3), (1,)):
        found = list(_enclosing(_steps(low, high, factors), low, high))
        if len(found) <= _MOST_TICKS and len(found) > 1:
            return found
    every = math.ceil(len(found) / _MOST_TICKS)
    return [*found[:-1:every], found[-1]]


def _steps(low: float, high: float, factors: Sequence[int]) -> Iterator[float]:
    for power in range(math.floor(math.log10(low)) - 1, math.ceil(math.log10(high)) + 2):
        yield from (factor * 10.0**power for factor in factors)


def _enclosing(steps: Iterable[float], low: float, high: float) -> Iterator[float]:
    """Yield the steps from the last one not above ``low`` to the first one not below ``high``."""
    ordered = list(steps)
    first = max(step for step in ordered if step <= low * (1 + 1e-9))
    last = min(step for step in ordered if step >= high * (1 - 1e-9))
    if first == last:
        last = next(step for step in ordered if step > last)
    yield from (step for step in ordered if first <= step <= last)
