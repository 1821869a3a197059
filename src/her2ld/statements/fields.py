"""The qualifiers of a statement, a row each: how a curator writes it, which property it is, and what its value is.

A new qualifier is a property of the ontology, its name in :mod:`her2ld.vocabulary.model`, and a row here: the form of
``statements.toml``, the check of its value, the quads, and what reads them follow from the row.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto

from pyoxigraph import Literal, NamedNode

from her2ld.vocabulary import model, standard

Qualifier = tuple[NamedNode, NamedNode | Literal]


class ValueKind(Enum):
    """What the value of a qualifier is: for VALUE and ENTITY a term, by its label; for the others a number.

    A VALUE is of the classes that the ontology says the property leads to, an ENTITY is any entity or class; a PLACE is
    counted from 1; a FRACTION is of a whole, from 0 to 1.
    """

    VALUE = auto()
    ENTITY = auto()
    YEAR = auto()
    PLACE = auto()
    FRACTION = auto()


@dataclass(frozen=True, slots=True)
class QualifierField:
    """One qualifier: its name in ``statements.toml``, within ``table`` if it is part of one, property and kind.

    ``adds`` says that it adds to a statement and takes nothing from it; any other is understood to limit it.
    """

    name: str
    property: NamedNode
    kind: ValueKind
    table: str | None = None
    adds: bool = False


# In the order in which a statement has them: its IRI depends on it.
FIELDS = (
    QualifierField("condition", model.CONDITION, ValueKind.VALUE),
    QualifierField("population", model.POPULATION, ValueKind.VALUE),
    QualifierField("jurisdiction", model.JURISDICTION, ValueKind.VALUE),
    QualifierField("subject_exemplar_of", model.SUBJECT_EXEMPLAR_OF, ValueKind.ENTITY, adds=True),
    QualifierField("object_exemplar_of", model.OBJECT_EXEMPLAR_OF, ValueKind.ENTITY, adds=True),
    QualifierField("as_of", model.AS_OF, ValueKind.YEAR),
    QualifierField("ordinal", model.ORDINAL, ValueKind.PLACE, adds=True),
    QualifierField("lower", model.LOWER_BOUND, ValueKind.FRACTION, table="interval"),
    QualifierField("upper", model.UPPER_BOUND, ValueKind.FRACTION, table="interval"),
    QualifierField("of", model.DENOMINATOR, ValueKind.VALUE, table="interval"),
)
# The tables whose fields come together, each as it is written.
TABLES = {"interval": '{ lower = 0.10, upper = 0.40, of = "…" }'}

_ORDER = {field.property: place for place, field in enumerate(FIELDS)}
_ADDING = frozenset(field.property for field in FIELDS if field.adds)


def field_of(property_: NamedNode) -> QualifierField | None:
    """Return the row of a property; None for a property that is no qualifier."""
    place = _ORDER.get(property_)
    return None if place is None else FIELDS[place]


def in_order(qualifiers: tuple[Qualifier, ...]) -> tuple[Qualifier, ...]:
    """Return qualifiers in the order of the rows, those of no row last."""
    return tuple(sorted(qualifiers, key=lambda each: _ORDER.get(each[0], len(FIELDS))))


def adds(property_: NamedNode) -> bool:
    """Return whether a qualifier takes nothing from what is said; one of no row may."""
    return property_ in _ADDING


def year(value: int) -> Literal:
    """Return a year as RDF has it, in four digits."""
    return Literal(f"{value:04}", datatype=standard.XSD_YEAR)


def decimal(value: Decimal) -> Literal:
    """Return a decimal in its canonical form (XML Schema 1.1 part 2, E.1), which triple stores keep as it is.

    >>> decimal(Decimal("0.10"))
    <Literal value=0.1 datatype=<NamedNode value=http://www.w3.org/2001/XMLSchema#decimal>>
    """
    digits = f"{value:f}"
    return Literal(digits.rstrip("0").rstrip(".") if "." in digits else digits, datatype=standard.XSD_DECIMAL)
