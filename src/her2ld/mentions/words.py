"""Words beside a name: the patterns that find them, and the characters in which they are sought."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

# The length of the longest relevant word, with the text between it and the name.
_REACH = 24
_SHORT_DASHES = "\u2010\u2011\u2012\u2013\u2212"
_DASHES = dict.fromkeys(map(ord, _SHORT_DASHES), "-")
_NO_LETTER_BEFORE = r"(?<![^\W_])"
_NO_LETTER_AFTER = r"(?![^\W_])"
# A blank or a dash.
GAP = rf"[\s\-{_SHORT_DASHES}]"


def before(text: str, start: int, reach: int = _REACH) -> str:
    """Return the text before a place, as far as words matter, with each dash but the longest as a hyphen."""
    return text[max(0, start - reach) : start].translate(_DASHES)


def after(text: str, end: int, reach: int = _REACH) -> str:
    """Return the text after a place, as far as words matter, with each dash but the longest as a hyphen."""
    return text[end : end + reach].translate(_DASHES)


def alternatives(words: Iterable[str]) -> str:
    """Return the pattern that matches the longest possible of the words; without words, one that never matches."""
    found = sorted(words, key=len, reverse=True)
    return f"(?:{'|'.join(map(re.escape, found))})" if found else r"(?!)"


def preceding(words: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern that finds one of the words, as its group, at the end of the text of :func:`before`."""
    return re.compile(rf"{_NO_LETTER_BEFORE}({alternatives(words)})[\s-]$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Beside:
    """The texts that can be beside a name: the patterns of texts that end at its start, and that start at its end."""

    before: re.Pattern[str] | None
    after: re.Pattern[str]

    def touches(self, text: str, start: int, end: int) -> bool:
        """Tell whether such a text is beside the name at ``text[start:end]``."""
        return self.after.match(text, end) is not None or (
            self.before is not None and self.before.search(text, max(0, start - _REACH), start) is not None
        )


def beside(words: Collection[str], between: str, leading: Collection[str] = (), behind: Collection[str] = ()) -> Beside:
    r"""Return the patterns that find one of the words on either side of a name, with ``between`` up to the name.

    ``leading`` are words that can only precede the name, and ``behind`` patterns of texts that can follow it. A hyphen
    in a word matches any dash.

    >>> found = beside(["oncogene"], r"\s")
    >>> [found.touches(text, 4, 7) for text in ("the neu oncogene", "the neu, oncogene")]
    [True, False]
    """
    word, first = (_with_any_dash(alternatives(each)) for each in (words, (*words, *leading)))
    following = "|".join((between + word, *behind))
    return Beside(
        re.compile(rf"{_NO_LETTER_BEFORE}{first}{between}\Z", re.IGNORECASE) if words or leading else None,
        re.compile(rf"(?:{following}){_NO_LETTER_AFTER}", re.IGNORECASE),
    )


def _with_any_dash(pattern: str) -> str:
    return pattern.replace(r"\-", rf"[\-{_SHORT_DASHES}]")
