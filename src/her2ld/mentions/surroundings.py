"""What the words around a name say of it: positive, negative, low, or of another species."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from her2ld.mentions.names import said_with
from her2ld.mentions.words import after, before, following, preceding
from her2ld.vocabulary import model
from her2ld.vocabulary.ontology import Vocabulary

if TYPE_CHECKING:
    from re import Pattern

StatusReader = Callable[[str, int], str | None]
SpeciesReader = Callable[[str, int, str], str]


def status_after(vocabulary: Vocabulary) -> StatusReader:
    """Give the function that reads the status said after a name that ends at a place: its IRI, None where none is said.

    It is said by a word ("HER2-negative", "(HER2) positive") or by a sign ("HER2+", "HER2 (-)").
    """
    statuses = _by_word(model.WORD_AFTER, vocabulary)
    words, signs = ([word for word in statuses if word.isalpha() == is_word] for is_word in (True, False))
    said = following(words, signs)

    def read(text: str, end: int) -> str | None:
        found = said.match(after(text, end))
        return statuses[found[found.lastindex or 0].lower()] if found else None

    return read


def status_before(vocabulary: Vocabulary) -> StatusReader:
    """Give the function that reads the status said by the word before a name that starts at a place ("non-HER2")."""
    statuses = _by_word(model.WORD_BEFORE, vocabulary)
    said = preceding(statuses)

    def read(text: str, start: int) -> str | None:
        found = said.search(before(text, start))
        return statuses[found[1].lower()] if found else None

    return read


def _by_word(property_: NamedNode, vocabulary: Vocabulary) -> dict[str, str]:
    return {
        word: iri.value
        for iri, words in said_with(vocabulary, property_).items()
        if model.MENTION_STATUS_CLASS in vocabulary.terms[iri].types
        for word in words
    }


def species_reader(vocabulary: Vocabulary) -> SpeciesReader:
    """Give the function that reads whether a term is named after another species ("mouse HER2").

    It takes the text, the place where the name starts and the IRI of the term, and gives the IRI of the counterpart in
    other species where a word for one stands directly before, else that of the term.
    """
    words = said_with(vocabulary, model.WORD_BEFORE)
    counterparts: dict[str, tuple[str, Pattern[str]]] = {}
    for iri, humans in said_with(vocabulary, model.COUNTERPART_OF).items():
        species = [word for kind in vocabulary.terms[iri].types for word in words.get(kind, ())]
        counterparts |= dict.fromkeys(humans, (iri.value, preceding(species)))

    def read(text: str, start: int, term_iri: str) -> str:
        if term_iri not in counterparts:
            return term_iri
        counterpart, said_before = counterparts[term_iri]
        return counterpart if said_before.search(before(text, start)) else term_iri

    return read
