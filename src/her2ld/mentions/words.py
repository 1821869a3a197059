"""Words beside a name: the patterns that find them, and the characters that they are sought in."""

import re
from collections.abc import Iterable

# No word that matters, with what can stand between it and the name, is longer.
_REACH = 24
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2212"), "-")
_NO_LETTER_BEFORE = r"(?<![^\W_])"
_NO_LETTER_AFTER = r"(?![^\W_])"
_NAME = "\0"


def before(text: str, start: int) -> str:
    """Give what stands before a place, as far as words matter, each dash but the longest as a hyphen."""
    return text[max(0, start - _REACH) : start].translate(_DASHES)


def after(text: str, end: int) -> str:
    """Give what stands after a place, as far as words matter, each dash but the longest as a hyphen."""
    return text[end : end + _REACH].translate(_DASHES)


def around(text: str, start: int, end: int) -> str:
    r"""Give what stands before and after a name, with ``\0`` in its place.

    >>> around("the c–neu oncogene", 6, 9)
    'the c-\x00 oncogene'
    """
    return f"{before(text, start)}{_NAME}{after(text, end)}"


def alternatives(words: Iterable[str]) -> str:
    """Give the pattern that matches any of the words, the longest that fits."""
    return f"(?:{'|'.join(re.escape(word) for word in sorted(words, key=len, reverse=True))})"


def preceding(words: Iterable[str]) -> re.Pattern[str]:
    """Give the pattern that finds one of the words, its group, at the end of what :func:`before` gives."""
    return re.compile(rf"{_NO_LETTER_BEFORE}({alternatives(words)})[\s-]$", re.IGNORECASE)


def following(words: Iterable[str], signs: Iterable[str]) -> re.Pattern[str]:
    """Give the pattern that finds one of the words or signs, its group, at the start of what :func:`after` gives.

    A word may stand in brackets, or after a bracket that closes. So may a sign, which otherwise touches the name; no
    letter follows it, and a hyphen does not wait for another word ("HER2- and HER3-targeted").
    """
    word, sign = alternatives(words), alternatives(signs)
    return re.compile(
        rf"\)?(?:[\s-]{{0,2}}\(?({word}){_NO_LETTER_AFTER}"
        rf"|\s?\(({sign})\)"
        rf"|({sign})(?![^\W_]|\s(?:and|or)\b))",
        re.IGNORECASE,
    )


def beside(words: Iterable[str], between: str) -> re.Pattern[str]:
    r"""Give the pattern that finds one of the words in what :func:`around` gives, with ``between`` up to the name.

    >>> pattern = beside(["oncogene"], r"\s")
    >>> bool(pattern.search("the \0 oncogene")), bool(pattern.search("\0, oncogene"))
    (True, False)
    """
    word = alternatives(words)
    return re.compile(
        rf"{_NAME}{between}{word}{_NO_LETTER_AFTER}|{_NO_LETTER_BEFORE}{word}{between}{_NAME}", re.IGNORECASE
    )
