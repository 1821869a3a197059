"""Readable Turtle and TriG: with prefixes, a block for each subject, a line for each property, and nested axioms.

The full stop of a block is on a line of its own, so that a further property adds a line and changes none. Terms are
written and escaped by pyoxigraph. An IRI is only abbreviated if its local name is safe: some stores misread local names
with a dot, a slash or an escape.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from her2ld.exports.blocks import Block, Node, Properties, Value, blocks
from her2ld.remembered import Remembered
from her2ld.vocabulary import standard
from her2ld.vocabulary.identifiers import prefix_splitter

_SAFE_LOCAL_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*")
_BARE = {
    standard.XSD_BOOLEAN: re.compile(r"true|false"),
    standard.XSD_INTEGER: re.compile(r"0|-?[1-9][0-9]*"),
    standard.XSD_DECIMAL: re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+"),
}
_INDENT = "    "
_NAMES_KEPT = 65536


def turtle_lines(
    quads: Iterable[Quad], prefixes: Mapping[str, str], labelled: Iterable[BlankNode] = ()
) -> Iterator[str]:
    """Yield Turtle or, as soon as a quad has a graph name, TriG, in pieces that end at line ends.

    It is RDF 1.1, except for triple terms, which have the syntax of RDF 1.2. The blank nodes in ``labelled`` are never
    nested.
    """
    yield from prefix_lines(prefixes)
    yield from lines_without_prefixes(quads, prefixes, labelled)


def prefix_lines(prefixes: Mapping[str, str]) -> Iterator[str]:
    """Yield a line for each prefix."""
    for prefix, namespace in prefixes.items():
        yield f"@prefix {prefix}: {NamedNode(namespace)} .\n"


def lines_without_prefixes(
    quads: Iterable[Quad], prefixes: Mapping[str, str], labelled: Iterable[BlankNode] = ()
) -> Iterator[str]:
    """Yield the pieces after the prefixes in :func:`turtle_lines`."""
    writer = TurtleWriter(prefixes)
    return writer.in_graphs((block, writer.block(block)) for block in blocks(quads, labelled))


class TurtleWriter:
    """Writes terms and blocks with one set of prefixes."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        """Keep the prefixes, and prepare caches for terms."""
        self._split = prefix_splitter(prefixes)
        self.node = lru_cache(_NAMES_KEPT)(self._node)
        self._alone = Remembered(self._term, _NAMES_KEPT)
        self._verbs = Remembered(self._verb, _NAMES_KEPT)

    def block(self, block: Block) -> str:
        """Return the text of a block, which is the same in Turtle and in TriG."""
        subject = "[]" if block.is_anonymous else self.node(block.subject)
        if block.has_blank_nodes:
            lines = "".join([f"{_INDENT}{line} ;\n" for line in self._predicates(block, block.properties)])
        else:
            lines = self._plain_lines(block.properties)
        return f"\n{subject}\n{lines}{_INDENT}.\n"

    def in_graphs(self, written: Iterable[tuple[Block, str]]) -> Iterator[str]:
        """Yield the texts of blocks, with those of a named graph in the brackets of TriG."""
        graph: object = DefaultGraph()
        for block, text in written:
            if block.graph != graph:
                yield "}\n" if isinstance(graph, NamedNode) else ""
                graph = block.graph
                yield f"\n{self.node(graph)} {{\n" if isinstance(graph, NamedNode) else ""
            yield text
        yield "}\n" if isinstance(graph, NamedNode) else ""

    def _node(self, node: object) -> str:
        if isinstance(node, NamedNode):
            prefix, local = self._split(node.value) or ("", "")
            if _SAFE_LOCAL_NAME.fullmatch(local):
                return f"{prefix}:{local}"
        if isinstance(node, Triple):
            return f"<<( {self._term(node.subject)} {self._verbs[node.predicate]} {self._term(node.object)} )>>"
        return str(node)

    def _verb(self, predicate: NamedNode) -> str:
        return "a" if predicate == standard.TYPE else self._node(predicate)

    def _term(self, term: Node | Literal) -> str:
        return self._literal(term) if isinstance(term, Literal) else self.node(term)

    def _plain_lines(self, properties: Properties) -> str:
        """Return the lines of properties without blank nodes, whose values have the same text everywhere."""
        verbs, alone = self._verbs, self._alone
        return "".join(
            [
                f"{_INDENT}{verbs[predicate]} {', '.join([alone[value] for value in values])} ;\n"
                for predicate, values in properties.items()
            ]
        )

    def _predicates(self, block: Block, properties: Properties) -> list[str]:
        return [
            f"{self._verbs[predicate]} {', '.join([self._value(block, value) for value in values])}"
            for predicate, values in properties.items()
        ]

    def _value(self, block: Block, value: Value) -> str:
        if isinstance(value, NamedNode):
            return self.node(value)
        if isinstance(value, Literal):
            return self._literal(value)
        if isinstance(value, BlankNode):
            items = block.list_items(value)
            if items is not None:
                return f"( {' '.join(self._value(block, item) for item in items)} )"
            if value in block.parts:
                return f"[ {' ; '.join(self._predicates(block, block.parts[value]))} ]"
        return self.node(value)

    def _literal(self, literal: Literal) -> str:
        written = str(literal)
        if not written.endswith(">"):  # the end of a datatype
            return written
        bare = _BARE.get(literal.datatype)
        if bare and bare.fullmatch(literal.value):
            return literal.value
        return f"{Literal(literal.value)}^^{self.node(literal.datatype)}"
