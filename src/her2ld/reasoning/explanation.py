"""Explanations: why a triple follows, as a tree of steps down to given triples, and minimal sets that contradict.

Explanations are written in words, and a triple can be read from words: “trastuzumab targets HER2”.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from her2ld.errors import Problem, ReasoningError
from her2ld.reasoning.closure import Closure, closure
from her2ld.reasoning.compiled import Step
from her2ld.reasoning.rules import is_about_names
from her2ld.vocabulary import standard
from her2ld.vocabulary.ontology import Vocabulary


@dataclass(frozen=True, slots=True)
class Reason:
    """A triple, and the step that derives it from its premises; a given triple has no step."""

    triple: Triple
    step: Step | None
    premises: tuple["Reason", ...]

    def leaves(self) -> Iterator[Triple]:
        """Yield the given triples at the end of all branches, each once."""
        yield from dict.fromkeys(self._leaves())

    def _leaves(self) -> Iterator[Triple]:
        if self.step is None:
            yield self.triple
        for premise in self.premises:
            yield from premise._leaves()  # noqa: SLF001  # of its own kind


def explain(followed: Closure, triple: Triple) -> Reason | None:
    """Return a reason for a triple, always the same one; None if the triple is not in the closure."""
    if triple not in followed.rounds:
        return Reason(triple, None, ()) if followed.holds(triple) else None
    step = min(followed.steps_to(triple), key=lambda each: (len(each.premises), str(each.premises)))
    return Reason(triple, step, tuple(filter(None, (explain(followed, premise) for premise in step.premises))))


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A contradiction: the step that finds it, the reasons of its premises, and a minimal set of triples for it."""

    step: Step
    premises: tuple[Reason, ...]
    needed: tuple[Triple, ...]


def contradictions(followed: Closure) -> tuple[Contradiction, ...]:
    """Return every contradiction with a minimal set of triples: without any one of them, it does not follow."""
    found = []
    seen = set()
    for step in sorted(followed.contradictions(), key=lambda each: (each.rule.name, str(each.premises))):
        facts = (step.rule, step.premises[1:])
        if facts in seen:  # two axioms may have the same meaning
            continue
        seen.add(facts)
        premises = tuple(filter(None, (explain(followed, premise) for premise in step.premises)))
        leaves = tuple(dict.fromkeys(leaf for premise in premises for leaf in premise.leaves()))
        found.append(Contradiction(step, premises, _minimal(leaves, step, followed)))
    return tuple(found)


def _minimal(leaves: tuple[Triple, ...], step: Step, followed: Closure) -> tuple[Triple, ...]:
    """Return a minimal set, found by removing one triple after another (the deletion algorithm for justifications)."""
    definitions = [triple for triple in followed.triples() if not is_about_names(triple)]
    needed = list(leaves)
    for leaf in leaves:
        fewer = [each for each in needed if each != leaf]
        rest = [each for each in definitions if each != leaf]
        if any(each.premises == step.premises for each in closure([*fewer, *rest]).contradictions()):
            needed = fewer
    return tuple(needed)


def asserted(reasons: Iterable[Reason]) -> tuple[Triple, ...]:
    """Return the given triples without blank nodes at the end of reasons."""
    return tuple(dict.fromkeys(leaf for reason in reasons for leaf in reason.leaves() if is_about_names(leaf)))


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
class ExplanationLine:
    """A line of an explanation: its depth, its text, and the given triple whose source can be shown, if any."""

    depth: int
    text: str
    leaf: Triple | None = None


def say(triple: Triple, label: Label) -> str:
    """Return a triple as a sentence."""
    subject, predicate, value = (_name(term, label) for term in triple)
    if triple.predicate == standard.TYPE:
        return f"{subject} is {_article(value)} {value}"
    if triple.predicate == standard.SUBCLASS_OF:
        return f"every {subject} is {_article(value)} {value}"
    return f"{subject} {predicate} {value}"


def because(step: Step, label: Label) -> str:
    """Return the rule of a step in words, with the labels of the terms that it is applied to."""
    names = {name: _name(term, label) for name, term in step.bound.items()}
    words = re.sub(r"\ba (?={(\w+)})", lambda found: f"{_article(names[found[1]])} ", step.rule.words)
    return words.format_map(names)


def lines(reason: Reason, label: Label, depth: int = 0) -> Iterator[ExplanationLine]:
    """Yield the lines of an explanation: each fact, the rule that derives it, and below it the premises of the rule."""
    yield ExplanationLine(depth, say(reason.triple, label), None if reason.step else reason.triple)
    if reason.step:
        axiom = next((each for each in reason.step.premises if is_schema(each) and not _is_part(each)), None)
        yield ExplanationLine(depth + 1, f"because {because(reason.step, label)}", axiom)
        for premise in _facts(reason):
            yield from lines(premise, label, depth + 1)


def contradiction_lines(found: Contradiction, label: Label) -> Iterator[ExplanationLine]:
    """Yield the lines of an explanation of a contradiction."""
    axiom = next(each for each in found.step.premises if is_schema(each))
    facts = [reason for reason in found.premises if not is_schema(reason.triple)]
    told = " and ".join(say(fact.triple, label) for fact in facts)
    yield ExplanationLine(0, f"{told}, but {because(found.step, label)}", axiom)
    for fact in facts:
        yield from lines(fact, label, 1)


def is_schema(triple: Triple) -> bool:
    """Tell whether a triple is part of an axiom rather than a fact."""
    kind = triple.object.value if isinstance(triple.object, NamedNode) else ""
    return triple.predicate in _SCHEMA or (triple.predicate == standard.TYPE and kind.startswith(standard.OWL))


def _is_part(triple: Triple) -> bool:
    return isinstance(triple.subject, BlankNode)


def _facts(reason: Reason) -> Iterator[Reason]:
    """Yield the facts among the premises; a fact about a part of a definition is replaced by its own premises."""
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


def read_triple(text: str, vocabulary: Vocabulary) -> Triple:
    """Return the triple of a subject, a relation and an object that are given by any of their names.

    Raises ReasoningError if the text cannot be split into these three.

    >>> from her2ld import read_ontology
    >>> str(read_triple("trastuzumab targets HER2", read_ontology()).predicate)
    '<https://w3id.org/her2ld/targets>'
    """
    words = [word for word in text.split() if word]
    known: dict[str, str] = {}
    for end in range(len(words), 0, -1):
        subject = vocabulary.find(" ".join(words[:end]))
        if subject is None:
            continue
        for start in range(len(words) - 1, end, -1):
            relation = vocabulary.find(" ".join(words[end:start]))
            value = vocabulary.find(" ".join(words[start:]))
            if relation and value:
                return Triple(subject.iri, relation.iri, value.iri)
        known.setdefault(subject.label, " ".join(words[end:]))
    where = f"“{text}”"
    if not known:
        nearest = vocabulary.nearest(words[0] if words else "")
        remedy = f"did you mean “{nearest}”?" if nearest else "begin with the label of a term"
        raise ReasoningError([Problem(where, "does not begin with the name of a term", remedy)])
    (label, rest), *_ = known.items()
    what = f"after “{label}”, “{rest}” is not the name of a relation and the name of a term"
    raise ReasoningError([Problem(where, what, "write subject, relation and object, each by its label")])
