"""Why something follows: a tree of steps down to axioms and stated triples, and what contradicts, in fewest words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Triple

from her2ld.reasoning.closure import Closure, closure
from her2ld.reasoning.compiled import Step
from her2ld.reasoning.rules import is_about_names


@dataclass(frozen=True, slots=True)
class Reason:
    """A triple, and the step by which it follows from others; without a step it was there from the beginning."""

    triple: Triple
    step: Step | None
    premises: tuple["Reason", ...]

    def leaves(self) -> Iterator[Triple]:
        """Yield what it all rests on, each triple once."""
        yield from dict.fromkeys(self._leaves())

    def _leaves(self) -> Iterator[Triple]:
        if self.step is None:
            yield self.triple
        for premise in self.premises:
            yield from premise._leaves()  # noqa: SLF001  # of its own kind


def explain(followed: Closure, triple: Triple) -> Reason | None:
    """Return a reason for a triple, always the same one; None where it does not follow and was not there."""
    if triple not in followed.rounds:
        return Reason(triple, None, ()) if followed.holds(triple) else None
    step = min(followed.steps_to(triple), key=lambda each: (len(each.premises), str(each.premises)))
    return Reason(triple, step, tuple(filter(None, (explain(followed, premise) for premise in step.premises))))


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A contradiction: the step that finds it, the reasons of its premises, and a smallest set that it rests on."""

    step: Step
    premises: tuple[Reason, ...]
    needed: tuple[Triple, ...]


def contradictions(followed: Closure) -> tuple[Contradiction, ...]:
    """Return every contradiction with a minimal set of triples: without any one of them there is none of its kind."""
    found = []
    seen = set()
    for step in sorted(followed.contradictions(), key=lambda each: (each.rule.name, str(each.premises))):
        facts = (step.rule, step.premises[1:])
        if facts in seen:  # two axioms may say the same
            continue
        seen.add(facts)
        premises = tuple(filter(None, (explain(followed, premise) for premise in step.premises)))
        leaves = tuple(dict.fromkeys(leaf for premise in premises for leaf in premise.leaves()))
        found.append(Contradiction(step, premises, _minimal(leaves, step, followed)))
    return tuple(found)


def _minimal(leaves: tuple[Triple, ...], step: Step, followed: Closure) -> tuple[Triple, ...]:
    """Leave out what can be left out, one after the other (the deletion algorithm for justifications)."""
    definitions = [triple for triple in followed.triples() if not is_about_names(triple)]
    needed = list(leaves)
    for leaf in leaves:
        fewer = [each for each in needed if each != leaf]
        rest = [each for each in definitions if each != leaf]
        if any(each.premises == step.premises for each in closure([*fewer, *rest]).contradictions()):
            needed = fewer
    return tuple(needed)


def asserted(reasons: Iterable[Reason]) -> tuple[Triple, ...]:
    """Return the triples between named things that reasons rest on."""
    return tuple(dict.fromkeys(leaf for reason in reasons for leaf in reason.leaves() if is_about_names(leaf)))
