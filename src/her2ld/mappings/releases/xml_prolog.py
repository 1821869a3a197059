"""What stands before the root element of an XML file, looked at before a parser sees it.

A few lines of entity declarations can make a parser fill all memory (each entity names the one before it ten times), or
read other files. Real releases declare only short ones (``<!ENTITY owl "http://www.w3.org/2002/07/owl#">``): those are
let through, and nothing else that a document type can declare.
"""

import re
from dataclasses import dataclass

from her2ld.mappings.releases.files import Source

_MOST_ENTITIES = 200
_LONGEST_VALUE = 500

# Atomic groups where Python before 3.11.5 gets possessive quantifiers of groups wrong (python/cpython issue 106052).
_SPACE_OR_NOTE = r"(?>(?:\s+|<!--(?:(?!--).)*-->|<\?(?:(?!\?>).)*\?>)*)"
_QUOTED = r"(?:\"[^\"]*\"|'[^']*')"
_PROLOG = re.compile(
    rf"{_SPACE_OR_NOTE}"
    rf"(?P<doctype><!DOCTYPE\s+[^\s\[>]+(?:\s+(?:SYSTEM|PUBLIC\s+{_QUOTED})\s+(?P<system>{_QUOTED}))?\s*"
    rf"(?:\[(?P<subset>(?>(?:{_QUOTED}|<!--(?:(?!--).)*-->|[^\]\"'])*))\]\s*)?>)?"
    rf"{_SPACE_OR_NOTE}"
    rf"(?P<root><(?P<name>[A-Za-z_][\w.:-]*)[^>]*>)",
    re.DOTALL,
)
_ENTITY = re.compile(rf"{_SPACE_OR_NOTE}<!ENTITY\s+[\w.:-]+\s+(?P<value>{_QUOTED})\s*>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Prolog:
    """The name of the root element, its tag with all attributes, and the system identifier of the document type."""

    root: str
    tag: str
    system: str


def read_prolog(source: Source) -> Prolog:
    """Read it. Raises ReleaseError for what is no XML in UTF-8, and for declarations that no release needs."""
    text = source.head.decode("utf-8-sig", errors="replace")
    match = _PROLOG.match(text)
    if not match or "\0" in text:
        raise source.problem("is no XML file that begins with its root element", "give the file of a release, in UTF-8")
    _check_subset(source, match["subset"] or "")
    return Prolog(match["name"], match["root"], (match["system"] or "")[1:-1])


def _check_subset(source: Source, subset: str) -> None:
    place = count = 0
    while match := _ENTITY.match(subset, place):
        place, count = match.end(), count + 1
        value = match["value"][1:-1]
        if "&" in value or "%" in value or len(value) > _LONGEST_VALUE or count > _MOST_ENTITIES:
            what = "declares entities that grow: of one another, too long, or too many"
            raise source.problem(what, "give the file as its owner released it")
    if re.sub(_SPACE_OR_NOTE, "", subset[place:], flags=re.DOTALL):
        what = "declares more than plain entities in its document type"
        raise source.problem(what, "give the file as its owner released it")
