"""The data about a node, from a store or from quads in memory; the readers of statements and of records use them."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store, Triple

from her2ld.statements import Span
from her2ld.vocabulary import standard

_OFFSET = re.compile(r"[0-9]{1,9}")
_FRAGMENT = re.compile(r"(?P<text>[^#]+)#char=(?P<start>[0-9]{1,9}),(?P<end>[0-9]{1,9})")

# The properties of a span, and of its selector, that are needed to read it.
SPAN_PROPERTIES = (standard.HAS_SOURCE, standard.HAS_SELECTOR, standard.START, standard.END, standard.EXACT)

Node = NamedNode | BlankNode | Literal | Triple
About = Mapping[NamedNode, Sequence[Node]]


@dataclass(frozen=True, slots=True)
class NodeData:
    """Data by node: ``about`` returns the values of a node by property, and ``instances`` the nodes of a class."""

    about: Callable[[NamedNode], About]
    instances: Callable[[NamedNode], Iterable[NamedNode]]


def data_in(quads: Iterable[Quad]) -> NodeData:
    """Return the data of quads of any graphs; values are in the order of the quads, each once."""
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
    return NodeData(lambda node: about.get(node, nothing), lambda kind: instances.get(kind, {}))


def data_of(store: Store) -> NodeData:
    """Return the data of a store, of any of its graphs; values are sorted, each once."""

    def about(node: NamedNode) -> About:
        values: dict[NamedNode, dict[Node, None]] = {}
        for quad in sorted(store.quads_for_pattern(node, None, None), key=str):
            values.setdefault(quad.predicate, {})[quad.object] = None
        return {predicate: tuple(each) for predicate, each in values.items()}

    def instances(kind: NamedNode) -> Iterable[NamedNode]:
        found = {quad.subject for quad in store.quads_for_pattern(None, standard.TYPE, kind)}
        return (node for node in found if isinstance(node, NamedNode))

    return NodeData(about, instances)


def read_span(iri: NamedNode | None, data: NodeData) -> Span | None:
    """Return a run of characters; None if the data do not give its text and its place.

    A quote is a node with a selector. Other words have their place in their IRI (RFC 5147), and possibly their
    characters; the characters of a number are taken from the text.
    """
    if iri is None:
        return None
    span = data.about(iri)
    source, selector = (_first(span, each) for each in (standard.HAS_SOURCE, standard.HAS_SELECTOR))
    if isinstance(source, NamedNode) and isinstance(selector, NamedNode):
        place = data.about(selector)
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
        whole = _first(data.about(text), standard.VALUE)
        words = Literal(whole.value[start_at:end_at]) if isinstance(whole, Literal) else Literal("")
    return Span(iri, text, start_at, end_at, words.value)


def _first(about: About, property_: NamedNode) -> Node | None:
    return next(iter(about.get(property_, ())), None)
