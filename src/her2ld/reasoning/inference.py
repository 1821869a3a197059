"""What reasoning adds to the data: the graph ``inferred``, and whether all of it can be true."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad, Triple

from her2ld.reasoning.closure import Closure, class_hierarchy, closed, seen_by_reasoning
from her2ld.reasoning.explanation import Contradiction, contradictions
from her2ld.reasoning.facts import facts_of
from her2ld.reasoning.unread import refuse_unread
from her2ld.vocabulary import model, standard

@dataclass(frozen=True, slots=True)
class Reasoned:
    """What follows: the closure, the new triples, contradictions, and the classes that can have no member.

    ``new`` has class memberships, property values and the order of classes; what was there is not among it.
    """

    closure: Closure
    new: tuple[Triple, ...]
    contradictions: tuple[Contradiction, ...]
    unsatisfiable: tuple[tuple[NamedNode, Contradiction], ...]

    @property
    def consistent(self) -> bool:
        """Whether nothing contradicts."""
        return not self.contradictions

    def follows_from_order(self, triple: Triple) -> bool:
        """Tell whether a triple is the membership in a class that only lies above others: no news to anybody."""
        if triple.predicate != standard.TYPE or not isinstance(triple.object, NamedNode):
            return False
        return not self.closure.has(triple.object, standard.EQUIVALENT_CLASS)

    def quads(self) -> Iterator[Quad]:
        """Yield the new triples as the graph ``inferred``, sorted."""
        for triple in self.new:
            yield Quad(triple.subject, triple.predicate, triple.object, model.INFERRED_GRAPH)


def reason(quads: Iterable[Quad]) -> Reasoned:
    """Reason over the ontology and what is asserted. Raises ReasoningError for axioms that the rules do not read.

    >>> from her2ld import build, curation_folders, read_curation, read_ontology
    >>> vocabulary = read_ontology()
    >>> reasoned = reason(build(vocabulary, [read_curation(curation_folders()[0], vocabulary)]))
    >>> reasoned.consistent, any(triple.predicate.value.endswith("targetedBy") for triple in reasoned.new)
    (True, True)
    """
    seen = seen_by_reasoning(quads)
    facts = facts_of(seen)
    refuse_unread(facts)
    followed = closed(facts)
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
    """Yield what holds by definition, which is in the ontology; or all, where no graph is called so."""
    quads = tuple(quads)
    defined = [quad for quad in quads if quad.graph_name == model.ONTOLOGY_GRAPH]
    yield from defined or quads
