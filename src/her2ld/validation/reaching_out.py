"""The queries of shapes as text: whether they would reach out of the data, and of which form they are."""

import re
from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Triple

from her2ld.validation.report import SH

_PROLOGUE = frozenset({"BASE", "PREFIX"})
_CLAUSES = frozenset({"FROM", "LOAD", "SERVICE"})
_QUERIES = frozenset(NamedNode(SH + name) for name in ("select", "ask", "construct", "update"))
_PREFIX, _NAMESPACE = (NamedNode(SH + name) for name in ("prefix", "namespace"))
_JAVASCRIPT = re.compile(re.escape(SH) + r"(js\w*|JS\w*)$")
# SPARQL 19.2: these stand for a character anywhere in a query, even within a keyword.
_ESCAPED = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U(000[0-9A-Fa-f]{5})")
# Words, and the tokens of SPARQL (19.8) that may contain words which are not clauses.
_TOKEN = re.compile(
    r"""\#[^\n\r]*
    |<[^<>"{}|^`\\\x00-\x20]*>
    |\"{3}(?:"{0,2}(?:[^"\\]|\\.))*\"{3}|'{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
    |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*'
    |[?$]\w+
    |[\w.-]*:(?:[\w.:-]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%])*
    |@[\w-]+
    |(?P<word>\w+)""",
    re.VERBOSE | re.DOTALL,
)
_SOUND_PREFIX = re.compile(r"(?:\w(?:[\w.-]*[\w-])?)?")
_SOUND_NAMESPACE = re.compile(r"""[^<>"{}|^`\\\x00-\x20]*""")


def clauses_outside(query: str) -> set[str]:
    """Return the clauses of a query that reach out of the data: FROM, LOAD, SERVICE.

    Such words in comments, texts, variables and IRIs are none.

    >>> clauses_outside('SELECT ?from { ?from ex:load "service" # from here' + chr(10) + '}')
    set()
    >>> clauses_outside("SELECT * FROM <http://example.org/> { }")
    {'FROM'}
    """
    unescaped = _ESCAPED.sub(lambda escaped: chr(int(escaped[1] or escaped[2], 16)), query)
    words = {token["word"].upper() for each in (query, unescaped) for token in _TOKEN.finditer(each) if token["word"]}
    return words & _CLAUSES


def query_form(query: str) -> str | None:
    """Return the word that a query begins with after its prefixes, such as SELECT; None where there is none.

    >>> query_form("# ASK" + chr(10) + "PREFIX ask: <x:ask> select ?this { }"), query_form("")
    ('SELECT', None)
    """
    words = (token["word"].upper() for token in _TOKEN.finditer(query) if token["word"])
    return next((word for word in words if word not in _PROLOGUE), None)


def reaching_out(triples: Iterable[Triple]) -> Iterator[str]:
    """Yield the faults of a shapes graph: JavaScript, a query with such a clause, a prefix that would hide one."""
    for _, predicate, value in triples:
        if _JAVASCRIPT.match(predicate.value) or (isinstance(value, NamedNode) and _JAVASCRIPT.match(value.value)):
            yield f"uses JavaScript ({predicate.value.removeprefix(SH)})"
        if not isinstance(value, Literal):
            continue
        if predicate in _QUERIES:
            for clause in sorted(clauses_outside(value.value)):
                yield f"a query uses {clause}"
        elif predicate == _PREFIX and not _SOUND_PREFIX.fullmatch(value.value):
            yield f"declares the prefix “{value.value}”, which is none"
        elif predicate == _NAMESPACE and not _SOUND_NAMESPACE.fullmatch(value.value):
            yield f"declares the namespace “{value.value}”, which is no IRI"
