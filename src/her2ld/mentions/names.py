"""The names that are sought, each with what her2.ttl says of when it counts."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from pyoxigraph import Literal, NamedNode

from her2ld.errors import OntologyError, Problem
from her2ld.mentions.spelling import can_be_sought, folded, spellings
from her2ld.mentions.words import beside
from her2ld.vocabulary import model, standard
from her2ld.vocabulary.ontology import Term, Vocabulary

# What may stand between a name and the word that makes its context, or the word that makes it another name.
_NEAR = r"[\W_]{1,2}"
_NEXT = r"[\s-]"


@dataclass(frozen=True, slots=True)
class Name:
    """What is sought under one spelling.

    ``status_iri`` is given where the name itself says the status ("triple-negative"). ``false_friends`` and
    ``needs_context`` are spellings in their very letters; ``context`` finds the words beside it that the latter need,
    and ``misleading`` those that make it another name. ``counterparts`` gives, for spellings in their very letters with
    which it can begin, the entity of other species that is then meant, or None where it then means none.
    """

    term_iri: str
    status_iri: str | None = None
    takes_status: bool = False
    false_friends: frozenset[str] = frozenset()
    needs_context: frozenset[str] = frozenset()
    context: re.Pattern[str] | None = None
    misleading: re.Pattern[str] | None = None
    counterparts: tuple[tuple[str, str | None], ...] = ()

    @property
    def is_plain(self) -> bool:
        """Whether it counts wherever it stands between two words."""
        return not (self.false_friends or self.needs_context or self.misleading or self.counterparts)


Said = Mapping[NamedNode, tuple[str, ...]]


def said_with(vocabulary: Vocabulary, property_: NamedNode) -> Said:
    """Give what the ontology says with a property, by subject: the text of literals, the IRIs of what is named."""
    values: defaultdict[NamedNode, list[str]] = defaultdict(list)
    for quad in vocabulary.quads:
        if (
            quad.predicate == property_
            and isinstance(quad.subject, NamedNode)
            and isinstance(quad.object, Literal | NamedNode)
        ):
            values[quad.subject].append(quad.object.value)
    return {subject: tuple(said) for subject, said in values.items()}


def names_by_spelling(vocabulary: Vocabulary, only: NamedNode | None = None) -> dict[bytes, Name]:
    """Give each name that is sought, by each of its spellings in the form of comparison.

    Sought are the labels and synonyms of what statements can be about, but for the words that are too general; with
    ``only``, those of this one term. A spelling that could be a variant of two names is that of the first in the file.

    Raises OntologyError where a name has a character that the form of comparison does not keep apart.
    """
    general = said_with(vocabulary, model.IS_GENERAL_WORD)
    entities = frozenset({model.BIOMEDICAL_ENTITY})
    sought = [
        term
        for term in vocabulary.terms.values()
        if only in {None, term.iri}
        and term.is_entity_or_class
        and vocabulary.is_one_of(term, entities)
        and term.iri not in general
    ]
    problems = [
        Problem(
            term.iri.value, f"“{name}” has characters that texts are not searched for", "write it in ASCII or Greek"
        )
        for term in sought
        for name in (term.label, *term.synonyms)
        if not can_be_sought(name)
    ]
    if problems:
        raise OntologyError(problems)
    negative_names = said_with(vocabulary, model.NEGATIVE_NAME)
    denied = model.NEGATIVE_STATUS.value
    named = [
        (text, name)
        for term, name in zip(sought, _describe(sought, vocabulary), strict=True)
        for text, name in (
            *((text, name) for text in (term.label, *term.synonyms)),
            *((text, Name(term.iri.value, denied)) for text in negative_names.get(term.iri, ())),
        )
    ]
    found: dict[bytes, Name] = {}
    for text, name in named:
        for spelling in sorted(spellings(text)):
            found.setdefault(spelling, name)
    return _with_counterparts(found, vocabulary)


def _describe(sought: Iterable[Term], vocabulary: Vocabulary) -> Iterable[Name]:
    false_friends = said_with(vocabulary, model.FALSE_FRIEND)
    needs_context = said_with(vocabulary, model.NEEDS_CONTEXT)
    context_words = said_with(vocabulary, model.CONTEXT_WORD)
    misleading_words = said_with(vocabulary, model.MISLEADING_WORD)
    classes = said_with(vocabulary, model.STATUS_OF).get(model.MENTION_STATUS_CLASS, ())
    takes_status = frozenset(map(NamedNode, classes))
    for term in sought:
        yield Name(
            term.iri.value,
            takes_status=standard.OWL_INDIVIDUAL in term.types and vocabulary.is_one_of(term, takes_status),
            false_friends=frozenset(false_friends.get(term.iri, ())),
            needs_context=frozenset(needs_context.get(term.iri, ())),
            context=beside(context_words[term.iri], _NEAR) if term.iri in context_words else None,
            misleading=beside(misleading_words[term.iri], _NEXT) if term.iri in misleading_words else None,
        )


def _with_counterparts(names: Mapping[bytes, Name], vocabulary: Vocabulary) -> dict[bytes, Name]:
    """Tell each name with which spellings it means what corresponds to it in other species."""
    exact_names = said_with(vocabulary, model.EXACT_NAME)
    humans = said_with(vocabulary, model.COUNTERPART_OF)
    exact = [(folded(text), text, iri) for iri, texts in exact_names.items() for text in texts]
    begins_alike = tuple(spelling for spelling, _, _ in exact)
    return {
        spelling: replace(
            name,
            counterparts=tuple(
                (text, iri.value if name.term_iri in humans[iri] else None)
                for begin, text, iri in exact
                if spelling.startswith(begin)
            ),
        )
        if spelling.startswith(begins_alike)
        else name
        for spelling, name in names.items()
    }
