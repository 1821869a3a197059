"""What Oxigraph keeps of a literal: the value of a number, a truth value or a time, and not how it is written.

Of ``"05"^^xsd:int`` it makes ``"5"^^xsd:integer``.
"""

import re
from functools import lru_cache

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from her2ld.vocabulary import standard

_XSD = standard.XSD
_S, _P = NamedNode("urn:her2ld:s"), NamedNode("urn:her2ld:p")
_NEVER_REWRITTEN = frozenset(
    NamedNode(name) for name in (f"{_XSD}string", f"{_XSD}anyURI", f"{standard.RDF}langString")
)
# Forms that a store keeps, by their datatype: most literals need not be tried.
_KEPT = {
    NamedNode(_XSD + name): re.compile(form).fullmatch
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
    """Tell whether a store would give another literal back.

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
    return datatype.value.startswith(_XSD) and as_stored(literal) != literal


@lru_cache(maxsize=1 << 16)
def as_stored(literal: Literal) -> Literal:
    """Return what a store makes of a literal."""
    store = Store()
    store.add(Quad(_S, _P, literal))
    (quad,) = store.quads_for_pattern(None, None, None, DefaultGraph())
    value = quad.object
    if not isinstance(value, Literal):
        raise TypeError(f"{value} stands where {literal} was put")
    return value
