"""The reach of a query, such as other endpoints and the graphs of FROM, found from its tokens before it is run."""

import itertools
import re
from typing import NamedTuple

# SPARQL 1.1, section 19.8: comments, IRIs, texts (long ones first), variables, prefixed names and language tags are
# each a token, so that a word within them, as in ``?service``, is not a keyword. Tokens that are not needed are not
# captured. The pattern must be fast, because every query is read by it: the most frequent tokens come first, and
# possessive quantifiers (``++``) prevent backtracking.
COMMENT = r"[#][^\n\r]*+"
TEXT = r"""\"{3}(?:[^"\\]|\\.|"(?!""))*\"{3}|'{3}(?:[^'\\]|\\.|'(?!''))*'{3}
    |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*'"""
WORD = r"\w++(?!(?:[.-][\w.-]*(?<!\.))?:)"  # that is not a prefix
NAME = r"""(?:\w(?:[\w.-]*[\w-])?)?:[\w:%.-]*+(?:\\[^\w\s][\w:%.-]*+)*+   # with a prefix
    |<[^<>"{}|^`\\\x00-\x20]*+(?:(?:\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})[^<>"{}|^`\\\x00-\x20]*+)*+>"""
_TOKENS = re.compile(
    rf"[\s;,.]++|{COMMENT}|[?$@]\w++|{TEXT}|({WORD}|[][{{}}()]|{NAME})",
    re.VERBOSE | re.DOTALL,
)
_ESCAPED = re.compile(r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}")
_UPDATES = frozenset(("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"))
# These functions return a new value each time (SPARQL 1.1, 17.4.2.9, 17.4.2.12, 17.4.2.13, 17.4.4.5 and 17.4.5.1).
_CHANGING = frozenset(("NOW", "RAND", "UUID", "STRUUID", "BNODE"))
_COUNTING = frozenset(("COUNT", "SUM", "AVG", "GROUP_CONCAT"))
_STEPS = dict.fromkeys("{[(", 1) | dict.fromkeys("}])", -1)
_GIVING_GRAPHS = frozenset(("CONSTRUCT", "DESCRIBE"))
DEEPEST_NESTING = 200
_PROLOGUE = frozenset(("BASE", "PREFIX", "VERSION"))


class Reach(NamedTuple):
    """The reach of a query.

    ``services``: whether the query uses other endpoints. ``default_graphs`` and ``named_graphs``: the IRIs of FROM and
    FROM NAMED, in full if the query declares their prefixes. ``update``: the keyword that makes the text an update, or
    "". ``changes``: whether the query has a function of time or a random one. ``depth``: the depth of nested brackets.
    ``names_graphs``: whether the query has GRAPH. ``counts``: whether duplicate rows can change the answer.
    """

    services: bool
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    update: str
    changes: bool
    depth: int
    names_graphs: bool
    counts: bool

    @property
    def chooses_graphs(self) -> bool:
        """Whether the query has FROM or FROM NAMED."""
        return bool(self.default_graphs or self.named_graphs)


def reach(query: str, base: str = "") -> Reach:
    """Return the reach of a query. If the text is not valid SPARQL, its keywords are read as if it were.

    Relative IRIs are resolved against ``base`` if the query has no BASE.

    >>> reach("PREFIX g: <http://example.org/> SELECT ?service FROM g:a FROM NAMED <http://example.org/b> {}")
    Reach(services=False, default_graphs=('http://example.org/a',), named_graphs=('http://example.org/b',), update='', \
changes=False, depth=1, names_graphs=False, counts=True)
    """
    tokens = list(filter(None, _TOKENS.findall(query)))
    words = [token.upper() for token in tokens]
    depths = list(itertools.accumulate(_STEPS.get(token, 0) for token in tokens))
    first = next((word for word in words if word[0] not in "<[](){}" and ":" not in word and word not in _PROLOGUE), "")
    changes = not _CHANGING.isdisjoint(words)
    default_graphs, named_graphs = _chosen(tokens, words, base) if "FROM" in words else ((), ())
    return Reach(
        services="SERVICE" in words,
        default_graphs=default_graphs,
        named_graphs=named_graphs,
        update=first if first in _UPDATES else "",
        changes=changes,
        depth=max(depths, default=0),
        names_graphs="GRAPH" in words,
        counts=changes or _counts(first, words, depths, tokens),
    )


def _chosen(tokens: list[str], words: list[str], base: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the IRIs of FROM and of FROM NAMED."""
    prefixes: dict[str, str] = {}
    graphs: dict[bool, list[str]] = {False: [], True: []}
    for place, word in enumerate(words):
        if word == "PREFIX" and len(tokens) > place + 2:
            prefixes[tokens[place + 1]] = in_full(tokens[place + 2], prefixes, base)
        elif word == "BASE":
            base = next((in_full(token, prefixes, base) for token in tokens[place + 1 : place + 2]), "")
        elif word == "FROM":
            is_named = words[place + 1 : place + 2] == ["NAMED"]
            graphs[is_named] += [in_full(token, prefixes, base) for token in tokens[place + 1 + is_named :][:1]]
    return tuple(graphs[False]), tuple(graphs[True])


def undeclared(query: str) -> tuple[str, ...]:
    """Return the prefixes that a query uses without declaring them, each once, in the order of their first use.

    >>> undeclared("PREFIX a: <http://example.org/> SELECT * { ?s a:b ?o ; her2:subject _:node . FILTER(?o = 'oa:c') }")
    ('her2',)
    """
    tokens = list(filter(None, _TOKENS.findall(query)))
    declared = {name for word, name in itertools.pairwise(tokens) if word.upper() == "PREFIX"}
    used = dict.fromkeys(token.partition(":")[0] for token in tokens if ":" in token and not token.startswith("<"))
    return tuple(prefix for prefix in used if prefix != "_" and f"{prefix}:" not in declared)


def _counts(form: str, words: list[str], depths: list[int], texts: list[str]) -> bool:
    """Tell whether duplicate rows can change the answer; if this is not clear, they can.

    They cannot if each SELECT is DISTINCT or has GROUP BY, and each aggregate that counts or sums is DISTINCT.
    """
    ungrouped: set[int] = set()  # the depth of each SELECT without DISTINCT, until its GROUP BY is found
    for place, word in enumerate(words):
        if word == "SELECT":
            if depths[place] in ungrouped:
                return True
            if words[place + 1 : place + 2] != ["DISTINCT"]:
                ungrouped.add(depths[place])
        elif word == "GROUP":
            ungrouped.discard(depths[place])
        elif word in _COUNTING and words[place + 2 : place + 3] != ["DISTINCT"]:
            return True
    if ungrouped or form not in _GIVING_GRAPHS:
        return bool(ungrouped)
    # If the answer is a graph, LIMIT still counts rows and not triples, and each row makes its own blank nodes.
    cuts = not {"LIMIT", "OFFSET"}.isdisjoint(words)
    return cuts or any(text == "[" or text.startswith("_:") for text in texts)


def in_full(text: str, prefixes: dict[str, str], base: str) -> str:
    """Return the full IRI of a token; the token itself if its prefix is not declared."""
    if text.startswith("<"):
        iri = _ESCAPED.sub(lambda escape: _character(escape[0]), text[1:-1])
        return _joined(base, iri) if base else iri
    prefix, colon, name = text.partition(":")
    return prefixes[prefix + colon] + name.replace("\\", "") if prefix + colon in prefixes else text


def _character(escape: str) -> str:
    return chr(int(escape.lower().removeprefix("\\u"), 16))


def _joined(base: str, iri: str) -> str:
    from urllib.parse import urljoin  # few queries have a base IRI

    try:
        return urljoin(base, iri)
    except ValueError:  # not an IRI; the error of the store is better
        return iri
