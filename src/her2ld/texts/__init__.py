"""Readers of English text: its folded form, its numbers, its words of hedge and denial, and names in it.

Places are counted in code points of the given text; an end is the place after the last character.
"""

import re

# Control characters except the line feed and the tab, and characters that change the direction of writing or end a
# line.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, in the singular or the plural.

    >>> counted(0, "finding"), counted(1, "finding"), counted(2, "finding")
    ('no findings', '1 finding', '2 findings')
    """
    return f"{number or 'no'} {_inflected(noun, number)}"


def with_noun(number: int, noun: str) -> str:
    """Return a number, with commas between thousands, and its noun in the singular or the plural.

    >>> with_noun(0, "triple"), with_noun(1, "triple"), with_noun(1234, "triple")
    ('0 triples', '1 triple', '1,234 triples')
    """
    return f"{number:,} {_inflected(noun, number)}"


def _inflected(noun: str, number: int) -> str:
    return f"{noun}{'s' * (number != 1)}"


def visible(text: str) -> str:
    r"""Return a text with its control characters escaped as in JSON, so that the text stays the same within JSON.

    >>> print(visible("HER2\x1b[2J\u202e"))
    HER2\u001b[2J\u202e
    """
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def in_one_line(text: str) -> str:
    r"""Return a text as :func:`visible` does, with line feeds and tabs escaped, too.

    >>> print(in_one_line("HER2\nHER3"))
    HER2\nHER3
    """
    return visible(text).replace("\n", "\\n").replace("\t", "\\t")
