"""Turtle and TriG for people to read: prefixes, one subject a block, axioms nested, a line a value where it helps.

A block ends with its full stop alone on a line, so that one statement more adds lines and changes none. Terms are
written by pyoxigraph, which escapes them; only what is safe beyond doubt is abbreviated (a local name with a dot, a
slash or an escape is not: some stores misread those).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from her2ld.exports.blocks import Block, Node, Said, Value, blocks
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

    It is RDF 1.1, but for a triple within a triple, which is written as RDF 1.2 has it.

    The blank nodes in ``labelled`` are never nested.
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
    """Yield what follows the prefixes in :func:`turtle_lines`."""
    writer = TurtleWriter(prefixes)
    return writer.in_graphs((block, writer.block(block)) for block in blocks(quads, labelled))


class TurtleWriter:
    """Writes terms and blocks under one set of prefixes."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        """Keep the prefixes, and remember the names that they shorten."""
        self._split = prefix_splitter(prefixes)
        self.node = lru_cache(_NAMES_KEPT)(self._node)
        self._alone = Remembered(self._term, _NAMES_KEPT)
        self._verbs = Remembered(self._verb, _NAMES_KEPT)

    def block(self, block: Block) -> str:
        """Return the text of a block, which is the same in Turtle and in TriG."""
        subject = "[]" if block.is_anonymous else self.node(block.subject)
        if block.has_blank_nodes:
            lines = "".join([f"{_INDENT}{line} ;\n" for line in self._predicates(block, block.said)])
        else:
            lines = self._plain_lines(block.said)
        return f"\n{subject}\n{lines}{_INDENT}.\n"

    def in_graphs(self, written: Iterable[tuple[Block, str]]) -> Iterator[str]:
        """Yield the texts of blocks, those of a named graph in the brackets of TriG."""
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

    def _plain_lines(self, said: Said) -> str:
        """Return what is said without blank nodes, whose values are written alike wherever they stand."""
        verbs, alone = self._verbs, self._alone
        return "".join(
            [
                f"{_INDENT}{verbs[predicate]} {', '.join([alone[value] for value in values])} ;\n"
                for predicate, values in said.items()
            ]
        )

    def _predicates(self, block: Block, said: Said) -> list[str]:
        return [
            f"{self._verbs[predicate]} {', '.join([self._value(block, value) for value in values])}"
            for predicate, values in said.items()
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
        if not written.endswith(">"):  # only a datatype ends so
            return written
        bare = _BARE.get(literal.datatype)
        if bare and bare.fullmatch(literal.value):
            return literal.value
        return f"{Literal(literal.value)}^^{self.node(literal.datatype)}"
