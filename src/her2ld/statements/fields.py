"""The fields of a statement, a row each: how a curator names it, its property, and what its value is.

Curation reads ``statements.toml`` by these rows, and :mod:`her2ld.dataset.statements` writes and reads statements by
them. A new qualifier is a term of ontology/statements.ttl and a row here.
"""

from dataclasses import dataclass
from enum import Enum

from pyoxigraph import NamedNode

from her2ld.vocabulary import statement_model as model


class Kind(Enum):
    """What the value of a field is."""

    TERM = "a term of the ontology"
    GROUP_OR_TERM = "a group of the paper or a term of the ontology"
    NUMBER = "a whole number"
    YEAR = "a year"
    TEXT = "a text"


class Part(Enum):
    """What a field is a part of: an axis, the setting (which names the statement), or what is told beside it."""

    AXIS = "axis"
    SETTING = "setting"
    TOLD = "told"


@dataclass(frozen=True, slots=True)
class Field:
    """A field: ``name`` in statements.toml, its property, the class of its values if there is one, its words."""

    name: str
    property: NamedNode
    kind: Kind
    part: Part
    words: NamedNode | None = None
    is_list: bool = False
    of_class: NamedNode | None = None


_AXES = (
    Field("certainty", model.CERTAINTY, Kind.TERM, Part.AXIS, model.CERTAINTY_CUE, of_class=model.CERTAINTY_CLASS),
    Field("basis", model.BASIS, Kind.TERM, Part.AXIS, model.BASIS_CUE, of_class=model.BASIS_CLASS),
    Field("attribution", model.ATTRIBUTION, Kind.TERM, Part.AXIS, model.ATTRIBUTION_CUE,
          of_class=model.ATTRIBUTION_CLASS),
    Field("reading", model.READING, Kind.TERM, Part.AXIS, is_list=True, of_class=model.READING_CLASS),
)  # fmt: skip

_SETTING = (
    Field("population", model.POPULATION, Kind.TERM, Part.SETTING, model.POPULATION_WORDS, is_list=True),
    Field("system", model.SYSTEM, Kind.TERM, Part.SETTING, model.SYSTEM_WORDS, is_list=True),
    Field("species", model.SPECIES, Kind.TERM, Part.SETTING, model.SPECIES_WORDS),
    Field("condition", model.CONDITION, Kind.TERM, Part.SETTING, model.CONDITION_WORDS, is_list=True),
    Field("comparator", model.COMPARATOR, Kind.GROUP_OR_TERM, Part.SETTING, model.COMPARATOR_WORDS),
    Field("direction", model.DIRECTION, Kind.TERM, Part.SETTING, model.DIRECTION_WORDS, of_class=model.DIRECTION_CLASS),
    Field("agent", model.AGENT, Kind.TERM, Part.SETTING, model.AGENT_WORDS),
    Field("effect", model.EFFECT, Kind.TERM, Part.SETTING, model.EFFECT_WORDS),
    Field("min_grade", model.MIN_GRADE, Kind.NUMBER, Part.SETTING, model.GRADE_WORDS),
    Field("max_grade", model.MAX_GRADE, Kind.NUMBER, Part.SETTING),
    Field("time", model.TIME, Kind.TERM, Part.SETTING, model.TIME_WORDS),
    Field("group", model.GROUP, Kind.GROUP_OR_TERM, Part.SETTING, model.GROUP_WORDS),
    Field("jurisdiction", model.JURISDICTION, Kind.TERM, Part.SETTING, model.JURISDICTION_WORDS,
          of_class=model.JURISDICTION_CLASS),
    Field("as_of", model.AS_OF, Kind.YEAR, Part.SETTING),
)  # fmt: skip

_TOLD = (
    Field("study", model.STUDY, Kind.TERM, Part.TOLD),
    Field("method", model.METHOD, Kind.TERM, Part.TOLD, model.METHOD_WORDS),
    Field("via", model.VIA, Kind.TERM, Part.TOLD, model.VIA_WORDS, is_list=True),
    Field("ordinal", model.ORDINAL, Kind.NUMBER, Part.TOLD),
    Field("as_of_from", model.YEAR_SOURCE, Kind.TERM, Part.TOLD),
    Field("subject_example_of", model.SUBJECT_EXAMPLE_OF, Kind.TERM, Part.TOLD, model.EXAMPLE_WORDS),
    Field("object_example_of", model.OBJECT_EXAMPLE_OF, Kind.TERM, Part.TOLD, model.EXAMPLE_WORDS),
    Field("note", model.CURATOR_NOTE, Kind.TEXT, Part.TOLD),
)

FIELDS = (*_AXES, *_SETTING, *_TOLD)
SETTING = frozenset(field.property for field in _SETTING)

# Every property that leads from a statement to words, in the order in which they are written.
WORDS = (
    model.CERTAINTY_CUE, model.POLARITY_CUE, model.BASIS_CUE, model.ATTRIBUTION_CUE, model.GAP_CUE,
    model.SUBJECT_WORDS, model.SUBJECT_FROM, model.RELATION_WORDS, model.OBJECT_WORDS, model.OBJECT_FROM,
    *dict.fromkeys(field.words for field in (*_SETTING, *_TOLD) if field.words), model.DOSE_WORDS,
)  # fmt: skip

LINKS = (model.AFFIRMS, model.DENIES, model.FINDS_NO, model.LEAVES_OPEN)
