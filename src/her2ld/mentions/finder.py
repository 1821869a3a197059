"""A text searched for the names of the ontology."""

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from functools import lru_cache
from typing import NamedTuple

from her2ld.mentions.names import Name, hiding, names_by_spelling
from her2ld.mentions.spelling import folded
from her2ld.mentions.surroundings import species_reader, status_reader
from her2ld.mentions.words import after, before
from her2ld.vocabulary.ontology import Vocabulary

# What a name of several things shares: "ErbB2/3", and "breast and ovarian cancer".
_NUMBERED = re.compile(r"(?:/|, ?| and | or )(\d)(?![^\W_])")
_FIRST_OF_TWO = re.compile(r"([^\W_][\w-]*)(?:, [^\W_][\w-]*){0,3},? (?:and|or|and/or|&) $")
_OTHER_HEAD = re.compile(r" (?:and|or) ([a-z]{4,})(?![^\W_])")
_LISTED = re.compile(r"[^\W_][\w-]*")
_REACH = 80


class Mention(NamedTuple):
    """A name of the ontology in a text: ``text[start:end] == exact``, counted in Unicode code points.

    ``term_iri`` is the term that bears the name, and ``status_iri`` how the words around the name qualify it, None
    where they do not. ``within`` is where the longest name begins and ends that this one is a part of: "HER2" in
    "HER2-positive breast cancer"; None for a name that is itself the longest.
    """

    term_iri: str
    start: int
    end: int
    exact: str
    status_iri: str | None
    within: tuple[int, int] | None = None


class Surroundings(NamedTuple):
    """What is known of a text besides its characters.

    ``breaks`` are the places where its markup begins or ends, in code points: a name can end there within a word, as in
    ``HER2<sup>neg</sup>``. ``is_of_animals`` says that the record is indexed with animals and not with people.
    """

    breaks: Collection[int] = ()
    is_of_animals: bool = False


Finder = Callable[..., tuple[Mention, ...]]


def mention_finder(vocabulary: Vocabulary) -> Finder:
    """Return the function that finds the mentions in a text, in their order, a longer name before those within it.

    The function takes the text and, if they are known, its :class:`Surroundings`. Of names that begin first, the
    longest counts, and those within it that are meant, too: "HER2" and "breast cancer" in "HER2-positive breast
    cancer", but not "trastuzumab" in "trastuzumab emtansine" (``her2:nameHides``). Names do not overlap otherwise, but
    for those that share a word: "breast and ovarian cancer". Building the function takes as long as searching hundreds
    of abstracts: build it once a process. It can be shared between threads, and cannot be pickled.

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

    by_spelling = names_by_spelling(vocabulary)
    names = list(by_spelling.values())
    # A deterministic automaton is four times as fast as what the library chooses, and takes a few MiB.
    search = BytesAhoCorasick(list(by_spelling), implementation=Implementation.DFA).find_matches_as_indexes
    read_mention = _mention_reader(vocabulary)
    hides = lru_cache(maxsize=None)(hiding(vocabulary))
    with_shared_words = _sharing_finder(by_spelling)

    def find(text: str, known: Surroundings = _NOTHING) -> tuple[Mention, ...]:
        found = [
            (start, -end, names[place])
            for place, start, end in search(folded(text), overlapping=True)
            if _is_between_words(text, start, end, known.breaks)
        ]
        if not found:
            return ()
        found.sort(key=_first_and_longest)
        mentions: list[Mention] = []
        around_it: list[tuple[int, int, str]] = []  # the names that a place may lie within, the longest first
        edges = frozenset(edge for start, end, _ in found for edge in (start, -end))
        for start, negative_end, name in found:
            end = -negative_end
            while around_it and around_it[-1][1] <= start:
                around_it.pop()
            if around_it and (end > around_it[0][1] or any(hides(iri, name.term_iri) for _, _, iri in around_it)):
                continue
            mention = read_mention(name, text, (start, end), edges, known)
            if mention is None:
                continue
            if around_it:
                mention = mention._replace(within=around_it[0][:2])
            if mention.status_iri and mentions and _is_long_form(mentions[-1], mention, text):
                mentions[-1] = mentions[-1]._replace(status_iri=mention.status_iri)
            mentions.append(mention)
            around_it.append((start, end, name.term_iri))
        return tuple(with_shared_words(text, mentions))

    return find


def _mention_reader(
    vocabulary: Vocabulary,
) -> Callable[[Name, str, tuple[int, int], Collection[int], Surroundings], Mention | None]:
    """Return the function that tells what is mentioned at a place of a name, None where nothing is.

    It takes, after the name, the text and the place, where names begin or end in the text.
    """
    read_status, of_species = status_reader(vocabulary), species_reader(vocabulary)

    def read(
        name: Name, text: str, place: tuple[int, int], edges: Collection[int], known: Surroundings
    ) -> Mention | None:
        start, end = place
        term_iri = _term(name, text, start, end)
        if term_iri is None or (name.is_joined and _is_joined(text, start, end, edges)):
            return None
        if not name.takes_status and _is_denied(text, start):
            return None  # "non-metastatic breast cancer" is no metastatic one
        status = name.status_iri
        if status is None and name.takes_status:
            status = read_status(text, start, end, end in known.breaks)
        term_iri = of_species(text, start, end, term_iri, known.is_of_animals)
        return Mention(term_iri, start, end, text[start:end], status)

    return read


def _sharing_finder(by_spelling: Mapping[bytes, Name]) -> Callable[[str, list[Mention]], list[Mention]]:
    """Return the function that adds to the mentions in a text the names that share a word with one of them."""
    heads = frozenset(spelling.rsplit(b" ", 1)[1] for spelling in by_spelling if b" " in spelling)

    def with_shared_words(text: str, mentions: list[Mention]) -> list[Mention]:
        shared = {
            Mention(name.term_iri, start, end, text[start:end], None)
            for mention in mentions
            for start, end, spelled in _sharing(text, mention, heads)
            if (name := by_spelling.get(folded(spelled)))
            and name.term_iri != mention.term_iri
            and _term(name, spelled, 0, len(spelled)) == name.term_iri
            and not any(_crosses(start, end, each) for each in mentions)
        }
        if not shared:
            return mentions
        found = sorted({*mentions, *shared}, key=lambda each: (each.start, -each.end, each.term_iri))
        longest: Mention | None = None
        nested: list[Mention] = []
        for each in found:
            if longest is None or each.end > longest.end:
                if longest is not None and each.start < longest.end:
                    continue  # two of those added, of which one goes on where the other ends
                longest = each._replace(within=None)
                nested.append(longest)
            elif (each.start, each.end) != (longest.start, longest.end):
                nested.append(each._replace(within=(longest.start, longest.end)))
        return nested

    return with_shared_words


def _crosses(start: int, end: int, mention: Mention) -> bool:
    """Tell whether a place holds a part of a mention, and not all of it or nothing else."""
    is_apart = end <= mention.start or mention.end <= start
    is_around = start <= mention.start and mention.end <= end
    return not is_apart and not is_around


_NOTHING = Surroundings()


def _first_and_longest(place: tuple[int, int, Name]) -> tuple[int, int]:
    return place[:2]


def _is_between_words(text: str, start: int, end: int, breaks: Collection[int]) -> bool:
    """Tell whether no word goes on before or after the characters; an accent on the last one makes it another."""
    if start and text[start - 1].isalnum() and start not in breaks:
        return False
    following = text[end : end + 1]
    return not following or end in breaks or not (following.isalnum() or unicodedata.combining(following))


def _is_long_form(mention: Mention, following: Mention, text: str) -> bool:
    """Tell whether a mention is the name that the next one, in brackets, is short for: what is said holds for both."""
    is_same = mention.term_iri == following.term_iri and mention.status_iri is None
    return is_same and text[mention.end : following.start] == " ("


_N = frozenset("nN")
_DENIED = re.compile(r"(?<![^\W_])non[\s-]$", re.IGNORECASE)


def _is_denied(text: str, start: int) -> bool:
    # What is rare is sought only where its last letters stand: these are read for every name.
    return text[start - 2 : start - 1] in _N and _DENIED.search(text, max(0, start - 5), start) is not None


# What can be joined to the name of an agent without making it another: "trastuzumab-treated", "anti-", "post-".
_ADJECTIVE = re.compile(r"-(?:[a-z]+(?:ed|ing|ent|ant|ive|ble|ory|ous|al|ic)|free|naive|naïve|only|like)(?![^\W_])")
_PREFIX = re.compile(r"(?<![^\W_])(?:anti|non|post|pre|co|via|by|de)-$", re.IGNORECASE)
_HYPHENS = frozenset("-\u2010\u2011")


def _is_joined(text: str, start: int, end: int, edges: Collection[int]) -> bool:
    """Tell whether an agent is joined to a word that makes it another: "aloe-emodin", "trastuzumab-dkst".

    Two known agents that are joined, as in "docetaxel-trastuzumab", are both meant.
    """
    is_led = start > 1 and text[start - 1] in _HYPHENS and text[start - 2].isalnum()
    if is_led and start - 1 not in edges and not _PREFIX.search(before(text, start)):
        return True
    is_followed = text[end : end + 1] in _HYPHENS and text[end + 1 : end + 2].isalnum()
    return is_followed and end + 1 not in edges and not _ADJECTIVE.match(after(text, end))


def _term(name: Name, text: str, start: int, end: int) -> str | None:
    """Return the IRI of the term that is meant at ``text[start:end]``, None where the name does not count there."""
    if name.is_plain:
        return name.term_iri
    exact = text[start:end]
    spelled = " ".join(exact.split())
    if spelled in name.false_friends:
        return None
    is_misled = name.misleading is not None and name.misleading.touches(text, start, end)
    needs = spelled in name.needs_context and not (name.context and name.context.touches(text, start, end))
    if is_misled or needs or (name.topic and not name.topic.search(text)):
        return None
    for spelling, counterpart in name.counterparts:
        if exact.startswith(spelling) and not exact[len(spelling) : len(spelling) + 1].isalnum():
            return counterpart
    return name.term_iri


def _sharing(text: str, mention: Mention, heads: Collection[bytes]) -> list[tuple[int, int, str]]:
    """Return the places of what may be names that share a word with a mention, each with how it is spelled in full."""
    found = []
    exact, start, end = mention.exact, mention.start, mention.end
    if exact[-1].isdigit():
        stem, place = exact[:-1], end
        while numbered := _NUMBERED.match(text, place):
            place = numbered.end()
            found.append((start, place, stem + numbered[1]))
    last = exact.rsplit(" ", 1)[-1]
    if last != exact:
        is_joined = text.endswith(("and ", "or ", "& "), max(0, start - _REACH), start)
        earlier = _FIRST_OF_TWO.search(text, max(0, start - _REACH), start) if is_joined else None
        if earlier:
            listed = _LISTED.finditer(text, earlier.start(), start)
            found += [(each.start(), end, f"{each[0]} {last}") for each in listed]
        other_head = _OTHER_HEAD.match(text, end)
        if other_head:
            found.append((start, other_head.end(), f"{exact.rsplit(' ', 1)[0]} {other_head[1]}"))
    later = _LATER_HEAD.match(text, end) if text.startswith((", ", " and ", " or ", "/", " & "), end) else None
    if later and folded(later[1]) in heads:
        found.append((start, later.end(), f"{exact} {later[1]}"))
    return found


_LATER_HEAD = re.compile(r"(?:(?:, | and | or |/| and/or | & )[^\W_][\w-]*){1,3} ([a-z]{4,})(?![^\W_])")
