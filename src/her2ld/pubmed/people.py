"""The persons of a record in order: authors, editors and investigators, with their affiliations.

In the NBIB form, a full name (``FAU``) is followed by the short one (``AU``) and by the person's affiliations (``AD``)
and identifiers (``AUID``). Records from before 2014 have one affiliation, before all names: it is the first author's.

PubMed's text prints ``Doe J(1), Roe RM Jr(1)(2); Some Group``. A browser shows whole names, followed by the numbers of
the affiliations: ``Jane Doe 1 2, Richard M Roe 1``. The family name is not marked there, so whole names are not split.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from her2ld.pubmed.article import Affiliation, People, Person, RecordIdentifier

_ORCID = re.compile(r"(?:https?://(?:www\.)?orcid\.org/)?(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dXx])/?", re.ASCII)
_MODULUS = 11
_TEN = "X"


def orcid(text: str) -> str | None:
    """Return an ORCID in its standard form; None for other texts and for a wrong check digit (ISO 7064, mod 11-2).

    >>> orcid("http://orcid.org/0000-0002-1825-0097"), orcid("0000000218250097"), orcid("0000-0002-1825-0098")
    ('0000-0002-1825-0097', '0000-0002-1825-0097', None)
    """
    match = _ORCID.fullmatch(text.strip())
    if not match:
        return None
    digits = "".join(match.groups()).upper()
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    expected = (1 - total) % _MODULUS
    if digits[-1] != (_TEN if expected == _MODULUS - 1 else str(expected)):
        return None
    return "-".join(match.groups()).upper()


# By tag: the list for the person, and whether the name is a full one.
_NAMES = {
    "FAU": ("authors", True),
    "AU": ("authors", False),
    "FED": ("editors", True),
    "ED": ("editors", False),
    "FIR": ("investigators", True),
    "IR": ("investigators", False),
    "FPS": ("subjects", True),
    "PS": ("subjects", False),
}
_OWNERS_OF_AFFILIATIONS = {"AD": "authors", "IRAD": "investigators"}
_AND_OTHERS = "et al."


class PeopleRead(NamedTuple):
    """The lists of persons, and the fields about other things."""

    authors: tuple[People, ...]
    editors: tuple[People, ...]
    investigators: tuple[People, ...]
    subjects: tuple[Person, ...]
    others: list[tuple[str, str]]


def read_people(fields: Iterable[tuple[str, str]]) -> PeopleRead:
    """Return the persons in the fields of a record, given as tag and text, and the other fields.

    >>> people = read_people([("FAU", "King, Martin Luther Jr"), ("AU", "King ML Jr"), ("AD", "Atlanta.")])
    >>> people.authors[0].persons[0][:4]
    ('King', 'Martin Luther', 'ML', 'Jr')
    """
    taking = _Taking()
    others = [(tag, text) for tag, text in fields if not taking.take(tag, text)]
    others += taking.place_early_affiliations()
    lists = taking.lists
    return PeopleRead(
        _as_list(lists["authors"], complete=taking.complete),
        _as_list(lists["editors"], kind="editors"),
        _as_list(lists["investigators"]),
        tuple(lists["subjects"]),
        others,
    )


class _Taking:
    """The lists of persons while the fields of a record are read."""

    def __init__(self) -> None:
        self.lists: dict[str, list[Person]] = {name: [] for name, _ in _NAMES.values()}
        self.complete = True
        self._early: list[tuple[str, str]] = []
        self._current = self.lists["authors"]
        self._full_name_before = False

    def take(self, tag: str, text: str) -> bool:
        """Take a field if it is about a person; return whether it is."""
        if tag in _NAMES:
            self._take_name(*_NAMES[tag], text)
        elif tag == "CN":
            self._current = self.lists["authors"]
            self._current.append(Person(collective_name=text))
        elif tag in _OWNERS_OF_AFFILIATIONS:
            owner = self.lists["investigators"] if tag == "IRAD" else self._current
            if owner:
                owner[-1] = owner[-1]._replace(affiliations=(*owner[-1].affiliations, Affiliation(text)))
            else:
                self._early.append((tag, text))
        elif tag == "AUID" and self._current and ": " in text:
            source, _, value = text.partition(": ")
            person = self._current[-1]
            self._current[-1] = person._replace(identifiers=(*person.identifiers, RecordIdentifier(value, source)))
        else:
            return False
        return True

    def _take_name(self, name: str, is_full: bool, text: str) -> None:  # noqa: FBT001  # as the table has it
        self._current = current = self.lists[name]
        if text == _AND_OTHERS:
            self.complete = False
        elif is_full:
            current.append(_full_name(text))
        elif self._full_name_before and current and _is_short_for(text, current[-1]):
            current[-1] = _with_initials(current[-1], text)
        else:
            current.append(_short_name(text))
        self._full_name_before = is_full

    def place_early_affiliations(self) -> list[tuple[str, str]]:
        """Add the affiliations before all names to the first person; return them if there is no person."""
        left = []
        for tag, text in reversed(self._early):
            owners = self.lists[_OWNERS_OF_AFFILIATIONS[tag]]
            if owners:
                owners[0] = owners[0]._replace(affiliations=(Affiliation(text), *owners[0].affiliations))
            else:
                left.append((tag, text))
        return left[::-1]


def _as_list(persons: list[Person], *, complete: bool = True, kind: str | None = None) -> tuple[People, ...]:
    return (People(tuple(persons), complete, kind),) if persons else ()


def _full_name(text: str) -> Person:
    last, _, fore = text.partition(", ")
    return Person(last, fore or None)


def _is_short_for(short: str, person: Person) -> bool:
    """Tell whether the short name is the person's: it begins with the last name, or at least with its first letter."""
    return (person.last_name or "")[:1].casefold() == short[:1].casefold()


def _with_initials(person: Person, short: str) -> Person:
    """Return a person with the parts that only the short name shows: the initials, and a suffix of the full name."""
    last = person.last_name or ""
    rest = short.removeprefix(last).strip() if short.startswith(last) else short.rpartition(" ")[2]
    initials, _, suffix = rest.partition(" ")
    fore = person.fore_name
    if suffix and fore and fore.endswith(suffix):
        fore = fore.removesuffix(suffix).rstrip(" ,") or None
    return person._replace(fore_name=fore, initials=initials or None, suffix=suffix or None)


def _short_name(text: str) -> Person:
    """Read a name without a full one (``de Hoon MJ``): its last word in capitals is the initials."""
    last, _, initials = text.rpartition(" ")
    return Person(last, initials=initials) if last and initials.isupper() else Person(text)


_CAPITAL = r"[^\W\d_a-zß-öø-ÿ]"
_NAME = re.compile(
    rf"(?P<last>\S.*?)(?: (?P<initials>{_CAPITAL}{{1,6}}(?:-{_CAPITAL})?)"
    r"(?: (?P<suffix>Jr|Sr|\d(?:st|nd|rd|th)|I{2,3}|IV))?)?"
    r"(?P<marks>(?:\([\d#*]+\))*)"
)
_LONGEST_NAME = 80
_AFFILIATION = re.compile(r"\((\d+)\)")
_AND_OTHERS_IN_TEXT = "et al"
_MARKS_IN_BROWSER = re.compile(r"(?:\s+\d{1,3}(?=\s|$|[#*†‡§])|\s*[#*†‡§])+$")
_PARTICLES = frozenset(
    {
        *("a", "al", "bin", "bint", "da", "dal", "dalla", "das", "de", "degli", "dei", "del", "dela", "dell", "della"),
        *("den", "der", "di", "do", "dos", "du", "e", "el", "ibn", "la", "las", "le", "les", "li", "lo", "los", "'t"),
        *("te", "ten", "ter", "und", "van", "vande", "vanden", "vander", "vom", "von", "y", "zu", "zum", "zur"),
    }
)
_MOST_WORDS = 8
_NUMBER_OF_PLACE = re.compile(r"\(?(\d{1,3})(?:\)|(?=\s|$))\s*")


def is_author_list(paragraph: str) -> bool:
    """Tell whether a paragraph is a list of names: all are short, and most end in initials or are whole names.

    >>> is_author_list("Doe J(1), Roe RM Jr(1)(2)."), is_author_list("Jane Doe 1 2, Ludwig van der Roe 1")
    (True, True)
    >>> is_author_list("We saw HER2, HER3 and DNA."), is_author_list("HER2 in Breast Cancer")
    (False, False)
    """
    if not paragraph.endswith("."):
        return _has_whole_names(paragraph)
    if ". " in paragraph:
        return False
    names = [_NAME.fullmatch(name) for name in _names(paragraph)]
    known = [name for name in names if name and name["initials"] and len(name["last"].split()) <= _LONGEST_SURNAME]
    return bool(known) and len(known) * 2 > len(names) and all(len(name) <= _LONGEST_NAME for name in _names(paragraph))


_LONGEST_SURNAME = 5


def _has_whole_names(paragraph: str) -> bool:
    """Tell whether a text without a full stop is a list of whole names, as a browser shows it."""
    names = [_MARKS_IN_BROWSER.sub("", name).split() for name in _names(paragraph)]
    return all(map(_is_whole_name, names)) and any(len(name) > 1 for name in names)


def _is_whole_name(words: list[str]) -> bool:
    capitals = [word for word in words if word[0].isalpha() and not word[0].islower() and word[-1] not in ":?!)"]
    others = [word for word in words if word not in capitals]
    return (
        bool(words)
        and len(words) <= _MOST_WORDS
        and words[-1] in capitals
        and all(map(_PARTICLES.__contains__, others))
    )


def read_authors(paragraph: str | None, affiliations: str | None) -> tuple[People, ...]:
    r"""Read a list of names, and their affiliations from the numbered lines below it.

    Lines without a number are the affiliation of every author. Names after a semicolon are groups.

    >>> [authors] = read_authors("Doe J(2), Roe R; Group A.", "(1)Here.\n(2)There,\nfar.")
    >>> [(each.last_name, each.collective_name, each.affiliations) for each in authors.persons][0]
    ('Doe', None, (Affiliation(text='There, far.', identifiers=()),))
    """
    if not paragraph:
        return ()
    paragraph = " ".join(paragraph.split())
    by_number, of_all = _places(affiliations)
    persons, groups = [], paragraph.rstrip(".").split("; ")
    names = _names(groups[0])
    complete = names[-1] != _AND_OTHERS_IN_TEXT
    for name in names if complete else names[:-1]:
        marked = _MARKS_IN_BROWSER.search(name)
        shown = name[: marked.start()] if marked else name
        match = _NAME.fullmatch(shown)
        marks = _AFFILIATION.findall(match["marks"]) if match else []
        marks += re.findall(r"\d+", marked[0]) if marked else []
        is_equal = "#" in (marked[0] if marked else "") or (match is not None and "(#)" in match["marks"])
        persons.append(
            Person(
                match["last"] if match else shown,
                initials=match["initials"] if match else None,
                suffix=match["suffix"] if match else None,
                affiliations=(*(by_number[mark] for mark in marks if mark in by_number), *of_all),
                equal_contribution=True if is_equal else None,
            )
        )
    persons += [Person(collective_name=group) for group in groups[1:]]
    return (People(tuple(persons), complete),)


def _names(paragraph: str) -> list[str]:
    return [name.strip() for name in paragraph.rstrip(".").split("; ")[0].split(",")]


def _places(lines: str | None) -> tuple[dict[str, Affiliation], tuple[Affiliation, ...]]:
    """Return the affiliations by number, and those without one. A number begins a line and is one more than the last.

    In a browser, it has no brackets and may be on a line of its own.
    """
    numbered: dict[str, list[str]] = {}
    unnumbered: list[str] = []
    texts = unnumbered
    for line in (lines or "").splitlines():
        match = _NUMBER_OF_PLACE.match(line.strip())
        if match and int(match[1]) == len(numbered) + 1:
            texts = numbered.setdefault(match[1], [])
        texts.append(line.strip()[match.end() :] if match and texts == [] else line)
    by_number = {number: Affiliation(" ".join(" ".join(parts).split())) for number, parts in numbered.items()}
    of_all = " ".join(" ".join(unnumbered).split())
    return by_number, (Affiliation(of_all),) if of_all else ()
