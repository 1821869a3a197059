"""Clear messages for syntax errors of SPARQL: the place of the first unexpected token, and the tokens expected there.

The parser of pyoxigraph reports how far it looked ahead, which is some characters after the mistake, and the names of
its grammar rules. Therefore this module searches for the first token after which a query cannot be completed. It gives
the parser each beginning of the query with empty lines added: if the parser fails only after these lines, the beginning
can be completed. The same test finds the tokens that may come next.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from pyoxigraph import Store

from her2ld.errors import Problem
from her2ld.query.reach import undeclared

_TOKEN = re.compile(
    r"""\#[^\n\r]*|\s+
    |\"{3}(?:[^"\\]|\\.|"(?!""))*\"{3}|'{3}(?:[^'\\]|\\.|'(?!''))*'{3}
    |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*'
    |<[^<>"{}|^`\\\x00-\x20]*>
    |[?$]\w+|@[A-Za-z]+(?:-\w+)*
    |(?:[^\W\d_][\w.-]*)?:(?:[\w:%.-]|\\.)*(?<!\.)|_:\w+
    |[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?
    |\w+|\^\^|&&|\|\||<=|>=|!=|.""",
    re.VERBOSE | re.DOTALL,
)
# More empty lines than the parser looks ahead, and then a character that no query can contain.
_BEHIND = "\n" * 40 + "\0"
_BASE = "https://example.org/"
_LINE = re.compile(r"error at (\d+):\d+: expected (?:one of )?(.*)", re.DOTALL)
# The parser reports a mistake that is not an unexpected token by a sentence.
_IN_WORDS = re.compile(r"(?:The|IRI|A|Blank|Duplicate|Variable|Prefix)\b[\w ]* [\w ]+")
# The kinds of token that may come next: the words for each in a message, and an example.
_CANDIDATES = (
    ("a variable", "?x"),
    ("an IRI", "<a>"),
    ("a text", '"a"'),
    ("a number", "1"),
    ("a prefix and a colon", "new:"),
    ("“a”", "a"),
    *((f"“{sign}”", sign) for sign in ("{", "}", "(", ")", ".", ";", ",", "]", "=", "*")),
    *(
        (word, word)
        for word in (
            "PREFIX", "BASE", "SELECT", "ASK", "CONSTRUCT", "DESCRIBE", "DISTINCT", "FROM", "NAMED", "WHERE", "FILTER",
            "OPTIONAL", "UNION", "MINUS", "BIND", "VALUES", "GRAPH", "SERVICE", "AS", "BY", "GROUP BY", "HAVING",
            "ORDER BY", "LIMIT", "OFFSET", "ASC", "DESC", "UNDEF", "EXISTS", "NOT EXISTS", "IN", "true",
        )
    ),
)  # fmt: skip
_MOST_EXPECTED = 8
# Testing a longer beginning with every candidate takes too long.
_LONGEST = 20_000
_MOST_SHOWN = 40


def not_understood(name: str, query: str, error: str, prefixes: Mapping[str, str]) -> Problem:
    """Return the problem of a query that the engine refused with an ``error``: undeclared prefixes, or a mistake."""
    missing = undeclared(query)
    if not missing:
        mistake = syntax_mistake(query, error)
        return Problem(f"{name}, line {mistake.line}, column {mistake.column}", mistake.what, mistake.remedy)
    lines = (f"PREFIX {each}: <{prefixes.get(each, '…')}>" for each in missing)
    return Problem(name, f"does not declare {', '.join(f'{each}:' for each in missing)}", f"add {' '.join(lines)}")


@dataclass(frozen=True, slots=True)
class SyntaxMistake:
    """The first mistake in a query: its line and column, counted from 1, a description, and the remedy."""

    line: int
    column: int
    what: str
    remedy: str


def syntax_mistake(query: str, error: str) -> SyntaxMistake:
    r"""Return the mistake in a query that pyoxigraph refused with a message.

    >>> mistake = syntax_mistake("SELECT * { ?s ?p }", "error at 1:19: expected one of LATERAL, SERVICE, [_]")
    >>> mistake.line, mistake.column, mistake.what
    (1, 18, '“}” cannot stand here; expected: a variable, an IRI, a text, a number, “(”, true')
    """
    tokens = [match for match in _TOKEN.finditer(query) if not match[0].isspace() and match[0][0] != "#"]
    ends = [0, *(match.end() for match in tokens)]
    low, high = 0, len(tokens)
    while low < high:  # the largest number of tokens after which the query can continue
        middle = (low + high + 1) // 2
        low, high = (middle, high) if _can_go_on(query[: ends[middle]]) else (low, middle - 1)
    before = query[: ends[low]]
    if low == len(tokens):
        found = _LINE.match(error)
        in_words = _IN_WORDS.search(found[2] if found else error)
        if in_words:
            return _at(query, len(query.rstrip()), _lower(in_words[0]), "correct the query")
    expected = [each for each in _CANDIDATES if len(before) <= _LONGEST and _can_go_on(f"{before} {each[1]}")]
    shown = [words for words, _ in expected[:_MOST_EXPECTED]] + ["…"] * (len(expected) > _MOST_EXPECTED)
    expectation = f"; expected: {', '.join(shown)}" if shown else ""
    if low == len(tokens):
        return _at(query, len(query.rstrip()), f"the query ends too early{expectation}", "complete the query")
    token = tokens[low]
    if token[0][0] in "\"'" and ("a text", '"a"') in expected:
        what = "the text that begins here has no end" if len(token[0]) == 1 else "the text here has an unknown escape"
        return _at(query, token.start(), what, "end it with the same quotes; write a backslash as \\\\")
    words = [example for _, example in expected if example.isupper()]
    near = get_close_matches(token[0].upper(), words, n=1)
    remedy = f"did you mean {near[0]}?" if near else "correct the query there"
    return _at(query, token.start(), f"“{_shortened(token[0])}” cannot stand here{expectation}", remedy)


def _at(query: str, place: int, what: str, remedy: str) -> SyntaxMistake:
    before = query[:place]
    return SyntaxMistake(before.count("\n") + 1, place - before.rfind("\n"), what, remedy)


def _shortened(token: str) -> str:
    first, _, more = token.partition("\n")
    return f"{first[:_MOST_SHOWN]} …" if more or len(first) > _MOST_SHOWN else token


def _lower(words: str) -> str:
    return words if words[:2].isupper() else words[0].lower() + words[1:]


def _can_go_on(beginning: str) -> bool:
    """Tell whether some query has this beginning: if so, the parser fails only at the end."""
    text = beginning + _BEHIND
    try:
        _empty_store().query(text, base_iri=_BASE)
    except SyntaxError as error:
        found = _LINE.match(str(error))
        return found is not None and int(found[1]) > text.count("\n")
    return True


@cache
def _empty_store() -> Store:
    return Store()
