"""JSON-LD 1.1, compact: one node object a line, keys as the field says them, no look-up of anything remote.

The output is what the compaction algorithm would give for the context of :func:`her2ld.json_ld_context`, made without
holding the graph in memory. Every key but ``id`` holds a list, also where the context has no key for a property.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from her2ld.errors import ExportError, Problem
from her2ld.exports.blocks import Block, Said, Value, blocks
from her2ld.exports.writable import writable
from her2ld.rdf.syntaxes import JSON_LD
from her2ld.remembered import Remembered
from her2ld.vocabulary import standard
from her2ld.vocabulary.identifiers import prefix_splitter

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

    ``context`` is embedded, or with ``context_url`` only linked: whoever reads it then has to have it. Quads of the
    default graph stand beside the named graphs in the top-level ``@graph``. The blank nodes in ``labelled`` are never
    nested.
    """
    return JsonLdWriter(context).lines(quads, context_url, labelled)


_json = json.JSONEncoder(ensure_ascii=False).encode
_TYPE = _json("type")


class JsonLdWriter:
    """Writes documents the way one context compacts them; for many documents of one context it is made once."""

    def __init__(self, context: Mapping[str, object]) -> None:
        """Keep the context as it is embedded, its prefixes, and its keys."""
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
        if not isinstance(node, NamedNode):
            return str(node)
        parts = self._split(node.value)
        if parts and not parts[1].startswith("//"):
            return ":".join(parts)
        scheme, _, rest = node.value.partition(":")
        if scheme in self._prefixes and not rest.startswith("//"):
            what = "a JSON-LD processor would take the beginning of this IRI for a prefix of the context"
            raise ExportError([Problem(node.value, what, "choose another format")])
        return node.value

    def _key(self, predicate: NamedNode) -> tuple[str, Mapping[str, str]]:
        """Return the key of a property in the context, with what the context says of its values."""
        key = self.term(predicate)
        return key, self._definitions.get(key, {})

    def _term(self, iri: NamedNode) -> str:
        return self._keys.get(iri.value) or self.iri(iri)

    def _plainly(self, block: Block) -> str:
        """Return the text of a block without blank nodes, whose values are written alike wherever they stand."""
        texts = self._texts
        said = []
        for predicate, values in block.said.items():
            key, of_values = texts[predicate]
            if key is _TYPE and not all(isinstance(value, NamedNode) for value in values):
                return _json(self._node_object(block))
            said.append(f"{key}: [{', '.join([of_values[value] for value in values])}]")
        return f'{{"id": {_json(self.iri(block.subject))}, {", ".join(said)}}}'

    def _texts_of(self, predicate: NamedNode) -> tuple[str, Remembered[Value, str]]:
        """Return the text of the key of a property, and what gives and remembers the text of each of its values."""
        nothing = Block(None, predicate, {}, {}, is_anonymous=False, has_blank_nodes=False)
        if predicate == standard.TYPE:
            return _TYPE, Remembered(lambda value: _json(self.term(value)), _NAMES_KEPT)
        key, definition = self.key(predicate)
        return _json(key), Remembered(lambda value: _json(self._value(nothing, value, definition)), _NAMES_KEPT)

    def _node_object(self, block: Block) -> dict[str, object]:
        name = {} if block.is_anonymous else {"id": self.iri(block.subject)}
        return {**name, **self._properties(block, block.said)}

    def _properties(self, block: Block, said: Said) -> dict[str, object]:
        properties: dict[str, object] = {}
        for predicate, values in said.items():
            compact: list[object]
            if predicate == standard.TYPE and all(isinstance(value, NamedNode) for value in values):
                key = "type"
                compact = [self.term(value) for value in values if isinstance(value, NamedNode)]
            else:
                key, definition = self.key(predicate)
                compact = [self._value(block, value, definition) for value in values]
            properties[key] = compact
        return properties

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
    """Return the prefixes of a context, the plain ones and those that say that they are."""
    prefixes = {}
    for key, definition in context.items():
        if isinstance(definition, str) and not definition.startswith("@"):
            prefixes[key] = definition
        elif isinstance(definition, Mapping) and definition.get("@prefix"):
            prefixes[key] = definition["@id"]
    return prefixes


def _native(literal: Literal) -> bool | int | None:
    """Return a boolean or an integer as JSON has it, if its canonical form comes back unchanged; else None."""
    if literal.datatype == standard.XSD_BOOLEAN and literal.value in {"true", "false"}:
        return literal.value == "true"
    if literal.datatype == standard.XSD_INTEGER and _CANONICAL_INTEGER.fullmatch(literal.value):
        number = int(literal.value)
        return number if abs(number) <= _LARGEST_EXACT_INTEGER else None
    return None
