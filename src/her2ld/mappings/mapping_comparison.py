"""Mappings of others compared with ours: where both map a term, whether they agree, and why they differ."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from pyoxigraph import NamedNode

from her2ld.mappings.sssom_reader import TheirMapping
from her2ld.mappings.term_mappings import TermMapping
from her2ld.vocabulary import standard


class Verdict(StrEnum):
    """The result of comparing a mapping of others with ours.

    ``OPEN``: we map both terms but state no relation between them. ``BEYOND``: we do not map both terms.
    """

    AGREES = "agrees"
    DIFFERS = "differs"
    OPEN = "open"
    BEYOND = "beyond"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A mapping of others with the verdict, and with our mappings of the two terms.

    If terms of ours are mapped to both, ``ours`` has only the mappings of these terms.
    """

    theirs: TheirMapping
    verdict: Verdict
    ours: tuple[TermMapping, ...]

    @property
    def reasons(self) -> tuple[str, ...]:
        """The notes of the ontology on our mappings, each once."""
        return tuple(dict.fromkeys(note for mapping in self.ours for note in mapping.notes))


def compare(theirs: Iterable[TheirMapping], ours: Sequence[TermMapping]) -> Iterator[Comparison]:
    """Yield each mapping of others, compared with ours.

    Consequences in SKOS and OWL count as stated: an exact match is also a close match, and each of two equivalent
    classes is a subclass of the other. ``oboInOwl:hasDbXref`` and ``owl:sameAs`` are read as ``skos:exactMatch``, as is
    common.
    """
    by_object: defaultdict[NamedNode, list[TermMapping]] = defaultdict(list)
    by_subject: defaultdict[NamedNode, list[TermMapping]] = defaultdict(list)
    for mapping in ours:
        by_subject[mapping.subject.iri].append(mapping)
        if mapping.object:
            by_object[mapping.object].append(mapping)
        # Others also map to our own terms, each of which is the same as itself.
        itself = replace(mapping, relation=standard.EXACT_MATCH, negated=False, object=mapping.subject.iri, notes=())
        by_object[mapping.subject.iri] = [itself]
    for their in theirs:
        first = by_object.get(their.subject, [])
        if their.object == standard.NO_TERM_FOUND:
            yield _compared_search(their, [each for one in first for each in by_subject[one.subject.iri]])
            continue
        second = by_object.get(their.object, [])
        verdict = _verdict(their, first, second) if first and second else Verdict.BEYOND
        of_both = {mapping.subject for mapping in first} & {mapping.subject for mapping in second}
        both = tuple(mapping for mapping in (*first, *second) if not of_both or mapping.subject in of_both)
        yield Comparison(their, verdict, both)


# Relations that state identity, and relations that state only some connection.
_IDENTITY = frozenset(
    (
        standard.EXACT_MATCH,
        standard.EQUIVALENT_CLASS,
        NamedNode(standard.OWL + "equivalentProperty"),
        NamedNode(standard.OWL + "sameAs"),
        standard.OBO_CROSS_REFERENCE,
    )
)
_CONNECTION = frozenset((NamedNode(standard.SKOS + "mappingRelation"), standard.SEE_ALSO))
_BELOW = frozenset((standard.SUBCLASS_OF, standard.SUBPROPERTY_OF))
_INVERSE = {
    standard.BROAD_MATCH: standard.NARROW_MATCH,
    standard.NARROW_MATCH: standard.BROAD_MATCH,
}
# A close match states less than identity and excludes nothing; SKOS S46 makes only the others disjoint.
_DISJOINT = frozenset((standard.EXACT_MATCH, standard.BROAD_MATCH, standard.NARROW_MATCH, standard.RELATED_MATCH))


def _compared_search(their: TheirMapping, ours: Sequence[TermMapping]) -> Comparison:
    """Return the comparison for a statement that a vocabulary has no term for one of ours."""
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
    states_identity = their.relation in _IDENTITY
    excluded = (
        any(_excludes(each, their.relation) for each in known)
        or (states_identity and any(_only_one_is_exact(one, other) for one, other in pairs))
        or (states_identity and not known and bool(held) and all(one != other for one, other in held))
    )
    if affirmed:
        return Verdict.DIFFERS if their.negated else Verdict.AGREES
    if excluded:
        return Verdict.AGREES if their.negated else Verdict.DIFFERS
    # An exact match states more than our close match.
    states_more = states_identity and not their.negated and standard.CLOSE_MATCH in known
    return Verdict.DIFFERS if states_more else Verdict.OPEN


def _implies(ours: NamedNode, theirs: NamedNode) -> bool:
    """Tell whether our relation between two terms implies theirs."""
    if ours == standard.EXACT_MATCH:
        return theirs in _IDENTITY | _BELOW | _CONNECTION | {standard.CLOSE_MATCH}
    return theirs == ours or theirs in _CONNECTION or (theirs in _BELOW and ours == standard.BROAD_MATCH)


def _excludes(ours: NamedNode, theirs: NamedNode) -> bool:
    """Tell whether our relation between two terms contradicts theirs."""
    read = standard.EXACT_MATCH if theirs in _IDENTITY else standard.BROAD_MATCH if theirs in _BELOW else theirs
    return ours != read and {ours, read} <= _DISJOINT and not _implies(ours, theirs)


def _composed(one: NamedNode, other: NamedNode) -> NamedNode | None:
    """Return the relation between two terms that follows from those of our term to both; None if none follows."""
    if one == standard.EXACT_MATCH:
        return other
    return _INVERSE.get(one, one) if other == standard.EXACT_MATCH else None


def _only_one_is_exact(one: TermMapping, other: TermMapping) -> bool:
    """Tell whether our term is an exact match of one term, and stated not to be one of the other."""
    return one.negated != other.negated and all(each.relation == standard.EXACT_MATCH for each in (one, other))
