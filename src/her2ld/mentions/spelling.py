"""The form in which texts and names are compared, and the spellings of a name that are searched for."""

import codecs
import itertools
import math
import re
import unicodedata
from collections.abc import Iterator

from her2ld.remembered import Remembered

# One byte stands for one code point, so that a place in the form is the same place in the text. Greek letters, which
# names spell out, have the bytes above ASCII; every other letter above ASCII differs from all names. Other characters
# than letters and digits become blanks, so that a name can be searched for with the blank before it: most words then
# cost nothing. A name can end in a plus or a bracket ("ER+", "p185(neu)"): these are blanks only directly before a
# word.
_GREEK = {
    ord(letter): bytes([0x80 + place])
    for place, small in enumerate("αβγδεζηθικλμνξοπρστυφχψω")
    for letter in (small, small.upper())
}
_LETTERS = {
    unicodedata.name(chr(code)).removeprefix("GREEK SMALL LETTER ").casefold(): letter
    for code, letter in _GREEK.items()
    if chr(code).islower()
}
_UNLIKE_ALL_NAMES = b"\xff"
_ASCII = bytes(range(0x80))
_FOLDED = bytes.maketrans(
    _ASCII, "".join(each.lower() if each.isalnum() or each in "+)" else " " for each in _ASCII.decode()).encode()
)
_WITHIN_WORDS = [(sign, re.compile(re.escape(sign) + rb"(?=[a-z0-9\x80-\xff])")) for sign in (b"+", b")")]

# Each place at which parts may be joined or not doubles the forms; a name in our data has nine such places.
_MOST_SPELLINGS = 128

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\s/:-]")
_ORDINARY_WORD = re.compile(r"[A-Z]?[a-z]{2,}")
_TAKES_PLURAL = re.compile(r".*(?:[a-z]{3}|[A-Z]{3})(?<![sS])")
_IS_PLURAL = re.compile(r".*[a-z]{3}(?<![isu])s")
_ENDS_IN_Y = re.compile(r".*[a-z]{2}(?<![aeou])y")


def _fold_run(error: UnicodeError) -> tuple[bytes, int]:
    """Return a byte for each character of a run that ASCII lacks; ``str.encode`` calls this."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    run = error.object[error.start : error.end]
    return b"".join([_BYTES[character] for character in run]), error.end


def _byte(character: str) -> bytes:
    """Return the byte for a character that ASCII lacks. An accent that is a character of its own is not a blank."""
    is_blank = not (character.isalnum() or unicodedata.combining(character))
    return _GREEK.get(ord(character), b" " if is_blank else _UNLIKE_ALL_NAMES)


_BYTES = Remembered(_byte, 1 << 12)


_FOLD_RUN = "her2ld.mentions"
codecs.register_error(_FOLD_RUN, _fold_run)


def folded(text: str) -> bytes:
    r"""Return a text in the form of comparison: a byte for each code point, without case, separators as blanks.

    >>> folded("HER\u20112/neu, PLC-\u03b3")
    b'her 2 neu  plc \x82'
    """
    return _as_in_texts(text.encode("ascii", _FOLD_RUN).translate(_FOLDED))


def is_searchable(name: str) -> bool:
    r"""Tell whether the form of comparison distinguishes every character of a name from others.

    >>> is_searchable("PLC-\u03b3"), is_searchable("prot\u00e9ine")
    (True, False)
    """
    return _UNLIKE_ALL_NAMES not in folded(name)


def spellings(name: str) -> frozenset[bytes]:
    r"""Return the spellings of a name that are searched for, in the form of comparison.

    Its parts may be joined or separated, except for ordinary words with a space between them. Parts meet at a dash or a
    slash, between a letter and a digit, and between a small and a capital letter. A Greek letter that is spelled out is
    also searched for as its sign, and a countable name in both numbers. A name with so many parts that it would have
    more than a hundred spellings is searched for as written and with all its parts separated.

    >>> sorted(spellings("ErbB2"))
    [b'erb b 2', b'erb b2', b'erbb 2', b'erbb2']
    >>> sorted(spellings("PLC-gamma"))
    [b'plc gamma', b'plc gammas', b'plc \x82', b'plcgamma', b'plcgammas', b'plc\x82']
    >>> sorted(spellings("hormonal agents"))
    [b'hormonal agent', b'hormonal agents']
    """
    return frozenset(spelling for number in _numbers(name) for spelling in _spellings(number))


def _spellings(name: str) -> Iterator[bytes]:
    alternatives = list(_alternatives(name))
    if math.prod(map(len, alternatives)) <= _MOST_SPELLINGS:
        yield from map(_as_in_texts, map(b"".join, itertools.product(*alternatives)))
    else:
        yield b" ".join(folded(name).split())
        yield _as_in_texts(b"".join(each[-1] for each in alternatives))


def _as_in_texts(form: bytes) -> bytes:
    for sign, before_a_word in _WITHIN_WORDS:
        if sign in form:
            form = before_a_word.sub(b" ", form)
    return form


def _numbers(name: str) -> Iterator[str]:
    yield name
    if _IS_PLURAL.fullmatch(name):
        yield name[:-1]
    elif _ENDS_IN_Y.fullmatch(name):
        yield name[:-1] + "ies"
    elif _TAKES_PLURAL.fullmatch(name):
        yield name + "s"


def _alternatives(name: str) -> Iterator[tuple[bytes, ...]]:
    """Yield the alternatives for each word of a name, and for each place between two."""
    words = list(_WORD.finditer(name))
    for word, following in itertools.zip_longest(words, words[1:]):
        yield _signs(word[0])
        if following:
            is_space = name[word.end() : following.start()].isspace()
            is_ordinary = _ORDINARY_WORD.fullmatch(word[0]) or _ORDINARY_WORD.fullmatch(following[0])
            yield (b" ",) if is_space and is_ordinary else (b"", b" ")


def _signs(word: str) -> tuple[bytes, ...]:
    """Return a word, and the Greek letter that it spells out."""
    letter = _LETTERS.get(word.casefold())
    return (folded(word), letter) if letter else (folded(word),)
