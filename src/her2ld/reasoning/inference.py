"""The results of reasoning: the graphs ``inferred`` and ``conclusions``, and the consistency of the data.

The graph ``inferred`` follows from the ontology and the asserted triples. The graph ``conclusions`` follows from
statements that are not all certain: a conclusion is as certain as its least certain premise, and if there are several
derivations, the most certain one counts. So its rank is the highest one at which it follows from the statements of that
rank and above; one closure for each rank finds all of them.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad, Triple

from her2ld import iris
from her2ld.reasoning.closure import Closure, class_hierarchy, closure, closure_of, seen_by_reasoning
from her2ld.reasoning.explanation import Contradiction, contradictions, explain
from her2ld.reasoning.facts import facts_of
from her2ld.reasoning.rules import refuse_unread
from her2ld.statements import Statement, plain
from her2ld.statements.paper_comparison import licences
from her2ld.statements.plain import Judge, Licence
from her2ld.vocabulary import model, standard, statement_model


@dataclass(frozen=True, slots=True)
class Reasoned:
    """The result of reasoning: the closure, the new triples, the contradictions, and the unsatisfiable classes.

    ``new`` has class memberships, property values and subclass axioms that were not given.
    """

    closure: Closure
    new: tuple[Triple, ...]
    contradictions: tuple[Contradiction, ...]
    unsatisfiable: tuple[tuple[NamedNode, Contradiction], ...]

    @property
    def consistent(self) -> bool:
        """Whether there is no contradiction."""
        return not self.contradictions

    def follows_from_order(self, triple: Triple) -> bool:
        """Tell whether a triple is membership in a class without a definition: it says little that is new."""
        if triple.predicate != standard.TYPE or not isinstance(triple.object, NamedNode):
            return False
        return not self.closure.has(triple.object, standard.EQUIVALENT_CLASS)

    def quads(self) -> Iterator[Quad]:
        """Yield the new triples as the graph ``inferred``, sorted."""
        for triple in self.new:
            yield Quad(triple.subject, triple.predicate, triple.object, model.INFERRED_GRAPH)


def reason(quads: Iterable[Quad]) -> Reasoned:
    """Reason over the ontology and the asserted triples. Raises ReasoningError for axioms that the rules do not read.

    >>> from her2ld import build, curation_folders, read_curation, read_ontology
    >>> vocabulary = read_ontology()
    >>> reasoned = reason(build(vocabulary, [read_curation(curation_folders()[0], vocabulary)]))
    >>> reasoned.consistent, any(triple.predicate.value.endswith("targetedBy") for triple in reasoned.new)
    (True, True)
    """
    seen = seen_by_reasoning(quads)
    facts = facts_of(seen)
    refuse_unread(facts)
    followed = closure_of(facts)
    hierarchy, samples = class_hierarchy(_axioms(seen))
    there = {Triple(quad.subject, quad.predicate, quad.object) for quad in seen}
    above = (
        Triple(samples[triple.subject], standard.SUBCLASS_OF, triple.object)
        for triple in hierarchy.new()
        if isinstance(triple.subject, NamedNode) and triple.subject in samples and triple.predicate == standard.TYPE
    )
    new = {*followed.new(), *(each for each in above if each.subject != each.object and each not in there)}
    unsatisfiable = {
        samples[leaf.subject]: each
        for each in contradictions(hierarchy)
        for leaf in each.needed
        if isinstance(leaf.subject, NamedNode) and leaf.subject in samples
    }
    return Reasoned(
        closure=followed,
        new=tuple(sorted(new, key=str)),
        contradictions=contradictions(followed),
        unsatisfiable=tuple(sorted(unsatisfiable.items(), key=str)),
    )


def _axioms(quads: Iterable[Quad]) -> Iterator[Quad]:
    """Yield the quads of the ontology; all quads if there is no graph of the ontology."""
    quads = tuple(quads)
    defined = [quad for quad in quads if quad.graph_name == model.ONTOLOGY_GRAPH]
    yield from defined or quads


@dataclass(frozen=True, slots=True)
class Stated:
    """The triple that a statement licenses, the rank of its certainty, and its IRI."""

    triple: Triple
    rank: int
    node: NamedNode


@dataclass(frozen=True, slots=True)
class Conclusion:
    """A triple that follows from statements, the rank of its least certain premise, and these statements."""

    triple: Triple
    rank: int
    premises: tuple[NamedNode, ...]


def conclusions(axioms: Iterable[Triple | Quad], statements: Iterable[Stated]) -> tuple[Conclusion, ...]:
    """Return what follows from statements and axioms, but not from axioms alone.

    A triple that is itself stated with the same or a higher certainty is not among them.
    """
    axioms = tuple(Triple(each.subject, each.predicate, each.object) for each in axioms)
    statements = tuple(statements)
    nodes: Mapping[Triple, list[Stated]] = defaultdict(list)
    for stated in statements:
        nodes[stated.triple].append(stated)
    known = set(axioms) | set(closure(axioms).rounds)
    found = []
    for rank in sorted({stated.rank for stated in statements}, reverse=True):
        sure = {stated.triple for stated in statements if stated.rank >= rank}
        followed = closure([*axioms, *sorted(sure, key=str)])
        for triple in sorted(followed.new(), key=str):
            if triple in known:
                continue
            reason = explain(followed, triple)
            leaves = list(reason.leaves()) if reason else []
            premises = [stated.node for leaf in leaves for stated in nodes.get(leaf, ()) if stated.rank >= rank]
            found.append(Conclusion(triple, rank, tuple(dict.fromkeys(premises))))
        known |= set(followed.rounds) | sure
    return tuple(found)


def stated_in(statements: Iterable[Statement], by: Judge) -> tuple[Stated, ...]:
    """Return the triples that statements license, asserted or hedged.

    A statement licenses none if it denies, does not find, leaves open or only investigates its claim, if the claim is
    disputed, or if the statement lacks a part, which validation reports.
    """
    return tuple(
        Stated(Triple(claim.subject, claim.relation, claim.object), sure, each.iri)
        for each, licence in licences(tuple(statements), by)
        if licence is not Licence.NONE
        if (claim := each.claim) and claim.subject and claim.relation and claim.object
        if (sure := plain.rank(each, by.steering)) is not None
    )


def conclusion_quads(
    found: Iterable[Conclusion], label: Callable[[NamedNode], str], certainty: Callable[[int], NamedNode]
) -> Iterator[Quad]:
    """Yield the quads of each conclusion: its claim, its certainty, and the statements that it was derived from.

    ``label`` returns the label of a term, ``certainty`` the certainty of a rank. No paper states a conclusion, so it is
    linked to its claim by ``her2:hasClaim`` and affirms nothing.
    """
    for each in found:
        subject, predicate, value = each.triple
        if not (isinstance(subject, NamedNode) and isinstance(value, NamedNode)):
            continue
        node, claim = iris.conclusion(each.triple, each.rank, each.premises), iris.claim(subject, predicate, value)
        name = Literal(" ".join(map(label, (subject, predicate, value))), language="en")
        described = (
            (node, standard.TYPE, statement_model.CONCLUSION),
            (node, standard.LABEL, name),
            (node, statement_model.HAS_CLAIM, claim.iri),
            (node, statement_model.CERTAINTY, certainty(each.rank)),
            *((node, standard.DERIVED_FROM, premise) for premise in each.premises),
            (claim.iri, standard.TYPE, statement_model.CLAIM),
            (claim.iri, standard.LABEL, name),
            (claim.iri, statement_model.SUBJECT, subject),
            (claim.iri, statement_model.RELATION, predicate),
            (claim.iri, statement_model.OBJECT, value),
        )
        for about, property_, term in described:
            yield Quad(about, property_, term, model.CONCLUSIONS_GRAPH)
