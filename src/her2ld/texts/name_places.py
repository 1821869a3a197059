"""The places of the names of a thing in a text, in any of the spellings that papers use.

- The parts of a name are separated by a blank or a hyphen, or joined ("SK-BR-3", "SKBR3", "SK BR 3"); a hyphen may be
  within a word ("micro-metastases").
- The last word, and one before "of", may be in the other number ("agents", "biopsies", "metastases").
- British and American spellings are the same ("tumour", "signalling", "oestrogen", "haematological", "randomised").
- A Greek letter counts like its name.
- An abbreviation that the text defines stands for its long form, also within a name ("SP expression"), and the other
  way round; both may be together ("trastuzumab (Tmab)").

A name with a word of capitals without digits ("MET", "ER") is not found where the text has that word in small letters.

A text defines an abbreviation by "long form (SHORT)" or "SHORT (long form)". The rules are those of Schwartz and Hearst
(2003): a short form has two to ten characters in one or two words, begins with a letter or digit and contains a letter.
From right to left, each of its letters and digits is found in the long form, the first one at the start of a word. With
n characters in the short form, the long form has at most n + 5 or 2n words. Square brackets count like round ones, and
a Greek letter stands for its name. Letters are compared folded, and a long form neither begins nor ends within brackets
that it does not wholly contain.
"""

import functools
import itertools
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

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
    letters = "".join(_GREEK_NAMES.get(each, each) for each in fold(short)).replace(" ", "")
    required = [letter for letter in letters if letter.isalnum()]
    folded = fold(text)
    most_words = min(len(required) + 5, len(required) * 2)
    words = [each.start() for each in re.finditer(r"\S+", folded)][-most_words:]
    if not words:
        return None
    place = len(folded)
    for number, letter in reversed([*enumerate(required)]):
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


_MOST_VARIANTS = 64
_BEYOND = 16
_WORD = re.compile(r"[^\s/-]+")
_PART = re.compile(r"[^\W\d_]+|[0-9]+|.")
_CAPITALS = re.compile(r"[A-Z]{2,}")
# A word of so many capitals, or one with a digit, may be split ("SK BR 3").
_MANY_CAPITALS = 4
_GREEK = {unicodedata.name(letter).rsplit(" ", 1)[-1].casefold(): letter for letter in "αβγδεζηθικλμνξοπρστυφχψω"}
_GREEK_NAMES = {letter: name for name, letter in _GREEK.items()}
# Separators and brackets, which no stem has.
_BETWEEN_LETTERS = dict.fromkeys(map(ord, " -/()[]"))
_BRACKETS = {"(": r"[(\[]", ")": r"[)\]]"}
# Parts with two spellings, and their letters in texts; a hyphen may be between any two. Some match words that have only
# one spelling: they then allow a spelling that no text has.
_SPELLINGS: list[tuple[str, list[str]]] = [
    # anaemia, leukaemia, haematological, aetiology, paediatric, gynaecological, anaesthesia
    (r"a?e(?=mi|tiolog)|(?<=h)a?e(?=m)|(?<=p)a?e(?=diatr)|(?<=gyn)a?e(?=c)|(?<=an)a?e(?=sth)", ["a?", "e"]),
    # oestrogen, oedema, oesophageal, foetal, diarrhoea, dyspnoea
    (r"o?e(?=str[oaiu]|dema|soph|tal\b)|(?<=rrh)o?e(?=a)|(?<=pn)o?e(?=a)", ["o?", "e"]),
    # tumour, colour, labour, behaviour, harbour, favour
    (r"(?<=tum|col|lab|avi|arb|fav)ou?r", ["o", "u?", "r"]),
    # signalling, labelled, modeller
    (r"(?<=[aeiou])ll?(?=ing|ed\b|ers?\b)", ["l", "l?"]),
    # randomised, stabilisation, analysed
    (r"(?<=i)[sz](?=e|ing|ation)|(?<=y)[sz](?=e|ing)", ["[sz]"]),
    # fibre, litre, metre, centre
    (r"(?<=fib|lit|met|ent)(?:re|er)(?=s?\b)", ["(?:r-?e|e-?r)"]),
    (r"(?<=sul)(?:ph|f)", ["(?:ph|f)"]),
    (r"(?<=leu)[ck](?=o)", ["[ck]"]),
    (r"(?<=gr)[ae](?=y\b)", ["[ae]"]),
    (r"(?<=program)(?:me)?\b", ["(?:me)?"]),
]
_WITH_TWO_SPELLINGS = re.compile("|".join(f"({part})" for part, _ in _SPELLINGS))
# Other endings of a last word; the first matching rule counts.
_NUMBERS = [
    (re.compile(r"(?<=[a-z]{2})(?:ies|(?<![aeiou])y)\Z"), "(?:ies|y)"),
    (re.compile(r"(?<=[aeioy]s)[ei]s\Z"), "(?:es|is|e)"),
    (re.compile(r"(?<=[sxz])es\Z|(?<=[cs]h)es\Z"), "(?:es|e)?"),
    (re.compile(r"(?<=ss)\Z|(?<=[iu]s)\Z|(?<=[xz])\Z|(?<=[cs]h)\Z"), "(?:es)?"),
    (re.compile(r"(?<=[a-z]{2})s\Z|\Z"), "s?"),
]


@dataclass(frozen=True, slots=True)
class _NamePattern:
    """The pattern of a name in folded texts, the number of its groups with words of capitals, the length of the name.

    ``stem`` is a run of letters or digits that is in every spelling of the name, apart from separators. In texts
    without it, the pattern is not needed, and is not compiled.
    """

    pattern: str
    capitals: int
    length: int
    stem: str


def find_name(
    names: Sequence[str], text: str, start: int, end: int, abbreviations: Mapping[str, str]
) -> tuple[int, int] | None:
    """Return the first place of one of the names within [start, end) of a text; the longest of several.

    The place consists of whole words: no letter or digit touches it, neither within [start, end) nor outside.
    ``abbreviations`` gives the long form of each short one (:func:`her2ld.texts.name_places.abbreviations_of`).

    >>> text = "the effects of trastuzumab (Tmab) on tumour growth in SKBR3 cells; Tmab-induced growth"
    >>> [find_name([name], text, 30, len(text), {"Tmab": "trastuzumab"}) for name in ("tumor growth", "SK-BR-3", "MET")]
    [(37, 50), (54, 59), None]
    >>> find_name(["trastuzumab"], text, 30, len(text), {"Tmab": "trastuzumab"})
    (67, 71)
    """
    folded, nearest = fold(text), None
    letters = _letters_alone(folded, start, end)
    for variant in _variants(tuple(names), tuple(abbreviations.items())):
        if variant.stem not in letters:
            continue
        place = next(_places(variant, text, folded, start, end), None)
        if place and (nearest is None or (place[0], -place[1]) < (nearest[0], -nearest[1])):
            nearest = place
    return nearest


@functools.lru_cache(maxsize=8192)
def _variants(names: tuple[str, ...], abbreviations: tuple[tuple[str, str], ...]) -> tuple[_NamePattern, ...]:
    """Return the patterns of names and of their forms with abbreviations, each once."""
    variants = dict.fromkeys(variant for name in names for variant in _with_abbreviations(name, abbreviations))
    return tuple(each for each in map(_name_pattern, variants) if each)


@functools.lru_cache(maxsize=8)
def _letters_alone(folded: str, start: int, end: int) -> str:
    """Return a part of a folded text without separators; remembered because many names are searched for in it."""
    return folded[start:end].translate(_BETWEEN_LETTERS)


_compiled = functools.lru_cache(maxsize=8192)(re.compile)


def _places(name_pattern: _NamePattern, text: str, folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the places of a name within [start, end), which may overlap, in order."""
    # No match that ends within [start, end) depends on text farther after it than the length of the name.
    last = end + 2 * name_pattern.length + _BEYOND
    pattern = _compiled(name_pattern.pattern)
    while found := pattern.search(folded, start, last):
        in_small_letters = name_pattern.capitals and any(
            text[slice(*found.span(group + 1))].islower() for group in range(name_pattern.capitals)
        )
        if found.end() <= end and not in_small_letters:
            yield found.span()
        start = found.start() + 1


@functools.lru_cache(maxsize=8192)
def _with_abbreviations(name: str, abbreviations: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """Return a name, and its variants with short and long forms exchanged, or both given, one in brackets."""
    variants = {name: None}
    for short, long in abbreviations:
        for variant in list(variants):
            folded = fold(variant)
            letters = folded.translate(_BETWEEN_LETTERS)
            for form in (long, short):
                name_pattern = _name_pattern(form)
                if not name_pattern or name_pattern.stem not in letters:
                    continue
                for start, end in _places(name_pattern, variant, folded, 0, len(variant)):
                    for other in (long, short, f"{long} ({short})", f"{short} ({long})"):
                        if len(variants) < _MOST_VARIANTS:
                            variants[f"{variant[:start]}{other}{variant[end:]}"] = None
    return tuple(variants)


@functools.lru_cache(maxsize=8192)
def _name_pattern(name: str) -> _NamePattern | None:
    """Return the pattern of a name; None for a name without letters and digits."""
    words = list(_WORD.finditer(name))
    if not any(character.isalnum() for character in name):
        return None
    pattern, capitals = "", 0
    all_units: list[str] = []
    first = words[0][0][0]
    not_after = [r"[^\W_]"] * first.isalnum() + [r"[0-9][.\u00b7]"] * first.isdigit()
    for place, word in enumerate(words):
        has_digit = any(character.isdigit() for character in word[0])
        parts = _PART.findall(word[0])
        for number, part in enumerate(parts):
            is_head = number == len(parts) - 1 and (place == len(words) - 1 or words[place + 1][0] == "of")
            is_capitals = _CAPITALS.fullmatch(part) is not None
            in_pieces = is_capitals and (has_digit or len(part) >= _MANY_CAPITALS)
            units, ending = _units(part, is_head=is_head)
            if part not in _BRACKETS:
                all_units += (*units, ending) if ending else units
            if not place + number and units and units[0].isalnum():
                # A pattern that begins with a letter passes quickly over a text, and one that looks behind does not.
                looks_behind = "".join(f"(?<!{each}{units[0]})" for each in not_after)
                units = (units[0] + looks_behind, *units[1:])
                not_after = []
            letters = ("[ -]?" if in_pieces else "-?").join(units) + ending
            if is_capitals and not has_digit:
                letters = f"({letters})"
                capitals += 1
            pattern += ("[ -]?" if number else "") + letters
        if place < len(words) - 1:
            pattern += "[ /-]{0,3}" if "/" in name[word.end() : words[place + 1].start()] else "[ -]{0,3}"
    before = "".join(f"(?<!{each})" for each in not_after)
    after = r"(?![^\W_])" if name.rstrip()[-1].isalnum() else ""
    after += r"(?![.\u00b7][0-9])" if name.rstrip()[-1].isdigit() else ""
    return _NamePattern(f"{before}{pattern}{after}", capitals, len(name), _longest_plain(all_units))


def _longest_plain(units: Sequence[str]) -> str:
    """Return the longest run of units that are letters or digits and nothing else."""
    runs = itertools.groupby(units, key=str.isalnum)
    return max(("".join(run) for is_plain, run in runs if is_plain), key=len, default="")


@functools.lru_cache(maxsize=8192)  # names have many words in common
def _units(part: str, *, is_head: bool) -> tuple[tuple[str, ...], str]:
    """Return the patterns of the letters of a word and of its ending, or that of a run of digits or of a mark."""
    word = fold(part)
    if not part.isalpha():
        return (_BRACKETS.get(part) or re.escape(word),), ""
    if word in _GREEK:
        return (f"(?:{word}|{_GREEK[word]})",), ""
    ending = ""
    if is_head and word.isascii():
        found, ending = next((found, ending) for rule, ending in _NUMBERS if (found := rule.search(word)))
        word = word[: found.start()]
    units: list[str] = []
    place = 0
    for found in _WITH_TWO_SPELLINGS.finditer(word):
        if found.lastindex and found[0]:
            units += (*map(_letter, word[place : found.start()]), *_SPELLINGS[found.lastindex - 1][1])
            place = found.end()
    return (*units, *map(_letter, word[place:])), ending


def _letter(letter: str) -> str:
    name = _GREEK_NAMES.get(letter)
    return f"[ -]?(?:{letter}|{name})" if name else re.escape(letter)
