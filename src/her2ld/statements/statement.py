"""A statement as the program holds it, and the fields that it can have.

A statement is a claim (subject, relation, object) and the paper's stance on it. All its other parts are values of a
property or runs of characters: ``values`` and ``words`` hold them by property, in the order of :data:`FIELDS`. Parts
that a store lacks are None or empty here.

Each field has one row: the curator's name for it, its property, and the kind of its value. Curation reads
``statements.toml`` by these rows, and :mod:`her2ld.dataset.statements` writes and reads statements by them. A new
qualifier is a term of ontology/statements.ttl and a row here.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum

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


class ValueKind(Enum):
    """The kind of a field's value."""

    TERM = "a term of the ontology"
    GROUP_OR_TERM = "a group of the paper or a term of the ontology"
    NUMBER = "a whole number"
    YEAR = "a year"
    TEXT = "a text"


class FieldPart(Enum):
    """The part of a statement to which a field belongs: an axis, the setting (which names it), or a further part."""

    AXIS = "axis"
    SETTING = "setting"
    TOLD = "told"


@dataclass(frozen=True, slots=True)
class StatementField:
    """A field: ``name`` in statements.toml, its property, the class of its values if any, the property of its words."""

    name: str
    property: NamedNode
    kind: ValueKind
    part: FieldPart
    words: NamedNode | None = None
    is_list: bool = False
    of_class: NamedNode | None = None


_TERM, _NUMBER, _TEXT = ValueKind.TERM, ValueKind.NUMBER, ValueKind.TEXT
_AXIS, _IN_SETTING, _BESIDE = FieldPart.AXIS, FieldPart.SETTING, FieldPart.TOLD

_AXES = (
    StatementField("certainty", model.CERTAINTY, _TERM, _AXIS, model.CERTAINTY_CUE, of_class=model.CERTAINTY_CLASS),
    StatementField("basis", model.BASIS, _TERM, _AXIS, model.BASIS_CUE, of_class=model.BASIS_CLASS),
    StatementField(
        "attribution", model.ATTRIBUTION, _TERM, _AXIS, model.ATTRIBUTION_CUE, of_class=model.ATTRIBUTION_CLASS
    ),
    StatementField("reading", model.READING, _TERM, _AXIS, is_list=True, of_class=model.READING_CLASS),
)

_SETTING = (
    StatementField("population", model.POPULATION, _TERM, _IN_SETTING, model.POPULATION_WORDS, is_list=True),
    StatementField("system", model.SYSTEM, _TERM, _IN_SETTING, model.SYSTEM_WORDS, is_list=True),
    StatementField("species", model.SPECIES, _TERM, _IN_SETTING, model.SPECIES_WORDS),
    StatementField("condition", model.CONDITION, _TERM, _IN_SETTING, model.CONDITION_WORDS, is_list=True),
    StatementField("comparator", model.COMPARATOR, ValueKind.GROUP_OR_TERM, _IN_SETTING, model.COMPARATOR_WORDS),
    StatementField(
        "direction", model.DIRECTION, _TERM, _IN_SETTING, model.DIRECTION_WORDS, of_class=model.DIRECTION_CLASS
    ),
    StatementField("agent", model.AGENT, _TERM, _IN_SETTING, model.AGENT_WORDS),
    StatementField("effect", model.EFFECT, _TERM, _IN_SETTING, model.EFFECT_WORDS),
    StatementField("min_grade", model.MIN_GRADE, _NUMBER, _IN_SETTING, model.GRADE_WORDS),
    StatementField("max_grade", model.MAX_GRADE, _NUMBER, _IN_SETTING),
    StatementField("time", model.TIME, _TERM, _IN_SETTING, model.TIME_WORDS),
    StatementField("group", model.GROUP, ValueKind.GROUP_OR_TERM, _IN_SETTING, model.GROUP_WORDS),
    StatementField(
        "jurisdiction",
        model.JURISDICTION,
        _TERM,
        _IN_SETTING,
        model.JURISDICTION_WORDS,
        of_class=model.JURISDICTION_CLASS,
    ),
    StatementField("as_of", model.AS_OF, ValueKind.YEAR, _IN_SETTING),
)

_TOLD = (
    StatementField("study", model.STUDY, _TERM, _BESIDE),
    StatementField("extent", model.EXTENT, _TEXT, _BESIDE, model.EXTENT_WORDS, is_list=True),
    StatementField("method", model.METHOD, _TERM, _BESIDE, model.METHOD_WORDS),
    StatementField("via", model.VIA, _TERM, _BESIDE, model.VIA_WORDS, is_list=True),
    StatementField("ordinal", model.ORDINAL, _NUMBER, _BESIDE),
    StatementField("as_of_from", model.YEAR_SOURCE, _TERM, _BESIDE),
    StatementField("subject_example_of", model.SUBJECT_EXAMPLE_OF, _TERM, _BESIDE, model.EXAMPLE_WORDS),
    StatementField("object_example_of", model.OBJECT_EXAMPLE_OF, _TERM, _BESIDE, model.EXAMPLE_WORDS),
    StatementField("note", model.CURATOR_NOTE, _TEXT, _BESIDE),
)

FIELDS = (*_AXES, *_SETTING, *_TOLD)
SETTING_ORDER = (*(field.property for field in _SETTING), model.DOSE)
SETTING = frozenset(field.property for field in _SETTING)

# Every property that leads from a statement to words, in the order in which they are written.
WORDS = (
    model.CERTAINTY_CUE,
    model.POLARITY_CUE,
    model.BASIS_CUE,
    model.ATTRIBUTION_CUE,
    model.GAP_CUE,
    model.SUBJECT_WORDS,
    model.SUBJECT_FROM,
    model.RELATION_WORDS,
    model.OBJECT_WORDS,
    model.OBJECT_FROM,
    *dict.fromkeys(field.words for field in (*_SETTING, *_TOLD) if field.words),
    model.DOSE_WORDS,
)

LINKS = (model.AFFIRMS, model.DENIES, model.FINDS_NO, model.LEAVES_OPEN)
