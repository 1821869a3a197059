"""Words beside a name: the patterns that find them, and the characters that they are sought in."""

import re
from collections.abc import Iterable

# No word that matters, with what can stand between it and the name, is longer.
_REACH = 24
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2212"), "-")
_NO_LETTER_BEFORE = r"(?<![^\W_])"
_NO_LETTER_AFTER = r"(?![^\W_])"
_NAME = "\0"


def before(text: str, start: int, reach: int = _REACH) -> str:
    """Return what stands before a place, as far as words matter, each dash but the longest as a hyphen."""
    return text[max(0, start - reach) : start].translate(_DASHES)


def after(text: str, end: int, reach: int = _REACH) -> str:
    """Return what stands after a place, as far as words matter, each dash but the longest as a hyphen."""
    return text[end : end + reach].translate(_DASHES)


def around(text: str, start: int, end: int) -> str:
    r"""Return what stands before and after a name, with ``\0`` in its place.

    >>> around("the c–neu oncogene", 6, 9)
    'the c-\x00 oncogene'
    """
    return f"{before(text, start)}{_NAME}{after(text, end)}"


def alternatives(words: Iterable[str]) -> str:
    """Return the pattern that matches any of the words, the longest that fits; one that never does without words."""
    found = sorted(words, key=len, reverse=True)
    return f"(?:{'|'.join(map(re.escape, found))})" if found else r"(?!)"


def preceding(words: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern that finds one of the words, its group, at the end of what :func:`before` gives."""
    return re.compile(rf"{_NO_LETTER_BEFORE}({alternatives(words)})[\s-]$", re.IGNORECASE)


def beside(words: Iterable[str], between: str) -> re.Pattern[str]:
    r"""Return the pattern that finds one of the words in what :func:`around` gives, with ``between`` up to the name.

    >>> pattern = beside(["oncogene"], r"\s")
    >>> bool(pattern.search("the \0 oncogene")), bool(pattern.search("\0, oncogene"))
    (True, False)
    """
    word = alternatives(words)
    return re.compile(
        rf"{_NAME}{between}{word}{_NO_LETTER_AFTER}|{_NO_LETTER_BEFORE}{word}{between}{_NAME}", re.IGNORECASE
    )
