"""The rules of OWL 2 RL/RDF (W3C, OWL 2 Profiles, section 4.3) for the kinds of axiom that the ontology uses.

A rule has triple patterns and concludes one triple, or reports a contradiction. Axioms are triples too, so they are
among the premises of each conclusion. An axiom that no rule reads is refused, because its consequences would be missed.
"""

from dataclasses import dataclass

from pyoxigraph import BlankNode, NamedNode, Triple

from her2ld.errors import Problem, ReasoningError
from her2ld.reasoning.facts import BITS, MASK, TYPE, FactSets
from her2ld.vocabulary import standard

NAMESPACES = {"rdf": standard.RDF, "rdfs": standard.RDFS, "owl": standard.OWL}
_PROLOGUE = "".join(f"PREFIX {prefix}: <{namespace}> " for prefix, namespace in NAMESPACES.items())


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its name in the recommendation, its patterns, a further condition, and its conclusion.

    ``head`` is None for a rule that reports a contradiction. ``words`` explains the step, with variables in braces.
    """

    name: str
    body: tuple[str, ...]
    head: str | None
    words: str
    condition: str = ""

    @property
    def facts(self) -> tuple[str, ...]:
        """The patterns of facts: any property, or membership in any class. The other patterns are those of axioms."""
        return tuple(pattern for pattern in self.body if _is_of_facts(*pattern.split()))

    def axioms(self) -> str:
        """Return the SPARQL query for the axioms of the rule: one row for each, with the values of the variables."""
        patterns = [pattern for pattern in self.body if pattern not in self.facts]
        where = " . ".join((*patterns, self.condition) if self.condition else patterns)
        return f"{_PROLOGUE} SELECT DISTINCT * WHERE {{ {where} }}"


def _is_of_facts(_: str, predicate: str, value: str) -> bool:
    return predicate.startswith("?") or (predicate == "rdf:type" and value.startswith("?"))


_LIST_OF_TWO = ("?list rdf:first {0}", "?list rdf:rest ?rest", "?rest rdf:first {1}", "?rest rdf:rest rdf:nil")


def _list_of_two(first: str, second: str) -> tuple[str, ...]:
    return tuple(pattern.format(first, second) for pattern in _LIST_OF_TWO)


RULES = (
    Rule("prp-dom", ("?p rdfs:domain ?c", "?x ?p ?y"), "?x rdf:type ?c",
         "what {p} something is a {c}", "FILTER(isIRI(?c))"),
    Rule("prp-rng", ("?p rdfs:range ?c", "?x ?p ?y"), "?y rdf:type ?c",
         "what something {p} is a {c}", "FILTER(isIRI(?c))"),
    Rule("prp-symp", ("?p rdf:type owl:SymmetricProperty", "?x ?p ?y"), "?y ?p ?x",
         "“{p}” holds both ways"),
    Rule("prp-trp", ("?p rdf:type owl:TransitiveProperty", "?x ?p ?y", "?y ?p ?z"), "?x ?p ?z",
         "“{p}” carries over from one to the next"),
    Rule("prp-spo1", ("?p rdfs:subPropertyOf ?q", "?x ?p ?y"), "?x ?q ?y",
         "what {p} something {q} it"),
    Rule("prp-spo2",
         ("?p owl:propertyChainAxiom ?list", *_list_of_two("?q", "?r"), "?x ?q ?y", "?y ?r ?z"), "?x ?p ?z",
         "what {q} something that {r} a thing {p} that thing"),
    Rule("prp-inv1", ("?p owl:inverseOf ?q", "?x ?p ?y"), "?y ?q ?x",
         "“{p}” is the inverse of “{q}”"),
    Rule("prp-inv2", ("?p owl:inverseOf ?q", "?x ?q ?y"), "?y ?p ?x",
         "“{p}” is the inverse of “{q}”"),
    Rule("cls-hv1", ("?c owl:hasValue ?v", "?c owl:onProperty ?p", "?x rdf:type ?c"), "?x ?p ?v",
         "by definition, it {p} {v}"),
    Rule("cls-hv2", ("?c owl:hasValue ?v", "?c owl:onProperty ?p", "?x ?p ?v"), "?x rdf:type ?c",
         "it {p} {v}, as the definition demands"),
    Rule("cls-svf1",
         ("?c owl:someValuesFrom ?d", "?c owl:onProperty ?p", "?x ?p ?y", "?y rdf:type ?d"), "?x rdf:type ?c",
         "it {p} a {d}, as the definition demands"),
    Rule("cls-int1",
         ("?c owl:intersectionOf ?list", *_list_of_two("?a", "?b"), "?x rdf:type ?a", "?x rdf:type ?b"),
         "?x rdf:type ?c", "it meets both parts of the definition"),
    Rule("cls-int2", ("?c owl:intersectionOf ?list", "?x rdf:type ?c"), "?x rdf:type ?a",
         "it meets each part of the definition", "?list rdf:rest*/rdf:first ?a"),
    Rule("cax-eqc1", ("?c owl:equivalentClass ?d", "?x rdf:type ?c"), "?x rdf:type ?d",
         "that is part of what “{c}” means"),
    Rule("cax-eqc2", ("?c owl:equivalentClass ?d", "?x rdf:type ?d"), "?x rdf:type ?c",
         "that is what “{c}” means"),
    Rule("cax-sco", ("?c rdfs:subClassOf ?d", "?x rdf:type ?c"), "?x rdf:type ?d",
         "every {c} is a {d}"),
)  # fmt: skip

CONTRADICTIONS = (
    Rule("cax-dw", ("?c owl:disjointWith ?d", "?x rdf:type ?c", "?x rdf:type ?d"), None,
         "nothing is both a {c} and a {d}"),
    Rule("cax-adc", ("?axiom rdf:type owl:AllDisjointClasses", "?x rdf:type ?c", "?x rdf:type ?d"), None,
         "nothing is both a {c} and a {d}",
         "?axiom owl:members/rdf:rest*/rdf:first ?c , ?d FILTER(STR(?c) < STR(?d))"),
    Rule("prp-irp", ("?p rdf:type owl:IrreflexiveProperty", "?x ?p ?x"), None,
         "nothing {p} itself"),
    Rule("prp-asyp", ("?p rdf:type owl:AsymmetricProperty", "?x ?p ?y", "?y ?p ?x"), None,
         "“{p}” never holds both ways"),
)  # fmt: skip


def is_about_names(triple: Triple) -> bool:
    """Tell whether a triple has no blank node: blank nodes stand for parts of definitions."""
    return not any(isinstance(term, BlankNode) for term in triple)


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
_PAIRS = (standard.INTERSECTION_OF, standard.PROPERTY_CHAIN)


def refuse_unread(facts: FactSets) -> None:
    """Raise ReasoningError for axioms that the rules do not read."""
    beyond = [str(triple) for triple in unread(facts)]
    if beyond:
        what = f"{len(beyond)} triples belong to axioms that no rule reads, such as {beyond[0]}"
        remedy = "use other axioms (docs/reasoning.md), or use HermiT"
        raise ReasoningError([Problem("ontology", what, remedy)])


def unread(facts: FactSets) -> tuple[Triple, ...]:
    """Return the triples of axioms that no rule reads.

    A union is read as a domain or a range only, and an intersection or a property chain with two members only.
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
