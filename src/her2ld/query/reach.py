"""What a query reaches for: other endpoints, and graphs of its own choice. Told by its words, before it is asked."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

# SPARQL 1.1, section 19.8: comments, IRIs, texts (long ones first), variables, prefixed names and language tags are
# each a token, so that a word within them, as in ``?service``, is no keyword.
_TOKENS = re.compile(
    r"""[#][^\n\r]*
    |(?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    |\"{3}(?:[^"\\]|\\.|"(?!""))*\"{3}|'{3}(?:[^'\\]|\\.|'(?!''))*'{3}
    |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*'
    |[?$@]\w+
    |(?P<name>(?:\w(?:[\w.-]*[\w-])?)?:(?:[\w:%]|\\[^\w\s])?(?:[\w:%.-]|\\[^\w\s])*)
    |(?P<word>\w+)
    |(?P<bracket>[][{}()])""",
    re.VERBOSE | re.DOTALL,
)
_UPDATES = frozenset(("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"))
# What gives another value each time (SPARQL 1.1, sections 17.4.2.9, 17.4.2.12, 17.4.2.13, 17.4.4.5 and 17.4.5.1).
_CHANGING = frozenset(("NOW", "RAND", "UUID", "STRUUID", "BNODE"))
_PROLOGUE = frozenset(("BASE", "PREFIX", "VERSION"))


@dataclass(frozen=True, slots=True)
class Reach:
    """What a query reaches for.

    ``services``: it asks other endpoints. ``default_graphs`` and ``named_graphs``: the IRIs of FROM and FROM NAMED, in
    full where the query says how. ``update``: the keyword by which it is no query but a change. ``changes``: it asks
    for the time, or for something random. ``depth``: how deep its brackets are nested.
    """

    services: bool
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    update: str
    changes: bool
    depth: int

    @property
    def chooses_graphs(self) -> bool:
        """Whether it says by FROM what it asks."""
        return bool(self.default_graphs or self.named_graphs)


def reach(query: str) -> Reach:
    """Return what a query reaches for. It need not be SPARQL: then it says what its words would mean if it were.

    >>> reach("PREFIX g: <http://example.org/> SELECT ?service FROM g:a FROM NAMED <http://example.org/b> {}")
    Reach(services=False, default_graphs=('http://example.org/a',), named_graphs=('http://example.org/b',), update='', \
changes=False, depth=1)
    """
    tokens = [(match.lastgroup, match[0]) for match in _TOKENS.finditer(query) if match.lastgroup]
    words = [text.upper() if kind == "word" else "" for kind, text in tokens]
    prefixes: dict[str, str] = {}
    graphs: dict[bool, list[str]] = {False: [], True: []}
    for place, word in enumerate(words):
        if word == "PREFIX" and len(tokens) > place + 2:
            prefixes[tokens[place + 1][1]] = tokens[place + 2][1][1:-1]
        elif word == "FROM":
            is_named = words[place + 1 : place + 2] == ["NAMED"]
            graphs[is_named] += [_in_full(*token, prefixes) for token in tokens[place + 1 + is_named :][:1]]
    first = next((word for word in words if word and word not in _PROLOGUE), "")
    return Reach(
        services="SERVICE" in words,
        default_graphs=tuple(graphs[False]),
        named_graphs=tuple(graphs[True]),
        update=first if first in _UPDATES else "",
        changes=not _CHANGING.isdisjoint(words),
        depth=_depth(text for kind, text in tokens if kind == "bracket"),
    )


def _in_full(kind: str, text: str, prefixes: dict[str, str]) -> str:
    """Return the IRI that a token is or abbreviates; the token itself where that cannot be told."""
    if kind == "iri":
        return text[1:-1]
    prefix, colon, name = text.partition(":")
    return prefixes[prefix + colon] + name.replace("\\", "") if prefix + colon in prefixes else text


def _depth(brackets: Iterable[str]) -> int:
    depth = deepest = 0
    for bracket in brackets:
        depth += 1 if bracket in "{[(" else -1
        deepest = max(deepest, depth)
    return deepest
