"""The data as shapes see them: all graphs as one, and a node that describes every plain triple that papers assert.

Shapes know no named graphs, so they cannot tell whether a triple was asserted by an author or is in the ontology.
Therefore each triple of ``graph:asserted`` gets an ``rdf:Statement`` beside it. Where data without named graphs hold
the triple of a claim, that triple gets one, too, unless it is in the ontology.

A store keeps numbers, dates and booleans by their value: it turns ``"05"^^xsd:int`` into ``5``. The value is the same,
but the term is not, and SHACL judges terms. So a literal that the store would rewrite is kept beside it, and a query is
asked of the store only where it compares such literals by their value, or does not look at them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING

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
from her2ld.vocabulary import model, standard, statement_model
from her2ld.vocabulary.ontology import ontology_triples

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping
    from pathlib import Path

    from her2ld.validation.report import Term


_XSD = standard.XSD
# These have the same result for two numbers or dates of the same value, whatever their datatype and form.
_BY_VALUE = frozenset(
    {"RelationalExpression", "AdditiveExpression", "MultiplicativeExpression", "UnaryMinus", "Builtin_isNUMERIC"}
)


def tells_forms_apart(query: str, predicates: Container[str], *, collide: bool = False) -> bool:
    """Tell whether the solutions of a query may depend on how the values of some properties are written.

    They do not where the variables of these values are each in one pattern alone, and are compared or calculated with,
    and nothing else; ``?value`` may be given as the store has it. Where values ``collide``, being written in two ways
    at one place, it is enough to look at them. Raises SyntaxError for what is no SPARQL.
    """
    from pyparsing import ParseException
    from rdflib.paths import Path
    from rdflib.plugins.sparql import prepareQuery
    from rdflib.term import Variable

    try:
        algebra = prepareQuery(query).algebra
    except (ParseException, RecursionError) as error:
        raise SyntaxError(str(error)) from error
    patterns = list(_patterns(algebra))
    touched: set[object] = set()
    for subject, predicate, value in patterns:
        if isinstance(predicate, Variable) or any(iri is None or iri in predicates for iri in _iris_of(predicate)):
            touched |= {subject, value} if isinstance(predicate, Path) else {value}
    ends = [end for subject, predicate, value in patterns for end in (subject, predicate, value)]
    touched -= _resources(algebra)
    if collide and touched:
        return True
    if any(not isinstance(end, Variable) and getattr(end, "datatype", None) is not None for end in touched):
        return True
    variables: set[object] = {end for end in touched if isinstance(end, Variable)}
    return any(ends.count(variable) > 1 for variable in variables) or _is_used(algebra, variables)


def _iris_of(predicate: object) -> Iterator[str | None]:
    """Yield the properties of a path; None where a path may take any property but some."""
    from rdflib import URIRef
    from rdflib.paths import NegatedPath

    if isinstance(predicate, NegatedPath):
        yield None
    elif isinstance(predicate, URIRef):
        yield str(predicate)
    else:
        for part in (getattr(predicate, "args", ()), getattr(predicate, "arg", None), getattr(predicate, "path", None)):
            for each in part if isinstance(part, list | tuple) else [part]:
                if each is not None:
                    yield from _iris_of(each)


def _patterns(node: object) -> Iterator[tuple[object, object, object]]:
    """Yield the triple patterns of an algebra, each once."""
    if isinstance(node, dict):
        for some in node["triples"] if "triples" in node else ():  # noqa: SIM401  # its get() makes up what is missing
            yield from zip(some[0::3], some[1::3], some[2::3], strict=True)  # within EXISTS, several in one list
        for _, each in _parts(node):
            yield from _patterns(each)
    elif isinstance(node, list | tuple):
        for each in node:
            yield from _patterns(each)


def _parts(node: dict[str, object]) -> Iterator[tuple[str, object]]:
    """Yield what a node of an algebra consists of, but its triples.

    rdflib 7.6 keeps the algebra of EXISTS as an attribute of the node; the item has lost its filters.
    """
    translated = vars(node)
    yield from ((key, translated.get(key, each)) for key, each in node.items() if key not in ("triples", "_vars"))


def _resources(node: object) -> set[object]:
    """Return the variables of an algebra that cannot be literals, because they are subjects."""
    if not isinstance(node, dict):
        return set()
    name = getattr(node, "name", "")
    if name == "BGP":
        return {subject for subject, _, _ in _patterns(node)}
    if name == "Join":
        return _resources(node["p1"]) | _resources(node["p2"])
    if name == "Union":
        return _resources(node["p1"]) & _resources(node["p2"])
    if name in ("LeftJoin", "Minus"):
        return _resources(node["p1"])
    is_around = name in ("SelectQuery", "Project", "Distinct", "Reduced", "Filter", "ToMultiSet", "Extend", "Slice")
    return _resources(node["p"]) if is_around else set()


def _is_used(node: object, variables: set[object], *, by_value: bool = False) -> bool:
    """Tell whether some of the variables are used in another way than in patterns and by their value."""
    from rdflib.term import Variable

    if isinstance(node, Variable):
        return node in variables and not by_value
    if isinstance(node, dict):
        own = getattr(node, "name", "") in _BY_VALUE or _is_cast(node)
        return any(
            _is_used(each, variables - {Variable("value")} if key == "PV" else variables, by_value=own)
            for key, each in _parts(node)
        )
    if isinstance(node, list | tuple | set):
        return any(_is_used(each, variables, by_value=by_value) for each in node)
    return False


def _is_cast(node: object) -> bool:
    """Tell whether a node of an algebra makes a number or a date of a value, and not a text."""
    iri = str(getattr(node, "iri", "")) if getattr(node, "name", "") == "Function" else ""
    return iri.startswith(_XSD) and iri != f"{_XSD}string"


_PLAIN = "urn:her2ld:plain:"
PLAIN_TRIPLE = NamedNode(standard.RDF + "Statement")
# The graph of the values of literals that the store cannot keep as they are written.
_VALUES = NamedNode("urn:her2ld:values")
_LEFT_OUT = (model.HEDGED_GRAPH, model.EXCERPTS_GRAPH)


@dataclass(frozen=True, slots=True, eq=False)  # what is worked out of data is kept by their identity
class SeenData:
    """The data as one graph: a store, and beside it the literals that the store would rewrite.

    ``rewritten`` are the triples of these as they are written; the store has them with another form of the same value,
    in a graph of its own. ``collide`` says that the store takes two triples for one. ``size`` is the number of triples
    as they are written, without those by which the data were extended.
    """

    store: Store
    rewritten: tuple[Triple, ...] = ()
    collide: bool = False
    size: int = 0
    _numbers: dict[str, tuple[int, int]] = field(default_factory=dict)

    def extended(self, quads: Iterable[Quad]) -> SeenData:
        """Return the data with more triples, added to the same store."""
        rewritten = dict.fromkeys(self.rewritten)
        self.store.extend(_kept_quads(quads, rewritten))
        return _with_values(self.store, rewritten, self.size)

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

    def numbers_selected(self, pattern: str) -> tuple[int, int]:
        """Return how many nodes a pattern binds to ``$this``, and in how many solutions. The store is asked once."""
        if pattern not in self._numbers:
            counts = "(COUNT(DISTINCT $this) AS ?nodes) (COUNT($this) AS ?solutions)"
            (row,) = self.asked(f"SELECT {counts} WHERE {{ {pattern} }}")
            self._numbers[pattern] = int(row["nodes"].value), int(row["solutions"].value)
        return self._numbers[pattern]

    def tells_forms_apart(self, query: str) -> bool:
        """Tell whether the solutions may differ from those of the literals as they are written."""
        if not self.rewritten:
            return False
        predicates = {triple.predicate.value for triple in self.rewritten}
        return tells_forms_apart(query, predicates, collide=self.collide)

    def as_written(self, value: Term) -> Term | None:
        """Return a value of a solution as it is written in the data; None if it is written in several ways."""
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

    def write_turtle(self, file: Path, more: Iterable[Quad] = ()) -> None:
        """Write what ``turtle`` returns into a file. Raises OSError where that cannot be done."""
        self.store.dump(file, format=RdfFormat.TURTLE, from_graph=DefaultGraph())
        with file.open("ab") as output:
            serialize([*self.rewritten, *(quad.triple for quad in more)], output, RdfFormat.N_TRIPLES)

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
    return _with_values(store, rewritten, len(store) + len(rewritten)), {_node(triple): triple for triple in asserted}


def _kept_quads(quads: Iterable[Quad], rewritten: dict[Triple, None]) -> Iterator[Quad]:
    """Yield the quads that a store keeps as they are, and collect the others."""
    for quad in quads:
        value = quad.object
        if type(value) is Literal and is_rewritten(value):
            rewritten[quad.triple] = None
        else:
            yield quad


def _with_values(store: Store, rewritten: Iterable[Triple], size: int) -> SeenData:
    """Return the data of a store and of triples that it would rewrite, whose values are added to it."""
    triples = tuple(rewritten)
    fresh = set()
    for subject, predicate, value in triples:
        stored = as_stored(value)
        if Quad(subject, predicate, stored) not in store:
            fresh.add(Quad(subject, predicate, stored, _VALUES))
    store.extend(fresh)
    return SeenData(store, triples, len(fresh) < len(triples), size)


@lru_cache(maxsize=1)
def _forms(data: SeenData) -> dict[Literal, set[Literal]]:
    """Return the literals that the store would rewrite, by their form in the store."""
    found: dict[Literal, set[Literal]] = {}
    for triple in data.rewritten:
        value = triple.object
        if isinstance(value, Literal):
            found.setdefault(as_stored(value), set()).add(value)
    return found


@cache  # the files of the package do not change while a process runs
def _said_by_the_ontology() -> frozenset[Triple]:
    return frozenset(ontology_triples()[0])


def described(asserted: Mapping[NamedNode, Triple]) -> Iterator[Quad]:
    """Yield the descriptions of asserted triples for shapes."""
    for node, triple in asserted.items():
        yield Quad(node, standard.TYPE, PLAIN_TRIPLE)
        yield Quad(node, standard.SUBJECT, triple.subject)
        yield Quad(node, standard.PREDICATE, triple.predicate)
        yield Quad(node, standard.OBJECT, triple.object)


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
    """Yield the triples of claims that the data also hold as plain triples."""
    for quad in store.quads_for_pattern(None, statement_model.RELATION, None, DefaultGraph()):
        if not isinstance(quad.object, NamedNode):
            continue
        for subject in store.quads_for_pattern(quad.subject, statement_model.SUBJECT, None, DefaultGraph()):
            for value in store.quads_for_pattern(quad.subject, statement_model.OBJECT, None, DefaultGraph()):
                if isinstance(subject.object, NamedNode):
                    triple = Triple(subject.object, quad.object, value.object)
                    if Quad(triple.subject, triple.predicate, triple.object) in store:
                        yield triple


def _node(triple: Triple) -> NamedNode:
    return NamedNode(_PLAIN + hashlib.sha256(str(triple).encode()).hexdigest()[:16])
