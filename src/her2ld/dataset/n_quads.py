"""Terms and lines of N-Quads as text, for what is written by the million.

The escapes are those of canonical N-Quads (RDF 1.2 N-Quads): a literal holds every character as it is, but the
quotation mark, the backslash and the control characters.
"""

import re

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
INTEGER = f'"^^<{standard.XSD}integer>{GRAPH}'
_DATATYPES = {4: f"<{standard.XSD}gYear>", 7: f"<{standard.XSD}gYearMonth>", 10: f"<{standard.XSD}date>"}
TRUE = f'"true"^^{standard.XSD_BOOLEAN}{GRAPH}'
FALSE = f'"false"^^{standard.XSD_BOOLEAN}{GRAPH}'


def escaped(text: str) -> str:
    r"""Return what stands between the quotation marks of a literal.

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
