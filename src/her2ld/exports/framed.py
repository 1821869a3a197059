"""Statements as trees of JSON-LD, for whoever does not want to put a graph together.

A statement or a gap holds its claim, its evidence with the words, its results and its study; a term of the ontology
that it names holds its label. What several of them share stands in each, as ``@embed: @always`` of JSON-LD 1.1 Framing
has it. It is made of the quads, since no framing algorithm can tell a part of a statement from what it refers to.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import IO

from pyoxigraph import Literal, NamedNode, Quad

from her2ld.dataset.node_data import NodeData, data_in
from her2ld.dataset.statements import KINDS
from her2ld.errors import ExportError, Problem
from her2ld.exports.json_ld import JsonLdWriter
from her2ld.vocabulary import model, standard
from her2ld.vocabulary.context import json_ld_context
from her2ld.vocabulary.ontology import Vocabulary

_json = json.JSONEncoder(ensure_ascii=False).encode
# What these lead to is a thing of its own, larger than the statement: it is named, and not held.
_REFERRING = frozenset((standard.HAS_SOURCE, standard.IS_PART_OF, model.HAS_TEXT))
_OF_A_TERM = (standard.TYPE, standard.LABEL)


def write_framed(
    quads: Iterable[Quad], output: IO[bytes], vocabulary: Vocabulary, context_url: str | None = None
) -> int:
    """Write a statement or a gap a line, in the order of the quads, and return how many.

    ``context_url`` is as for :func:`her2ld.export`. Statements and records are held in memory. Raises ExportError for
    quads without a statement.
    """
    curated = [quad for quad in quads if quad.graph_name in {model.STATEMENTS_GRAPH, model.RECORDS_GRAPH}]
    said = data_in(curated)
    roots = dict.fromkeys(
        quad.subject
        for quad in curated
        if quad.predicate == standard.TYPE and quad.object in KINDS and isinstance(quad.subject, NamedNode)
    )
    if not roots:
        raise ExportError([Problem("framed JSON-LD", "there is no statement to be written", "give curated papers")])
    context = json_ld_context(vocabulary)
    trees = _Trees(JsonLdWriter(context), said, _terms(vocabulary))
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
    """Makes node objects that hold others."""

    def __init__(self, writer: JsonLdWriter, said: NodeData, terms: NodeData) -> None:
        self._writer = writer
        self._said = said
        self._terms = terms

    def node(self, name: NamedNode, above: tuple[NamedNode, ...]) -> dict[str, object]:
        """Return the object of a node; what stands ``above`` it is named only."""
        about = self._said.about(name)
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
            what = f"{value} has no name, and a statement says of named things alone"
            raise ExportError([Problem("framed JSON-LD", what, "choose another format")])
        if value in above or predicate in _REFERRING:
            return {"id": self._writer.iri(value)}
        if self._said.about(value):
            return self.node(value, above)
        about = self._terms.about(value)
        told = (self._property(each, about[each], above) for each in _OF_A_TERM if each in about)
        return {"id": self._writer.iri(value)} | dict(chain.from_iterable(told))
