"""The form in which texts and names are compared, and the spellings under which a name is sought."""

import codecs
import itertools
import math
import re
import unicodedata
from collections.abc import Iterator

# One byte stands for one code point, so that a place in the form is the same place in the text. Greek letters, which
# names spell out, are given the bytes above ASCII; every other character above ASCII is unlike all names.
_GREEK = {
    ord(letter): bytes([0x80 + place])
    for place, small in enumerate("αβγδεζηθικλμνξοπρστυφχψω")
    for letter in (small, small.upper())
}
_SEPARATORS = {
    code: b" "
    for code in itertools.chain(range(0x80, 0x100), range(0x2000, 0x2300))
    if unicodedata.category(chr(code)) in {"Pd", "Zs"}
    or unicodedata.name(chr(code), "") in {"MINUS SIGN", "SOFT HYPHEN", "FRACTION SLASH", "DIVISION SLASH"}
}
_BYTES = _GREEK | _SEPARATORS
_LETTERS = {
    unicodedata.name(chr(code)).removeprefix("GREEK SMALL LETTER ").casefold(): letter
    for code, letter in _GREEK.items()
    if chr(code).islower()
}
_UNLIKE_ALL_NAMES = b"?"
_FOLDED = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ-/:\t\n\v\f\r", b"abcdefghijklmnopqrstuvwxyz        ")

# Each place at which parts may meet or not doubles the forms; a name in our data has nine such places.
_MOST_SPELLINGS = 128

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\s/:-]")
_ORDINARY_WORD = re.compile(r"[A-Z]?[a-z]{2,}")
_TAKES_PLURAL = re.compile(r".*(?:[a-z]{3}|[A-Z]{3})(?<![sS])")
_IS_PLURAL = re.compile(r".*[a-z]{3}(?<![isu])s")
_ENDS_IN_Y = re.compile(r".*[a-z]{2}(?<![aeou])y")


def _fold_run(error: UnicodeError) -> tuple[bytes, int]:
    """Return a byte for each character of a run that ASCII lacks; ``str.encode`` asks for it."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    run = error.object[error.start : error.end]
    return b"".join([_BYTES.get(ord(character), _UNLIKE_ALL_NAMES) for character in run]), error.end


_FOLD_RUN = "her2ld.mentions"
codecs.register_error(_FOLD_RUN, _fold_run)


def folded(text: str) -> bytes:
    r"""Return a text in the form of comparison: a byte for each code point, no case, dashes and slashes as spaces.

    >>> folded("HER\u20112/neu, PLC-\u03b3")
    b'her 2 neu, plc \x82'
    """
    return text.encode("ascii", _FOLD_RUN).translate(_FOLDED)


def can_be_sought(name: str) -> bool:
    r"""Tell whether the form of comparison keeps every character of a name apart from others.

    >>> can_be_sought("PLC-\u03b3"), can_be_sought("prot\u00e9ine")
    (True, False)
    """
    return _UNLIKE_ALL_NAMES not in folded(name)


def spellings(name: str) -> frozenset[bytes]:
    r"""Return the forms of comparison under which a name is sought.

    Its parts stand together or apart, but for ordinary words with a space between them; parts meet at a dash or a
    slash, and where a letter meets a digit or a small letter a capital one. A Greek letter that is spelled out is
    sought as its sign, too; what can be counted, in both numbers. A name of so many parts that it would have more than
    a hundred forms is sought as it is written and with all its parts apart.

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
        yield from (b"".join(parts) for parts in itertools.product(*alternatives))
    else:
        yield b" ".join(folded(name).split())
        yield b"".join(each[-1] for each in alternatives)


def _numbers(name: str) -> Iterator[str]:
    yield name
    if _IS_PLURAL.fullmatch(name):
        yield name[:-1]
    elif _ENDS_IN_Y.fullmatch(name):
        yield name[:-1] + "ies"
    elif _TAKES_PLURAL.fullmatch(name):
        yield name + "s"


def _alternatives(name: str) -> Iterator[tuple[bytes, ...]]:
    """Yield what can stand for each word of a name, and for each place between two."""
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
