"""Dates as PubMed's forms for people print them."""

import re

from her2ld.pubmed.article import PartialDate

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
    """Read ``2006/01/15 09:00``, or as much of it as is said; another spelling stays a text.

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
