"""Numbers of one claim laid beside each other: where both have intervals and these do not meet, they are different.

That is all that is said of them. Numbers are never merged, and nothing follows from the difference.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from pyoxigraph import Literal, NamedNode

from her2ld.statements.disagreements import differing, digest
from her2ld.statements.model import Result, Statement
from her2ld.statements.plain import Judge, Setting, setting_of_group
from her2ld.statements.voices import ClaimKey, SettingParts, Voice, in_order
from her2ld.vocabulary import statement_model as model

_INFINITE = Decimal("Infinity")


@dataclass(frozen=True, slots=True)
class NumberDifference:
    """Results of one claim whose intervals do not meet, the lower ones first.

    ``digest`` tells the difference from others of the claim, by the numbers and where they hold. ``differs`` are the
    properties of the parts of the settings in which they differ: where it has neither population nor system, they are
    of the same.
    """

    claim: NamedNode
    digest: str
    one_side: tuple[NamedNode, ...]
    other_side: tuple[NamedNode, ...]
    differs: tuple[NamedNode, ...]

    @property
    def same_population(self) -> bool:
        """Whether both sides are of the same populations, or both name none."""
        return model.POPULATION not in self.differs

    @property
    def same_system(self) -> bool:
        """Whether both sides are of the same experimental systems, or both name none."""
        return model.SYSTEM not in self.differs


@dataclass(frozen=True, slots=True)
class _Kind:
    """What two results must have in common to be compared; ``whose`` is None for those of the subject itself."""

    claim: ClaimKey
    measure: NamedNode
    unit: str | None
    interval_kind: NamedNode | None
    whose: NamedNode | Literal | None


@dataclass(frozen=True, slots=True)
class _Interval:
    """An interval, and where it holds."""

    lower: Decimal
    upper: Decimal
    parts: SettingParts

    def __str__(self) -> str:
        # 0.50 and 0.5 are one number, and triple stores keep the second.
        return " ".join((*(str(each.normalize()) for each in (self.lower, self.upper)), *in_order(self.parts)))


Source = tuple[NamedNode, NamedNode]  # a result and its statement
Numbers = dict[_Kind, dict[_Interval, list[Source]]]


def note_numbers(statement: Statement, said: Voice, by: Judge, numbers: Numbers) -> None:
    """Add the results of a statement that have an interval to ``numbers``; ``said`` is what it says of its claim."""
    for result in statement.results:
        lower = _limit(result.lower, result.lower_unreached, -_INFINITE)
        upper = _limit(result.upper, result.upper_unreached, _INFINITE)
        if result.measure is None or lower is None or upper is None:
            continue
        setting: dict[NamedNode, frozenset[NamedNode | Literal]] = dict(said.parts)
        whose, beside = _group(result, setting, said.claim, by)
        kind = _Kind(said.claim, result.measure, result.unit, result.interval_kind, whose)
        for property_, values in beside.items():
            setting[property_] = setting.get(property_, frozenset()) | values
        if result.time is not None:
            setting[model.RESULT_TIME] = frozenset({Literal(result.time)})
        if result.counted is not None:
            setting[model.COUNTED] = frozenset({result.counted})
        interval = _Interval(lower, upper, frozenset(setting.items()))
        numbers.setdefault(kind, {}).setdefault(interval, []).append((result.iri, statement.iri))


def _limit(printed: Decimal | None, unreached: NamedNode | None, beyond: Decimal) -> Decimal | None:
    return beyond if printed is None and unreached else printed


def _group(result: Result, own: Setting, key: ClaimKey, by: Judge) -> tuple[NamedNode | Literal | None, Setting]:
    """Return whose number it is, None where it is that of the subject; and what limits the group."""
    if result.group is None:
        return None, {}
    group = by.groups.get(result.group)
    if group is None:
        return (None if result.group == key[0] else result.group), {}
    found = dict(setting_of_group(group, by))
    whose = next(iter(found.pop(model.GROUP)))
    return (None if whose == key[0] or whose in own.get(model.GROUP, ()) else whose), found


def number_differences(numbers: Numbers, names: Mapping[ClaimKey, NamedNode]) -> tuple[NumberDifference, ...]:
    """Return the pairs whose intervals do not meet, in an order that depends on what is said alone.

    ``names`` are the IRIs of the claims.
    Results of one and the same statement are not compared: their sentence does that.
    """
    return tuple(sorted(_differences(numbers, names), key=lambda each: (each.claim.value, each.digest)))


def _differences(numbers: Numbers, names: Mapping[ClaimKey, NamedNode]) -> Iterator[NumberDifference]:
    for kind, intervals in numbers.items():
        ordered = sorted(intervals, key=lambda each: each.lower)
        lowers = [each.lower for each in ordered]
        for one in ordered:
            for other in ordered[bisect_right(lowers, one.upper) :]:
                sources = intervals[one], intervals[other]
                if len({statement for side in sources for _, statement in side}) == 1:
                    continue
                lower, upper = (tuple(sorted({result for result, _ in side}, key=str)) for side in sources)
                said = (kind.measure, kind.unit, kind.interval_kind, kind.whose, one, other)
                yield NumberDifference(
                    names[kind.claim],
                    digest(*map(str, said)),
                    lower,
                    upper,
                    differing(dict(one.parts), dict(other.parts)),
                )
