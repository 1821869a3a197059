"""Numbers in a text, each with its place: digits as papers print them, and words.

What counts as a number:

- Digits with a decimal point, a raised point ("37·9"), or none before it (".001"). A comma is a decimal point behind a
  single 0 ("0,05") and before a per cent sign ("12,5%"), and separates thousands before groups of three digits; so does
  a blank ("13 773"). Any other comma separates two numbers. Powers of ten are read ("1.2 x 10-5", "2e-5").
- Words up to the thousands ("sixty-one", "one hundred and five"), and digits before such a word ("1.2 million").
- A minus belongs to its number; between two numbers, a hyphen means "to".

What does not: digits that touch letters or hang on them ("HER2", "IL-2", "ERK1/2", "HER1-4", "18F", "1st"), a number
that a hyphen joins to a name ("15-Lys8", "5-fluorouracil"), three or more that hyphens join ("2016-002676-27"), and a
word in capitals ("TEN"). A unit may touch its number or hang on it ("10mg", "61-year-old", "two-week").
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from her2ld.texts.folding import fold, with_plain_signs
from her2ld.texts.units import Unit, unit_at


@dataclass(frozen=True, slots=True)
class Printed:
    """A number of a text: its value, the place of its digits or words, and what is printed beside it.

    ``start`` and ``end`` are code points of the text, the minus within them, operator and unit without. ``operator`` is
    one of ``= < > ≤ ≥ ~`` where a sign or words such as "over" or "at least" stand before the number; ``unit`` is the
    UCUM code of a unit that follows it.
    """

    value: Decimal
    start: int
    end: int
    operator: str | None
    unit: str | None


_POINT = "\u00b7\u2027\u22c5\u2219\u25cf"
_SUPERSCRIPTS = "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079"
_PLAIN_SUPERSCRIPTS = str.maketrans(f"{_SUPERSCRIPTS}\u207b", "0123456789-")
_RAISED_POINT = re.compile(rf"[{_POINT}](?=[0-9])")
_DIGITS = (
    # 0,05 and 12,5%
    r"(?:0,[0-9]+|[0-9]+,[0-9]{1,2}(?= ?%))(?![0-9,])"
    # 1,234.5 and 13 773
    r"|(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+(?![0-9])|[1-9][0-9]{0,2}(?: [0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?"
    r"|\.[0-9]+"
)
_POWER = (
    r" ?[x\u00d7*] ?10(?: ?\^ ?(?P<caret>[-+]?[0-9]{1,3})|(?P<plain>-[0-9]{1,3})"
    rf"|(?P<raised>\u207b?[{_SUPERSCRIPTS}]{{1,3}}))"
    r"|e(?P<letter>[-+]?[0-9]{1,3})(?![a-z0-9])"
)
_SMALL_NUMBERS = """
    zero one two three four five six seven eight nine
    ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen
"""
_SMALL = _SMALL_NUMBERS.split()
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_LARGE = {"thousand": 1000, "million": 10**6, "billion": 10**9}
_VALUES = {word: value for value, word in enumerate(_SMALL)} | {
    word: 10 * place for place, word in enumerate(_TENS, start=2)
}
_UNDER_HUNDRED = rf"(?:(?:{'|'.join(_TENS)})(?:[ -](?:{'|'.join(_SMALL[1:10])})\b)?|{'|'.join(reversed(_SMALL))})\b"
_UNDER_THOUSAND = rf"{_UNDER_HUNDRED}(?: hundred\b(?: (?:and )?{_UNDER_HUNDRED})?)?"
_WORDS = rf"\b{_UNDER_THOUSAND}(?: thousand\b(?:,? (?:and )?{_UNDER_THOUSAND})?)?"
_NUMBER = re.compile(
    rf"(?:(?P<digits>{_DIGITS})(?:{_POWER})?|(?P<words>{_WORDS}))(?: (?P<large>{'|'.join(_LARGE)})\b)?", re.IGNORECASE
)
_JOINED_BY_HYPHENS = re.compile(r"[0-9][0-9.]*(?:-[0-9][0-9.]*){2,}")
_GOES_ON = re.compile(
    # "18.5-NE" is an interval without an upper bound
    r"\w|(?:,[0-9]{1,3}){0,8}-(?!(?:NR|NE|not (?:yet )?(?:reached|estimable|evaluable))\b)[\w(](?<![0-9])|\.[0-9]|'-"
)
_WITHIN_NAMES = frozenset("0123456789./,-")

_SIGNS = {
    "<": "< \uff1c",
    ">": "> \uff1e",
    "\u2264": "\u2264 \u2a7d <= </= =<",
    "\u2265": "\u2265 \u2a7e >= >/= =>",
    "~": "~ \u223c \u2248 \u2243 \uff5e",
    "=": "= \uff1d",
}
_PHRASES = {
    "<": "under, below, less than, fewer than, lower than, smaller than",
    ">": "over, above, more than, greater than, higher than, larger than, exceeding",
    "\u2264": "up to, at most, no more than, not more than, < or =",
    "\u2265": "at least, no less than, not less than, no fewer than, > or =",
    "~": "about, around, approximately, approx., roughly, nearly, almost, circa, ca.",
}
_OPERATORS = {sign: operator for operator, signs in _SIGNS.items() for sign in signs.split()} | {
    phrase: operator for operator, phrases in _PHRASES.items() for phrase in phrases.split(", ")
}
_BY_LENGTH = sorted(_OPERATORS, key=len, reverse=True)
_OPERATOR = re.compile(
    "|".join([rf"(?:(?<![a-z0-9-])(?=[a-z])|(?![a-z])){re.escape(each)} *\Z" for each in _BY_LENGTH]), re.IGNORECASE
)
# What stands before a number is looked at no further back than this.
_REACH = 32


@lru_cache(maxsize=64)  # each number of a result asks for those of the quote again
def find_numbers(text: str) -> tuple[Printed, ...]:
    """Return every number of a text in order; none overlaps another or is part of a larger one.

    >>> [text[each.start : each.end] for text in ["six (0.5%) of 1,234 HER2-positive"] for each in find_numbers(text)]
    ['six', '0.5', '1,234']
    """
    return tuple(_numbers(text))


def find_number(
    value: Decimal, text: str, used: Collection[Printed] = (), unit: str | None = None, spelling: str | None = None
) -> Printed | None:
    """Return the first number of a text that has the value and is not among those used.

    Where a unit (its UCUM code) is given, a number that it follows comes first, then one that no unit follows ("43" in
    "43, 41 and 17 months"); one with another unit is not what is sought. Of those, one in the spelling that is given
    ("four", not "4") comes first.

    >>> text = "six [9%] of 68 patients at 9 months"
    >>> [(found.start, found.end) for code in ("%", "mo") if (found := find_number(Decimal(9), text, unit=code))]
    [(5, 6), (27, 28)]
    """
    fitting = [each for each in find_numbers(text) if each.value == value and each not in used]
    if unit is not None:
        fitting = [each for each in fitting if each.unit == unit] or [each for each in fitting if each.unit is None]
    words = _words(spelling) if spelling else set()
    alike = [each for each in fitting if fold(text[each.start : each.end]) in words]
    return next(iter(alike or fitting), None)


def _words(text: str) -> set[str]:
    return {fold(text[each.start : each.end]) for each in find_numbers(text)}


def operator_before(text: str, place: int) -> tuple[int, str] | None:
    """Return where a comparison that ends at a place of a text begins, and its operator; None where there is none.

    >>> operator_before("survival of over 7 months", 17)
    (12, '>')
    """
    first = max(0, place - _REACH)
    found = _OPERATOR.search(with_plain_signs(text[first:place]), min(first, 1))
    return (first + found.start(), _OPERATORS[found[0].strip().casefold()]) if found else None


def _numbers(text: str) -> Iterator[Printed]:
    plain = _RAISED_POINT.sub(".", with_plain_signs(text))
    place = end_of_unit = 0
    while found := _NUMBER.search(plain, place):
        start, place = found.span()
        unit = unit_at(text, place)
        if found["words"] and found["words"].isupper():
            continue
        if joined := _JOINED_BY_HYPHENS.match(plain, start):
            place = max(place, joined.end())
        elif _hangs_on_a_name(plain, start, end_of_unit) or _goes_on(plain, place, unit):
            while plain[place : place + 1].isdigit() or plain[place : place + 1] == ".":
                place += 1
        else:
            first = start - 1 if found["digits"] and _has_minus(plain, start, end_of_unit) else start
            value = _value(found) if first == start else -_value(found)
            operator = operator_before(text, first)
            yield Printed(value, first, place, operator[1] if operator else None, unit.code if unit else None)
            end_of_unit = unit.end if unit else end_of_unit


def _hangs_on_a_name(plain: str, start: int, end_of_unit: int) -> bool:
    """Tell whether what stands at a place goes on from letters: "HER2", "IL-2", the 2 of "ERK1/2"."""
    if plain[start - 1 : start].isalnum() or plain[start - 1 : start] == "_":
        return start > 0
    first = start
    while first and start - first < _REACH and plain[first - 1] in _WITHIN_NAMES:
        first -= 1
    is_joined = plain[first] == "-" or plain[first].isdigit()
    return 0 < first != end_of_unit and first < start and is_joined and plain[first - 1].isalnum()


def _goes_on(plain: str, end: int, unit: Unit | None) -> bool:
    """Tell whether what ends at a place goes on as a name: "18F", "5-fluorouracil", "1,3-diol", "5'-end"."""
    if unit and unit.start <= end + 1:
        return False
    return _GOES_ON.match(plain, end) is not None


def _has_minus(plain: str, start: int, end_of_unit: int) -> bool:
    """Tell whether a minus stands before a number; a hyphen after another number, or its unit, means "to"."""
    if plain[start - 1 : start] != "-":
        return False
    last = start - 2
    while last >= 0 and start - last < _REACH and plain[last] == " ":
        last -= 1
    return last < 0 or (last + 1 != end_of_unit and not plain[last].isdigit() and plain[last] not in ")]")


def _value(found: re.Match[str]) -> Decimal:
    if found["words"]:
        value = Decimal(_value_of_words(found["words"]))
    elif re.fullmatch(r"0,[0-9]+|[0-9]+,[0-9]{1,2}", found["digits"]):
        value = Decimal(found["digits"].replace(",", "."))
    else:
        value = Decimal(re.sub("[ ,]", "", found["digits"]))
    power = found["caret"] or found["plain"] or found["letter"] or found["raised"]
    if power:
        value = value.scaleb(int(power.translate(_PLAIN_SUPERSCRIPTS)))
    return value * _LARGE[found["large"].casefold()] if found["large"] else value


def _value_of_words(words: str) -> int:
    total = value = 0
    for word in re.findall("[a-z]+", words.casefold()):
        if word == "thousand":
            total, value = value * 1000, 0
        elif word == "hundred":
            value *= 100
        else:
            value += _VALUES.get(word, 0)
    return total + value
