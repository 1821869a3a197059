"""The comparison of papers: the status of each claim, the papers for it and against it, and all of this in words.

The words are the same for a terminal and for a page. The caller supplies labels, years and the names of groups: neither
the ontology nor a store is known here.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from pyoxigraph import Literal, NamedNode

from her2ld.statements.disagreements import (
    Disagreement,
    NumberDifference,
    Numbers,
    disagreements,
    note_numbers,
    number_differences,
)
from her2ld.statements.plain import (
    ClaimKey,
    Judge,
    Licence,
    Polarity,
    Setting,
    Voice,
    claim_key,
    compared_setting,
    licence,
    polarity,
    setting_of_group,
    stands,
    voice_of,
)
from her2ld.statements.statement import FIELDS, SETTING_ORDER, Claim, Result, Statement
from her2ld.texts import counted
from her2ld.vocabulary import statement_model as model


class Status(Enum):
    """The status of a claim in all papers; the value is its IRI."""

    AFFIRMED = model.AFFIRMED_CLAIM
    HEDGED = model.HEDGED_CLAIM
    LIMITED = model.LIMITED_CLAIM
    DISPUTED = model.DISPUTED_CLAIM
    DENIED = model.DENIED_CLAIM
    NOT_FOUND = model.CLAIM_NOT_FOUND
    OPEN = model.OPEN_CLAIM
    RETRACTED = model.RETRACTED_CLAIM


@dataclass(frozen=True, slots=True)
class Compared:
    """The comparison of statements; ``statuses`` has the status of each complete claim, by IRI."""

    statuses: Mapping[NamedNode, Status]
    disagreements: tuple[Disagreement, ...]
    number_differences: tuple[NumberDifference, ...]

    @property
    def disputed(self) -> frozenset[NamedNode]:
        """The affirmations that other statements dispute."""
        return frozenset(each for disagreement in self.disagreements for each in disagreement.disputed)


def compare(statements: Iterable[Statement], by: Judge) -> Compared:
    """Return the comparison of statements, in any order; each is read once and not kept."""
    voices: dict[ClaimKey, dict[Voice, dict[NamedNode, None]]] = {}
    claims: dict[NamedNode, ClaimKey] = {}
    numbers: Numbers = {}
    lost: set[ClaimKey] = set()
    for each in statements:
        key = claim_key(each.claim, by.steering)
        if key is None or each.claim is None:
            continue
        claims[each.claim.iri] = key
        voice = voice_of(each, key, by)
        if voice:
            voices.setdefault(key, {}).setdefault(voice, {})[each.iri] = None
            note_numbers(each, voice, by, numbers)
        elif polarity(each) and not stands(each, by.steering):
            lost.add(key)
    names = {claims[each]: each for each in sorted(claims, key=str, reverse=True)}
    found = disagreements(voices, names, by.steering)
    disputed = frozenset(each for disagreement in found for each in disagreement.disputed)
    opposed = disputed.union(each for disagreement in found for each in disagreement.limited)
    statuses = {
        key: _status(voices[key], disputed, opposed, by)
        if key in voices
        else Status.RETRACTED
        if key in lost
        else Status.OPEN
        for key in claims.values()
    }
    return Compared(
        {claim: statuses[claims[claim]] for claim in sorted(claims, key=str)}, found, number_differences(numbers, names)
    )


def _status(
    group: Mapping[Voice, Iterable[NamedNode]], disputed: frozenset[NamedNode], opposed: frozenset[NamedNode], by: Judge
) -> Status:
    """Return the status of a claim by its statements.

    It is disputed only if every affirmation of it is: one more paper that affirms it in another setting never weakens
    it. All statements of a voice have the same opponents.
    """
    affirming = {voice: next(iter(nodes)) for voice, nodes in group.items() if voice.affirms}
    if affirming:
        standing = [voice for voice, node in affirming.items() if node not in disputed]
        if not standing:
            return Status.DISPUTED
        if not opposed.isdisjoint(affirming.values()):
            return Status.LIMITED
        is_sure = any(voice.rank == by.steering.highest_rank for voice in standing)
        return Status.AFFIRMED if is_sure else Status.HEDGED
    polarities = {voice.polarity for voice in group}
    if Polarity.DENIED in polarities:
        return Status.DENIED
    return Status.NOT_FOUND if Polarity.NOT_FOUND in polarities else Status.OPEN


def licences(
    statements: Sequence[Statement], by: Judge, comparison: Compared | None = None
) -> Iterator[tuple[Statement, Licence]]:
    """Yield every statement with its licence in view of the others; disputed statements license nothing.

    ``comparison`` is that of the statements, if there is one already.
    """
    disputed = (comparison or compare(statements, by)).disputed
    for each in statements:
        yield each, Licence.NONE if each.iri in disputed else licence(each, by)


class Stance(Enum):
    """The stance of a statement on its claim; an affirmation with a hedge or about one patient hedges the claim."""

    AFFIRMS = "affirmed"
    HEDGES = "hedged"
    DENIES = "denied"
    FINDS_NO = "not found"
    LEAVES_OPEN = "left open"
    ASKS = "asked"
    RETRACTED = "retracted"


@dataclass(frozen=True, slots=True)
class Support:
    """A claim, its status, and its statements by stance, in their original order."""

    claim: Claim
    status: Status
    statements: Mapping[Stance, tuple[Statement, ...]]

    def papers(self, *stances: Stance) -> tuple[NamedNode, ...]:
        """Return the papers that take one of the stances, sorted, each once."""
        found = {each.paper for stance in stances for each in self.statements.get(stance, ()) if each.paper}
        return tuple(sorted(found, key=str))

    def __iter__(self) -> Iterator[tuple[Stance, Statement]]:
        """Yield each statement with its stance."""
        return ((stance, each) for stance, statements in self.statements.items() for each in statements)


def supports(
    statements: Iterable[Statement], comparison: Compared, by: Judge, name: Callable[[Claim], str]
) -> tuple[Support, ...]:
    """Return the support of every complete claim, those that most papers affirm first.

    Claims with equal support are sorted by their ``name``.
    """
    claims: dict[NamedNode, Claim] = {}
    by_claim: dict[NamedNode, dict[Stance, list[Statement]]] = defaultdict(lambda: defaultdict(list))
    for each in statements:
        if each.claim and each.claim.iri in comparison.statuses and each.link:
            claims.setdefault(each.claim.iri, each.claim)
            by_claim[each.claim.iri][stance(each, by)].append(each)
    found = (
        Support(
            claim,
            comparison.statuses[iri],
            {each: tuple(by_claim[iri][each]) for each in Stance if each in by_claim[iri]},
        )
        for iri, claim in claims.items()
    )
    return tuple(sorted(found, key=lambda each: (*_weight(each), name(each.claim), each.claim.iri.value)))


def _weight(support: Support) -> tuple[int, int, int]:
    affirming, hedging, against = (
        len(support.papers(*each)) for each in ((Stance.AFFIRMS,), (Stance.HEDGES,), (Stance.DENIES, Stance.FINDS_NO))
    )
    return -affirming, -hedging, -against


def stance(statement: Statement, by: Judge) -> Stance:
    """Return the stance of a statement on its claim; statements outside the comparison ask or leave open."""
    if not stands(statement, by.steering):
        return Stance.RETRACTED
    key = claim_key(statement.claim, by.steering)
    voice = voice_of(statement, key, by) if key else None
    if voice is None:
        return Stance.LEAVES_OPEN if statement.is_gap else Stance.ASKS
    if voice.affirms:
        return Stance.AFFIRMS if voice.rank == by.steering.highest_rank else Stance.HEDGES
    return Stance.DENIES if voice.polarity is Polarity.DENIED else Stance.FINDS_NO


def is_about(claim: Claim, term: NamedNode, by: Judge) -> bool:
    """Tell whether a claim is about a term: its relation, or an end that is the term, a kind or a regimen of it."""
    return claim.relation == term or _is_among(term, (claim.subject, claim.object), by)


def is_given_with(statement: Statement, term: NamedNode, by: Judge) -> bool:
    """Tell whether a term is given in a setting: the agent or the group's regimen is or contains the term."""
    group = by.groups.get(statement.one(model.GROUP) or statement.iri)
    given = [*statement.all(model.AGENT), *(setting_of_group(group, by).get(model.GROUP, ()) if group else ())]
    return _is_among(term, given, by)


def _is_among(term: NamedNode, values: Iterable[object], by: Judge) -> bool:
    """Tell whether a term is one of the values, is above one, or above a component of one."""
    named = [each for each in values if isinstance(each, NamedNode)]
    within = [part for each in named for part in (each, *by.steering.components.get(each, ()))]
    return any(by.steering.is_same_or_above(term, each) for each in within)


def patients(statement: Statement, by: Judge) -> int | None:
    """Return the number of patients of a statement: the size of its group, or without a group that of its study.

    A group is only a part of its study, so it never takes the size of the study. Without a size, the number is the
    largest total of the results that belong to the group, or to no group.
    """
    group = statement.one(model.GROUP)
    of = by.groups.get(group) if group else by.studies.get(statement.one(model.STUDY) or statement.iri)
    if of and of.size is not None:
        return of.size
    totals = (each.out_of for each in statement.results if each.group in (None, group))
    return max((each for each in totals if each), default=None)


_PART_NAMES = {field.property: field.name.replace("_", " ") for field in FIELDS} | {
    model.DOSE: "dose", model.RESULT_TIME: "time of the result", model.COUNTED: "what is counted",
}  # fmt: skip
_DONE = {
    Stance.AFFIRMS: "affirmed by", Stance.HEDGES: "hedged by", Stance.DENIES: "denied by",
    Stance.FINDS_NO: "not found by", Stance.LEAVES_OPEN: "left open by", Stance.ASKS: "asked by",
    Stance.RETRACTED: "retracted in",
}  # fmt: skip
Year = Callable[[NamedNode], str]


def claim_words(claim: Claim | None, label: Callable[[NamedNode], str]) -> str:
    """Return a claim in words: the labels of its parts."""
    parts = (claim.subject, claim.relation, claim.object) if claim else ()
    return " ".join(label(each) for each in parts if each)


def support_words(support: Support, year: Year, by: Judge) -> list[str]:
    """Return how many papers affirm, hedge, deny a claim and so on, as one text for each stance that occurs."""
    return [f"{_DONE[stance]} {_papers(support, stance, year, by)}" for stance in support.statements]


def _papers(support: Support, of: Stance, year: Year, by: Judge) -> str:
    papers = support.papers(of)
    found = sizes(support.statements[of], by)
    beside = [", ".join(years(papers, year)), f"n = {', '.join(map(str, found))}" if found else ""]
    told = "; ".join(filter(None, beside))
    return counted(len(papers), "paper") + (f" ({told})" if told else "")


def years(papers: Iterable[NamedNode], year: Year) -> list[str]:
    """Return the years of papers, sorted, each once."""
    return sorted({found for each in papers if (found := year(each))})


def sizes(statements: Iterable[Statement], by: Judge) -> list[int]:
    """Return the numbers of patients of statements, each once: they are never added up."""
    return sorted({size for each in statements if (size := patients(each, by)) is not None})


def opposing(statements: Iterable[Statement], comparison: Compared) -> list[Disagreement]:
    """Return the disagreements that dispute or limit one of the statements."""
    own = {each.iri for each in statements}
    return [each for each in comparison.disagreements if not own.isdisjoint((*each.disputed, *each.limited))]


def disagreement_words(
    disagreement: Disagreement, statements: Iterable[Statement], label: Callable[[NamedNode], str]
) -> str:
    """Return the effect of a disagreement on statements, its reason, and the differences between the settings."""
    effect = "limits" if {each.iri for each in statements}.isdisjoint(disagreement.disputed) else "disputes"
    return f"{effect}: {label(disagreement.why.value)}; {differ_words(disagreement.differs)}"


def differ_words(parts: Sequence[NamedNode]) -> str:
    """Return the differences between two settings in words."""
    return f"they differ in {', '.join(part_names(parts))}" if parts else "the same setting"


def part_names(parts: Iterable[NamedNode]) -> list[str]:
    """Return the names of parts of a setting."""
    return [_PART_NAMES.get(part, part.value) for part in parts]


def difference_words(difference: NumberDifference) -> str:
    """Return in words whether differing numbers share population and system, and their other differences."""
    population, system = (
        "the same" if same else "another" for same in (difference.same_population, difference.same_system)
    )
    return f"of {population} population and {system} system; {differ_words(difference.differs)}"


def number_words(result: Result) -> str:
    """Return a number with its interval in words; open ends are named."""
    unit = f" {result.unit}" if result.unit else ""
    lower, upper = (("open" if each is None else f"{each:f}") for each in (result.lower, result.upper))
    value = "" if result.value is None else f"{result.value:f}{unit} "
    count = f", {result.count} of {result.out_of}" if result.count is not None and result.out_of is not None else ""
    return f"{value}({lower} to {upper}{'' if value else unit}){count}"


def statement_setting(statement: Statement, by: Judge) -> Setting:
    """Return the setting of a statement as it is compared; nothing for a claim that lacks a part."""
    key = claim_key(statement.claim, by.steering)
    return compared_setting(statement, key, by) if key else {}


def number_setting(statement: Statement, result: Result, by: Judge) -> Setting:
    """Return the setting of a number: that of its statement, with its group and its time."""
    parts = dict(statement_setting(statement, by))
    group = by.groups.get(result.group) if result.group else None
    if group:
        parts |= {each: values for each, values in setting_of_group(group, by).items() if values}
    if result.time:
        parts[model.RESULT_TIME] = frozenset({Literal(result.time)})
    return parts


def named_parts(
    setting: Setting, name: Callable[[NamedNode | Literal], str]
) -> Iterator[tuple[str, list[NamedNode | Literal]]]:
    """Yield the names of the parts of a setting, each with its values, sorted by their ``name``."""
    for each in (*SETTING_ORDER, model.RESULT_TIME):
        if each in setting:
            yield _PART_NAMES[each], sorted(setting[each], key=lambda value: (name(value), str(value)))


def setting_words(setting: Setting, name: Callable[[NamedNode | Literal], str]) -> str:
    """Return a setting in words."""
    return "; ".join(f"{part} {', '.join(map(name, values))}" for part, values in named_parts(setting, name))
