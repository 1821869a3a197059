"""The persons of a record in the NBIB form: who wrote, edited or examined, in order, with where they worked.

A full name (``FAU``) is followed by the short one (``AU``) and by what belongs to the person: affiliations (``AD``) and
identifiers (``AUID``). Records of before 2014 have one affiliation, before all names: it is the first author's.
"""

from collections.abc import Iterable
from typing import NamedTuple

from her2ld.pubmed.article import Affiliation, Identifier, People, Person

# By tag: the list that the person goes to, and whether the name is a full one.
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
    """The lists of persons, and the fields that are about none."""

    authors: tuple[People, ...]
    editors: tuple[People, ...]
    investigators: tuple[People, ...]
    subjects: tuple[Person, ...]
    others: list[tuple[str, str]]


def read_people(fields: Iterable[tuple[str, str]]) -> PeopleRead:
    """Take the persons out of the fields of a record, given as tag and text.

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
    """The lists of persons while the fields of a record come."""

    def __init__(self) -> None:
        self.lists: dict[str, list[Person]] = {name: [] for name, _ in _NAMES.values()}
        self.complete = True
        self._early: list[tuple[str, str]] = []
        self._current = self.lists["authors"]
        self._full_name_before = False

    def take(self, tag: str, text: str) -> bool:
        """Take a field, and tell whether it is about a person."""
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
            self._current[-1] = person._replace(identifiers=(*person.identifiers, Identifier(value, source)))
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
        """Return the affiliations that stood before all names to the first person; return those without any."""
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
    """Add what only the short name tells apart: the initials, and a suffix that the full name has at its end."""
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
