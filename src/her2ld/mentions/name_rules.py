"""The names that are searched for in texts, each with the rules of her2.ttl for it."""

import itertools
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from pyoxigraph import NamedNode

from her2ld.errors import OntologyError, Problem
from her2ld.mentions.spelling import folded, is_searchable, spellings
from her2ld.mentions.surroundings import GAP, Beside, Values, alternatives, beside, values_of
from her2ld.vocabulary import model, standard, statement_model
from her2ld.vocabulary.ontology import Term, Vocabulary, name_key

# The text that may separate a name from the word that is its context, or the word that makes it another name.
_NEAR = r"[\W_]{1,2}"


@dataclass(frozen=True, slots=True)
class Name:
    """The rules for one spelling.

    ``status_iri`` is given if the name itself expresses the status ("triple-negative"). ``false_friends`` and
    ``needs_context`` are spellings in exact letters; ``context`` finds the words near it that the latter need, and
    ``misleading`` the words that make it another name. ``counterparts`` has, for spellings in exact letters with which
    it can begin, the entity of other species that it then means, or None if there is none. ``topic`` finds, anywhere in
    the text, the topic that the text must have ("triple-negative": the breast). ``is_joined`` says that a word joined
    to it by a hyphen makes it another name ("aloe-emodin"). ``symbols`` has, for spellings in exact letters that are
    symbols of other genes in a species, the IRI of that species and the pattern of its names. ``is_plain`` says that it
    counts wherever it is between two words, whatever the text around it.
    """

    term_iri: str
    status_iri: str | None = None
    takes_status: bool = False
    false_friends: frozenset[str] = frozenset()
    needs_context: frozenset[str] = frozenset()
    context: Beside | None = None
    misleading: Beside | None = None
    counterparts: tuple[tuple[str, str | None], ...] = ()
    topic: re.Pattern[str] | None = None
    is_joined: bool = False
    symbols: Mapping[str, tuple[str, re.Pattern[str]]] = field(default_factory=dict)
    is_plain: bool = field(init=False)

    def __post_init__(self) -> None:
        """Compute once the values that every occurrence of the name needs."""
        asks = (self.status_iri, self.takes_status, self.false_friends, self.needs_context, self.misleading,
                self.counterparts, self.topic, self.is_joined, self.symbols)  # fmt: skip
        object.__setattr__(self, "is_plain", not any(asks))


def names_by_spelling(vocabulary: Vocabulary) -> dict[bytes, Name]:
    """Return each name that is searched for, by each of its spellings in the form of comparison.

    The names are the labels and synonyms of things that statements can be about, without words that are too general;
    then their variants (:func:`_variants`) and the labels of exactly matching terms of other vocabularies. A spelling
    that could be a variant of two names belongs to the first in the file.

    Raises OntologyError if a name has a character that the form of comparison does not distinguish from others.
    """
    general = values_of(vocabulary, model.IS_GENERAL_WORD)
    entities = frozenset({model.BIOMEDICAL_ENTITY})
    searched = [
        term
        for term in vocabulary.terms.values()
        if term.is_entity_or_class and vocabulary.is_one_of(term, entities) and term.iri not in general
    ]
    problems = [
        Problem(
            term.iri.value,
            f"“{name}” has characters that cannot be searched for in texts",
            "write it in ASCII or Greek",
        )
        for term in searched
        for name in (term.label, *term.synonyms)
        if not is_searchable(name)
    ]
    if problems:
        raise OntologyError(problems)
    saying = (
        (values_of(vocabulary, model.NEGATIVE_NAME), model.NEGATIVE_STATUS.value),
        (values_of(vocabulary, model.POSITIVE_NAME), model.POSITIVE_STATUS.value),
    )
    topics = values_of(vocabulary, model.TOPIC_WORD)
    described = list(zip(searched, _describe(searched, vocabulary), strict=True))
    named = [
        (text, name)
        for term, name in described
        for text, name in (
            *((text, name) for text in (term.label, *term.synonyms)),
            *(
                (text, Name(term.iri.value, status, topic=_anywhere(topics.get(term.iri, ()))))
                for names, status in saying
                for text in names.get(term.iri, ())
            ),
        )
    ]
    same = _labels_elsewhere(vocabulary)
    named += [
        (variant, name)
        for term, name in described
        for text in (term.label, *term.synonyms)
        for variant in _variants(text)
    ]
    named += [(text, name) for term, name in described for text in same.get(term.iri, ()) if is_searchable(text)]
    found: dict[bytes, Name] = {}
    for text, name in named:
        for spelling in sorted(spellings(text)):
            found.setdefault(spelling, name)
    return _with_counterparts(found, vocabulary)


def _anywhere(words: Collection[str]) -> re.Pattern[str] | None:
    return re.compile(rf"(?<![^\W_]){alternatives(words)}", re.IGNORECASE) if words else None


# "breast cancer", "carcinomas of the breast".
_ORGAN = re.compile(r"(?P<organ>[a-z]+(?: gland)?) (?P<growth>cancer|(?:adeno)?carcinoma|tumou?r|neoplasm)")
# A change may follow the name of a thing or precede it: "HER2 overexpression", "overexpression of HER2".
_DEED = re.compile(
    r"(?P<thing>[A-Z0-9][\w./-]*)(?: gene| protein)? (?P<deed>(?:gene |tyrosine |protein )?"
    r"(?:over-?expression|amplification|phosphorylation|dimerization|heterodimerization|mutations?|activation))"
)
_BRITISH = (
    ("tumor", "tumour"), ("estrogen", "oestrogen"), ("emia", "aemia"), ("rrhea", "rrhoea"), ("edema", "oedema"),
    ("esophag", "oesophag"), ("hemo", "haemo"), ("ization", "isation"), ("signaling", "signalling"),
    ("pediatric", "paediatric"),
)  # fmt: skip


def _variants(name: str) -> Iterator[str]:
    """Yield variants of a name: the British spelling, and a change before the thing."""
    british = name
    for american, spelled in _BRITISH:
        british = british.replace(american, spelled) if spelled not in british else british
    if british != name:
        yield british
    if of_organ := _ORGAN.fullmatch(name):
        for article in ("", "the "):
            yield f"{of_organ['growth']} of {article}{of_organ['organ']}"
            yield f"{of_organ['growth']}s of {article}{of_organ['organ']}"
    if inverted := _DEED.fullmatch(name):
        deed, thing = inverted["deed"], inverted["thing"]
        for article in ("", "the ", "the gene ", "the protein "):
            yield f"{deed} of {article}{thing}"
        if " " not in deed:
            yield from (f"{of} {deed} of {thing}" for of in ("gene", "protein"))


def _labels_elsewhere(vocabulary: Vocabulary) -> Values:
    """Return, by term, the labels of exactly matching terms of other vocabularies, without inverted ones."""
    labels = {
        iri: found[-1]
        for iri, found in values_of(vocabulary, standard.LABEL).items()
        # A single word of another vocabulary, such as the symbol MET, too often means something else.
        if ", " not in found[-1] and " " in found[-1]
    }
    same = values_of(vocabulary, standard.EXACT_MATCH)
    return {iri: tuple(labels[each] for each in map(NamedNode, iris) if each in labels) for iri, iris in same.items()}


def hiding(vocabulary: Vocabulary) -> Callable[[str, str], bool]:
    """Return the function that tells whether a name of one term hides a name of another within it.

    It takes the IRIs of the term with the longer name and of the other. A term hides itself. ``her2:nameHides`` lists
    what else the names of a kind hide; it does not apply if the first term is a kind of the second.
    """
    hidden = {kind.value: frozenset(kinds) for kind, kinds in values_of(vocabulary, model.NAME_HIDES).items()}
    above = values_of(vocabulary, statement_model.KIND_OF)

    @cache
    def kinds_of(iri: str) -> frozenset[str]:
        """Return a term, the terms that it is a kind of, and the classes of all of these."""
        found: set[str] = set()
        left = [iri]
        while left:
            each = NamedNode(left.pop())
            if each.value not in found:
                found.add(each.value)
                left += above.get(each, ())
                term = vocabulary.terms[each]
                for kind in {each} if standard.OWL_CLASS in term.types else term.types:
                    found |= {wider.value for wider in vocabulary.ancestors.get(kind, ())} | {kind.value}
        return frozenset(found)

    def hides(outer_iri: str, inner_iri: str) -> bool:
        outer, inner = kinds_of(outer_iri), kinds_of(inner_iri)
        if inner_iri in outer:
            return outer_iri == inner_iri
        return any(kind in outer and not kinds.isdisjoint(inner) for kind, kinds in hidden.items())

    return hides


def _describe(searched: Iterable[Term], vocabulary: Vocabulary) -> Iterable[Name]:
    false_friends = values_of(vocabulary, model.FALSE_FRIEND)
    needs_context = values_of(vocabulary, model.NEEDS_CONTEXT)
    context_words = values_of(vocabulary, model.CONTEXT_WORD)
    read_misleading = _misleading_reader(vocabulary)
    classes = values_of(vocabulary, model.STATUS_OF).get(model.MENTION_STATUS_CLASS, ())
    takes_status = frozenset(map(NamedNode, classes))
    joined = frozenset(values_of(vocabulary, model.HYPHEN_MAKES_ANOTHER))
    symbols = _symbols_of_others(vocabulary)
    for term in searched:
        keys = set(map(name_key, term.names))
        yield Name(
            term.iri.value,
            takes_status=standard.OWL_INDIVIDUAL in term.types and vocabulary.is_one_of(term, takes_status),
            false_friends=frozenset(false_friends.get(term.iri, ())),
            needs_context=frozenset(needs_context.get(term.iri, ())),
            context=beside(context_words[term.iri], _NEAR) if term.iri in context_words else None,
            misleading=read_misleading(term),
            is_joined=vocabulary.is_one_of(term, joined),
            symbols={spelling: species for spelling, species in symbols.items() if name_key(spelling) in keys},
        )


def _misleading_reader(vocabulary: Vocabulary) -> Callable[[Term], Beside | None]:
    """Return the function from a term to the text that makes its names mean another term, None if there is none.

    The ontology gives words for the term, and endings and beginnings for its kind. A word that gives a name its context
    is not such an ending.
    """
    words, beginnings, endings, contexts, stems = (
        values_of(vocabulary, each)
        for each in (
            model.MISLEADING_WORD,
            model.BEGINNING_OF_ANOTHER,
            model.ENDING_OF_ANOTHER,
            model.CONTEXT_WORD,
            model.NAME_STEM,
        )
    )
    stem = tuple(itertools.chain(*stems.values()))

    @cache  # the terms of a kind have the same
    def patterns(words: tuple[str, ...], first: tuple[str, ...], last: tuple[str, ...]) -> Beside | None:
        behind = endings_of_another(last) if last else ()
        return beside(words, GAP, first, behind) if words or first or behind else None

    def read(term: Term) -> Beside | None:
        kinds = frozenset(kind for kind in endings if vocabulary.is_one_of(term, frozenset({kind})))
        of_kinds = [ending for kind, each in endings.items() if kind in kinds for ending in each]
        context = contexts.get(term.iri, ())
        last = tuple(ending for ending in of_kinds if not any(word.endswith(ending) for word in context))
        # This means a biosimilar of one drug, not of a kind of drugs.
        is_one = any(name.endswith(stem) for name in term.names)
        first = tuple(word for kind in kinds if is_one for word in beginnings.get(kind, ()))
        return patterns(words.get(term.iri, ()), first, last)

    return read


# Words that can be joined to the name of an agent without making it another: "trastuzumab-treated".
ADJECTIVE = r"-(?:[a-z]+(?:ed|ing|ent|ant|ive|ble|ory|ous|al|ic)|free|naive|naïve|only|like)(?![^\W_])"


def endings_of_another(endings: Collection[str]) -> tuple[str, ...]:
    """Return the patterns of texts that follow a name and make it another.

    The ending of a word can have any beginning, and another word may precede several words. A payload may be joined to
    the name: "trastuzumab-doxorubicin conjugate".
    """
    single = [ending for ending in endings if " " not in ending]
    payload = rf"(?:(?!{ADJECTIVE})-[\w-]+)?"
    one_word = rf"{payload}{GAP}\w*{alternatives(single)}"
    phrases = [GAP.join(map(re.escape, ending.split())) for ending in endings if " " in ending]
    several = [rf"{GAP}(?:\w+{GAP})?(?:{'|'.join(phrases)})"] if phrases else []
    return (one_word, *several)


def _symbols_of_others(vocabulary: Vocabulary) -> dict[str, tuple[str, re.Pattern[str]]]:
    """Return the spellings that are symbols of other genes in a species, with its IRI and the pattern of its names."""
    return {
        spelling: (
            iri.value,
            re.compile(rf"(?<![^\W_]){alternatives(vocabulary.terms[iri].names)}(?![^\W_])", re.IGNORECASE),
        )
        for iri, symbols in values_of(vocabulary, model.SYMBOL_OF_ANOTHER).items()
        for spelling in symbols
    }


def glued_words(vocabulary: Vocabulary) -> re.Pattern[str]:
    """Return the pattern of a word joined to a name, as a superscript is in plain text: "HER2neg", "ERBB2mut"."""
    statuses = [
        word
        for iri, words in values_of(vocabulary, model.WORD_AFTER).items()
        if model.MENTION_STATUS_CLASS in vocabulary.terms[iri].types
        for word in words
        if word.isalpha()
    ]
    others = [word for words in values_of(vocabulary, model.GLUED_WORD).values() for word in words]
    return re.compile(rf"(?<=[A-Z0-9]){alternatives([*statuses, *others])}(?![^\W_])")


def _with_counterparts(names: Mapping[bytes, Name], vocabulary: Vocabulary) -> dict[bytes, Name]:
    """Return the names with the spellings that mean their counterparts in other species."""
    exact_names = values_of(vocabulary, model.EXACT_NAME)
    humans = values_of(vocabulary, model.COUNTERPART_OF)
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
