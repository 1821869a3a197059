"""What data say of a node, from a store or from quads in memory; readers of statements and of records build on it."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store, Triple

from her2ld.statements import Span
from her2ld.vocabulary import standard

_OFFSET = re.compile(r"[0-9]{1,9}")
_FRAGMENT = re.compile(r"(?P<text>[^#]+)#char=(?P<start>[0-9]{1,9}),(?P<end>[0-9]{1,9})")

# What a span needs, itself and by its selector, to be read.
SPAN_PROPERTIES = (standard.HAS_SOURCE, standard.HAS_SELECTOR, standard.START, standard.END, standard.EXACT)

Node = NamedNode | BlankNode | Literal | Triple
About = Mapping[NamedNode, Sequence[Node]]


@dataclass(frozen=True, slots=True)
class Said:
    """What data say: ``about`` a node, by property, and which nodes are ``instances`` of a class."""

    about: Callable[[NamedNode], About]
    instances: Callable[[NamedNode], Iterable[NamedNode]]


def said_in(quads: Iterable[Quad]) -> Said:
    """Return what quads say, whatever their graphs; values are in the order in which they come, each once."""
    values: defaultdict[object, defaultdict[NamedNode, dict[Node, None]]] = defaultdict(lambda: defaultdict(dict))
    instances: defaultdict[object, dict[NamedNode, None]] = defaultdict(dict)
    for subject, predicate, value, _ in quads:
        values[subject][predicate][value] = None
        if predicate == standard.TYPE and isinstance(subject, NamedNode):
            instances[value][subject] = None
    about = {
        node: {predicate: tuple(each) for predicate, each in properties.items()} for node, properties in values.items()
    }
    nothing: About = {}
    return Said(lambda node: about.get(node, nothing), lambda kind: instances.get(kind, {}))


def said_by(store: Store) -> Said:
    """Return what a store says, whatever its graphs; values are sorted, each once."""

    def about(node: NamedNode) -> About:
        values: dict[NamedNode, dict[Node, None]] = {}
        for quad in sorted(store.quads_for_pattern(node, None, None), key=str):
            values.setdefault(quad.predicate, {})[quad.object] = None
        return {predicate: tuple(each) for predicate, each in values.items()}

    def instances(kind: NamedNode) -> Iterable[NamedNode]:
        found = {quad.subject for quad in store.quads_for_pattern(None, standard.TYPE, kind)}
        return (node for node in found if isinstance(node, NamedNode))

    return Said(about, instances)


def read_span(iri: NamedNode | None, said: Said) -> Span | None:
    """Return a run of characters; None where the data do not say which characters of which text it is.

    A quote is a node with a selector. Other words have their place in their IRI (RFC 5147) and perhaps their
    characters; those of a number are taken from the text.
    """
    if iri is None:
        return None
    span = said.about(iri)
    source, selector = (_first(span, each) for each in (standard.HAS_SOURCE, standard.HAS_SELECTOR))
    if isinstance(source, NamedNode) and isinstance(selector, NamedNode):
        place = said.about(selector)
        start, end, exact = (_first(place, each) for each in (standard.START, standard.END, standard.EXACT))
        if not (isinstance(start, Literal) and isinstance(end, Literal)):
            return None
        if not (_OFFSET.fullmatch(start.value) and _OFFSET.fullmatch(end.value)):
            return None
        characters = exact.value if isinstance(exact, Literal) else ""
        return Span(iri, source, int(start.value), int(end.value), characters)
    match = _FRAGMENT.fullmatch(iri.value)
    if match is None:
        return None
    text, start_at, end_at = NamedNode(match["text"]), int(match["start"]), int(match["end"])
    words = _first(span, standard.EXACT)
    if not isinstance(words, Literal):
        whole = _first(said.about(text), standard.VALUE)
        words = Literal(whole.value[start_at:end_at]) if isinstance(whole, Literal) else Literal("")
    return Span(iri, text, start_at, end_at, words.value)


def _first(about: About, property_: NamedNode) -> Node | None:
    return next(iter(about.get(property_, ())), None)
