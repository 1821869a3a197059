"""A statement as the program holds it, whether written by a curator or read from a store.

A statement is a claim (subject, relation, object) and the paper's stance on it. All its other parts are values of a
property or runs of characters: ``values`` and ``words`` hold them by property, in the order of
:mod:`her2ld.statements.fields`. Parts that a store lacks are None or empty here.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from pyoxigraph import Literal, NamedNode

from her2ld.pubmed import Place, Record
from her2ld.vocabulary import statement_model as model

Value = NamedNode | Literal


@dataclass(frozen=True, slots=True)
class Span:
    """A run of characters: its IRI, the IRI of its text, offsets in code points (end exclusive), the characters."""

    iri: NamedNode
    text: NamedNode
    start: int
    end: int
    exact: str


@dataclass(frozen=True, slots=True)
class Claim:
    """The claim that statements affirm, deny or do not find: subject, relation and object, no more."""

    iri: NamedNode
    subject: NamedNode | None
    relation: NamedNode | None
    object: NamedNode | None


@dataclass(frozen=True, slots=True)
class Result:
    """A number that a statement gives, and the places of its digits (``printed_at``).

    ``measure`` is the kind of number (a hazard ratio, a proportion), ``group`` the group to which it belongs. ``unit``
    is a UCUM code. ``deviation`` is a standard deviation or error, as ``interval_kind`` says. ``p_value`` has its
    operator; ``significance`` is given if the paper says "significantly" and prints no number.
    """

    iri: NamedNode
    measure: NamedNode | None = None
    group: NamedNode | None = None
    value: Decimal | None = None
    operator: str | None = None
    unreached: NamedNode | None = None
    lower: Decimal | None = None
    lower_unreached: NamedNode | None = None
    upper: Decimal | None = None
    upper_unreached: NamedNode | None = None
    deviation: Decimal | None = None
    interval_kind: NamedNode | None = None
    level: Decimal | None = None
    unit: str | None = None
    count: int | None = None
    out_of: int | None = None
    counted: NamedNode | None = None
    p_value: Decimal | None = None
    p_operator: str | None = None
    significance: NamedNode | None = None
    time: str | None = None
    printed_at: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Dose:
    """The dose of an agent: ``unit`` is a UCUM code, ``schedule`` the words of the paper."""

    iri: NamedNode
    agent: NamedNode | None = None
    value: Decimal | None = None
    lower: Decimal | None = None
    upper: Decimal | None = None
    unit: str | None = None
    schedule: str | None = None
    printed_at: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Study:
    """A study that a paper reports: described once for each paper; statements point to it."""

    iri: NamedNode
    called: str | None = None
    designs: tuple[NamedNode, ...] = ()
    registry_numbers: tuple[str, ...] = ()
    populations: tuple[NamedNode, ...] = ()
    size: int | None = None
    evidence: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """A group of a study: an arm, a cohort, or a subgroup ``within`` another."""

    iri: NamedNode
    called: str | None = None
    of_study: NamedNode | None = None
    within: NamedNode | None = None
    regimen: NamedNode | None = None
    populations: tuple[NamedNode, ...] = ()
    conditions: tuple[NamedNode, ...] = ()
    size: int | None = None
    evidence: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of a paper, with its quoted characters; a knowledge gap has a ``link`` that leaves the claim open.

    ``link`` is the property from the statement to its claim: it affirms, denies, finds no such thing, or leaves open.
    The first span of ``evidence`` is the claim's quote, one run of characters within one sentence; others only add.
    A gap that leaves no claim open is ``about`` terms, and ``unknown`` are the words for the unknown thing.
    """

    iri: NamedNode
    label: str
    link: NamedNode | None
    claim: Claim | None
    evidence: tuple[Span, ...]
    values: tuple[tuple[NamedNode, Value], ...] = ()
    words: tuple[tuple[NamedNode, Span], ...] = ()
    results: tuple[Result, ...] = ()
    doses: tuple[Dose, ...] = ()
    about: tuple[NamedNode, ...] = ()
    unknown: Span | None = None
    evidence_types: tuple[NamedNode, ...] = ()
    paper: NamedNode | None = None

    @property
    def is_gap(self) -> bool:
        """Whether it is a knowledge gap."""
        return self.link == model.LEAVES_OPEN or bool(self.about)

    def all(self, property_: NamedNode) -> tuple[Value, ...]:
        """Return the values of a property, in order."""
        return tuple([value for each, value in self.values if each == property_])

    def one(self, property_: NamedNode) -> NamedNode | None:
        """Return the first value of a property that is an IRI; None if there is none."""
        for each, value in self.values:
            if each == property_ and isinstance(value, NamedNode):
                return value
        return None

    def spans(self, *properties: NamedNode) -> tuple[Span, ...]:
        """Return the runs of characters of those properties, in order."""
        return tuple(span for each, span in self.words if each in properties)

    def quoted(self) -> Iterator[Span]:
        """Yield every span that is a quote of its own."""
        yield from self.evidence
        if self.unknown:
            yield self.unknown


@dataclass(frozen=True, slots=True)
class Silence:
    """Words that were read and claim nothing, with the reason."""

    evidence: Span
    reason: str


@dataclass(frozen=True, slots=True)
class Curation:
    """One curated paper: the record, the curator, the date, and all statements read in it.

    ``notes`` are points for the curator to check that are no mistakes: a hedge elsewhere in the sentence, an end of an
    unusual kind for the relation. ``places`` has the place of each statement in ``statements.toml``, and ``seen`` the
    characters of the record that the statements need.
    """

    record: Record
    curator: str
    orcid: str | None
    date: dt.date
    statements: tuple[Statement, ...]
    studies: tuple[Study, ...]
    groups: tuple[Group, ...]
    silences: tuple[Silence, ...]
    notes: tuple[str, ...] = ()
    places: Mapping[NamedNode, str] = field(default_factory=dict, compare=False)
    seen: tuple[Place, ...] = field(default=(), compare=False)

    @property
    def gaps(self) -> tuple[Statement, ...]:
        """The knowledge gaps among the statements."""
        return tuple(each for each in self.statements if each.is_gap)

    @property
    def claims(self) -> tuple[Statement, ...]:
        """The statements that are not gaps."""
        return tuple(each for each in self.statements if not each.is_gap)
