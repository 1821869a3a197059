"""A stream of quads cut into blocks: one subject, with everything that hangs on it by blank nodes.

The readable writers (Turtle, TriG, JSON-LD) write block by block, so that they hold one block in memory at a time.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from her2ld.errors import ExportError, Problem
from her2ld.vocabulary import standard

Node = NamedNode | BlankNode | Triple
Value = NamedNode | BlankNode | Literal | Triple
Said = dict[NamedNode, list[Value]]


_MANY = 2
_DEEPEST_NESTING = 100


def blank_nodes_in(triple: Triple) -> Iterator[BlankNode]:
    """Yield the blank nodes of a triple and of the triples within it."""
    for term in (triple.subject, triple.object):
        if isinstance(term, BlankNode):
            yield term
        elif isinstance(term, Triple):
            yield from blank_nodes_in(term)


class Block(NamedTuple):
    """``subject`` and what is said of it, by predicate in the order of the stream.

    ``parts`` holds the same for each blank node that hangs on the subject and on nothing else; a writer nests them.
    ``is_anonymous`` is whether the subject is a blank node that nothing refers to, ``has_blank_nodes`` whether
    blank nodes may be in the block.
    """

    graph: object
    subject: Node
    said: Said
    parts: dict[BlankNode, Said]
    is_anonymous: bool
    has_blank_nodes: bool

    def list_items(self, head: Value) -> list[Value] | None:
        """Return the items where ``head`` is an RDF list whose cells all belong to this block; else None."""
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
    """Cut the stream where a subject begins that the block before does not refer to.

    A blank node is a part if exactly one triple of its block points to it, unless it is one of ``labelled`` or was
    written with its label before. A stream cannot be seen to its end: where a blank node that already went out as a
    part or without a label comes up again, ExportError is raised, for the output would say something else.
    """
    cutter = _Cutter(set(labelled))
    graph: object = None
    current: object = None
    of: NamedNode | None = None
    window: dict[Node, Said] = {}
    pointed_to: dict[BlankNode, int] = {}
    said: Said = {}
    values: list[Value] = []
    for subject, predicate, value, graph_name in quads:
        if subject != current or graph_name != graph:
            belongs = subject in window or subject in pointed_to
            if not belongs or graph_name != graph:
                yield from cutter.cut(graph, window, pointed_to)
                graph, window, pointed_to = graph_name, {}, {}
            current, said, of = subject, window.setdefault(subject, {}), None
        if predicate != of:
            of, values = predicate, said.setdefault(predicate, [])
        if value not in values:
            values.append(value)
            if isinstance(value, BlankNode):
                pointed_to[value] = pointed_to.get(value, 0) + 1
            elif isinstance(value, Triple):
                for node in blank_nodes_in(value):  # there a label alone can stand
                    pointed_to[node] = pointed_to.get(node, 0) + _MANY
    yield from cutter.cut(graph, window, pointed_to)


class _Cutter:
    """Makes blocks, and remembers which blank nodes went out with their label and which without."""

    def __init__(self, labelled: set[BlankNode]) -> None:
        self._labelled = labelled
        self._unlabelled: set[BlankNode] = set()

    def cut(self, graph: object, window: dict[Node, Said], pointed_to: Mapping[BlankNode, int]) -> Iterator[Block]:
        blank = {*pointed_to, *[node for node in window if isinstance(node, BlankNode)]}
        if not blank:
            for subject, said in window.items():
                yield Block(graph, subject, said, {}, is_anonymous=False, has_blank_nodes=False)
            return
        if again := blank & self._unlabelled:
            what = f"{min(map(str, again))} is spoken of in more than one place of the stream"
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
        for subject, said in window.items():
            if subject not in parts:
                yield Block(graph, subject, said, parts, is_anonymous=subject in anonymous, has_blank_nodes=True)


def _too_deep(block: Block, window: Mapping[Node, Said]) -> list[BlankNode]:
    """Return the parts of a block that would be nested too deep; each begins a block of its own, with its label."""
    deep: list[BlankNode] = []
    waiting: list[tuple[Said, int]] = [(said, 0) for subject, said in window.items() if subject not in block.parts]
    while waiting:
        said, depth = waiting.pop()
        for values in said.values():
            for value in values:
                items = block.list_items(value)
                for item in [value] if items is None else items:
                    if isinstance(item, BlankNode) and item in block.parts:
                        is_deep = depth >= _DEEPEST_NESTING
                        if is_deep:
                            deep.append(item)
                        waiting.append((block.parts[item], 0 if is_deep else depth + 1))
    return deep
