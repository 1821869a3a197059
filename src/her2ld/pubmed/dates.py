"""The dates of PubMed: as its forms for people print them, and by their precision.

A precision is a day, a month or a year, and never finer than in the record.
"""

import datetime as dt
import re
from functools import lru_cache

from her2ld.pubmed.article import PartialDate

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
    """Return hour, minute and second as far as they are known, each with two digits, joined by colons."""
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
