"""What a format has no place for is refused, and never written as something else.

RDF/XML has characters that it cannot hold, even escaped, and names a property by an element, whose name may not be
anything. RDF/XML and JSON-LD as readers know them have no triples within triples.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TypeVar

from pyoxigraph import Literal, NamedNode, Quad, Triple

from her2ld.errors import ExportError, Problem
from her2ld.rdf.syntaxes import JSON_LD, NEVER_IN_XML, RDF_XML, RdfSyntax

Stated = TypeVar("Stated", Quad, Triple)
_NAME_OF_ELEMENT = re.compile(r"[^\W\d][\w.\u00b7-]*\Z")
_MOST_TOLD = 20
_OTHER_FORMAT = "choose Turtle, TriG, N-Triples or N-Quads, which can say it"


def writable(quads: Iterable[Stated], syntax: RdfSyntax) -> Iterable[Stated]:
    """Return quads or triples for a writer of the format.

    At their end, ExportError is raised where the format has no place for some.
    """
    return _checked(quads, syntax) if syntax in {RDF_XML, JSON_LD} else quads


def is_writable(quads: Iterable[Quad], syntax: RdfSyntax) -> bool:
    """Tell whether a format has a place for all quads."""
    return syntax not in {RDF_XML, JSON_LD} or not any(_unwritable(quad, syntax) for quad in quads)


def check_writable(quads: Iterable[Quad], syntax: RdfSyntax) -> None:
    """Raise ExportError where a format has no place for some of the quads."""
    for _ in writable(quads, syntax):
        pass


def _checked(quads: Iterable[Stated], syntax: RdfSyntax) -> Iterator[Stated]:
    problems: list[Problem] = []
    count = 0
    for quad in quads:
        what = _unwritable(quad, syntax)
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


def _unwritable(quad: Quad | Triple, syntax: RdfSyntax) -> str | None:
    value = quad.object
    if isinstance(value, Triple) or isinstance(quad.subject, Triple):
        return f"has a triple within a triple, which {syntax.title} has no place for"
    if syntax == JSON_LD:
        return None
    if isinstance(value, Literal):
        if found := re.search(NEVER_IN_XML, value.value):
            return f"has the character U+{ord(found[0]):04X} in a text, which XML cannot hold"
        if value.direction is not None:
            return "has a text with a base direction, which RDF/XML has no place for"
    if not _names_an_element(quad.predicate):
        return f"has the property {quad.predicate}, whose end is no name of an element of XML"
    return None


@lru_cache(1 << 12)
def _names_an_element(predicate: NamedNode) -> bool:
    return _NAME_OF_ELEMENT.search(predicate.value) is not None
