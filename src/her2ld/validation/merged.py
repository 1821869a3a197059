"""The data as shapes see them: all graphs as one, and every plain triple that papers assert described by a node.

Shapes know no named graphs: whether a triple was asserted by an author or stands in the ontology is lost to them.
Therefore each triple of ``graph:asserted`` gets an ``rdf:Statement`` beside it, and where data without named graphs say
the triple of a claim, that triple does, too, unless the ontology says it.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from pyoxigraph import (
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QuerySolutions,
    RdfFormat,
    Store,
    Triple,
    Variable,
    serialize,
)

from her2ld.dataset.literals import as_stored, is_rewritten
from her2ld.validation.exactness import tells_forms_apart
from her2ld.validation.report import Term
from her2ld.vocabulary import model, standard
from her2ld.vocabulary import statement_model as said
from her2ld.vocabulary.ontology import ontology_triples

_PLAIN = "urn:her2ld:plain:"
PLAIN_TRIPLE, _SUBJECT, _PREDICATE, _OBJECT = (
    NamedNode(standard.RDF + name) for name in ("Statement", "subject", "predicate", "object")
)
# The graph of the values of literals that the store cannot keep as they are written.
_VALUES = NamedNode("urn:her2ld:values")
_LEFT_OUT = (model.HEDGED_GRAPH, model.EXCERPTS_GRAPH)


@dataclass(frozen=True, slots=True, eq=False)  # what is worked out of data is kept by their identity
class SeenData:
    """The data as one graph: a store that can be asked, and beside it the literals that the store would rewrite.

    ``rewritten`` are the triples of these as they are written; the store has them with another form of the same value,
    in a graph of its own. ``collide`` says that the store takes two triples for one.
    """

    store: Store
    rewritten: tuple[Triple, ...] = ()
    collide: bool = False

    def __len__(self) -> int:
        """Return the number of triples as they are written."""
        values = sum(1 for _ in self.store.quads_for_pattern(None, None, None, _VALUES)) if self.rewritten else 0
        return len(self.store) - values + len(self.rewritten)

    def extended(self, quads: Iterable[Quad]) -> "SeenData":
        """Return the data with more triples, added to the same store."""
        rewritten = dict.fromkeys(self.rewritten)
        self.store.extend(_kept_quads(quads, rewritten))
        return _with_values(self.store, rewritten)

    def asked(self, query: str, this: Term | None = None) -> QuerySolutions:
        """Return the solutions of a SELECT, in which literals have the form that the store gives them.

        ``this`` is the node that ``$this`` stands for. Raises SyntaxError for what is no SPARQL.
        """
        graphs: list[NamedNode | DefaultGraph] = [DefaultGraph(), _VALUES] if self.rewritten else [DefaultGraph()]
        given = {} if this is None else {Variable("this"): this}
        solutions = self.store.query(query, default_graph=graphs, substitutions=given)  # type: ignore[arg-type]
        if not isinstance(solutions, QuerySolutions):
            raise TypeError("a constraint is asked with SELECT")
        return solutions

    def tells_forms_apart(self, query: str) -> bool:
        """Tell whether the solutions may be others than those of the literals as they are written."""
        if not self.rewritten:
            return False
        predicates = {triple.predicate.value for triple in self.rewritten}
        return tells_forms_apart(query, predicates, collide=self.collide)

    def as_written(self, value: Term) -> Term | None:
        """Return a value that the store gave as it is written; None where it is written in several ways."""
        if not self.rewritten or not isinstance(value, Literal):
            return value
        forms = _forms(self).get(value, set())
        is_kept = next(self.store.quads_for_pattern(None, None, value, DefaultGraph()), None) is not None
        if is_kept or not forms:
            return None if forms else value
        return next(iter(forms)) if len(forms) == 1 else None

    def asked_exactly(self, query: str) -> QuerySolutions:
        """Return the solutions of a SELECT. Raises ValueError where they may depend on how literals are written."""
        if self.tells_forms_apart(query):
            raise ValueError("it depends on how literals are written, and the store knows their values")
        return self.asked(query)

    def turtle(self, more: Iterable[Quad] = ()) -> str:
        """Return the triples as they are written, and some more, as Turtle."""
        text = self.store.dump(format=RdfFormat.TURTLE, from_graph=DefaultGraph()) or b""  # shorter than N-Triples
        rest = [*self.rewritten, *(quad.triple for quad in more)]
        return (text + (serialize(rest, format=RdfFormat.N_TRIPLES) or b"")).decode()

    def quads(self) -> Iterator[Quad]:
        """Yield the triples as they are written."""
        yield from self.store.quads_for_pattern(None, None, None, DefaultGraph())
        yield from (Quad(*triple) for triple in self.rewritten)


def merged(quads: Iterable[Quad]) -> tuple[SeenData, dict[NamedNode, Triple]]:
    """Return all graphs but ``hedged`` and ``excerpts`` as one, and the asserted triples by their nodes.

    The nodes are not in the data: see :func:`described`.
    """
    asserted: dict[Triple, None] = {}
    defined: set[Triple] = set()
    rewritten: dict[Triple, None] = {}
    store = Store()
    store.bulk_extend(_kept_quads(_watched(quads, asserted, defined), rewritten))
    in_one_graph = [triple for triple in _triples_of_claims(store) if triple not in asserted and triple not in defined]
    if in_one_graph and not defined:
        defined.update(_said_by_the_ontology())
    asserted |= dict.fromkeys(triple for triple in in_one_graph if triple not in defined)
    return _with_values(store, rewritten), {_node(triple): triple for triple in asserted}


def _kept_quads(quads: Iterable[Quad], rewritten: dict[Triple, None]) -> Iterator[Quad]:
    """Yield the quads that a store keeps as they are, and put the others aside."""
    for quad in quads:
        value = quad.object
        if type(value) is Literal and is_rewritten(value):
            rewritten[quad.triple] = None
        else:
            yield quad


def _with_values(store: Store, rewritten: Iterable[Triple]) -> SeenData:
    """Return the data of a store and of what it would rewrite, whose values it gets."""
    triples = tuple(rewritten)
    fresh = set()
    for subject, predicate, value in triples:
        stored = as_stored(value)
        if Quad(subject, predicate, stored) not in store:
            fresh.add(Quad(subject, predicate, stored, _VALUES))
    store.extend(fresh)
    return SeenData(store, triples, collide=len(fresh) < len(triples))


@lru_cache(maxsize=1)
def _forms(data: SeenData) -> dict[Literal, set[Literal]]:
    """Return the literals that the store rewrote, by what it made of them."""
    found: dict[Literal, set[Literal]] = {}
    for triple in data.rewritten:
        value = triple.object
        if isinstance(value, Literal):
            found.setdefault(as_stored(value), set()).add(value)
    return found


@cache  # a file that travels with the package does not change under a process
def _said_by_the_ontology() -> frozenset[Triple]:
    return frozenset(ontology_triples()[0])


def described(asserted: Mapping[NamedNode, Triple]) -> Iterator[Quad]:
    """Yield what shapes are told of asserted triples."""
    for node, triple in asserted.items():
        yield Quad(node, standard.TYPE, PLAIN_TRIPLE)
        yield Quad(node, _SUBJECT, triple.subject)
        yield Quad(node, _PREDICATE, triple.predicate)
        yield Quad(node, _OBJECT, triple.object)


def _watched(quads: Iterable[Quad], asserted: dict[Triple, None], defined: set[Triple]) -> Iterator[Quad]:
    """Yield the triples of all graphs but ``hedged`` and ``excerpts`` as quads of the default graph."""
    nowhere = DefaultGraph()
    for quad in quads:
        graph = quad.graph_name
        if graph == nowhere:
            yield quad
            continue
        if graph in _LEFT_OUT:
            continue
        triple = quad.triple
        if graph == model.ASSERTED_GRAPH:
            asserted[triple] = None
        elif graph == model.ONTOLOGY_GRAPH:
            defined.add(triple)
        yield Quad(*triple)


def _triples_of_claims(store: Store) -> Iterator[Triple]:
    """Yield the triples of claims that the data also say by themselves."""
    for quad in store.quads_for_pattern(None, said.RELATION, None, DefaultGraph()):
        if not isinstance(quad.object, NamedNode):
            continue
        for subject in store.quads_for_pattern(quad.subject, said.SUBJECT, None, DefaultGraph()):
            for value in store.quads_for_pattern(quad.subject, said.OBJECT, None, DefaultGraph()):
                if isinstance(subject.object, NamedNode):
                    triple = Triple(subject.object, quad.object, value.object)
                    if Quad(triple.subject, triple.predicate, triple.object) in store:
                        yield triple


def _node(triple: Triple) -> NamedNode:
    return NamedNode(_PLAIN + hashlib.sha256(str(triple).encode()).hexdigest()[:16])
