"""What others map and we do, too: where we agree, where we differ and why, and what we leave open."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from pyoxigraph import NamedNode

from her2ld.mappings.listing import TermMapping
from her2ld.mappings.others import TheirMapping
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

    ``owl:equivalentClass`` and ``oboInOwl:hasDbXref`` are read as ``skos:exactMatch``, as many who load them do.
    """
    by_object: defaultdict[NamedNode, list[TermMapping]] = defaultdict(list)
    for mapping in ours:
        if mapping.object:
            by_object[mapping.object].append(mapping)
        # Others map to our own terms, too, each of which is the same as itself.
        itself = replace(mapping, relation=standard.EXACT_MATCH, negated=False, object=mapping.subject.iri, notes=())
        by_object[mapping.subject.iri] = [itself]
    for their in theirs:
        first, second = by_object.get(their.subject, []), by_object.get(their.object, [])
        verdict = _verdict(their, first, second) if first and second else Verdict.BEYOND
        of_both = {mapping.subject for mapping in first} & {mapping.subject for mapping in second}
        both = tuple(mapping for mapping in (*first, *second) if not of_both or mapping.subject in of_both)
        yield Comparison(their, verdict, both)


_SAYING_SAME = frozenset((standard.EXACT_MATCH, standard.EQUIVALENT_CLASS, standard.OBO_CROSS_REFERENCE))
_INVERSE = {
    standard.BROAD_MATCH: standard.NARROW_MATCH,
    standard.NARROW_MATCH: standard.BROAD_MATCH,
}


def _verdict(their: TheirMapping, first: Sequence[TermMapping], second: Sequence[TermMapping]) -> Verdict:
    relation = standard.EXACT_MATCH if their.relation in _SAYING_SAME else their.relation
    pairs = [(one, other) for one in first for other in second if one.subject == other.subject]
    held = [(one.relation, other.relation) for one, other in pairs if not one.negated and not other.negated]
    known = {composed for one, other in held if (composed := _composed(one, other))}
    if their.negated:
        return Verdict.DIFFERS if relation in known else Verdict.AGREES
    if relation in known:
        return Verdict.AGREES
    if known or any(_kept_apart(one, other) for one, other in pairs):
        return Verdict.DIFFERS
    says_same_of_unlike = relation == standard.EXACT_MATCH and held and all(one != other for one, other in held)
    return Verdict.DIFFERS if says_same_of_unlike else Verdict.OPEN


def _composed(one: NamedNode, other: NamedNode) -> NamedNode | None:
    """Return the relation of one term to another that follows from those of our term to both; None where none does."""
    if one == standard.EXACT_MATCH:
        return other
    return _INVERSE.get(one, one) if other == standard.EXACT_MATCH else None


def _kept_apart(one: TermMapping, other: TermMapping) -> bool:
    """Tell whether our term is the one, and is said not to be the other."""
    return one.negated != other.negated and all(each.relation == standard.EXACT_MATCH for each in (one, other))
