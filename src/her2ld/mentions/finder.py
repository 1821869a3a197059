"""The finder of the ontology's names in a text."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from her2ld.mentions.name_rules import ADJECTIVE, Name, glued_words, hiding, names_by_spelling
from her2ld.mentions.spelling import folded
from her2ld.mentions.surroundings import after, before, species_reader, status_reader
from her2ld.vocabulary.ontology import Vocabulary

# The shared parts in names of several things: "ErbB2/3", and "breast and ovarian cancer".
_NUMBERED = re.compile(r"(?:/|, ?| and | or )(\d)(?![^\W_])")
_FIRST_OF_TWO = re.compile(r"([^\W_][\w-]*)(?:, [^\W_][\w-]*){0,3},? (?:and|or|and/or|&) $")
_OTHER_HEAD = re.compile(r" (?:and|or) ([a-z]{4,})(?![^\W_])")
_LISTED = re.compile(r"[^\W_][\w-]*")
_REACH = 80


class Mention(NamedTuple):
    """A name of the ontology in a text: ``text[start:end] == exact``, counted in Unicode code points.

    ``term_iri`` is the term of the name, and ``status_iri`` the status that the words around it give, None if they give
    none. ``within`` is the start and end of the longest name that contains this one: "HER2" in "HER2-positive breast
    cancer"; None for a name that is itself the longest.
    """

    term_iri: str
    start: int
    end: int
    exact: str
    status_iri: str | None
    within: tuple[int, int] | None = None


class Surroundings(NamedTuple):
    """Facts about a text besides its characters.

    ``breaks`` are the places where its markup begins or ends, in code points: a name can end there within a word, as in
    ``HER2<sup>neg</sup>``. ``is_of_animals`` says that the record is indexed with animals and not with people, and
    ``species`` are the IRIs of the species with which it is indexed.
    """

    breaks: Collection[int] = ()
    is_of_animals: bool = False
    species: Collection[str] = ()


Finder = Callable[..., tuple[Mention, ...]]
# The places of names in a text: start, end with a minus, number of the name, in their order.
Places = Sequence[tuple[int, int, int]]


def mention_finder(vocabulary: Vocabulary) -> Finder:
    """Return the function that finds the mentions in a text, in their order, a longer name before those within it.

    The function takes the text and, if they are known, its :class:`Surroundings`. Of the names that begin first, the
    longest counts, and also the names within it that are meant: "HER2" and "breast cancer" in "HER2-positive breast
    cancer", but not "trastuzumab" in "trastuzumab emtansine" (``her2:nameHides``). Other names do not overlap, unless
    they share a word: "breast and ovarian cancer". Building the function takes as long as searching hundreds of
    abstracts: build it once for each process. It can be shared between threads, and cannot be pickled.

    Raises OntologyError if a name has characters that cannot be searched for in texts.

    >>> from her2ld.vocabulary.ontology import read_ontology
    >>> find = mention_finder(read_ontology())
    >>> [(each.term_iri[24:], each.exact) for each in find("HER-2/neu oncogene and her family")]
    [('HER2Gene', 'HER-2/neu')]
    >>> mention, = find("tests in HER2-negative disease")
    >>> mention.start, mention.end, mention.status_iri
    (9, 13, 'https://w3id.org/her2ld/NegativeStatus')
    """
    by_spelling = names_by_spelling(vocabulary)
    names = list(by_spelling.values())
    glued = glued_words(vocabulary)
    find_places = _place_finder(list(by_spelling), frozenset(_numbers_with_status(names)), glued)
    read_mention = _mention_reader(vocabulary)
    hides = lru_cache(maxsize=None)(hiding(vocabulary))
    with_shared_words = _sharing_finder(by_spelling)

    def find(text: str, known: Surroundings = _NOTHING) -> tuple[Mention, ...]:
        found = find_places(text, known.breaks)
        if not found:
            return ()
        mentions: list[Mention] = []
        around_it: list[tuple[int, int, str]] = []  # the names that may contain a place, the longest first
        for start, negative_end, number in found:
            end, name = -negative_end, names[number]
            exact = text[start:end]
            if _is_torn(exact) or (name.is_plain and _is_denied(text, start)):
                continue
            while around_it and around_it[-1][1] <= start:
                around_it.pop()
            if around_it and (end > around_it[0][1] or any(hides(iri, name.term_iri) for _, _, iri in around_it)):
                continue
            within = around_it[0][:2] if around_it else None
            if name.is_plain:
                mention = Mention(name.term_iri, start, end, exact, None, within)
            else:
                read = read_mention(name, text, (start, end), found, known)
                if read is None:
                    continue
                mention = read._replace(within=within) if within else read
                if mention.status_iri and mentions and _is_long_form(mentions[-1], mention, text):
                    mentions[-1] = mentions[-1]._replace(status_iri=mention.status_iri)
            mentions.append(mention)
            around_it.append((start, end, name.term_iri))
        return tuple(with_shared_words(text, mentions))

    return find


def _numbers_with_status(names: Sequence[Name]) -> Iterator[int]:
    return (number for number, name in enumerate(names) if name.takes_status)


def _place_finder(
    spellings: Sequence[bytes], with_status: Collection[int], glued: re.Pattern[str]
) -> Callable[[str, Collection[int]], Places]:
    """Return the function that finds the places of names between two words.

    It takes the text and the places where its markup begins or ends. A word that qualifies the name can be joined to
    the end of the names with the numbers ``with_status``.
    """
    from ahocorasick_rs import BytesAhoCorasick, Implementation  # loaded only for searching texts

    # A name is searched for with the blank before it, so that most words cost nothing. Of the library's automata, this
    # one is then built and searched fastest, because it fits into the processor's cache.
    search = BytesAhoCorasick(
        [b" " + spelling for spelling in spellings], implementation=Implementation.ContiguousNFA
    ).find_matches_as_indexes
    longest = max(map(len, spellings), default=0)

    def within_words(form: bytes, breaks: Collection[int]) -> Iterator[tuple[int, int, int]]:
        for start in breaks:
            if form[start] in _WORD_ENDS:
                continue
            for number, shift, length in search(b" " + form[start + 1 : start + longest + 2], overlapping=True):
                end = start + length - 1
                if shift == 0 and (form[end + 1] in _WORD_ENDS or end in breaks):
                    yield start, -end, number

    def places(text: str, breaks: Collection[int]) -> Places:
        # The blank before the first word makes a place in the form one more than the place in the text.
        form = b" " + folded(text) + b" "
        found = [
            (start, 1 - end, number)
            for number, start, end in search(form, overlapping=True)
            if form[end] in _WORD_ENDS
            or (number in with_status and glued.match(text, end - 1))
            or (breaks and end - 1 in breaks)
        ]
        if breaks:
            found += within_words(form, breaks)
        return sorted(found)

    return places


# The character after a name in the form of comparison: a blank, or a sign that can be the end of a name.
_WORD_ENDS = frozenset(b" +)")


def _mention_reader(
    vocabulary: Vocabulary,
) -> Callable[[Name, str, tuple[int, int], Places, Surroundings], Mention | None]:
    """Return the function that returns the mention at a place of a name, None if there is none.

    It takes, after the name, the text and the place, the places of all names in the text.
    """
    read_status, of_species = status_reader(vocabulary), species_reader(vocabulary)

    def read(name: Name, text: str, place: tuple[int, int], found: Places, known: Surroundings) -> Mention | None:
        start, end = place
        term_iri = _term(name, text, start, end, known.species)
        if term_iri is None or (name.is_joined and _is_joined(text, start, end, found)):
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
        beside_another = [
            each
            for each in mentions
            if text[each.end : each.end + 3] in _JOINING
            or text[each.end : each.end + 1] in _LISTING
            or text[each.start - 2 : each.start] in _JOINED
        ]
        if not beside_another:
            return mentions
        shared = {
            Mention(name.term_iri, start, end, text[start:end], None)
            for mention in beside_another
            for start, end, spelled in _sharing(text, mention, heads)
            if (name := by_spelling.get(folded(spelled)))
            and name.term_iri != mention.term_iri
            and _term(name, spelled, 0, len(spelled), ()) == name.term_iri
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
                    continue  # two added names, one of which continues where the other ends
                longest = each._replace(within=None)
                nested.append(longest)
            elif (each.start, each.end) != (longest.start, longest.end):
                nested.append(each._replace(within=(longest.start, longest.end)))
        return nested

    return with_shared_words


def _crosses(start: int, end: int, mention: Mention) -> bool:
    """Tell whether a place and a mention overlap, and neither contains the other."""
    is_apart = end <= mention.start or mention.end <= start
    is_around = start <= mention.start and mention.end <= end
    return not is_apart and not is_around


_NOTHING = Surroundings()


def _is_long_form(mention: Mention, following: Mention, text: str) -> bool:
    """Tell whether the next mention, in brackets, is the short form of a mention: a status then holds for both."""
    is_same = mention.term_iri == following.term_iri and mention.status_iri is None
    return is_same and text[mention.end : following.start] == " ("


def _is_torn(exact: str) -> bool:
    """Tell whether a place contains only one bracket of a pair: in "IL)6" the bracket belongs to another name."""
    has_brackets = "(" in exact or ")" in exact or "[" in exact or "]" in exact
    return has_brackets and (exact.count("(") != exact.count(")") or exact.count("[") != exact.count("]"))


_N = frozenset("nN")
_DENIED = re.compile(r"(?<![^\W_])non[\s-]$", re.IGNORECASE)


def _is_denied(text: str, start: int) -> bool:
    # This test runs for every name, so the pattern is tried only where the last letter of “non” is.
    return text[start - 2 : start - 1] in _N and _DENIED.search(text, max(0, start - 5), start) is not None


_ADJECTIVE = re.compile(ADJECTIVE)
# Prefixes that can be joined to the name of an agent: "anti-", "post-".
_PREFIX = re.compile(r"(?<![^\W_])(?:anti|non|post|pre|co|via|by|de)-$", re.IGNORECASE)
_HYPHENS = frozenset("-\u2010\u2011")


def _is_joined(text: str, start: int, end: int, found: Places) -> bool:
    """Tell whether an agent is joined to a word that makes it another: "aloe-emodin", "trastuzumab-dkst".

    Two known agents that are joined, as in "docetaxel-trastuzumab", are both meant.
    """
    is_led = start > 1 and text[start - 1] in _HYPHENS and text[start - 2].isalnum()
    if is_led and not any(-stop == start - 1 for _, stop, _ in found) and not _PREFIX.search(before(text, start)):
        return True
    is_followed = text[end : end + 1] in _HYPHENS and text[end + 1 : end + 2].isalnum()
    return is_followed and not any(begin == end + 1 for begin, _, _ in found) and not _ADJECTIVE.match(after(text, end))


def _term(name: Name, text: str, start: int, end: int, species: Collection[str]) -> str | None:
    """Return the IRI of the term that is meant at ``text[start:end]``, None if the name does not count there.

    ``species`` are the IRIs of the species that the record is about.
    """
    exact = text[start:end]
    if name.symbols and exact in name.symbols:
        iri, named = name.symbols[exact]
        if iri in species or named.search(text):
            return None
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


# A quick test of the text beside a name that may share a word with another.
_JOINING = frozenset({" an", " or", " & "})
_LISTING = frozenset(",/")
_JOINED = frozenset({"d ", "r ", "& "})


def _sharing(text: str, mention: Mention, heads: Collection[bytes]) -> list[tuple[int, int, str]]:
    """Return the places of possible names that share a word with a mention, each with its full spelling."""
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
