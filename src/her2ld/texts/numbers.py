"""Numbers in a text, each with its place: digits as papers print them, and words.

What counts as a number:

- Digits with a decimal point, a raised point ("37·9"), or no digit before it (".001"). A comma is a decimal point after
  a single 0 ("0,05") and before a per cent sign ("12,5%"), and separates thousands before groups of three digits; so
  does a blank ("13 773"). Any other comma separates two numbers. Powers of ten are read ("1.2 x 10-5", "2e-5").
- Words up to the thousands ("sixty-one", "one hundred and five"), and digits before such a word ("1.2 million").
- A minus belongs to its number; between two numbers, a hyphen means "to".

What does not: digits that touch letters or are joined to them ("HER2", "IL-2", "ERK1/2", "HER1-4", "18F", "1st"), a
number joined to a name by a hyphen ("15-Lys8", "5-fluorouracil"), three or more numbers joined by hyphens
("2016-002676-27"), and a word in capitals ("TEN"). A unit may touch its number or be joined to it ("10mg",
"61-year-old", "two-week").
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from her2ld.texts.folding import fold, with_plain_signs
from her2ld.texts.units import Unit, unit_at


@dataclass(frozen=True, slots=True)
class Printed:
    """A number of a text: its value, the place of its digits or words, and its operator and unit.

    ``start`` and ``end`` are code points of the text, which include the minus but neither operator nor unit.
    ``operator`` is one of ``= < > ≤ ≥ ~`` if a sign or words such as "over" or "at least" precede the number, or words
    such as "or higher" follow it; ``unit`` is the UCUM code of a unit that follows it.
    """

    value: Decimal
    start: int
    end: int
    operator: str | None
    unit: str | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A number to search for: its value, and the properties that distinguish equal numbers, which may be None.

    ``unit`` is the UCUM code of its unit, ``operator`` one of those of :class:`Printed`, and ``spelling`` a text that
    contains the number as printed.
    """

    value: Decimal
    unit: str | None = None
    operator: str | None = None
    spelling: str | None = None


# How badly a number fits the wanted one, by its unit, its operator and its spelling: the least is the best.
Misfit = tuple[int, int, int]

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
_ENDS = tuple(_OPERATORS)
_BY_LENGTH = sorted(_OPERATORS, key=len, reverse=True)
_OPERATOR = re.compile(
    "|".join([rf"(?:(?<![a-z0-9-])(?=[a-z])|(?![a-z])){re.escape(each)} *\Z" for each in _BY_LENGTH]), re.IGNORECASE
)
# "and over" and "and up" belong to the number before; "and higher" may begin the next phrase.
_BEHIND = re.compile(
    r"(?: of age)? (?:or (?P<or_more>higher|more|greater|above|over|older|later|longer|worse)"
    r"|or (?P<or_less>lower|less|fewer|below|under|younger|earlier|shorter)"
    r"|and (?P<and_more>above|over|older|up)|and (?P<and_less>below|under|younger))\b",
    re.IGNORECASE,
)
# Before this and a number, those words belong to that number: "10 and over 20", "10 or more than 20".
_BEFORE_ANOTHER = re.compile(r"(?: than)? ", re.IGNORECASE)
# The number of characters before a number that are looked at.
_REACH = 32
# The separators of the numbers in a list whose last number has the unit of all.
_IN_A_LIST = re.compile(r"(?: ?, ?| ?- ?|,? (?:and|or|to|through|vs\.?|versus) )", re.IGNORECASE)


@lru_cache(maxsize=64)  # each number of a result needs the numbers of the quote again
def find_numbers(text: str) -> tuple[Printed, ...]:
    """Return every number of a text in order; none overlaps another or is part of a larger one.

    >>> [text[each.start : each.end] for text in ["six (0.5%) of 1,234 HER2-positive"] for each in find_numbers(text)]
    ['six', '0.5', '1,234']
    """
    return tuple(_numbers(text))


def find_number(value: Decimal, text: str, unit: str | None = None) -> Printed | None:
    """Return the number of a text that has the value and fits best, the first of equal fits.

    >>> text = "six [9%] of 68 patients at 9 months"
    >>> [(found.start, found.end) for code in ("%", "mo") if (found := find_number(Decimal(9), text, unit=code))]
    [(5, 6), (27, 28)]
    """
    found = find_fitting(Wanted(value, unit), text)
    return min(found, key=lambda each: each[0])[1] if found else None


def find_fitting(wanted: Wanted, text: str) -> list[tuple[Misfit, Printed]]:
    """Return the candidates for the wanted number in a text, in order, each with how badly it fits.

    The unit counts most. If one is wanted, a number with another unit is left out; the unit of a list follows its last
    number ("8, 8 and 8 months"). If none is wanted, a number without a unit fits better than one with it. Then comes
    the operator, and then the spelling ("four", not "4").

    >>> text = "8 and 9 [4%] vs four; 8 and 8 months"
    >>> [(fit, each.start) for fit, each in find_fitting(Wanted(Decimal(4)), text)]
    [((2, 0, 0), 9), ((0, 0, 0), 16)]
    >>> [(fit, each.start) for fit, each in find_fitting(Wanted(Decimal(8), unit="mo"), text)]
    [((1, 0, 0), 0), ((0, 0, 0), 22), ((0, 0, 0), 28)]
    """
    words = _words(wanted.spelling) if wanted.spelling else set()
    found = []
    for number, listed in zip(find_numbers(text), _listed_units(text), strict=True):
        if number.value == wanted.value and (wanted.unit is None or number.unit in (None, wanted.unit)):
            of_unit = _misfit_of_unit(wanted.unit, number.unit, listed)
            of_operator = int((number.operator or "=") != (wanted.operator or "="))
            of_spelling = int(bool(words) and fold(text[number.start : number.end]) not in words)
            found.append(((of_unit, of_operator, of_spelling), number))
    return found


def _misfit_of_unit(wanted: str | None, printed: str | None, listed: str | None) -> int:
    if wanted is None:
        return 2 if printed else int(listed is not None)
    return 0 if wanted in (printed, listed) else int(listed is not None) + 1


@lru_cache(maxsize=64)
def _listed_units(text: str) -> tuple[str | None, ...]:
    """Return, for each number of a text, the unit after the last number of its list."""
    units: list[str | None] = []
    following: Printed | None = None
    for number in reversed(find_numbers(text)):
        is_listed = following and _IN_A_LIST.fullmatch(with_plain_signs(text[number.end : following.start]))
        units.append((following and following.unit) or units[-1] if is_listed else None)
        following = number
    return tuple(reversed(units))


def _words(text: str) -> set[str]:
    return {fold(text[each.start : each.end]) for each in find_numbers(text)}


def with_operator(text: str, number: Printed) -> tuple[int, int]:
    """Return the place of a number of a text together with the comparison before or after it.

    >>> text = "grade 3 or higher"
    >>> with_operator(text, find_numbers(text)[0])
    (6, 17)
    """
    before = operator_before(text, number.start)
    unit = unit_at(text, number.end)
    behind = operator_behind(text, unit.end if unit else number.end)
    start = before[0] if before and before[1] != "=" else number.start
    return start, behind[0] if behind else number.end


def operator_before(text: str, place: int) -> tuple[int, str] | None:
    """Return the start of the comparison that ends at a place of a text, and its operator; None if there is none.

    >>> operator_before("survival of over 7 months", 17)
    (12, '>')
    """
    first = max(0, place - _REACH)
    plain = with_plain_signs(text[first:place])
    if not plain.rstrip(" ").casefold().endswith(_ENDS):  # so it is mostly, and to search takes long
        return None
    found = _OPERATOR.search(plain, min(first, 1))
    return (first + found.start(), _OPERATORS[found[0].strip().casefold()]) if found else None


def operator_behind(text: str, place: int) -> tuple[int, str] | None:
    """Return the end of the comparison that begins at a place of a text, and its operator; None if there is none.

    >>> operator_behind("18 years or older", 8), operator_behind("8 or more than 10", 1)
    ((17, '≥'), None)
    """
    plain = with_plain_signs(text)
    found = _BEHIND.match(plain, place)
    if found is None:
        return None
    if (between := _BEFORE_ANOTHER.match(plain, found.end())) and _NUMBER.match(plain, between.end()):
        return None
    return found.end(), "\u2265" if found["or_more"] or found["and_more"] else "\u2264"


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
            before = operator_before(text, first)
            behind = operator_behind(text, unit.end if unit else place)
            operator = behind if behind and (before is None or before[1] == "=") else before
            yield Printed(value, first, place, operator[1] if operator else None, unit.code if unit else None)
            end_of_unit = unit.end if unit else end_of_unit


def _hangs_on_a_name(plain: str, start: int, end_of_unit: int) -> bool:
    """Tell whether the digits at a place continue a name: "HER2", "IL-2", the 2 of "ERK1/2"."""
    if plain[start - 1 : start].isalnum() or plain[start - 1 : start] == "_":
        return start > 0
    first = start
    while first and start - first < _REACH and plain[first - 1] in _WITHIN_NAMES:
        first -= 1
    is_joined = plain[first] == "-" or plain[first].isdigit()
    return 0 < first != end_of_unit and first < start and is_joined and plain[first - 1].isalnum()


def _goes_on(plain: str, end: int, unit: Unit | None) -> bool:
    """Tell whether the digits that end at a place continue as a name: "18F", "5-fluorouracil", "1,3-diol", "5'-end"."""
    if unit and unit.start <= end + 1:
        return False
    return _GOES_ON.match(plain, end) is not None


def _has_minus(plain: str, start: int, end_of_unit: int) -> bool:
    """Tell whether a minus precedes a number; a hyphen after another number, or its unit, means "to"."""
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
