"""Individuals as classes: what OBO users expect of agents and proteins, and all that most readers of OBO format know.

Of classes, relations are said as ``relationship`` says them: each member of the one has the relation to some member of
the other.
"""

import hashlib
from collections.abc import Iterator, Sequence

from pyoxigraph import BlankNode, NamedNode, Triple

from her2ld.vocabulary import standard

_VALUES = {standard.OWL_OBJECT_PROPERTY: standard.SOME_VALUES_FROM, standard.OWL_DATATYPE_PROPERTY: standard.HAS_VALUE}


def individuals_as_classes(triples: Sequence[Triple]) -> tuple[Triple, ...]:
    """Return the triples of an ontology in which each individual is a class below the classes that it was of.

    What relates it to another becomes a restriction: with some value where that is an individual, too, with the very
    value where it is a literal. A definition by an individual (``owl:hasValue``) is one by some member of its class.
    """
    kinds = {kind: {each.subject for each in triples if each.object == kind} for kind in _VALUES}
    individuals = {each.subject for each in triples if each.object == standard.OWL_INDIVIDUAL}
    found: dict[Triple, None] = {}
    for triple in triples:
        subject, predicate, value = triple.subject, triple.predicate, triple.object
        if predicate == standard.HAS_VALUE and value in individuals:
            found[Triple(subject, standard.SOME_VALUES_FROM, value)] = None
        elif subject not in individuals:
            found[triple] = None
        elif predicate == standard.TYPE:
            is_declared = value == standard.OWL_INDIVIDUAL
            link = (standard.TYPE, standard.OWL_CLASS) if is_declared else (standard.SUBCLASS_OF, value)
            found[Triple(subject, *link)] = None
        elif kind := next((kind for kind, names in kinds.items() if predicate in names), None):
            found.update(dict.fromkeys(_restricted(triple, _VALUES[kind])))
        else:
            found[triple] = None
    return tuple(found)


def _restricted(triple: Triple, values: NamedNode) -> Iterator[Triple]:
    """Yield a class below a restriction, under a name that is the same in each run."""
    restriction = BlankNode("r" + hashlib.sha256(str(triple).encode()).hexdigest()[:12])
    yield Triple(triple.subject, standard.SUBCLASS_OF, restriction)
    yield Triple(restriction, standard.TYPE, standard.RESTRICTION)
    yield Triple(restriction, standard.ON_PROPERTY, triple.predicate)
    yield Triple(restriction, values, triple.object)
