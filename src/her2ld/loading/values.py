"""Literals by their value: what stores that keep values, not the way they are written, may rewrite.

Of two literals with one value, the forms of XML Schema 1.1 part 2 (appendix E) differ in zeros and signs that carry
nothing, in ``1`` for ``true``, in ``+00:00`` for ``Z``, and in the name of a type of whole numbers.
"""

import re

from pyoxigraph import Literal

from her2ld.vocabulary import standard

WHAT_IS_COMPARED = "numbers, truth values and times by value"

_WHOLE_OR_DECIMAL = {
    standard.XSD + name
    for name in (
        "decimal", "integer", "long", "int", "short", "byte", "nonNegativeInteger", "positiveInteger",
        "nonPositiveInteger", "negativeInteger", "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte",
    )
}  # fmt: skip
_FLOATS = {standard.XSD + "double", standard.XSD + "float"}
_TIMES = {standard.XSD + "dateTime", standard.XSD + "dateTimeStamp", standard.XSD + "time"}
_NUMBER = re.compile(r"([+-]?)0*(\d*)(?:\.(\d*?)0*)?")
_TIME = re.compile(r"(.*\d\d:\d\d:\d\d)(?:\.(\d*?)0*)?(Z|[+-]\d\d:\d\d)?")
_TRUTHS = {"1": "true", "0": "false"}


def by_value(literal: Literal) -> Literal:
    """Return one literal for all that have this value; one that is not well-formed stays as it is.

    >>> from pyoxigraph import Literal, NamedNode
    >>> XSD = "http://www.w3.org/2001/XMLSchema#"
    >>> print(by_value(Literal("+02.10", datatype=NamedNode(XSD + "decimal"))).value)
    2.1
    >>> print(by_value(Literal("007", datatype=NamedNode(XSD + "int"))).value)
    7
    >>> print(by_value(Literal("2026-01-01T00:00:00.50+00:00", datatype=NamedNode(XSD + "dateTime"))).value)
    2026-01-01T00:00:00.5Z
    >>> print(by_value(Literal("1.0e1", datatype=NamedNode(XSD + "double"))).value)
    10.0
    """
    datatype = literal.datatype.value
    if datatype in _WHOLE_OR_DECIMAL:
        return _number(literal)
    if datatype in _FLOATS:
        try:
            return Literal(repr(float(literal.value.replace("INF", "inf"))), datatype=literal.datatype)
        except ValueError:
            return literal
    if datatype == standard.XSD_BOOLEAN.value:
        return Literal(_TRUTHS.get(literal.value, literal.value), datatype=literal.datatype)
    if datatype in _TIMES:
        return _time(literal)
    return literal


def _number(literal: Literal) -> Literal:
    match = _NUMBER.fullmatch(literal.value)
    if not match or not (match[2] or match[3] or "0" in literal.value):
        return literal
    whole, fraction = match[2] or "0", match[3] or ""
    sign = "-" if match[1] == "-" and (whole != "0" or fraction) else ""
    return Literal(sign + whole + ("." + fraction if fraction else ""), datatype=standard.XSD_DECIMAL)


def _time(literal: Literal) -> Literal:
    match = _TIME.fullmatch(literal.value)
    if not match:
        return literal
    fraction, zone = match[2], match[3] or ""
    ending = "Z" if zone in {"+00:00", "-00:00"} else zone
    return Literal(match[1] + (f".{fraction}" if fraction else "") + ending, datatype=literal.datatype)
