"""Triples, axioms and reasons in words."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from her2ld.reasoning.compiled import Step
from her2ld.reasoning.explanation import Contradiction, Reason
from her2ld.vocabulary import standard

_SCHEMA = {
    NamedNode(namespace + name)
    for namespace, names in (
        (standard.RDF, ("first", "rest")),
        (standard.RDFS, ("domain", "range", "subClassOf", "subPropertyOf")),
        (
            standard.OWL,
            ("disjointWith", "equivalentClass", "hasValue", "intersectionOf", "inverseOf", "members", "onProperty",
             "propertyChainAxiom", "someValuesFrom"),
        ),
    )
    for name in names
}  # fmt: skip

Label = Callable[[NamedNode], str]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an explanation: how deep it stands, what it says, and the triple to show the place of, if any."""

    depth: int
    text: str
    leaf: Triple | None = None


def say(triple: Triple, label: Label) -> str:
    """Say a fact in words."""
    subject, predicate, value = (_name(term, label) for term in triple)
    if triple.predicate == standard.TYPE:
        return f"{subject} is {_article(value)} {value}"
    if triple.predicate == standard.SUBCLASS_OF:
        return f"every {subject} is {_article(value)} {value}"
    return f"{subject} {predicate} {value}"


def because(step: Step, label: Label) -> str:
    """Say the rule of a step with the names of what it is applied to."""
    names = {name: _name(term, label) for name, term in step.bound.items()}
    words = re.sub(r"\ba (?={(\w+)})", lambda found: f"{_article(names[found[1]])} ", step.rule.words)
    return words.format_map(names)


def lines(reason: Reason, label: Label, depth: int = 0) -> Iterator[Line]:
    """Yield the lines of an explanation: each fact, the rule that gives it, and below it the facts that it rests on."""
    yield Line(depth, say(reason.triple, label), None if reason.step else reason.triple)
    if reason.step:
        axiom = next((each for each in reason.step.premises if is_schema(each) and not _is_part(each)), None)
        yield Line(depth + 1, f"because {because(reason.step, label)}", axiom)
        for premise in _facts(reason):
            yield from lines(premise, label, depth + 1)


def contradiction_lines(found: Contradiction, label: Label) -> Iterator[Line]:
    """Yield the lines of an explanation of a contradiction."""
    axiom = next(each for each in found.step.premises if is_schema(each))
    facts = [reason for reason in found.premises if not is_schema(reason.triple)]
    told = " and ".join(say(fact.triple, label) for fact in facts)
    yield Line(0, f"{told}, but {because(found.step, label)}", axiom)
    for fact in facts:
        yield from lines(fact, label, 1)


def is_schema(triple: Triple) -> bool:
    """Tell whether a triple is part of an axiom, and no fact."""
    kind = triple.object.value if isinstance(triple.object, NamedNode) else ""
    return triple.predicate in _SCHEMA or (triple.predicate == standard.TYPE and kind.startswith(standard.OWL))


def _is_part(triple: Triple) -> bool:
    return isinstance(triple.subject, BlankNode)


def _facts(reason: Reason) -> Iterator[Reason]:
    """Yield the facts below a reason; what fits only a nameless part of a definition gives way to what it rests on."""
    for premise in reason.premises:
        if is_schema(premise.triple):
            continue
        if isinstance(premise.triple.object, BlankNode):
            yield from _facts(premise)
        else:
            yield premise


def _article(name: str) -> str:
    return "an" if name[:1] in "aeiou" else "a"


def _name(term: object, label: Label) -> str:
    if isinstance(term, NamedNode):
        return label(term)
    return term.value if isinstance(term, Literal) else "a part of a definition"
