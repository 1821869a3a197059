"""The authors of a record as PubMed's text prints them (``Doe J(1), Roe RM Jr(1)(2); Some Group``)."""

import re

from her2ld.pubmed.article import Affiliation, People, Person

_NAME = re.compile(
    r"(?P<last>\S.*?)(?: (?P<initials>[A-Z]{1,6}(?:-[A-Z])?)(?: (?P<suffix>Jr|Sr|\d(?:st|nd|rd|th)|I{2,3}|IV))?)?"
    r"(?P<marks>(?:\([\d#*]+\))*)"
)
_LONGEST_NAME = 80
_AFFILIATION = re.compile(r"\((\d+)\)")
_AND_OTHERS = "et al"


def is_author_list(paragraph: str) -> bool:
    """Tell whether a paragraph is a list of names: all are short, and most of them end in initials.

    >>> is_author_list("Doe J(1), Roe RM Jr(1)(2).")
    True
    >>> is_author_list("We saw HER2, HER3 and DNA.")
    False
    """
    if not paragraph.endswith(".") or ". " in paragraph:
        return False
    names = [_NAME.fullmatch(name) for name in _names(paragraph)]
    known = [name for name in names if name and name["initials"] and len(name["last"].split()) <= _LONGEST_SURNAME]
    return bool(known) and len(known) * 2 > len(names) and all(len(name) <= _LONGEST_NAME for name in _names(paragraph))


_LONGEST_SURNAME = 5


def read_authors(paragraph: str | None, affiliations: str | None) -> tuple[People, ...]:
    r"""Read a list of names, and where they worked from the numbered lines below it.

    Lines without a number are the affiliation of every author. Names behind a semicolon are groups.

    >>> [authors] = read_authors("Doe J(2), Roe R; Group A.", "(1)Here.\n(2)There,\nfar.")
    >>> [(each.last_name, each.collective_name, each.affiliations) for each in authors.persons][0]
    ('Doe', None, (Affiliation(text='There, far.', identifiers=()),))
    """
    if not paragraph:
        return ()
    by_number, of_all = _places(affiliations)
    persons, groups = [], paragraph.rstrip(".").split("; ")
    names = _names(groups[0])
    complete = names[-1] != _AND_OTHERS
    for name in names if complete else names[:-1]:
        match = _NAME.fullmatch(name)
        marks = _AFFILIATION.findall(match["marks"]) if match else []
        persons.append(
            Person(
                match["last"] if match else name,
                initials=match["initials"] if match else None,
                suffix=match["suffix"] if match else None,
                affiliations=(*(by_number[mark] for mark in marks if mark in by_number), *of_all),
                equal_contribution=True if match and "(#)" in match["marks"] else None,
            )
        )
    persons += [Person(collective_name=group) for group in groups[1:]]
    return (People(tuple(persons), complete),)


def _names(paragraph: str) -> list[str]:
    return [name.strip() for name in paragraph.rstrip(".").split("; ")[0].split(",")]


def _places(lines: str | None) -> tuple[dict[str, Affiliation], tuple[Affiliation, ...]]:
    """Give the affiliations by number, and those without one. A number begins a line and follows the one before."""
    numbered: dict[str, list[str]] = {}
    unnumbered: list[str] = []
    texts = unnumbered
    for line in (lines or "").splitlines():
        match = _AFFILIATION.match(line.strip())
        if match and int(match[1]) == len(numbered) + 1:
            texts = numbered.setdefault(match[1], [])
        texts.append(line.strip()[match.end() :] if match and texts == [] else line)
    by_number = {number: Affiliation(" ".join(" ".join(parts).split())) for number, parts in numbered.items()}
    of_all = " ".join(" ".join(unnumbered).split())
    return by_number, (Affiliation(of_all),) if of_all else ()
