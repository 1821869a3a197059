"""JSON-LD 1.1: compact documents with a node object in each line, and framed documents with a tree for each statement.

A compact document equals the output of the compaction algorithm for the context of :func:`her2ld.json_ld_context`, but
is made without holding the graph in memory. The value of every key except ``id`` is a list, even if the context has no
key for a property.

In a framed document, a statement or knowledge gap contains its claim, its evidence with the quotes, its results and its
study, and its terms contain their labels. Shared nodes are repeated, as with ``@embed: @always`` of JSON-LD 1.1
Framing. The trees are made from the quads, because no framing algorithm can distinguish a part of a statement from a
reference.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain
from typing import IO

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from her2ld.dataset.node_data import NodeData, data_in
from her2ld.dataset.statements import curated_in
from her2ld.errors import ExportError, Problem
from her2ld.exports.blocks import OTHER_FORMAT, Block, Properties, Value, blocks, writable
from her2ld.rdf.syntaxes import JSON_LD
from her2ld.remembered import Remembered
from her2ld.vocabulary import model, standard
from her2ld.vocabulary.context import json_ld_context
from her2ld.vocabulary.identifiers import prefix_splitter
from her2ld.vocabulary.ontology import Vocabulary

_CANONICAL_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,15}")
_LARGEST_EXACT_INTEGER = 2**53 - 1  # beyond it a JSON number loses digits in readers that use doubles (RFC 8259, 6)
_NAMES_KEPT = 65536


def json_ld_lines(
    quads: Iterable[Quad],
    context: Mapping[str, object],
    context_url: str | None = None,
    labelled: Iterable[BlankNode] = (),
) -> Iterator[str]:
    """Yield a JSON-LD document in pieces that end at line ends.

    ``context`` is embedded or, with ``context_url``, only linked, so that a reader must fetch it. Quads of the default
    graph are beside the named graphs in the top-level ``@graph``. The blank nodes in ``labelled`` are never nested.
    """
    return JsonLdWriter(context).lines(quads, context_url, labelled)


_json = json.JSONEncoder(ensure_ascii=False).encode
_TYPE = _json("type")


class JsonLdWriter:
    """Writes documents with one context; for many documents, it is made once."""

    def __init__(self, context: Mapping[str, object]) -> None:
        """Keep the text of the context, its prefixes and its keys."""
        self._context = _json(context)
        self._prefixes = prefixes = _prefixes(context)
        self._keys: dict[str, str] = {}
        self._definitions: dict[str, Mapping[str, str]] = {}
        for key, definition in context.items():
            if isinstance(definition, Mapping) and not definition.get("@prefix"):
                prefix, _, local = definition["@id"].partition(":")
                if not prefix or prefix not in prefixes:
                    continue  # an alias of a keyword
                self._keys[prefixes[prefix] + local] = key
                self._definitions[key] = definition
        self._split = prefix_splitter(prefixes)
        self.iri = lru_cache(_NAMES_KEPT)(self._iri)
        self.key = lru_cache(_NAMES_KEPT)(self._key)
        self.term = lru_cache(_NAMES_KEPT)(self._term)
        self._texts = Remembered(self._texts_of, _NAMES_KEPT)

    def lines(
        self, quads: Iterable[Quad], context_url: str | None = None, labelled: Iterable[BlankNode] = ()
    ) -> Iterator[str]:
        """Yield a document in pieces, as :func:`json_ld_lines` does."""
        return self.lines_of(blocks(writable(quads, JSON_LD), labelled), context_url)

    def lines_of(self, cut: Iterable[Block], context_url: str | None = None) -> Iterator[str]:
        """Yield a document of blocks in pieces."""
        yield f'{{\n"@context": {_json(context_url) if context_url else self._context},\n"@graph": ['
        graph: object = DefaultGraph()
        between = "\n"
        for block in cut:
            if block.graph != graph:
                yield "\n]}" if isinstance(graph, NamedNode) else ""
                graph = block.graph
                if isinstance(graph, NamedNode):
                    yield f'{between}{{"id": {_json(self.iri(graph))}, "@graph": ['
                    between = "\n"
            yield between + (_json(self._node_object(block)) if block.has_blank_nodes else self._plainly(block))
            between = ",\n"
        yield "\n]}" if isinstance(graph, NamedNode) else ""
        yield "\n]\n}\n"

    def _iri(self, node: object) -> str:
        """Return an IRI as a compact IRI, where a prefix fits, or whole; a blank node as its label."""
        if isinstance(node, Triple):
            raise ExportError([Problem(str(node), "is a triple term, which JSON-LD cannot express", OTHER_FORMAT)])
        if not isinstance(node, NamedNode):
            return str(node)
        parts = self._split(node.value)
        if parts and not parts[1].startswith("//"):
            return ":".join(parts)
        scheme, _, rest = node.value.partition(":")
        if scheme in self._prefixes and not rest.startswith("//"):
            what = "a JSON-LD processor would read the beginning of this IRI as a prefix of the context"
            raise ExportError([Problem(node.value, what, "choose another format")])
        return node.value

    def _key(self, predicate: NamedNode) -> tuple[str, Mapping[str, str]]:
        """Return the key of a property in the context, with its definition."""
        key = self.term(predicate)
        return key, self._definitions.get(key, {})

    def _term(self, iri: NamedNode) -> str:
        return self._keys.get(iri.value) or self.iri(iri)

    def _plainly(self, block: Block) -> str:
        """Return the text of a block without blank nodes, whose values have the same text everywhere."""
        texts = self._texts
        pairs = []
        for predicate, values in block.properties.items():
            key, of_values = texts[predicate]
            if key is _TYPE and not all(isinstance(value, NamedNode) for value in values):
                return _json(self._node_object(block))
            pairs.append(f"{key}: [{', '.join([of_values[value] for value in values])}]")
        return f'{{"id": {_json(self.iri(block.subject))}, {", ".join(pairs)}}}'

    def _texts_of(self, predicate: NamedNode) -> tuple[str, Remembered[Value, str]]:
        """Return the text of the key of a property, and a cache with the texts of its values."""
        nothing = Block(None, predicate, {}, {}, is_anonymous=False, has_blank_nodes=False)
        if predicate == standard.TYPE:
            return _TYPE, Remembered(lambda value: _json(self.term(value)), _NAMES_KEPT)
        key, definition = self.key(predicate)
        return _json(key), Remembered(lambda value: _json(self._value(nothing, value, definition)), _NAMES_KEPT)

    def _node_object(self, block: Block) -> dict[str, object]:
        name = {} if block.is_anonymous else {"id": self.iri(block.subject)}
        return {**name, **self._properties(block, block.properties)}

    def _properties(self, block: Block, properties: Properties) -> dict[str, object]:
        written: dict[str, object] = {}
        for predicate, values in properties.items():
            compact: list[object]
            if predicate == standard.TYPE and all(isinstance(value, NamedNode) for value in values):
                key = "type"
                compact = [self.term(value) for value in values if isinstance(value, NamedNode)]
            else:
                key, definition = self.key(predicate)
                compact = [self._value(block, value, definition) for value in values]
            written[key] = compact
        return written

    def _value(self, block: Block, value: Value, definition: Mapping[str, str]) -> object:
        if isinstance(value, Literal):
            return self.literal(value, definition)
        if not isinstance(value, NamedNode) or value == standard.NIL:
            items = block.list_items(value)
            if items is not None:
                return {"@list": [self._value(block, item, definition) for item in items]}
            if isinstance(value, BlankNode) and value in block.parts:
                return self._properties(block, block.parts[value])
        name = self.iri(value)
        return name if definition.get("@type") == "@id" else {"id": name}

    def literal(self, literal: Literal, definition: Mapping[str, str]) -> object:
        """Return a literal as a value of a key with this definition."""
        coerced_type, coerced_language = definition.get("@type"), definition.get("@language")
        if literal.language:
            if literal.direction is not None:
                direction = str(literal.direction)
                return {"@value": literal.value, "@language": literal.language, "@direction": direction}
            plain = literal.language == coerced_language
            return literal.value if plain else {"@value": literal.value, "@language": literal.language}
        if literal.datatype == standard.XSD_STRING:
            return {"@value": literal.value} if coerced_type or coerced_language else literal.value
        datatype = self.iri(literal.datatype)
        native = _native(literal)
        if native is not None and coerced_type in {None, datatype}:
            return native
        return literal.value if coerced_type == datatype else {"@value": literal.value, "@type": datatype}


def _prefixes(context: Mapping[str, object]) -> dict[str, str]:
    """Return the prefixes of a context, with and without ``@prefix``."""
    prefixes = {}
    for key, definition in context.items():
        if isinstance(definition, str) and not definition.startswith("@"):
            prefixes[key] = definition
        elif isinstance(definition, Mapping) and definition.get("@prefix"):
            prefixes[key] = definition["@id"]
    return prefixes


def _native(literal: Literal) -> bool | int | None:
    """Return a boolean or integer as a value of JSON if it has the canonical form; None for any other literal."""
    if literal.datatype == standard.XSD_BOOLEAN and literal.value in {"true", "false"}:
        return literal.value == "true"
    if literal.datatype == standard.XSD_INTEGER and _CANONICAL_INTEGER.fullmatch(literal.value):
        number = int(literal.value)
        return number if abs(number) <= _LARGEST_EXACT_INTEGER else None
    return None


# The objects of these properties are not part of the statement, so they are referred to and not nested.
_REFERRING = frozenset((standard.HAS_SOURCE, standard.IS_PART_OF, model.HAS_TEXT))
_OF_A_TERM = (standard.TYPE, standard.LABEL)


def write_framed(
    quads: Iterable[Quad], output: IO[bytes], vocabulary: Vocabulary, context_url: str | None = None
) -> int:
    """Write a line for each statement or knowledge gap, in the order of the quads, and return their number.

    ``context_url`` is as for :func:`her2ld.export`. Statements and records are held in memory. Raises ExportError for
    quads without a statement.
    """
    curated, roots = curated_in(quads)
    data = data_in(curated)
    if not roots:
        raise ExportError([Problem("framed JSON-LD", "there is no statement to write", "give curated papers")])
    context = json_ld_context(vocabulary)
    trees = _Trees(JsonLdWriter(context), data, _terms(vocabulary))
    output.write(f'{{\n"@context": {_json(context_url or context)},\n"@graph": [\n'.encode())
    for number, root in enumerate(roots):
        output.write(((",\n" if number else "") + _json(trees.node(root, ()))).encode())
    output.write(b"\n]\n}\n")
    return len(roots)


def _terms(vocabulary: Vocabulary) -> NodeData:
    """Return the types and the labels of the ontology's terms."""
    named = (quad for quad in vocabulary.quads if quad.predicate in _OF_A_TERM and quad.subject in vocabulary.terms)
    return data_in(named)


class _Trees:
    """Makes nested node objects."""

    def __init__(self, writer: JsonLdWriter, data: NodeData, terms: NodeData) -> None:
        self._writer = writer
        self._data = data
        self._terms = terms

    def node(self, name: NamedNode, above: tuple[NamedNode, ...]) -> dict[str, object]:
        """Return the object of a node; the nodes ``above`` it are only referred to."""
        about = self._data.about(name)
        return {"id": self._writer.iri(name)} | dict(
            chain.from_iterable(self._property(each, about[each], (*above, name)) for each in about)
        )

    def _property(
        self, predicate: NamedNode, values: Iterable[object], above: tuple[NamedNode, ...]
    ) -> Iterator[tuple[str, object]]:
        if predicate == standard.TYPE:
            yield "type", [self._writer.term(each) for each in values if isinstance(each, NamedNode)]
            return
        key, definition = self._writer.key(predicate)
        yield key, [self._value(predicate, each, definition, above) for each in values]

    def _value(
        self, predicate: NamedNode, value: object, definition: Mapping[str, str], above: tuple[NamedNode, ...]
    ) -> object:
        if isinstance(value, Literal):
            return self._writer.literal(value, definition)
        if not isinstance(value, NamedNode):
            what = f"{value} is not an IRI, and a statement can only refer to IRIs"
            raise ExportError([Problem("framed JSON-LD", what, "choose another format")])
        if value in above or predicate in _REFERRING:
            return {"id": self._writer.iri(value)}
        if self._data.about(value):
            return self.node(value, above)
        about = self._terms.about(value)
        told = (self._property(each, about[each], above) for each in _OF_A_TERM if each in about)
        return {"id": self._writer.iri(value)} | dict(chain.from_iterable(told))
