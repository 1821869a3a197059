"""What others map and we do, too: where we agree, where we differ and why, and what we leave open."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from pyoxigraph import NamedNode

from her2ld.mappings.listing import TermMapping
from her2ld.mappings.others import NO_TERM_FOUND, TheirMapping
from her2ld.vocabulary import standard


class Verdict(StrEnum):
    """How a mapping of others stands to ours.

    ``OPEN``: we map both terms and do not say how they stand to each other. ``BEYOND``: we do not map both.
    """

    AGREES = "agrees"
    DIFFERS = "differs"
    OPEN = "open"
    BEYOND = "beyond"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A mapping of others beside ours.

    ``ours`` are our mappings of the two terms: those of the terms of ours that are mapped to both, where there are any.
    """

    theirs: TheirMapping
    verdict: Verdict
    ours: tuple[TermMapping, ...]

    @property
    def reasons(self) -> tuple[str, ...]:
        """Return the notes of the ontology on our mappings, each once."""
        return tuple(dict.fromkeys(note for mapping in self.ours for note in mapping.notes))


def compare(theirs: Iterable[TheirMapping], ours: Sequence[TermMapping]) -> Iterator[Comparison]:
    """Put each mapping of others beside ours.

    What SKOS and OWL derive counts as said: what is the same is close, too, and each of two equivalent classes is below
    the other. ``oboInOwl:hasDbXref`` and ``owl:sameAs`` are read as ``skos:exactMatch``, as many who load them do.
    """
    by_object: defaultdict[NamedNode, list[TermMapping]] = defaultdict(list)
    by_subject: defaultdict[NamedNode, list[TermMapping]] = defaultdict(list)
    for mapping in ours:
        by_subject[mapping.subject.iri].append(mapping)
        if mapping.object:
            by_object[mapping.object].append(mapping)
        # Others map to our own terms, too, each of which is the same as itself.
        itself = replace(mapping, relation=standard.EXACT_MATCH, negated=False, object=mapping.subject.iri, notes=())
        by_object[mapping.subject.iri] = [itself]
    for their in theirs:
        first = by_object.get(their.subject, [])
        if their.object == NO_TERM_FOUND:
            yield _beside_search(their, [each for one in first for each in by_subject[one.subject.iri]])
            continue
        second = by_object.get(their.object, [])
        verdict = _verdict(their, first, second) if first and second else Verdict.BEYOND
        of_both = {mapping.subject for mapping in first} & {mapping.subject for mapping in second}
        both = tuple(mapping for mapping in (*first, *second) if not of_both or mapping.subject in of_both)
        yield Comparison(their, verdict, both)


# What says that two terms are the same; what says no more than that they have to do with each other.
_SAYING_SAME = frozenset(
    (
        standard.EXACT_MATCH,
        standard.EQUIVALENT_CLASS,
        NamedNode(standard.OWL + "equivalentProperty"),
        NamedNode(standard.OWL + "sameAs"),
        standard.OBO_CROSS_REFERENCE,
    )
)
_SAYING_LITTLE = frozenset((NamedNode(standard.SKOS + "mappingRelation"), standard.SEE_ALSO))
_BELOW = frozenset((standard.SUBCLASS_OF, standard.SUBPROPERTY_OF))
_INVERSE = {
    standard.BROAD_MATCH: standard.NARROW_MATCH,
    standard.NARROW_MATCH: standard.BROAD_MATCH,
}
# A close match claims less than the same, and excludes nothing (SKOS S46 has only the others apart).
_APART = frozenset((standard.EXACT_MATCH, standard.BROAD_MATCH, standard.NARROW_MATCH, standard.RELATED_MATCH))


def _beside_search(their: TheirMapping, ours: Sequence[TermMapping]) -> Comparison:
    """Compare that a vocabulary has no term for one of ours."""
    there = [each for each in ours if their.searched in {None, each.vocabulary.iri} and not each.negated]
    if not ours:
        return Comparison(their, Verdict.BEYOND, ())
    if any(each.object is None for each in there):
        return Comparison(their, Verdict.DIFFERS if their.negated else Verdict.AGREES, tuple(there))
    same = any(each.object and each.relation == standard.EXACT_MATCH for each in there) and their.searched
    opposed = Verdict.AGREES if their.negated else Verdict.DIFFERS
    return Comparison(their, opposed if same else Verdict.OPEN, tuple(there))


def _verdict(their: TheirMapping, first: Sequence[TermMapping], second: Sequence[TermMapping]) -> Verdict:
    pairs = [(one, other) for one in first for other in second if one.subject == other.subject]
    held = [(one.relation, other.relation) for one, other in pairs if not one.negated and not other.negated]
    known = {composed for one, other in held if (composed := _composed(one, other))}
    affirmed = any(_implies(each, their.relation) for each in known)
    says_same = their.relation in _SAYING_SAME
    excluded = (
        any(_excludes(each, their.relation) for each in known)
        or (says_same and any(_kept_apart(one, other) for one, other in pairs))
        or (says_same and not known and bool(held) and all(one != other for one, other in held))
    )
    if affirmed:
        return Verdict.DIFFERS if their.negated else Verdict.AGREES
    if excluded:
        return Verdict.AGREES if their.negated else Verdict.DIFFERS
    # Whoever says the same claims more than we do, who say close.
    claims_more = says_same and not their.negated and standard.CLOSE_MATCH in known
    return Verdict.DIFFERS if claims_more else Verdict.OPEN


def _implies(ours: NamedNode, theirs: NamedNode) -> bool:
    """Tell whether a relation of ours between two terms says theirs, too."""
    if ours == standard.EXACT_MATCH:
        return theirs in _SAYING_SAME | _BELOW | _SAYING_LITTLE | {standard.CLOSE_MATCH}
    return theirs == ours or theirs in _SAYING_LITTLE or (theirs in _BELOW and ours == standard.BROAD_MATCH)


def _excludes(ours: NamedNode, theirs: NamedNode) -> bool:
    """Tell whether a relation of ours between two terms cannot stand beside theirs."""
    read = standard.EXACT_MATCH if theirs in _SAYING_SAME else standard.BROAD_MATCH if theirs in _BELOW else theirs
    return ours != read and {ours, read} <= _APART and not _implies(ours, theirs)


def _composed(one: NamedNode, other: NamedNode) -> NamedNode | None:
    """Return the relation of one term to another that follows from those of our term to both; None where none does."""
    if one == standard.EXACT_MATCH:
        return other
    return _INVERSE.get(one, one) if other == standard.EXACT_MATCH else None


def _kept_apart(one: TermMapping, other: TermMapping) -> bool:
    """Tell whether our term is the one, and is said not to be the other."""
    return one.negated != other.negated and all(each.relation == standard.EXACT_MATCH for each in (one, other))
