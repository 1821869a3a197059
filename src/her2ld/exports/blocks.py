"""The stream of quads for the writers of formats: checked, and split into blocks of one subject.

RDF/XML cannot contain some characters, even escaped, and a property must be the name of an XML element. RDF/XML and
JSON-LD, as readers know them, have no triple terms. Quads that a format cannot express are refused and never changed.

The writers of Turtle, TriG and JSON-LD write block by block, so that only one block is in memory at a time. A block is
a subject with all blank nodes below it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple, TypeVar

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from her2ld.errors import ExportError, Problem
from her2ld.rdf.syntaxes import JSON_LD, NEVER_IN_XML, RDF_XML, RdfSyntax
from her2ld.vocabulary import standard

Stated = TypeVar("Stated", Quad, Triple)
_NEVER_IN_XML = re.compile(NEVER_IN_XML)
_NAME_OF_ELEMENT = re.compile(r"[^\W\d][\w.\u00b7-]*\Z")
_MOST_TOLD = 20
OTHER_FORMAT = "choose Turtle, TriG, N-Triples or N-Quads, which can express it"


def writable(quads: Iterable[Stated], syntax: RdfSyntax) -> Iterable[Stated]:
    """Return quads or triples for a writer of the format.

    At their end, ExportError is raised if the format cannot express some of them.
    """
    return _checked(quads, syntax) if syntax.name in _WHY_NOT else quads


def is_writable(quads: Iterable[Quad], syntax: RdfSyntax) -> bool:
    """Tell whether a format can express all quads."""
    why_not = _WHY_NOT.get(syntax.name)
    return why_not is None or not any(map(why_not, quads))


def check_writable(quads: Iterable[Quad], syntax: RdfSyntax) -> None:
    """Raise ExportError if a format cannot express some of the quads."""
    for _ in writable(quads, syntax):
        pass


def _checked(quads: Iterable[Stated], syntax: RdfSyntax) -> Iterator[Stated]:
    problems: list[Problem] = []
    count = 0
    why_not = _WHY_NOT[syntax.name]
    for quad in quads:
        what = why_not(quad)
        if not what:
            yield quad
            continue
        count += 1
        if len(problems) < _MOST_TOLD:
            problems.append(Problem(f"a triple of {quad.subject}", what, OTHER_FORMAT))
    if count > len(problems):
        what = f"there are {count - len(problems):,} more such triples"
        problems.append(Problem(syntax.title, what, OTHER_FORMAT))
    if problems:
        raise ExportError(problems)


def _inexpressible_in_json_ld(quad: Quad | Triple) -> str | None:
    return _has_triple_term(JSON_LD) if isinstance(quad.object, Triple) else None


def _inexpressible_in_rdf_xml(quad: Quad | Triple) -> str | None:
    value = quad.object
    if isinstance(value, Triple):
        return _has_triple_term(RDF_XML)
    if isinstance(value, Literal):
        if found := _NEVER_IN_XML.search(value.value):
            return f"has the character U+{ord(found[0]):04X} in a text, which XML cannot contain"
        if value.direction is not None:
            return "has a text with a base direction, which RDF/XML cannot express"
    if not _names_an_element(quad.predicate):
        return f"has the property {quad.predicate}, whose end is not a name of an XML element"
    return None


def _has_triple_term(syntax: RdfSyntax) -> str:
    return f"has a triple term, which {syntax.title} cannot express"


# By the name of a format, the function that returns why it cannot express a quad; other formats can express all quads.
_WHY_NOT: Mapping[str, Callable[[Quad | Triple], str | None]] = {
    JSON_LD.name: _inexpressible_in_json_ld,
    RDF_XML.name: _inexpressible_in_rdf_xml,
}


@lru_cache(1 << 12)
def _names_an_element(predicate: NamedNode) -> bool:
    return _NAME_OF_ELEMENT.search(predicate.value) is not None


Node = NamedNode | BlankNode | Triple
Value = NamedNode | BlankNode | Literal | Triple
Properties = dict[NamedNode, list[Value]]


_MANY = 2
_DEEPEST_NESTING = 100


def blank_nodes_in(triple: Triple) -> Iterator[BlankNode]:
    """Yield the blank nodes of a triple and of its triple terms."""
    for term in (triple.subject, triple.object):
        if isinstance(term, BlankNode):
            yield term
        elif isinstance(term, Triple):
            yield from blank_nodes_in(term)


class Block(NamedTuple):
    """``subject`` and its properties, by predicate in the order of the stream.

    ``parts`` has the properties of each blank node below the subject to which nothing else refers; a writer nests them.
    ``is_anonymous`` is whether the subject is a blank node to which nothing refers, ``has_blank_nodes`` whether there
    may be blank nodes in the block.
    """

    graph: object
    subject: Node
    properties: Properties
    parts: dict[BlankNode, Properties]
    is_anonymous: bool
    has_blank_nodes: bool

    def list_items(self, head: Value) -> list[Value] | None:
        """Return the items of an RDF list whose cells are all parts of this block; None for anything else."""
        items: list[Value] = []
        while head != standard.NIL:
            cell = self.parts.get(head) if isinstance(head, BlankNode) else None
            if cell is None or cell.keys() != {standard.FIRST, standard.REST}:
                return None
            if len(cell[standard.FIRST]) > 1 or len(cell[standard.REST]) > 1:
                return None
            items += cell[standard.FIRST]
            (head,) = cell[standard.REST]
        return items


def blocks(quads: Iterable[Quad], labelled: Iterable[BlankNode] = ()) -> Iterator[Block]:
    """Yield the blocks of a stream; a block ends before a subject to which it does not refer.

    A blank node is a part if exactly one triple of its block has it as object, unless it is one of ``labelled`` or was
    written with its label before. Raises ExportError if a blank node that was already written without a label occurs
    again later in the stream, because the output would be wrong.
    """
    cutter = _Cutter(set(labelled))
    graph: object = None
    current: object = None
    of: NamedNode | None = None
    window: dict[Node, Properties] = {}
    pointed_to: dict[BlankNode, int] = {}
    properties: Properties = {}
    values: list[Value] = []
    for subject, predicate, value, graph_name in quads:
        if subject != current or graph_name != graph:
            belongs = subject in window or subject in pointed_to
            if not belongs or graph_name != graph:
                yield from cutter.cut(graph, window, pointed_to)
                graph, window, pointed_to = graph_name, {}, {}
            current, properties, of = subject, window.setdefault(subject, {}), None
        if predicate != of:
            of, values = predicate, properties.setdefault(predicate, [])
        if value not in values:
            values.append(value)
            if isinstance(value, BlankNode):
                pointed_to[value] = pointed_to.get(value, 0) + 1
            elif isinstance(value, Triple):
                for node in blank_nodes_in(value):  # a triple term can only have a label
                    pointed_to[node] = pointed_to.get(node, 0) + _MANY
    yield from cutter.cut(graph, window, pointed_to)


class _Cutter:
    """Makes blocks, and remembers which blank nodes were written with a label and which without."""

    def __init__(self, labelled: set[BlankNode]) -> None:
        self._labelled = labelled
        self._unlabelled: set[BlankNode] = set()

    def cut(
        self, graph: object, window: dict[Node, Properties], pointed_to: Mapping[BlankNode, int]
    ) -> Iterator[Block]:
        blank = {*pointed_to, *[node for node in window if isinstance(node, BlankNode)]}
        if not blank:
            for subject, properties in window.items():
                yield Block(graph, subject, properties, {}, is_anonymous=False, has_blank_nodes=False)
            return
        if again := blank & self._unlabelled:
            what = f"{min(map(str, again))} occurs in more than one place of the stream"
            remedy = "give all quads at once, as a pyoxigraph.Dataset"
            raise ExportError([Problem("quads", what, remedy)])
        first = next(iter(window))
        free = blank - self._labelled
        parts = {node: window[node] for node in free if node in window and node != first and pointed_to.get(node) == 1}
        if len(parts) > _DEEPEST_NESTING:
            for node in _too_deep(
                Block(graph, first, window[first], parts, is_anonymous=False, has_blank_nodes=True), window
            ):
                del parts[node]
        anonymous = {node for node in free if node in window and node not in pointed_to}
        self._unlabelled |= parts.keys() | anonymous
        self._labelled |= blank - self._unlabelled
        for subject, properties in window.items():
            if subject not in parts:
                yield Block(graph, subject, properties, parts, is_anonymous=subject in anonymous, has_blank_nodes=True)


def _too_deep(block: Block, window: Mapping[Node, Properties]) -> list[BlankNode]:
    """Return the parts of a block that would be nested too deep; each becomes a block of its own, with its label."""
    deep: list[BlankNode] = []
    waiting: list[tuple[Properties, int]] = [
        (properties, 0) for subject, properties in window.items() if subject not in block.parts
    ]
    while waiting:
        properties, depth = waiting.pop()
        for values in properties.values():
            for value in values:
                items = block.list_items(value)
                for item in [value] if items is None else items:
                    if isinstance(item, BlankNode) and item in block.parts:
                        is_deep = depth >= _DEEPEST_NESTING
                        if is_deep:
                            deep.append(item)
                        waiting.append((block.parts[item], 0 if is_deep else depth + 1))
    return deep
