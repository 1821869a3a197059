"""Axioms that no rule reads: what follows from them would be missed, so they are refused."""

from pyoxigraph import NamedNode, Triple

from her2ld.errors import Problem, ReasoningError
from her2ld.reasoning.facts import BITS, MASK, TYPE, FactSets
from her2ld.vocabulary import standard

_READ = {
    NamedNode(standard.OWL + name)
    for name in (
        "AllDisjointClasses", "AnnotationProperty", "AsymmetricProperty", "Class", "DatatypeProperty",
        "IrreflexiveProperty", "NamedIndividual", "Nothing", "ObjectProperty", "Ontology", "Restriction",
        "SymmetricProperty", "Thing", "TransitiveProperty", "deprecated", "disjointWith", "equivalentClass", "hasValue",
        "intersectionOf", "inverseOf", "members", "onProperty", "propertyChainAxiom", "someValuesFrom", "unionOf",
        "versionIRI", "versionInfo",
    )
}  # fmt: skip
_NAMES = (standard.UNION_OF, standard.REST, standard.NIL, standard.DOMAIN, standard.RANGE)
_PAIRS = (NamedNode(standard.OWL + "intersectionOf"), NamedNode(standard.OWL + "propertyChainAxiom"))


def refuse_unread(facts: FactSets) -> None:
    """Raise ReasoningError for axioms that the rules do not read."""
    beyond = [str(triple) for triple in unread(facts)]
    if beyond:
        what = f"{len(beyond)} triples belong to axioms that no rule reads, such as {beyond[0]}"
        raise ReasoningError([Problem("ontology", what, "say it with other axioms (docs/reasoning.md), or use HermiT")])


def unread(facts: FactSets) -> tuple[Triple, ...]:
    """Return the triples of axioms that no rule reads.

    A union is understood as a domain or a range, and lists of an intersection or a chain have two members.
    """
    number_of = facts.terms.__getitem__
    union_of, rest, nil, domain, range_ = map(number_of, _NAMES)
    unions = {pair >> BITS for pair in facts.of(union_of)}
    elsewhere: set[int] = set()
    for key, numbers in facts.sets.items() if unions else ():
        if key < TYPE:
            elsewhere |= unions & {~key}
        elif key != union_of:
            elsewhere |= unions & {pair >> BITS for pair in numbers}
        if key > TYPE and key not in (domain, range_):
            elsewhere |= unions & {pair & MASK for pair in numbers}
    pairs = {pair & MASK for name in _PAIRS for pair in facts.of(number_of(name))}
    longer = {pair & MASK for pair in facts.of(rest) if pair >> BITS in pairs}
    beyond = {
        union_of: {pair for pair in facts.of(union_of) if pair >> BITS in elsewhere},
        rest: {pair for pair in facts.of(rest) if pair >> BITS in longer and pair & MASK != nil},
    }
    found = [*facts.terms.decode(beyond)]
    if any(_is_strange(facts.terms.listed[number]) for number in facts.numbers()):
        found += [triple for triple in facts.triples() if any(map(_is_strange, triple))]
    return tuple(dict.fromkeys(found))


def _is_strange(term: object) -> bool:
    return isinstance(term, NamedNode) and term.value.startswith(standard.OWL) and term not in _READ
