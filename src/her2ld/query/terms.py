"""What things are called in a store: labels for tables, and terms by their names for parameters."""

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Store

from her2ld.vocabulary import standard


def label(store: Store, thing: NamedNode) -> str:
    """Give the label of a thing, and "" where it has none; of several, the first in the alphabet."""
    return min(_texts(store, thing, standard.LABEL), default="")


def terms_by_name(store: Store) -> dict[str, NamedNode]:
    """Give the terms of the store, which are the things that have a definition, by label and synonym in lower case."""
    names: dict[str, NamedNode] = {}
    for quad in store.quads_for_pattern(None, standard.DEFINITION, None):
        term = quad.subject
        if isinstance(term, NamedNode):
            for predicate in (standard.ALT_LABEL, standard.LABEL):
                names |= {name.casefold(): term for name in _texts(store, term, predicate)}
    return names


def _texts(store: Store, thing: NamedNode, predicate: NamedNode) -> Iterable[str]:
    for quad in store.quads_for_pattern(thing, predicate, None):
        if isinstance(quad.object, Literal):
            yield quad.object.value
