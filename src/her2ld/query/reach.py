"""What a query reaches for: other endpoints, and graphs of its own choice. Told by its words, before it is asked."""

import itertools
import re
from dataclasses import dataclass

# SPARQL 1.1, section 19.8: comments, IRIs, texts (long ones first), variables, prefixed names and language tags are
# each a token, so that a word within them, as in ``?service``, is no keyword. What is skipped is not captured; what
# is most frequent stands first, and nothing is tried twice (``++``), for every query is read by this.
_TOKENS = re.compile(
    r"""[\s;,.]++|[#][^\n\r]*+|[?$@]\w++
    |\"{3}(?:[^"\\]|\\.|"(?!""))*\"{3}|'{3}(?:[^'\\]|\\.|'(?!''))*'{3}
    |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*'
    |(\w++(?!(?:[.-][\w.-]*(?<!\.))?:)                          # a word, and no prefix
    |[][{}()]
    |(?:\w(?:[\w.-]*[\w-])?)?:[\w:%.-]*+(?:\\[^\w\s][\w:%.-]*+)*+   # a prefixed name
    |<[^<>"{}|^`\\\x00-\x20]*+(?:(?:\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})[^<>"{}|^`\\\x00-\x20]*+)*+>)""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPED = re.compile(r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}")
_UPDATES = frozenset(("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"))
# What gives another value each time (SPARQL 1.1, sections 17.4.2.9, 17.4.2.12, 17.4.2.13, 17.4.4.5 and 17.4.5.1).
_CHANGING = frozenset(("NOW", "RAND", "UUID", "STRUUID", "BNODE"))
_COUNTING = frozenset(("COUNT", "SUM", "AVG", "GROUP_CONCAT"))
_STEPS = dict.fromkeys("{[(", 1) | dict.fromkeys("}])", -1)
_GIVING_GRAPHS = frozenset(("CONSTRUCT", "DESCRIBE"))
DEEPEST_NESTING = 200
_PROLOGUE = frozenset(("BASE", "PREFIX", "VERSION"))


@dataclass(frozen=True, slots=True)
class Reach:
    """What a query reaches for.

    ``services``: it asks other endpoints. ``default_graphs`` and ``named_graphs``: the IRIs of FROM and FROM NAMED, in
    full where the query says how. ``update``: the keyword by which it is no query but a change. ``changes``: it asks
    for the time, or for something random. ``depth``: how deep its brackets are nested. ``names_graphs``: it has GRAPH.
    ``counts``: its answer tells how often something was found, and not only what.
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
        """Whether it says by FROM what it asks."""
        return bool(self.default_graphs or self.named_graphs)


def reach(query: str, base: str = "") -> Reach:
    """Return what a query reaches for. It need not be SPARQL: then it says what its words would mean if it were.

    ``base``: the IRI that relative ones are resolved against where the query has no BASE.

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
            prefixes[tokens[place + 1]] = _in_full(tokens[place + 2], prefixes, base)
        elif word == "BASE":
            base = next((_in_full(token, prefixes, base) for token in tokens[place + 1 : place + 2]), "")
        elif word == "FROM":
            is_named = words[place + 1 : place + 2] == ["NAMED"]
            graphs[is_named] += [_in_full(token, prefixes, base) for token in tokens[place + 1 + is_named :][:1]]
    return tuple(graphs[False]), tuple(graphs[True])


def undeclared(query: str) -> tuple[str, ...]:
    """Return the prefixes that a query uses and does not declare, each once, as they come.

    >>> undeclared("PREFIX a: <http://example.org/> SELECT * { ?s a:b ?o ; her2:subject _:node . FILTER(?o = 'oa:c') }")
    ('her2',)
    """
    tokens = list(filter(None, _TOKENS.findall(query)))
    declared = {name for word, name in itertools.pairwise(tokens) if word.upper() == "PREFIX"}
    used = dict.fromkeys(token.partition(":")[0] for token in tokens if ":" in token and not token.startswith("<"))
    return tuple(prefix for prefix in used if prefix != "_" and f"{prefix}:" not in declared)


def _counts(form: str, words: list[str], depths: list[int], texts: list[str]) -> bool:
    """Tell whether a row that comes twice makes another answer; where that is not plain, it does.

    It does not where each SELECT is DISTINCT or has GROUP BY, and what is counted is DISTINCT.
    """
    ungrouped: set[int] = set()  # how deep each SELECT stands that is not DISTINCT, until its GROUP BY has come
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
    # Of a graph, LIMIT takes rows and not triples, and each row makes its own blank nodes.
    cuts = not {"LIMIT", "OFFSET"}.isdisjoint(words)
    return cuts or any(text == "[" or text.startswith("_:") for text in texts)


def _in_full(text: str, prefixes: dict[str, str], base: str) -> str:
    """Return the IRI that a token is or abbreviates; the token itself where that cannot be told."""
    if text.startswith("<"):
        iri = _ESCAPED.sub(lambda escape: _character(escape[0]), text[1:-1])
        return _joined(base, iri) if base else iri
    prefix, colon, name = text.partition(":")
    return prefixes[prefix + colon] + name.replace("\\", "") if prefix + colon in prefixes else text


def _character(escape: str) -> str:
    return chr(int(escape.lower().removeprefix("\\u"), 16))


def _joined(base: str, iri: str) -> str:
    from urllib.parse import urljoin  # few queries have a base

    try:
        return urljoin(base, iri)
    except ValueError:  # it is no IRI, which the store says better
        return iri
