"""The abbreviations that a text defines: "long form (SHORT)", and "SHORT (long form)".

The rules are those of Schwartz and Hearst (2003): a short form has two to ten characters in one or two words, begins
with a letter or digit and contains a letter. From right to left, each of its letters and digits is found in the long
form, the first one at the start of a word. With n characters in the short form, the long form has at most n + 5 or 2n
words. Square brackets count like round ones, and a Greek letter stands for its name. Letters are compared folded, and a
long form neither begins nor ends within brackets that it does not wholly contain.
"""

import re
import unicodedata
from collections.abc import Iterator

from her2ld.texts.folding import fold

_LONGEST_SHORT_FORM = 10
# No long form is longer.
_REACH = 400
_BRACKETED = re.compile(r"(?<=\s)[(\[]([^()\[\]]{2,200})[)\]]")
_SHORT_FORM = re.compile(r"(?=.*[^\W\d_])[^\W_][^\s,;:=<>%]*(?: [^\s,;:=<>%]+)?")
_LAST_WORD = re.compile(r"[^\s,;:()\[\]]+\Z")


def abbreviations_of(text: str) -> dict[str, str]:
    """Return the long form of each abbreviation that a text defines, as printed; the first of several counts.

    >>> abbreviations_of("Trastuzumab (Tmab) in gastric cancer (GC), and programmed death ligand 1 [PD-L1].")
    {'Tmab': 'Trastuzumab', 'GC': 'gastric cancer', 'PD-L1': 'programmed death ligand 1'}
    """
    found: dict[str, str] = {}
    for bracketed in _BRACKETED.finditer(text):
        inside, before = bracketed[1], text[max(0, bracketed.start() - _REACH) : bracketed.start()].rstrip()
        for short, within in _readings(inside, before):
            long = _long_form(short, within)
            if long is not None:
                found.setdefault(short, long)
                break
    return found


def _readings(inside: str, before: str) -> Iterator[tuple[str, str]]:
    """Yield the possible short forms, each with the text that ends with its long form."""
    first = re.split("[,;]", inside)[0].strip()
    if len(first) <= _LONGEST_SHORT_FORM and _SHORT_FORM.fullmatch(first):
        yield first, before
    word = _LAST_WORD.search(before)
    if word and len(word[0]) <= _LONGEST_SHORT_FORM and _SHORT_FORM.fullmatch(word[0]):
        yield word[0], inside


def _long_form(short: str, text: str) -> str | None:
    """Return the long form at the end of a text; None if the letters of the short form are not there."""
    letters = "".join(_spelled_out(each) for each in fold(short)).replace(" ", "")
    sought = [letter for letter in letters if letter.isalnum()]
    folded = fold(text)
    most_words = min(len(sought) + 5, len(sought) * 2)
    words = [each.start() for each in re.finditer(r"\S+", folded)][-most_words:]
    if not words:
        return None
    place = len(folded)
    for number, letter in reversed([*enumerate(sought)]):
        place -= 1
        while place >= words[0] and (folded[place] != letter or (number == 0 and _is_within_a_word(folded, place))):
            place -= 1
        if place < words[0]:
            return None
    long = text[place:]
    is_whole = long.count("(") == long.count(")") and ";" not in long
    is_longer = len(long) > len(short) and fold(short) not in fold(long).split()
    return long if is_whole and is_longer else None


def _is_within_a_word(text: str, place: int) -> bool:
    return place > 0 and text[place - 1].isalnum()


def _spelled_out(letter: str) -> str:
    """Return the name of a Greek letter, and any other letter unchanged."""
    name = unicodedata.name(letter, "")
    return name.rsplit(" ", 1)[-1].casefold() if name.startswith("GREEK SMALL LETTER ") else letter
