"""Checks that a format can express all quads; other quads are refused and never changed.

RDF/XML cannot contain some characters, even escaped, and a property must be the name of an XML element. RDF/XML and
JSON-LD, as readers know them, have no triple terms.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TypeVar

from pyoxigraph import Literal, NamedNode, Quad, Triple

from her2ld.errors import ExportError, Problem
from her2ld.rdf.syntaxes import JSON_LD, NEVER_IN_XML, RDF_XML, RdfSyntax

Stated = TypeVar("Stated", Quad, Triple)
_NEVER_IN_XML = re.compile(NEVER_IN_XML)
_NAME_OF_ELEMENT = re.compile(r"[^\W\d][\w.\u00b7-]*\Z")
_MOST_TOLD = 20
_OTHER_FORMAT = "choose Turtle, TriG, N-Triples or N-Quads, which can express it"


def writable(quads: Iterable[Stated], syntax: RdfSyntax) -> Iterable[Stated]:
    """Return quads or triples for a writer of the format.

    At their end, ExportError is raised if the format cannot express some of them.
    """
    return _checked(quads, syntax) if syntax.name in _WHY_NOT else quads


def is_writable(quads: Iterable[Quad], syntax: RdfSyntax) -> bool:
    """Tell whether a format can express all quads."""
    why_not = _WHY_NOT.get(syntax.name)
    return why_not is None or not any(map(why_not, quads))


def check_writable(quads: Iterable[Quad], syntax: RdfSyntax) -> None:
    """Raise ExportError if a format cannot express some of the quads."""
    for _ in writable(quads, syntax):
        pass


def _checked(quads: Iterable[Stated], syntax: RdfSyntax) -> Iterator[Stated]:
    problems: list[Problem] = []
    count = 0
    why_not = _WHY_NOT[syntax.name]
    for quad in quads:
        what = why_not(quad)
        if not what:
            yield quad
            continue
        count += 1
        if len(problems) < _MOST_TOLD:
            problems.append(Problem(f"a triple of {quad.subject}", what, _OTHER_FORMAT))
    if count > len(problems):
        what = f"there are {count - len(problems):,} more such triples"
        problems.append(Problem(syntax.title, what, _OTHER_FORMAT))
    if problems:
        raise ExportError(problems)


def _inexpressible_in_json_ld(quad: Quad | Triple) -> str | None:
    return _has_triple_term(JSON_LD) if isinstance(quad.object, Triple) else None


def _inexpressible_in_rdf_xml(quad: Quad | Triple) -> str | None:
    value = quad.object
    if isinstance(value, Triple):
        return _has_triple_term(RDF_XML)
    if isinstance(value, Literal):
        if found := _NEVER_IN_XML.search(value.value):
            return f"has the character U+{ord(found[0]):04X} in a text, which XML cannot contain"
        if value.direction is not None:
            return "has a text with a base direction, which RDF/XML cannot express"
    if not _names_an_element(quad.predicate):
        return f"has the property {quad.predicate}, whose end is not a name of an XML element"
    return None


def _has_triple_term(syntax: RdfSyntax) -> str:
    return f"has a triple term, which {syntax.title} cannot express"


# By the name of a format, the function that returns why it cannot express a quad; other formats can express all quads.
_WHY_NOT: Mapping[str, Callable[[Quad | Triple], str | None]] = {
    JSON_LD.name: _inexpressible_in_json_ld,
    RDF_XML.name: _inexpressible_in_rdf_xml,
}


@lru_cache(1 << 12)
def _names_an_element(predicate: NamedNode) -> bool:
    return _NAME_OF_ELEMENT.search(predicate.value) is not None
