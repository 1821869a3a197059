"""The authors of a record as PubMed's text prints them (``Doe J(1), Roe RM Jr(1)(2); Some Group``).

A browser shows whole names, and the numbers of the affiliations behind them: ``Jane Doe 1 2, Richard M Roe 1``. Which
of the words are the family name is not said there, so that the whole name stays one.
"""

import re

from her2ld.pubmed.article import Affiliation, People, Person

_CAPITAL = r"[^\W\d_a-zß-öø-ÿ]"
_NAME = re.compile(
    rf"(?P<last>\S.*?)(?: (?P<initials>{_CAPITAL}{{1,6}}(?:-{_CAPITAL})?)"
    r"(?: (?P<suffix>Jr|Sr|\d(?:st|nd|rd|th)|I{2,3}|IV))?)?"
    r"(?P<marks>(?:\([\d#*]+\))*)"
)
_LONGEST_NAME = 80
_AFFILIATION = re.compile(r"\((\d+)\)")
_AND_OTHERS = "et al"
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
    """Tell whether a paragraph is a list of names: all are short, and most of them end in initials or are whole ones.

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
    r"""Read a list of names, and where they worked from the numbered lines below it.

    Lines without a number are the affiliation of every author. Names behind a semicolon are groups.

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
    complete = names[-1] != _AND_OTHERS
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
    """Return the affiliations by number, and those without one. A number begins a line and follows the one before.

    Its brackets are not there in a browser, where it may also stand on a line of its own.
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
