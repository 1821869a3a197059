"""Words of hedge and denial in a sentence.

The caller supplies the words and their meanings. Only the exceptions, in which such a word is not a cue, are decided
here:

- "May" with a capital letter is the month, except at the start of a sentence; there, it is the month before a day or a
  year.
- "can" after an article is a vessel, and "can't" is a word of its own.
- "no." before a number is the sign of numbers ("no. 5"), and so is "Nº".
- "likely" compares if "more", "less", "equally" or "as" precedes it and "than", "as", "versus" or "compared" follows
  later in the same part of the sentence ("more likely than men to respond"). "Most likely", "more likely due to" and
  "more likely than not" are hedges, and in the last of them "not" is not a cue.

All other occurrences are cues: a false alarm costs a curator one word, but a missed cue turns a guess into a certainty.
"""

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from her2ld.texts.folding import fold, with_plain_signs

# The texts before and after a word with which it is not a cue, in the letters of the text.
_NO_CUE = {
    "can": (r"\b(?:an?|the|each|per) \Z", ""),
    "no": ("", r" ?\. ?[0-9]|[\u00ba\u00b0]"),
    "likely": (
        r"(?i:\b(?:more|less|equally|as) )\Z",
        r"(?i:(?! than not\b)[^,;:.]{0,200}\b(?:than|as|compared|versus|vs)\b)",
    ),
    "not": (r"(?i:\blikely than )\Z", ""),
}
_MONTH_BEFORE = re.compile(r"[^.?!:;\s\"'(\[][\"')\]]* +\Z")
_MONTH_AFTER = re.compile(r"(?:,? [0-9]|[-/][0-9])")
# The number of characters before a word that are looked at.
_REACH = 24
_NO_LETTER_BEFORE, _NO_LETTER_AFTER = r"(?<![^\W_])", r"(?![^\W_])"
_CONTRACTED = re.compile(r"'t\b")


@dataclass(frozen=True, slots=True)
class Cue:
    """A word or phrase of a text that is a cue: its place, its characters as printed, and its value."""

    start: int
    end: int
    words: str
    value: str


@dataclass(frozen=True, slots=True)
class CueFinder:
    """Finds cues in texts; made by :func:`cue_finder`."""

    _values: Mapping[str, str]
    _cue: re.Pattern[str]
    _exceptions: Mapping[str, tuple[re.Pattern[str], re.Pattern[str]]] = field(repr=False)

    def find(self, text: str) -> tuple[Cue, ...]:
        """Return the cues of a sentence in order; a phrase hides the words in it.

        >>> finder = cue_finder({"denied": ["no", "not"], "not found": ["no significant"], "": ["not only"]})
        >>> [(cue.words, cue.value) for cue in finder.find("Not only A: no  significant B, and no C.")]
        [('Not only', ''), ('no  significant', 'not found'), ('no', 'denied')]
        """
        plain = with_plain_signs(text)
        return tuple(
            Cue(*found.span(), text[found.start() : found.end()], self._values[_key(found[0])])
            for found in self._cue.finditer(fold(text))
            if not self._is_no_cue(plain, *found.span())
        )

    def _is_no_cue(self, plain: str, start: int, end: int) -> bool:
        word, reach = plain[start:end], max(0, start - _REACH)
        if _CONTRACTED.match(plain, end):
            return True
        if word == "May":
            opens_sentence = not _MONTH_BEFORE.search(plain, reach, start)
            return not opens_sentence or _MONTH_AFTER.match(plain, end) is not None
        if exception := self._exceptions.get(word.casefold()):
            before, after = exception
            return before.search(plain, reach, start) is not None and after.match(plain, end) is not None
        return False


def cue_finder(words_by_value: Mapping[str, Sequence[str]]) -> CueFinder:
    """Return the finder of the words and phrases for each value.

    Words are compared folded (:func:`her2ld.texts.folding.fold`) and found whole; any run of blanks separates the words
    of a phrase. A hyphen separates words, too: "not" is found in "not-amplified".

    Raises ValueError if one word is a cue of two values, or if a word is blank.
    """
    values: dict[str, str] = {}
    for value, words in words_by_value.items():
        for each in words:
            key = _key(each)
            if not key or values.setdefault(key, value) != value:
                other = f"one of {values[key]!r}" if key else "blank"
                raise ValueError(f"{each!r} is given as a cue of {value!r}, and is {other}")
    return CueFinder(
        values,
        _any_of(tuple(values)),
        {word: (re.compile(before), re.compile(after)) for word, (before, after) in _NO_CUE.items()},
    )


@functools.lru_cache(maxsize=4096)
def _key(words: str) -> str:
    return " ".join(fold(words).split())


@functools.lru_cache(maxsize=64)
def _any_of(keys: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern of the longest matching word, which no letter or digit touches."""
    by_edge: dict[str, list[str]] = {"": [], _NO_LETTER_BEFORE: []}
    for key in sorted(keys, key=len, reverse=True):
        after = _NO_LETTER_AFTER if key[-1].isalnum() else ""
        words = " +".join(map(re.escape, key.split()))
        by_edge[_NO_LETTER_BEFORE if key[0].isalnum() else ""].append(f"{words}{after}")
    # A single look-behind precedes all words, so that most places of a text need no more than that.
    groups = [f"{edge}(?:{'|'.join(words)})" for edge, words in by_edge.items() if words]
    return re.compile("|".join(groups) or r"(?!)")
