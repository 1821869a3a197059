"""Words beside a name: the patterns that find them, and the characters that they are sought in."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

# No word that matters, with what can stand between it and the name, is longer.
_REACH = 24
_SHORT_DASHES = "\u2010\u2011\u2012\u2013\u2212"
_DASHES = dict.fromkeys(map(ord, _SHORT_DASHES), "-")
_NO_LETTER_BEFORE = r"(?<![^\W_])"
_NO_LETTER_AFTER = r"(?![^\W_])"
# A blank or a dash.
GAP = rf"[\s\-{_SHORT_DASHES}]"


def before(text: str, start: int, reach: int = _REACH) -> str:
    """Return what stands before a place, as far as words matter, each dash but the longest as a hyphen."""
    return text[max(0, start - reach) : start].translate(_DASHES)


def after(text: str, end: int, reach: int = _REACH) -> str:
    """Return what stands after a place, as far as words matter, each dash but the longest as a hyphen."""
    return text[end : end + reach].translate(_DASHES)


def alternatives(words: Iterable[str]) -> str:
    """Return the pattern that matches any of the words, the longest that fits; one that never does without words."""
    found = sorted(words, key=len, reverse=True)
    return f"(?:{'|'.join(map(re.escape, found))})" if found else r"(?!)"


def preceding(words: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern that finds one of the words, its group, at the end of what :func:`before` gives."""
    return re.compile(rf"{_NO_LETTER_BEFORE}({alternatives(words)})[\s-]$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Beside:
    """What can stand beside a name: the pattern of what ends where the name starts, and of what starts at its end."""

    before: re.Pattern[str] | None
    after: re.Pattern[str]

    def touches(self, text: str, start: int, end: int) -> bool:
        """Tell whether it stands beside the name at ``text[start:end]``."""
        return self.after.match(text, end) is not None or (
            self.before is not None and self.before.search(text, max(0, start - _REACH), start) is not None
        )


def beside(words: Collection[str], between: str, leading: Collection[str] = (), behind: Collection[str] = ()) -> Beside:
    r"""Return what finds one of the words on either side of a name, with ``between`` up to the name.

    ``leading`` are words that can stand before the name alone, and ``behind`` patterns of what can follow it. A hyphen
    in a word is as good as any other dash.

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
