"""Suggestions for a mistyped name: only typing errors, never another thing with a similar name.

Different things often have similar names ("afatinib" and "axitinib", "hypotension" and "hypertension"). So only these
count as typing errors: other spaces or punctuation between words; and one letter too many, too few, wrong or misplaced
in a word of at least four letters, in at most two words. A different digit, first letter or word in capitals ("MEK",
"VEGFR") is never a typing error.
"""

import re
from collections.abc import Iterable

_WORD = re.compile(r"[^\W_]+")
_SHORTEST = 4
_MOST_SLIPS = 2


def likely_name(written: str, known: Iterable[str]) -> str | None:
    """Return the known name that was most likely intended; None if none is similar enough.

    >>> likely_name("trastuzumb", ["pertuzumab", "trastuzumab"])
    'trastuzumab'
    >>> likely_name("HER2 protein", ["HER3 protein"]) is None
    True
    """
    words = _WORD.findall(written)
    best: tuple[int, str] | None = None
    for name in known:
        slips = _slips(words, _WORD.findall(name))
        if slips is not None and (best is None or (slips, name) < best):
            best = slips, name
    return best[1] if best else None


def names_with(words: str, known: Iterable[str], most: int = 5) -> tuple[str, ...]:
    """Return the shortest known names that contain these words in sequence, at most ``most``.

    >>> names_with("Resistance", ["drug resistance", "resistance to a drug", "resistant"])
    ('drug resistance', 'resistance to a drug')
    """
    sought = _folded(words)
    if not sought.strip():
        return ()
    found = {name for name in known if sought in _folded(name)}
    return tuple(sorted(found, key=lambda name: (len(name), name))[:most])


def _folded(name: str) -> str:
    return f" {' '.join(_WORD.findall(name)).casefold()} "


def _slips(one: list[str], other: list[str]) -> int | None:
    """Return the number of mistyped words; None if the names are those of different things."""
    if "".join(one).casefold() == "".join(other).casefold():
        return 0
    if len(one) != len(other) or not one:
        return None
    slips = 0
    for first, second in zip(one, other, strict=True):
        if first.casefold() == second.casefold():
            continue
        slips += 1
        if slips > _MOST_SLIPS or not _is_slip(first, second):
            return None
    return slips


def _is_slip(one: str, other: str) -> bool:
    if any(_is_symbol(word) for word in (one, other)) or max(len(one), len(other)) < _SHORTEST:
        return False
    one, other = one.casefold(), other.casefold()
    return one[0] == other[0] and _is_one_step(one, other)


def _is_symbol(word: str) -> bool:
    """Tell whether a word is a symbol: it has a digit, or a capital after the first letter."""
    return any(letter.isdigit() for letter in word) or any(letter.isupper() for letter in word[1:])


def _is_one_step(one: str, other: str) -> bool:
    """Tell whether two words differ by one letter too many, too few or wrong, or by two exchanged letters."""
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) > 1:
        return False
    start = next((place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    rest, other_rest = one[start:], other[start:]
    if len(one) < len(other):
        return rest == other_rest[1:]
    is_swapped = rest[:2] == other_rest[1::-1] and rest[2:] == other_rest[2:]
    return rest[1:] == other_rest[1:] or is_swapped
