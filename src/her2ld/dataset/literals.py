"""Literals and lines of N-Quads as text, and the literals that a store keeps.

Millions of quads are written as text, without a term for each. The escapes are those of canonical N-Quads (RDF 1.2
N-Quads): a literal has every character unchanged except the quotation mark, the backslash and the control characters.

Oxigraph keeps the value of a number, a truth value or a time, and not its spelling: it makes ``"5"^^xsd:integer`` of
``"05"^^xsd:int``.
"""

import re
from functools import lru_cache

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from her2ld.vocabulary import model, standard

GRAPH = f" {model.RECORDS_GRAPH} .\n"

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
CONTROL_ESCAPES = {code: f"\\u{code:04X}" for code in (*range(0x20), 0x7F)} | {
    0x08: r"\b",
    0x09: r"\t",
    0x0A: r"\n",
    0x0C: r"\f",
    0x0D: r"\r",
}
INTEGER = f'"^^{standard.XSD_INTEGER}{GRAPH}'
_DATATYPES = {4: f"<{standard.XSD}gYear>", 7: f"<{standard.XSD}gYearMonth>", 10: f"<{standard.XSD}date>"}
TRUE = f'"true"^^{standard.XSD_BOOLEAN}{GRAPH}'
FALSE = f'"false"^^{standard.XSD_BOOLEAN}{GRAPH}'


def escaped(text: str) -> str:
    r"""Return the text between the quotation marks of a literal.

    >>> print(escaped('5\' "cap"\n'))
    5' \"cap\"\n
    """
    if "\\" in text:
        text = text.replace("\\", r"\\")
    if '"' in text:
        text = text.replace('"', r"\"")
    if not text.isprintable() and _CONTROL.search(text):
        text = text.translate(CONTROL_ESCAPES)
    return text


def string(text: str) -> str:
    """Return a literal and the end of its line."""
    plain = text.isprintable() and '"' not in text and "\\" not in text
    return f'"{text if plain else escaped(text)}"{GRAPH}'


def integer(number: int) -> str:
    """Return a whole number and the end of its line."""
    return f'"{number}{INTEGER}'


def date(iso: str) -> str:
    """Return a year, month or day in ISO 8601 as a literal of its precision, and the end of its line."""
    return f'"{iso}"^^{_DATATYPES[len(iso)]}{GRAPH}'


_S, _P = NamedNode("urn:her2ld:s"), NamedNode("urn:her2ld:p")
_NEVER_REWRITTEN = frozenset(
    (standard.XSD_STRING, NamedNode(f"{standard.XSD}anyURI"), NamedNode(f"{standard.RDF}langString"))
)
# Spellings that a store keeps, by their datatype, so that most literals need no store.
_KEPT = {
    NamedNode(standard.XSD + name): re.compile(form).fullmatch
    for name, form in {
        "boolean": "true|false",
        "integer": "0|-?[1-9][0-9]{0,17}",
        "decimal": r"(?:0|-?[1-9][0-9]{0,14})(?:\.[0-9]{0,14}[1-9])?",
        "date": "[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}",
        "gYear": "[1-9][0-9]{3}",
        "gYearMonth": "[1-9][0-9]{3}-[0-9]{2}",
        "dateTime": "[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}T[01][0-9]:[0-5][0-9]:[0-5][0-9]Z?",
    }.items()
}


def is_rewritten(literal: Literal) -> bool:
    """Tell whether a store would return another literal than the given one.

    >>> from pyoxigraph import NamedNode
    >>> is_rewritten(Literal("5", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#int")))
    True
    >>> is_rewritten(Literal(5))
    False
    """
    datatype = literal.datatype
    if datatype in _NEVER_REWRITTEN:
        return False
    kept = _KEPT.get(datatype)
    if kept is not None and kept(literal.value):
        return False
    return datatype.value.startswith(standard.XSD) and as_stored(literal) != literal


@lru_cache(maxsize=1 << 16)
def as_stored(literal: Literal) -> Literal:
    """Return the literal that a store returns for a literal."""
    store = Store()
    store.add(Quad(_S, _P, literal))
    (quad,) = store.quads_for_pattern(None, None, None, DefaultGraph())
    value = quad.object
    if not isinstance(value, Literal):
        raise TypeError(f"the store returned {value} for {literal}")
    return value
