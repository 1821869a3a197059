"""The same quads in several formats: what the formats have in common is made once.

Graphs are brought into one once, quads are cut into blocks once for TriG, Turtle and JSON-LD, and the text of a block
in TriG is its text in Turtle, too. The bytes are those that :func:`her2ld.exports.export` writes.
"""

from collections.abc import Iterable
from functools import cached_property
from typing import IO

from pyoxigraph import Quad, Triple

from her2ld.dataset.one_graph import KNOWLEDGE, in_one_graph
from her2ld.errors import ExportError
from her2ld.exports.blocks import Block, Node, Said, blocks
from her2ld.exports.formats import FORMATS, export, export_triples
from her2ld.exports.json_ld import JsonLdWriter
from her2ld.exports.turtle import TurtleWriter, prefix_lines
from her2ld.exports.writable import check_writable
from her2ld.rdf.syntaxes import JSON_LD
from her2ld.vocabulary import model
from her2ld.vocabulary.context import json_ld_context
from her2ld.vocabulary.ontology import Vocabulary

# A block, and its text in Turtle and TriG.
Written = tuple[Block, str]


class SeveralFormats:
    """Quads that are written in several of the six formats; they are held in memory."""

    def __init__(self, quads: Iterable[Quad], vocabulary: Vocabulary) -> None:
        """Hold the quads."""
        self._quads, self._vocabulary = tuple(quads), vocabulary
        self._turtle = TurtleWriter(vocabulary.prefixes)

    @cached_property
    def _blocks(self) -> list[Block]:
        return list(blocks(self._quads))

    @cached_property
    def _written(self) -> list[Written]:
        return [(block, self._turtle.block(block)) for block in self._blocks]

    @cached_property
    def _triples(self) -> list[Triple]:
        return list(in_one_graph(self._quads))

    def write(self, output: IO[bytes], format_name: str, context_url: str | None = None) -> int:
        """Write the quads to a binary file as :func:`her2ld.exports.export` does, and give how many were written."""
        if format_name == JSON_LD.name:
            check_writable(self._quads, JSON_LD)
            writer = JsonLdWriter(json_ld_context(self._vocabulary))
            output.writelines(piece.encode() for piece in writer.lines_of(self._blocks, context_url))
            return len(self._quads)
        if format_name == "trig":
            self._write_texts(output, self._turtle.in_graphs(self._written))
            return len(self._quads)
        if format_name == "turtle" and (texts := self._texts_in_one_graph()) is not None:
            self._write_texts(output, texts)
            return len(self._triples)
        if FORMATS[format_name].has_named_graphs:
            return export(self._quads, output, format_name, self._vocabulary)
        return export_triples(self._triples, output, format_name, self._vocabulary)

    def _texts_in_one_graph(self) -> list[str] | None:
        try:
            return _in_one_graph(self._written, self._turtle)
        except ExportError:
            return None  # what cannot be said of the named graphs may be said without them

    def _write_texts(self, output: IO[bytes], texts: Iterable[str]) -> None:
        output.writelines(line.encode() for line in prefix_lines(self._vocabulary.prefixes))
        output.writelines(text.encode() for text in texts)


def _in_one_graph(written: Iterable[Written], writer: TurtleWriter) -> list[str] | None:
    """Return the texts of blocks without named graphs, as :func:`in_one_graph` brings their quads together.

    A block gets a new text only where two are joined or a part of it is known. It is None where the quads would be cut
    into other blocks: where blank nodes stand elsewhere than in the ontology, or a subject comes again at once.
    """
    knowledge: dict[Node, Written] = {}
    rest: list[Written] = []
    in_knowledge = True
    for block, text in written:
        in_knowledge = in_knowledge and block.graph in KNOWLEDGE
        known = knowledge.get(block.subject)
        if block.has_blank_nodes and (known or not in_knowledge or block.graph != model.ONTOLOGY_GRAPH):
            return None
        if in_knowledge:
            knowledge[block.subject] = _written(_joined(known[0], block), writer) if known else (block, text)
        elif block.graph != model.HEDGED_GRAPH:
            new = _without(known[0].said, block) if known else block
            if not new.said:
                continue
            if rest[-1][0].subject == new.subject if rest else known:
                return None
            rest.append((new, text) if new is block else _written(new, writer))
    return [text for _, text in (*knowledge.values(), *rest)]


def _written(block: Block, writer: TurtleWriter) -> Written:
    return block, writer.block(block)


def _joined(first: Block, second: Block) -> Block:
    """Return a block with what a second one says of the same subject."""
    said = {predicate: list(values) for predicate, values in first.said.items()}
    for predicate, values in second.said.items():
        before = said.setdefault(predicate, [])
        before += [value for value in values if value not in before]
    return first._replace(said=said)


def _without(known: Said, block: Block) -> Block:
    """Return a block without what is known of its subject; the block itself where nothing is."""
    said = {
        predicate: new
        for predicate, values in block.said.items()
        if (new := [value for value in values if value not in known.get(predicate, ())])
    }
    return block if said == block.said else block._replace(said=said)
