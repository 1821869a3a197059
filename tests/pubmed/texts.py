"""The text of an element of PubMed's XML, without its tags and with them, read apart from the reader."""

import copy
from xml.sax.saxutils import escape

from lxml import etree

MATHML = {"mml": "http://www.w3.org/1998/Math/MathML"}


def text(node: etree._Element) -> str | None:
    """Return the text content without tags, comments and instructions; None if there is none.

    Each run of white space (space, tab, line feed, carriage return: what XML calls so) is one space.
    """
    return clean(_characters(node)) or None


def clean(said: str) -> str:
    """Normalise white space as XPath does."""
    return str(etree.XPath("normalize-space($said)")(etree.Element("none"), said=said))


def _characters(node: etree._Element) -> str:
    children = node.xpath("text() | *")
    if not node.xpath("self::mml:*", namespaces=MATHML):
        return "".join(str(child) if isinstance(child, str) else _characters(child) for child in children)
    # MathML 3, section 2.1.7: white space between elements says nothing, nor at the ends of a token.
    if node.xpath("self::mml:mfenced", namespaces=MATHML):
        return _fenced(node, [_characters(child) for child in node.xpath("*")])
    if not node.xpath("*"):
        return clean(node.xpath("string()"))
    return "".join(clean(child) if isinstance(child, str) else _characters(child) for child in children)


def _fenced(node: etree._Element, parts: list[str]) -> str:
    """Write what MathML 3, section 3.3.8, says that a fence stands for."""
    separators = "".join(node.get("separators", ",").split())
    between = [separators[min(place, len(separators) - 1)] if separators else "" for place in range(len(parts))]
    inside = "".join(part + mark for part, mark in zip(parts, [*between[: len(parts) - 1], ""], strict=True))
    return f"{node.get('open', '(')}{inside}{node.get('close', ')')}"


def markup(node: etree._Element) -> str | None:
    """Return the inside of an element with its tags, canonical and without comments, if it has any tags."""
    return clean(inside(node)) if node.xpath("*") else None


def canonical(marked_up: str) -> str:
    """Return a text with tags in the one spelling in which two such texts can be compared."""
    return clean(inside(etree.fromstring(f"<text>{marked_up}</text>")))


def inside(node: etree._Element) -> str:
    """Return the inside of an element: text and tags, without comments and instructions."""
    alone = copy.deepcopy(node)
    alone.tail = None
    etree.strip_tags(alone, etree.Comment, etree.ProcessingInstruction)
    parts = [escape(alone.text or "")]
    for child in alone:
        tail, child.tail = child.tail, None
        # each formula declares its namespace, wherever in the file that was done
        parts += [etree.tostring(child, method="c14n", exclusive=True).decode(), escape(tail or "")]
    return "".join(parts)
