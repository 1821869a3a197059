"""What things are called in a store: labels for tables, and terms by their names for parameters."""

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Store

from her2ld.vocabulary import standard


def label(store: Store, thing: NamedNode) -> str:
    """Give the label of a thing, and "" where it has none; of several, the first in the alphabet."""
    return min(_texts(store, thing, standard.LABEL), default="")


def terms_by_name(store: Store) -> dict[str, NamedNode]:
    """Give what the store names, by label and synonym in lower case; what has a definition comes first."""
    names: dict[str, NamedNode] = {}
    for predicate in (standard.LABEL, standard.DEFINITION):
        for quad in store.quads_for_pattern(None, predicate, None):
            term = quad.subject
            if isinstance(term, NamedNode):
                for naming in (standard.ALT_LABEL, standard.LABEL):
                    names |= {name.casefold(): term for name in _texts(store, term, naming)}
    return names


def _texts(store: Store, thing: NamedNode, predicate: NamedNode) -> Iterable[str]:
    for quad in store.quads_for_pattern(thing, predicate, None):
        if isinstance(quad.object, Literal):
            yield quad.object.value
