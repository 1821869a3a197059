"""Titles and abstracts with markup converted to clean text, without losing a character of their content.

Tags are removed, but not their characters: ``HER<sub>2</sub>`` becomes ``HER2``. Each run of white space becomes one
space; there is none at the ends. MathML becomes the sequence of its tokens, without the white space between them, and
with the brackets and commas that ``mfenced`` has only as attributes.
"""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_BLANK = re.compile(r"[ \t\r\n]+")
_SPACE = " \t\r\n"
_MATH = "{http://www.w3.org/1998/Math/MathML}"


def clean(text: str) -> str:
    r"""Return a text with one space for each run of white space, none at the ends; other blanks (thin spaces) stay.

    >>> clean("\n  HER2\t is\u2009here ")
    'HER2 is\u2009here'
    """
    if "  " in text or "\n" in text or "\t" in text or "\r" in text or text[:1] == " " or text[-1:] == " ":
        return _BLANK.sub(" ", text).strip(" ")
    return text


def text_of(element: "_Element") -> str:
    """Return the clean text of an element that may hold markup."""
    if not len(element):
        text = element.text or ""
        return text if text.isalnum() else clean(text)
    parts: list[str] = []
    _collect(element, parts)
    return clean("".join(parts))


def markup_of(element: "_Element") -> str | None:
    """Return the content of an element with its tags, if it has any; white space is as in the clean text."""
    if not len(element):
        return None
    from lxml import etree

    whole = etree.tostring(element, encoding="unicode", with_tail=False)
    return clean(whole[whole.index(">") + 1 : whole.rindex("<")])


def _collect(element: "_Element", parts: list[str]) -> None:
    parts.append(element.text or "")
    for child in element:
        if child.tag.startswith(_MATH):
            _collect_math(child, parts)
        else:
            _collect(child, parts)
        parts.append(child.tail or "")


def _collect_math(element: "_Element", parts: list[str]) -> None:
    fenced = element.tag == _MATH + "mfenced"
    separators = "".join(element.get("separators", ",").split()) if fenced else ""
    if fenced:
        parts.append(element.get("open", "("))
    parts.append((element.text or "").strip(_SPACE))
    for place, child in enumerate(element):
        if separators and place:
            parts.append(separators[min(place, len(separators)) - 1])
        _collect_math(child, parts)
        parts.append((child.tail or "").strip(_SPACE))
    if fenced:
        parts.append(element.get("close", ")"))
