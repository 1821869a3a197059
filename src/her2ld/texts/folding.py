r"""The folded form in which texts are compared: no case, one kind of blank, of hyphen and of quotation mark.

>>> fold("Non\u2011Small\u00a0Cell")
'non-small cell'
"""

import re
from functools import lru_cache

# Every character beyond ASCII that Unicode calls a space separator (Zs) or a dash (Pd), and the minus, the soft hyphen
# and the hyphen bullet; looking them all up takes longer than reading a paper.
_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_DASHES = (
    "\u00ad\u058a\u05be\u1400\u1806\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\u2e17\u2e1a\u2e3a\u2e3b\u2e40\u2e5d"
    "\u301c\u3030\u30a0\ufe31\ufe32\ufe58\ufe63\uff0d"
)
_BLANKS = "\t\n\v\f\r\u0085\u2028\u2029\u200b\u2060\ufeff"
_KINDS = (
    dict.fromkeys(map(ord, _BLANKS + _SPACES), " ")
    | dict.fromkeys(map(ord, _DASHES), "-")
    | dict.fromkeys(map(ord, "\u2018\u2019\u201a\u201b\u2032`\u00b4"), "'")
    | dict.fromkeys(map(ord, "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb"), '"')
)

# Between words, these count like a comma.
_LONG_DASHES = {"\u2014", "\u2015"}
_PLAIN_SIGNS = {code: sign for code, sign in _KINDS.items() if chr(code) not in _LONG_DASHES}


@lru_cache(maxsize=1024)  # the same sentences and names are folded for each statement of a paper
def fold(text: str) -> str:
    r"""Return a text in folded form, with one code point for each of its own, so that places stay the same.

    A letter that has no single small letter ("\u0130") stays as it is.

    >>> fold("5\u00a0\u2013\u200910 \u201cMice\u201d")
    '5 - 10 "mice"'
    """
    alike = text.translate(_KINDS)
    small = alike.casefold()
    return small if len(small) == len(alike) else "".join(map(_fold_letter, alike))


def with_plain_signs(text: str) -> str:
    r"""Return a text of the same length with one kind of blank, hyphen and quotation mark; case and long dashes stay.

    >>> with_plain_signs("a CI\u00a0of 5\u20137\u2014wide")
    'a CI of 5-7\u2014wide'
    """
    return text.translate(_PLAIN_SIGNS)


@lru_cache(maxsize=1024)
def occurrences(words: str, text: str) -> tuple[tuple[int, int], ...]:
    r"""Return the places, in order, where a text contains the words when both are folded; places may overlap.

    A run of blanks counts as one blank. Blanks at the ends of the words are ignored, and blank words have no place. A
    place may cut a word; :func:`cuts_a_word` tells whether it does.

    >>> occurrences("Kd =24.3 nM", "affinity (Kd\u2009=24.3\u00a0nM)")
    ((10, 21),)
    """
    parts = fold(words).split()
    if not parts:
        return ()
    pattern = re.compile(f"(?=({' +'.join(map(re.escape, parts))}))")
    return tuple(found.span(1) for found in pattern.finditer(fold(text)))


def cuts_a_word(text: str, start: int, end: int) -> bool:
    """Tell whether the run [start, end) begins or ends between two letters or digits.

    >>> cuts_a_word("in 61 of 70", 4, 5), cuts_a_word("in 61 of 70", 3, 5)
    (True, False)
    """
    return any(0 < edge < len(text) and text[edge - 1 : edge + 1].isalnum() for edge in (start, end))


def _fold_letter(letter: str) -> str:
    return next((form for form in (letter.casefold(), letter.lower()) if len(form) == 1), letter)
