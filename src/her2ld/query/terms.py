"""What things are called in a store: labels for tables, and terms by their names for parameters."""

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Store

from her2ld.vocabulary import model, standard


def label(store: Store, thing: NamedNode) -> str:
    """Return the label of a thing, and "" where it has none; of several, the first in the alphabet."""
    return min(_texts(store, thing, standard.LABEL), default="")


def terms_by_name(store: Store) -> dict[str, NamedNode]:
    """Return what the store names, by label and synonym in lower case.

    Of things of one name, what has a definition comes first, and before it what is ours.
    """
    names: dict[str, NamedNode] = {}
    for predicate, namespace in ((standard.LABEL, ""), (standard.DEFINITION, ""), (standard.DEFINITION, model.HER2LD)):
        for quad in store.quads_for_pattern(None, predicate, None):
            term = quad.subject
            if isinstance(term, NamedNode) and term.value.startswith(namespace):
                for naming in (standard.ALT_LABEL, standard.LABEL):
                    names |= {name.casefold(): term for name in _texts(store, term, naming)}
    return names


def holds(store: Store, iri: NamedNode) -> bool:
    """Tell whether something is said of an IRI, or it is said of something."""
    said = store.quads_for_pattern(iri, None, None), store.quads_for_pattern(None, None, iri)
    return any(next(quads, None) for quads in said)


def mappings_to(store: Store, identifier: NamedNode) -> list[tuple[NamedNode, NamedNode]]:
    """Return the terms that are mapped to an identifier, each with the relation; the closest relation comes first.

    What is itself an identifier of another vocabulary is no term: two vocabularies may be mapped to each other.
    """
    from her2ld.vocabulary.spellings import owner_iri  # it imports what few questions need

    return [
        (term, relation)
        for relation in standard.MAPPING_RELATIONS
        for term in sorted({quad.subject for quad in store.quads_for_pattern(None, relation, identifier)}, key=str)
        if isinstance(term, NamedNode)
        if term.value.startswith(model.HER2LD) or owner_iri(term.value) is None
    ]


def _texts(store: Store, thing: NamedNode, predicate: NamedNode) -> Iterable[str]:
    for quad in store.quads_for_pattern(thing, predicate, None):
        if isinstance(quad.object, Literal):
            yield quad.object.value
