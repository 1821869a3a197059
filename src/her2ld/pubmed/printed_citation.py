"""The citation of a paper as PubMed's text prints it: ``J Test. 2021 Mar;8(1):45-51. doi: 10.5555/x. Epub 2020.``.

The first date is that of the issue. If the paper appeared before the issue, the date of the issue follows
``eCollection`` or ``Print``, and the first date is that of the paper online.
"""

import re
from typing import NamedTuple

from her2ld.pubmed.article import Pages, PartialDate
from her2ld.pubmed.dates import issue_date

_PART = (
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Spring|Summer|Fall|Autumn|Winter"
    r"|\d(?:st|nd|rd|th) Quart(?:er)?|First|Second|Third|Fourth|Quarter|\d{4}|\d\d?)\b"
)
_DATE = rf"\d{{4}}\b(?:[ /–-]{_PART})*"
_PLACE = (
    rf"(?P<journal>\S(?:.*?\S)?)\. (?P<date>{_DATE})"
    r"(?:;(?P<volume>[^:().]*)(?:\((?P<issue>[^)]*)\))?(?:Suppl[^:.]*)?)?(?::(?P<pages>.*?))?\."
)
CITATION = re.compile(_PLACE + r"(?: (?P<rest>.*))?")
_MARK = (
    rf"(?:doi: ?10\.\S+|pii: ?\S+|(?:Epub|eCollection|Print) {_DATE}|"
    r"Online ahead of print|\[?Epub ahead of print\]?)\.?"
)
_WITH_MARKS = re.compile(rf"{_PLACE}(?P<rest>(?: {_MARK})*)")
_DATED = re.compile(rf"(Epub|eCollection|Print) ({_DATE})")
_DOI = re.compile(r"doi: ?(10\.\S+?)\.?(?=\s|$)")
_WHOLE_RANGE = re.compile(r"(\w+)-(\w+)")
_PREPRINT = " [Preprint]"


class PrintedCitation(NamedTuple):
    """A citation as printed, and its parts."""

    text: str
    journal: str
    date: PartialDate | None
    electronic_dates: tuple[PartialDate, ...]
    volume: str | None
    issue: str | None
    pages: Pages
    doi: str | None


def is_citation(text: str) -> bool:
    """Tell whether a text of one line is a citation, followed only by known text.

    >>> is_citation("J Test. 2021 Mar-Apr;8 Suppl 1:S45-51. doi: 10.5555/x. Epub 2021 Jan 2.")
    True
    >>> is_citation("Breast cancer. 2020 was a year of changes: a review.")
    False
    """
    return _WITH_MARKS.fullmatch(text) is not None


def read_citation(text: str) -> PrintedCitation | None:
    """Read a citation of one line; None for any other text.

    >>> found = read_citation("bioRxiv [Preprint]. 2021 Mar 5:2021.03.04.1. doi: 10.5555/2021.03.04.1.")
    >>> found.journal, found.pages.text, found.doi
    ('bioRxiv', '2021.03.04.1', '10.5555/2021.03.04.1')
    >>> found = read_citation("J Test. 2021 Jan 5;8:45. doi: 10.5555/x. eCollection 2021.")
    >>> found.date[:3], found.electronic_dates[0][:3]
    (('2021', None, None), ('2021', 'Jan', '5'))
    """
    match = CITATION.fullmatch(text)
    if not match:
        return None
    rest = match["rest"] or ""
    date, online = _dates(issue_date(match["date"]), rest)
    doi = _DOI.search(rest)
    return PrintedCitation(
        text=text,
        journal=match["journal"].removesuffix(_PREPRINT),
        date=date,
        electronic_dates=online,
        volume=match["volume"] or None,
        issue=match["issue"] or None,
        pages=_pages(match["pages"] or None),
        doi=doi[1] if doi else None,
    )


def _dates(first: PartialDate | None, rest: str) -> tuple[PartialDate | None, tuple[PartialDate, ...]]:
    """Return the date of the issue, and those of the paper online."""
    said = {"Epub": (), "eCollection": (), "Print": ()} | {
        mark: tuple(date for each, text in _DATED.findall(rest) if each == mark and (date := issue_date(text)))
        for mark, _ in _DATED.findall(rest)
    }
    if said["Epub"]:
        return first, said["Epub"]
    online = (first,) if first else ()
    if later := said["eCollection"] or said["Print"]:
        return later[0], online
    return first, online if "ahead of print" in rest else ()


def _pages(text: str | None) -> Pages:
    """Return the pages; the last one is known unless it is abbreviated (``1123-9``)."""
    match = _WHOLE_RANGE.fullmatch(text or "")
    return Pages(text, match[1], match[2]) if match and len(match[2]) >= len(match[1]) else Pages(text)
