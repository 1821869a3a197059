"""Quads written in one of the six formats of RDF as a stream, or in several of them at once.

Several formats share work that is done once: graphs are merged, quads are split into blocks, and the text of a block is
the same in Turtle and TriG. The bytes are the same as for each format alone.
"""

import io
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from pathlib import Path
from typing import IO, Generic, cast

from pyoxigraph import BlankNode, Dataset, Quad, RdfFormat, Triple, serialize

from her2ld.dataset.quad_forms import KNOWLEDGE, in_one_graph
from her2ld.errors import ExportError, Problem
from her2ld.exports.blocks import Block, Node, Properties, Stated, blank_nodes_in, blocks, check_writable, writable
from her2ld.exports.json_ld import JsonLdWriter, json_ld_lines
from her2ld.exports.pieces import DataPiece, Written, joined
from her2ld.exports.turtle import TurtleWriter, prefix_lines, turtle_lines
from her2ld.rdf.syntaxes import BY_NAME, JSON_LD, N_QUADS, RDF_XML, TURTLE, WRITTEN
from her2ld.vocabulary import model
from her2ld.vocabulary.context import json_ld_context
from her2ld.vocabulary.ontology import Vocabulary


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name on the command line, its title, its suffix, and the unit in which its content is counted."""

    name: str
    title: str
    suffix: str
    unit: str

    @property
    def has_named_graphs(self) -> bool:
        """Whether the format has quads."""
        return self.unit == "quads"


FORMATS = {
    each.name: Format(each.name, each.title, each.suffix, "quads" if each.has_named_graphs else "triples")
    for each in WRITTEN
}
# Nanopublications of statements, written by her2ld.exports.nanopublications on request.
NANOPUBLICATIONS = Format("nanopub", "TriG", ".nanopubs.trig", "nanopublications")
# Statements as trees, written by her2ld.exports.json_ld on request.
FRAMED = Format("framed", "framed JSON-LD 1.1", ".framed.jsonld", "statements")
# Two tables for knowledge graphs, written into a folder by her2ld.exports.kgx on request.
KGX = Format("kgx", "KGX", "", "rows")


def format_of(path: Path | str, among: Iterable[Format] = FORMATS.values()) -> Format | None:
    """Return the format for the suffix of a file name; None if the suffix is unknown."""
    return next((each for each in among if Path(path).suffix.lower() == each.suffix), None)


def export(
    quads: Iterable[Quad],
    output: IO[bytes],
    format_name: str,
    vocabulary: Vocabulary,
    *,
    context_url: str | None = None,
) -> int:
    """Write quads to a binary file in one of the six formats, and return the number of quads or triples.

    A stream is written in its order and is not held in memory; a ``pyoxigraph.Dataset``, which has no order, is sorted.
    Formats without named graphs have every graph but ``hedged``. Raises ExportError for an unknown format, and for
    quads that the format cannot express.

    >>> import io
    >>> from her2ld.dataset import build
    >>> from her2ld.vocabulary.ontology import read_ontology
    >>> vocabulary = read_ontology()
    >>> output = io.BytesIO()
    >>> export(build(vocabulary, []), output, "ntriples", vocabulary) == len(vocabulary.quads)
    True
    """
    if format_name not in FORMATS:
        remedy = f"choose one of {', '.join(FORMATS)}"
        raise ExportError([Problem(format_name, "is not a known format", remedy)])
    labelled: Iterable[BlankNode] = ()
    if isinstance(quads, Dataset):
        labelled = [node for quad in quads for node in blank_nodes_in(quad.triple)]
        quads = sorted(quads, key=model.graph_rank)
    if not FORMATS[format_name].has_named_graphs:
        return export_triples(in_one_graph(quads), output, format_name, vocabulary.prefixes, labelled)
    counting = _Counting(quads)
    if format_name == N_QUADS.name:
        serialize(counting, output, format=N_QUADS.parsed_as)
        return counting.count
    if format_name == "jsonld":
        lines = json_ld_lines(counting, json_ld_context(vocabulary), context_url, labelled)
    else:
        lines = turtle_lines(counting, vocabulary.prefixes, labelled)
    output.writelines(map(str.encode, lines))
    return counting.count


class _CarriageReturns:
    """An XML file in which carriage returns are escaped, because readers convert them to line feeds."""

    def __init__(self, output: IO[bytes]) -> None:
        self._output = output

    def write(self, content: bytes) -> int:
        self._output.write(bytes(content).replace(b"\r", b"&#13;"))
        return len(content)

    def flush(self) -> None:
        self._output.flush()


def export_triples(
    triples: Iterable[Triple],
    output: IO[bytes],
    format_name: str,
    prefixes: Mapping[str, str],
    labelled: Iterable[BlankNode] = (),
) -> int:
    """Write triples to a binary file in a format without named graphs, and return their number.

    The blank nodes in ``labelled`` are never nested. Raises ExportError for triples that the format cannot express.
    """
    syntax = BY_NAME[format_name]
    counting = _Counting(writable(triples, syntax))
    if syntax == TURTLE:
        quads = (Quad(subject, predicate, value) for subject, predicate, value in counting)
        output.writelines(map(str.encode, turtle_lines(quads, prefixes, labelled)))
        return counting.count
    if syntax == RDF_XML:
        output = cast("IO[bytes]", _CarriageReturns(output))  # only write and flush are used
    serialize(counting, output, format=syntax.parsed_as, prefixes=dict(prefixes) if syntax == RDF_XML else None)
    return counting.count


def graph_document(triples: Iterable[Triple], form: RdfFormat, prefixes: Mapping[str, str]) -> bytes:
    r"""Return triples, sorted, in an RDF format. Raises ExportError if the format cannot hold some of them.

    >>> from pyoxigraph import NamedNode
    >>> iri = NamedNode("http://example.org/x")
    >>> graph_document([Triple(iri, iri, iri)], RdfFormat.N_TRIPLES, {})
    b'<http://example.org/x> <http://example.org/x> <http://example.org/x> .\n'
    """
    ordered = sorted(set(triples), key=str)
    syntax = next(each for each in WRITTEN if each.parsed_as == form)
    if syntax == JSON_LD:  # the context has only prefixes, because an answer may have any properties
        return serialize(list(writable(ordered, syntax)), format=form, prefixes=dict(prefixes)) or b""
    output = io.BytesIO()
    labelled = [node for triple in ordered for node in blank_nodes_in(triple)]
    export_triples(ordered, output, syntax.name, prefixes, labelled)
    return output.getvalue()


class _Counting(Generic[Stated]):
    """Passes quads on and counts them, without a step of Python for each."""

    def __init__(self, quads: Iterable[Stated]) -> None:
        self._number = itertools.count()
        self._numbered: Iterator[tuple[Stated, int]] = zip(quads, self._number, strict=False)

    def __iter__(self) -> Iterator[Stated]:
        return map(itemgetter(0), self._numbered)

    @property
    def count(self) -> int:
        """The number of quads that were passed on, to be read once, after the last one."""
        return next(self._number)


class SeveralFormats:
    """Quads in memory, to be written in several of the six formats."""

    def __init__(self, quads: Iterable[Quad], vocabulary: Vocabulary, pieces: Sequence[DataPiece] = ()) -> None:
        """Keep the quads, and the pieces of them if their blocks are made already."""
        self._quads, self._vocabulary, self._pieces = tuple(quads), vocabulary, pieces
        self._turtle = TurtleWriter(vocabulary.prefixes)

    def __len__(self) -> int:
        """Return the number of quads."""
        return len(self._quads)

    @cached_property
    def _blocks(self) -> list[Block]:
        return [block for block, _ in self._joined] if self._joined else list(blocks(self._quads))

    @cached_property
    def _written(self) -> list[Written]:
        return self._joined or [(block, self._turtle.block(block)) for block in self._blocks]

    @cached_property
    def _joined(self) -> list[Written] | None:
        return joined(self._pieces)

    @cached_property
    def _triples(self) -> list[Triple]:
        return list(in_one_graph(self._quads))

    def count(self, format_name: str) -> int:
        """Return the number of quads or triples that a format has."""
        return len(self._quads if FORMATS[format_name].has_named_graphs else self._triples)

    def write(self, output: IO[bytes], format_name: str, context_url: str | None = None) -> None:
        """Write the quads to a binary file like :func:`her2ld.exports.export`."""
        if format_name == JSON_LD.name:
            self._write_json_ld(output, context_url)
        elif format_name == "trig":
            self._write_texts(output, self._turtle.in_graphs(self._written))
        elif format_name == "turtle" and (texts := self._texts_in_one_graph()) is not None:
            self._write_texts(output, texts)
        elif FORMATS[format_name].has_named_graphs:
            export(self._quads, output, format_name, self._vocabulary)
        else:
            export_triples(self._triples, output, format_name, self._vocabulary.prefixes)

    def _write_json_ld(self, output: IO[bytes], context_url: str | None) -> None:
        writer = JsonLdWriter(json_ld_context(self._vocabulary))
        try:
            output.writelines(map(str.encode, writer.lines_of(self._blocks, context_url)))
        except ExportError:
            check_writable(self._quads, JSON_LD)  # which names all quads that it cannot express
            raise

    def _texts_in_one_graph(self) -> list[str] | None:
        try:
            return _in_one_graph(self._written, self._turtle)
        except ExportError:
            return None  # without the named graphs, it may be possible

    def _write_texts(self, output: IO[bytes], texts: Iterable[str]) -> None:
        output.writelines(map(str.encode, prefix_lines(self._vocabulary.prefixes)))
        output.writelines(map(str.encode, texts))


def _in_one_graph(written: Iterable[Written], writer: TurtleWriter) -> list[str] | None:
    """Return the texts of blocks without named graphs, merged as the quads are by :func:`in_one_graph`.

    A block gets a new text only if it is joined with another one or a part of it is known. The result is None if the
    merged quads would have other blocks: if there are blank nodes outside the ontology, or a subject is repeated at
    once.
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
            new = _without(known[0].properties, block) if known else block
            if not new.properties:
                continue
            if rest[-1][0].subject == new.subject if rest else known:
                return None
            rest.append((new, text) if new is block else _written(new, writer))
    return [text for _, text in (*knowledge.values(), *rest)]


def _written(block: Block, writer: TurtleWriter) -> Written:
    return block, writer.block(block)


def _joined(first: Block, second: Block) -> Block:
    """Return a block with the properties of a second one that has the same subject."""
    properties = {predicate: list(values) for predicate, values in first.properties.items()}
    for predicate, values in second.properties.items():
        before = properties.setdefault(predicate, [])
        before += [value for value in values if value not in before]
    return first._replace(properties=properties)


def _without(known: Properties, block: Block) -> Block:
    """Return a block without the known values of its subject; the same block if none is known."""
    properties = {
        predicate: new
        for predicate, values in block.properties.items()
        if (new := [value for value in values if value not in known.get(predicate, ())])
    }
    return block if properties == block.properties else block._replace(properties=properties)
