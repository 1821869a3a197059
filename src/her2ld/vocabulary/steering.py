"""What the ontology says of how its own terms are used: how sure a value is, which words are cues, what lies above."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from her2ld.vocabulary import standard
from her2ld.vocabulary import statement_model as model


@dataclass(frozen=True, slots=True)
class Steering:
    """The rules that the ontology gives the program.

    ``ranks`` orders the values of certainty. ``cue_words`` are the words that give a value (a certainty, a basis, an
    attribution, a link between statement and claim), ``scope_ends`` the words beyond which a cue does not reach.
    ``canonical`` maps a relation that is the inverse of another to that other. ``above`` holds, for each entity, all
    that it is a kind of, itself among them, ``components`` what a regimen is made of. ``designs_of_one`` are study designs that have a single patient.
    """

    ranks: Mapping[NamedNode, int]
    cue_words: Mapping[NamedNode, tuple[str, ...]]
    scope_ends: tuple[str, ...]
    symmetric: frozenset[NamedNode]
    canonical: Mapping[NamedNode, NamedNode]
    needs_result: frozenset[NamedNode]
    designs_of_one: frozenset[NamedNode]
    expects_subject: Mapping[NamedNode, frozenset[NamedNode]]
    expects_object: Mapping[NamedNode, frozenset[NamedNode]]
    above: Mapping[NamedNode, frozenset[NamedNode]]
    components: Mapping[NamedNode, tuple[NamedNode, ...]]

    @property
    def highest_rank(self) -> int:
        """The rank of what is certain."""
        return max(self.ranks.values(), default=0)

    def is_same_or_above(self, wider: NamedNode | Literal, narrower: NamedNode | Literal) -> bool:
        """Tell whether the second is the first or a kind of it."""
        return wider == narrower or (isinstance(narrower, NamedNode) and wider in self.above.get(narrower, ()))


def read_steering(quads: Iterable[Quad]) -> Steering:
    """Read the rules from the quads of an ontology."""
    ranks: dict[NamedNode, int] = {}
    texts: dict[NamedNode, dict[NamedNode, list[str]]] = {model.CUE_WORD: defaultdict(list)}
    classes: dict[NamedNode, dict[NamedNode, set[NamedNode]]] = {
        model.EXPECTS_SUBJECT: defaultdict(set),
        model.EXPECTS_OBJECT: defaultdict(set),
    }
    flags: dict[NamedNode, set[NamedNode]] = {model.NEEDS_RESULT: set(), model.ONE_PATIENT: set()}
    kinds: dict[NamedNode, set[NamedNode]] = defaultdict(set)
    components: dict[NamedNode, list[NamedNode]] = defaultdict(list)
    canonical: dict[NamedNode, NamedNode] = {}
    symmetric: set[NamedNode] = set()
    scope_ends: list[str] = []
    for subject, predicate, value, _ in quads:
        if not isinstance(subject, NamedNode):
            continue
        if predicate == model.RANK and isinstance(value, Literal) and value.value.isdecimal():
            ranks[subject] = int(value.value)
        elif predicate in texts and isinstance(value, Literal):
            texts[predicate][subject].append(value.value)
        elif predicate == model.SCOPE_END and isinstance(value, Literal):
            scope_ends.append(value.value)
        elif predicate in classes and isinstance(value, NamedNode):
            classes[predicate][subject].add(value)
        elif predicate in flags and isinstance(value, Literal) and value.value == "true":
            flags[predicate].add(subject)
        elif predicate == model.KIND_OF and isinstance(value, NamedNode):
            kinds[subject].add(value)
        elif predicate == model.HAS_COMPONENT and isinstance(value, NamedNode):
            components[subject].append(value)
        elif predicate == standard.INVERSE_OF and isinstance(value, NamedNode):
            canonical[subject] = value
        elif predicate == standard.TYPE and value == standard.SYMMETRIC_PROPERTY:
            symmetric.add(subject)
    return Steering(
        ranks=ranks,
        cue_words={subject: tuple(words) for subject, words in texts[model.CUE_WORD].items()},
        scope_ends=tuple(scope_ends),
        symmetric=frozenset(symmetric),
        canonical=canonical,
        needs_result=frozenset(flags[model.NEEDS_RESULT]),
        designs_of_one=frozenset(flags[model.ONE_PATIENT]),
        expects_subject={each: frozenset(found) for each, found in classes[model.EXPECTS_SUBJECT].items()},
        expects_object={each: frozenset(found) for each, found in classes[model.EXPECTS_OBJECT].items()},
        components={each: tuple(found) for each, found in components.items()},
        above={entity: _closure(entity, kinds) for entity in kinds},
    )


def _closure(entity: NamedNode, kinds: Mapping[NamedNode, set[NamedNode]]) -> frozenset[NamedNode]:
    found = {entity}
    waiting = [entity]
    while waiting:
        new = kinds.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return frozenset(found)
