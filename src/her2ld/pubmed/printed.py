"""Spellings that PubMed's forms for people share: dates, citations, grants and data banks.

Dates are read as the forms print them, and are returned by precision: a day, a month or a year, never finer than in
the record.

A citation is printed as ``J Test. 2021 Mar;8(1):45-51. doi: 10.5555/x. Epub 2020.``. Its first date is that of the
issue. If the paper appeared online before the issue, ``eCollection`` or ``Print`` precedes the date of the issue, and
the first date is that of the paper online.
"""

import datetime as dt
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from her2ld.pubmed.article import DataBank, Grant, Pages, PartialDate, RelatedCitation

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
# A year, a month, a day or some days of that month: “1998 Apr 9-15”. Only the first year of other texts is used.
_ONE_MONTH = re.compile(r"(\d{4}) ([A-Za-z]{3})(?: (\d{1,2})(-\d{1,2})?)?")


@lru_cache(maxsize=4096)  # neighbours in a file share most of their dates
def by_precision(date: PartialDate) -> str | None:
    """Return the date as a day, a month or a year in ISO 8601; None if not even the year is certain.

    A range or a season becomes its first year, if the text has it: nothing is made up. A day that does not exist is
    left out.

    >>> [by_precision(PartialDate(text=text)) for text in ("1998 Apr 9-15", "1998 Dec-1999 Jan", "Winter 1998", "n.d.")]
    ['1998-04', '1998', '1998', None]
    >>> by_precision(PartialDate("1998", "Feb", "30"))
    '1998-02'
    """
    year, month, day = date.year, date.month, date.day
    if year is None and date.text:
        if parts := _ONE_MONTH.fullmatch(date.text):
            year, month, day = parts[1], parts[2], None if parts[4] else parts[3]
        elif found := _YEAR.search(date.text):
            year = found[0]
    if year is None or not _YEAR.fullmatch(year) or not year.isascii() or year == "0000":
        return None
    number = _month_number(month)
    if not number:
        return year
    if day and day.isdecimal():
        try:
            return dt.date(int(year), number, int(day)).isoformat()
        except ValueError:
            pass
    return f"{year}-{number:02}"


def as_printed(date: PartialDate) -> str:
    """Return the date as in the record, with its parts in PubMed's order, without the time.

    >>> as_printed(PartialDate("1979", "Jun", season=None)), as_printed(PartialDate(text="1998 Dec-1999 Jan"))
    ('1979 Jun', '1998 Dec-1999 Jan')
    """
    return " ".join(part for part in (date.year, date.month, date.season, date.day, date.text) if part)


@lru_cache(maxsize=4096)
def time_of_day(date: PartialDate) -> str | None:
    """Return the known ones of hour, minute and second, each with two digits, joined by colons; None without any."""
    parts = [part for part in (date.hour, date.minute, date.second) if part]
    return ":".join(part.zfill(2) for part in parts) or None


def _month_number(month: str | None) -> int | None:
    if not month:
        return None
    if month.isdecimal():
        return int(month) if 1 <= int(month) <= len(_MONTHS) else None
    start = month[:3].lower()
    return _MONTHS.index(start) + 1 if start in _MONTHS else None


_DIGITS = re.compile(r"(\d{4})(\d\d)(\d\d)")
_MOMENT = re.compile(r"(\d{4})(?:/(\d\d?)(?:/(\d\d?)(?: (\d\d?):(\d\d)(?::(\d\d))?)?)?)?")
_ISSUE = re.compile(
    r"(?P<year>\d{4})"
    r"(?: (?:(?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?: (?P<day>\d\d?))?"
    r"|(?P<season>Spring|Summer|Fall|Autumn|Winter)))?"
)


def date_of_digits(text: str) -> PartialDate:
    """Read ``20060115``; another spelling stays a text.

    >>> date_of_digits("20060115")[:3]
    ('2006', '01', '15')
    """
    match = _DIGITS.fullmatch(text)
    return PartialDate(*match.groups()) if match else PartialDate(text=text)


def moment(text: str) -> PartialDate:
    """Read ``2006/01/15 09:00``, or a beginning of it; another spelling stays a text.

    >>> moment("2006/01/15 09:00").hour
    '09'
    """
    match = _MOMENT.fullmatch(text)
    if not match:
        return PartialDate(text=text)
    year, month, day, hour, minute, second = match.groups()
    return PartialDate(year, month, day, hour=hour, minute=minute, second=second)


def issue_date(text: str | None) -> PartialDate | None:
    """Read the date of an issue (``2002 Sep 3``, ``1999 Spring``); another spelling (``2001 Jan-Feb``) stays a text.

    >>> issue_date("2002 Sep")[:3]
    ('2002', 'Sep', None)
    >>> issue_date("2001 Jan-Feb").text
    '2001 Jan-Feb'
    """
    if not text:
        return None
    match = _ISSUE.fullmatch(text)
    return PartialDate(**match.groupdict()) if match else PartialDate(text=text)


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
    dated = _DATED.findall(rest)
    epub, collection, print_ = (
        tuple(date for each, text in dated if each == mark and (date := issue_date(text)))
        for mark in ("Epub", "eCollection", "Print")
    )
    if epub:
        return first, epub
    online = (first,) if first else ()
    if later := collection or print_:
        return later[0], online
    return first, online if "ahead of print" in rest else ()


def _pages(text: str | None) -> Pages:
    """Return the pages; the last one is known unless it is abbreviated (``1123-9``)."""
    match = _WHOLE_RANGE.fullmatch(text or "")
    return Pages(text, match[1], match[2]) if match and len(match[2]) >= len(match[1]) else Pages(text)


PMID_AT_END = re.compile(r"(?P<source>.*?)[ .;]*PMID: *(?P<pmid>\d+)\.?(?: *(?:No abstract available|Free .*)\.?)*")
# Funders of NLM's list: two letters for an institute of the NIH, an underscore at the end of most others.
_ACRONYM = re.compile(r"[A-Z][A-Z0-9]{1,7}_|[A-Z][A-Z0-9_]{1,3}|ImNIH|CAPMC|PCORI")
_ACRONYM_ALONE = re.compile(r"[A-Z][A-Z0-9]{1,7}_|[A-Z]{2}|ImNIH|CAPMC|PCORI|HHMI")  # no number has this form


def related_citation(kind: str, text: str) -> RelatedCitation:
    """Read the citation of a comment or a correction, which may end with its PMID."""
    match = PMID_AT_END.fullmatch(text)
    return RelatedCitation(kind, match["source"], match["pmid"]) if match else RelatedCitation(kind, text)


def grant_of(text: str) -> Grant:
    """Split ``number/acronym/agency/country``; a number can contain slashes, and all but the agency can be missing.

    >>> grant_of("DH_/Department of Health/United Kingdom")
    Grant(number=None, acronym='DH_', agency='Department of Health', country='United Kingdom')
    """
    *front, agency, country = (part.strip() for part in (text.split("/") if "/" in text else (text, "")))
    form = _ACRONYM if len(front) > 1 else _ACRONYM_ALONE
    acronym = front.pop() if front and form.fullmatch(front[-1]) else None
    return Grant("/".join(front) or None, acronym, agency or None, country or None)


def data_banks_of(texts: Iterable[str]) -> tuple[DataBank, ...]:
    """Return the data banks of texts ``ClinicalTrials.gov/NCT00000000``, each with its numbers."""
    banks: dict[str, list[str]] = {}
    for text in texts:
        name, slash, number = text.partition("/")
        banks.setdefault(name, []).extend([number] if slash else [])
    return tuple(DataBank(name, tuple(numbers)) for name, numbers in banks.items())
