"""The fields of a statement, one row each: the curator's name for it, its property, and the kind of its value.

Curation reads ``statements.toml`` by these rows, and :mod:`her2ld.dataset.statements` writes and reads statements by
them. A new qualifier is a term of ontology/statements.ttl and a row here.
"""

from dataclasses import dataclass
from enum import Enum

from pyoxigraph import NamedNode

from her2ld.vocabulary import statement_model as model


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
