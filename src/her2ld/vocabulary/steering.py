"""The rules of the ontology for the program: ranks of certainty, cue words, and the hierarchies of its terms."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from her2ld.vocabulary import model as records
from her2ld.vocabulary import standard
from her2ld.vocabulary import statement_model as model
from her2ld.vocabulary.axioms import Classes, Description, ancestors_of


@dataclass(frozen=True, slots=True)
class CitationKind:
    """A kind of comment or correction: NLM's name for it, its other names, and its effects.

    ``standing`` is the standing of a paper with such a citation; ``inverse`` is the kind of the reverse citation.
    """

    name: str
    words: tuple[str, ...]
    standing: NamedNode | None
    inverse: str | None


@dataclass(frozen=True, slots=True)
class Steering:
    """The rules of the ontology for the program.

    ``ranks`` order the values of certainty. ``cue_words`` are the words for a value (a certainty, a basis, an
    attribution, a link between statement and claim), and ``occasional_cue_words`` those that count only if a curator
    marks them. ``canonical`` maps an inverse relation to the relation that
    is used. ``above`` has all entities that an entity is a kind of, including itself, and ``components`` those of
    regimens. ``designs_of_one`` are study designs with a single patient. ``named_without_kind`` are the classes whose
    members papers also call by a name without the kind. ``relations_above`` has all superproperties of a relation,
    including itself. ``opposites`` are the opposites of relations and directions for any object, and
    ``opposites_of_wholes`` those for an object whose amount and activity only change together;
    ``with_amount_and_activity`` are the objects for which they change separately. ``corrections`` are NLM's kinds of
    comments and corrections, by NLM's names. ``standing_of_type`` has the standing of papers of a publication type, by
    its name; papers with a standing in ``settling_nothing`` settle nothing. ``ratios`` are the measures that are 1 if
    there is no difference.
    """

    ranks: Mapping[NamedNode, int]
    cue_words: Mapping[NamedNode, tuple[str, ...]]
    occasional_cue_words: Mapping[NamedNode, tuple[str, ...]]
    symmetric: frozenset[NamedNode]
    canonical: Mapping[NamedNode, NamedNode]
    needs_result: frozenset[NamedNode]
    designs_of_one: frozenset[NamedNode]
    named_without_kind: frozenset[NamedNode]
    expects_subject: Mapping[NamedNode, frozenset[NamedNode]]
    expects_object: Mapping[NamedNode, frozenset[NamedNode]]
    above: Mapping[NamedNode, frozenset[NamedNode]]
    components: Mapping[NamedNode, tuple[NamedNode, ...]]
    relations_above: Mapping[NamedNode, frozenset[NamedNode]]
    opposites: Mapping[NamedNode, frozenset[NamedNode]]
    opposites_of_wholes: Mapping[NamedNode, frozenset[NamedNode]]
    with_amount_and_activity: frozenset[NamedNode]
    corrections: Mapping[str, CitationKind]
    standing_of_type: Mapping[str, NamedNode]
    settling_nothing: frozenset[NamedNode]
    ratios: frozenset[NamedNode]

    @property
    def highest_rank(self) -> int:
        """The rank of certain statements."""
        return max(self.ranks.values(), default=0)

    def is_same_or_above(self, wider: NamedNode | Literal, narrower: NamedNode | Literal) -> bool:
        """Tell whether ``narrower`` is ``wider`` or a kind of it."""
        return wider == narrower or (isinstance(narrower, NamedNode) and wider in self.above.get(narrower, ()))

    def opposites_of(self, relation: NamedNode, value: NamedNode) -> frozenset[NamedNode]:
        """Return the relations that exclude ``relation`` between the same subject and ``value``."""
        of_all = value in self.with_amount_and_activity
        return (self.opposites if of_all else self.opposites_of_wholes).get(relation, frozenset())


def read_steering(description: Description, ancestors: Mapping[NamedNode, Classes]) -> Steering:
    """Return the rules of an ontology; ``ancestors`` are all superclasses of a class."""
    texts: dict[NamedNode, dict[NamedNode, list[str]]] = {each: {} for each in _TEXTS}
    terms: dict[NamedNode, dict[NamedNode, list[NamedNode]]] = {each: {} for each in _TERMS}
    symmetric: set[NamedNode] = set()
    for subject, properties in description.items():
        if not isinstance(subject, NamedNode):
            continue
        for predicate, values in properties.items():
            if predicate in texts:
                found = [value.value for value in values if isinstance(value, Literal)]
                if found:
                    texts[predicate][subject] = found
            elif predicate in terms:
                named = [value for value in values if isinstance(value, NamedNode)]
                if named:
                    terms[predicate][subject] = named
        if standard.SYMMETRIC_PROPERTY in properties.get(standard.TYPE, ()):
            symmetric.add(subject)
    kinds = terms[model.KIND_OF]
    above = terms[standard.SUBPROPERTY_OF]
    relations_above = {each: ancestors_of(each, above) for each in above}
    stated = _both_ways(terms[model.OPPOSITE_OF])
    return Steering(
        ranks={each: int(found[0]) for each, found in texts[model.RANK].items() if found[0].isdecimal()},
        cue_words={each: tuple(words) for each, words in texts[model.CUE_WORD].items()},
        occasional_cue_words={each: tuple(words) for each, words in texts[model.OCCASIONAL_CUE_WORD].items()},
        symmetric=frozenset(symmetric),
        canonical={each: found[0] for each, found in terms[standard.INVERSE_OF].items()},
        needs_result=_marked(texts[model.NEEDS_RESULT]),
        designs_of_one=_marked(texts[model.ONE_PATIENT]),
        named_without_kind=_marked(texts[model.NAMED_WITHOUT_KIND]),
        expects_subject={each: frozenset(found) for each, found in terms[model.EXPECTS_SUBJECT].items()},
        expects_object={each: frozenset(found) for each, found in terms[model.EXPECTS_OBJECT].items()},
        above={each: ancestors_of(each, kinds) for each in kinds},
        components={each: tuple(found) for each, found in terms[model.HAS_COMPONENT].items()},
        relations_above=relations_above,
        opposites=_opposites({*stated, *above}, stated, lambda each: _nearest(each, stated, above)),
        opposites_of_wholes=_opposites(
            {*stated, *above}, stated, lambda each: relations_above.get(each, frozenset({each}))
        ),
        with_amount_and_activity=_with_members(_marked(texts[model.HAS_AMOUNT_AND_ACTIVITY]), description, ancestors),
        corrections=_citation_kinds(texts, terms),
        standing_of_type={name: each for each, names in texts[records.OF_PUBLICATION_TYPE].items() for name in names},
        settling_nothing=_marked(texts[records.SETTLES_NOTHING]),
        ratios=_marked(texts[records.IS_RATIO]),
    )


_TEXTS = (
    model.RANK, model.CUE_WORD, model.OCCASIONAL_CUE_WORD, model.NEEDS_RESULT, model.ONE_PATIENT,
    model.NAMED_WITHOUT_KIND, model.HAS_AMOUNT_AND_ACTIVITY, records.KIND, records.OF_PUBLICATION_TYPE,
    records.SETTLES_NOTHING, records.IS_RATIO, standard.LABEL, standard.ALT_LABEL,
)  # fmt: skip
_TERMS = (
    model.EXPECTS_SUBJECT, model.EXPECTS_OBJECT, model.KIND_OF, model.HAS_COMPONENT, model.OPPOSITE_OF,
    standard.INVERSE_OF, standard.SUBPROPERTY_OF, records.GIVES_STANDING, records.INVERSE_KIND,
)  # fmt: skip

_Terms = Mapping[NamedNode, list[NamedNode]]


def _citation_kinds(
    texts: Mapping[NamedNode, Mapping[NamedNode, list[str]]], terms: Mapping[NamedNode, _Terms]
) -> dict[str, CitationKind]:
    names = {each: found[0] for each, found in texts[records.KIND].items()}
    return {
        name: CitationKind(
            name,
            (*texts[standard.LABEL].get(each, ()), *texts[standard.ALT_LABEL].get(each, ())),
            next(iter(terms[records.GIVES_STANDING].get(each, ())), None),
            next((names[other] for other in terms[records.INVERSE_KIND].get(each, ()) if other in names), None),
        )
        for each, name in names.items()
    }


def _both_ways(stated: _Terms) -> _Terms:
    """Return the opposites in both directions, even if an ontology states only one."""
    found: dict[NamedNode, list[NamedNode]] = defaultdict(list)
    for one, others in stated.items():
        for other in others:
            found[one].append(other)
            found[other].append(one)
    return dict(found)


def _nearest(relation: NamedNode, stated: _Terms, above: _Terms) -> frozenset[NamedNode]:
    """Return the nearest relations, at or above a relation, that have stated opposites."""
    level, seen = {relation}, {relation}
    while level and not (found := level & stated.keys()):
        level = {upper for each in level for upper in above.get(each, ())} - seen
        seen |= level
    return frozenset(found) if level else frozenset()


def _opposites(
    relations: Iterable[NamedNode], stated: _Terms, inherits_from: Callable[[NamedNode], frozenset[NamedNode]]
) -> dict[NamedNode, frozenset[NamedNode]]:
    """Return the opposites of each relation, from those of the relations that it inherits from."""
    heirs: dict[NamedNode, set[NamedNode]] = defaultdict(set)
    for each in relations:
        for upper in inherits_from(each):
            heirs[upper].add(each)
    found: dict[NamedNode, set[NamedNode]] = defaultdict(set)
    for one, others in stated.items():
        for heir in heirs[one]:
            for other in others:
                found[heir] |= heirs[other]
    return {each: frozenset(opposites) for each, opposites in found.items()}


def _marked(values: Mapping[NamedNode, list[str]]) -> frozenset[NamedNode]:
    """Return the terms for which a property is true."""
    return frozenset(each for each, found in values.items() if found == ["true"])


def _with_members(
    marked: Classes, description: Description, ancestors: Mapping[NamedNode, Classes]
) -> frozenset[NamedNode]:
    """Return the marked classes, their subclasses, and the members of all of these."""
    classes = marked | {each for each, upper in ancestors.items() if not upper.isdisjoint(marked)}
    members = {
        each
        for each, properties in description.items()
        if isinstance(each, NamedNode) and not classes.isdisjoint(properties.get(standard.TYPE, ()))
    }
    return classes | members
