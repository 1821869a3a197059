"""What a format has no place for is refused, and never written as something else.

RDF/XML has characters that it cannot hold, even escaped, and names a property by an element, whose name may not be
anything. RDF/XML and JSON-LD as readers know them have no triples within triples.
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
_OTHER_FORMAT = "choose Turtle, TriG, N-Triples or N-Quads, which can say it"


def writable(quads: Iterable[Stated], syntax: RdfSyntax) -> Iterable[Stated]:
    """Return quads or triples for a writer of the format.

    At their end, ExportError is raised where the format has no place for some.
    """
    return _checked(quads, syntax) if syntax.name in _WITHOUT_PLACE else quads


def is_writable(quads: Iterable[Quad], syntax: RdfSyntax) -> bool:
    """Tell whether a format has a place for all quads."""
    without_place = _WITHOUT_PLACE.get(syntax.name)
    return without_place is None or not any(map(without_place, quads))


def check_writable(quads: Iterable[Quad], syntax: RdfSyntax) -> None:
    """Raise ExportError where a format has no place for some of the quads."""
    for _ in writable(quads, syntax):
        pass


def _checked(quads: Iterable[Stated], syntax: RdfSyntax) -> Iterator[Stated]:
    problems: list[Problem] = []
    count = 0
    without_place = _WITHOUT_PLACE[syntax.name]
    for quad in quads:
        what = without_place(quad)
        if not what:
            yield quad
            continue
        count += 1
        if len(problems) < _MOST_TOLD:
            problems.append(Problem(f"what is said of {quad.subject}", what, _OTHER_FORMAT))
    if count > len(problems):
        what = f"there are {count - len(problems):,} more such triples"
        problems.append(Problem(syntax.title, what, _OTHER_FORMAT))
    if problems:
        raise ExportError(problems)


def _without_place_in_json_ld(quad: Quad | Triple) -> str | None:
    return _within_a_triple(JSON_LD) if isinstance(quad.object, Triple) else None


def _without_place_in_rdf_xml(quad: Quad | Triple) -> str | None:
    value = quad.object
    if isinstance(value, Triple):
        return _within_a_triple(RDF_XML)
    if isinstance(value, Literal):
        if found := _NEVER_IN_XML.search(value.value):
            return f"has the character U+{ord(found[0]):04X} in a text, which XML cannot hold"
        if value.direction is not None:
            return "has a text with a base direction, which RDF/XML has no place for"
    if not _names_an_element(quad.predicate):
        return f"has the property {quad.predicate}, whose end is no name of an element of XML"
    return None


def _within_a_triple(syntax: RdfSyntax) -> str:
    return f"has a triple within a triple, which {syntax.title} has no place for"


# By the name of the format, what tells why it has no place for a quad; the others have a place for all.
_WITHOUT_PLACE: Mapping[str, Callable[[Quad | Triple], str | None]] = {
    JSON_LD.name: _without_place_in_json_ld,
    RDF_XML.name: _without_place_in_rdf_xml,
}


@lru_cache(1 << 12)
def _names_an_element(predicate: NamedNode) -> bool:
    return _NAME_OF_ELEMENT.search(predicate.value) is not None
