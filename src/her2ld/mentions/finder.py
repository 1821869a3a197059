"""A text searched for the names of the ontology."""

import unicodedata
from collections.abc import Callable
from typing import NamedTuple

from pyoxigraph import NamedNode

from her2ld.mentions.names import Name, names_by_spelling
from her2ld.mentions.spelling import folded
from her2ld.mentions.surroundings import species_reader, status_after, status_before
from her2ld.mentions.words import around
from her2ld.vocabulary.ontology import Vocabulary


class Mention(NamedTuple):
    """A name of the ontology in a text: ``text[start:end] == exact``, counted in Unicode code points.

    ``term_iri`` is the term that bears the name, and ``status_iri`` how the words around the name qualify it, None
    where they do not.
    """

    term_iri: str
    start: int
    end: int
    exact: str
    status_iri: str | None


Finder = Callable[[str], tuple[Mention, ...]]


def mention_finder(vocabulary: Vocabulary, only: NamedNode | None = None) -> Finder:
    """Give the function that finds the mentions in a text, in their order, none overlapping another.

    The longest of the names that begin first wins. With ``only``, no names but those of this term are sought. Building
    the function takes as long as searching hundreds of abstracts: build it once a process. It can be shared between
    threads, and cannot be pickled.

    Raises OntologyError where a name has characters that texts are not searched for.

    >>> from her2ld.vocabulary.ontology import read_ontology
    >>> find = mention_finder(read_ontology())
    >>> [(each.term_iri[24:], each.exact) for each in find("HER-2/neu oncogene and her family")]
    [('HER2Gene', 'HER-2/neu')]
    >>> mention, = find("tests in HER2-negative disease")
    >>> mention.start, mention.end, mention.status_iri
    (9, 13, 'https://w3id.org/her2ld/NegativeStatus')
    """
    from ahocorasick_rs import BytesAhoCorasick, Implementation  # only who searches texts waits for it

    by_spelling = names_by_spelling(vocabulary, only)
    names = list(by_spelling.values())
    # A deterministic automaton is four times as fast as what the library chooses, and takes a few MiB.
    search = BytesAhoCorasick(list(by_spelling), implementation=Implementation.DFA).find_matches_as_indexes
    said_after, said_before = status_after(vocabulary), status_before(vocabulary)
    of_species = species_reader(vocabulary)

    def find(text: str) -> tuple[Mention, ...]:
        places = [
            (start, -end, term_iri, name)
            for place, start, end in search(folded(text), overlapping=True)
            if _is_between_words(text, start, end) and (term_iri := _term(name := names[place], text, start, end))
        ]
        if not places:
            return ()
        places.sort(key=_first_and_longest)
        mentions: list[Mention] = []
        reached = 0
        for start, negative_end, term_iri, name in places:
            end = -negative_end
            denied = said_before(text, start)
            if start < reached or (denied and not name.takes_status):
                continue  # "non-metastatic breast cancer" is no metastatic one
            status = name.status_iri or ((said_after(text, end) or denied) if name.takes_status else None)
            mention = Mention(of_species(text, start, term_iri), start, end, text[start:end], status)
            if status and mentions and _is_long_form(mentions[-1], mention, text):
                mentions[-1] = mentions[-1]._replace(status_iri=status)
            mentions.append(mention)
            reached = end
        return tuple(mentions)

    return find


def _first_and_longest(place: tuple[int, int, str, Name]) -> tuple[int, int]:
    return place[:2]


def _is_between_words(text: str, start: int, end: int) -> bool:
    """Tell whether no word goes on before or after the characters; an accent on the last one makes it another."""
    if start and text[start - 1].isalnum():
        return False
    following = text[end : end + 1]
    return not following or not (following.isalnum() or unicodedata.combining(following))


def _is_long_form(mention: Mention, following: Mention, text: str) -> bool:
    """Tell whether a mention is the name that the next one, in brackets, is short for: what is said holds for both."""
    is_same = mention.term_iri == following.term_iri and mention.status_iri is None
    return is_same and text[mention.end : following.start] == " ("


def _term(name: Name, text: str, start: int, end: int) -> str | None:
    """Give the IRI of the term that is meant at ``text[start:end]``, None where the name does not count there."""
    if name.is_plain:
        return name.term_iri
    exact = text[start:end]
    spelled = " ".join(exact.split())
    if spelled in name.false_friends:
        return None
    surrounded = around(text, start, end)
    if name.misleading and name.misleading.search(surrounded):
        return None
    if spelled in name.needs_context and not (name.context and name.context.search(surrounded)):
        return None
    for spelling, counterpart in name.counterparts:
        if exact.startswith(spelling) and not exact[len(spelling) : len(spelling) + 1].isalnum():
            return counterpart
    return name.term_iri
