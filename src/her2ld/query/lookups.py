"""The look-ups of a query: the predicates by which it finds triples, so that others need not be loaded to answer it.

They are read from the tokens of the query. This is not a parser: it follows what is common and says nothing about the
rest, and it takes for granted that the query is valid, because a wrong one has no answer. A predicate is known if it is
written as an IRI, also in a property path, or if it is a variable to which VALUES or FILTER IN gives IRIs in the same
group. That group has then no solution with another predicate, whatever stands around it.

A store with the triples of these predicates gives the same answer as one with all, in the same order, if they were
added in the same order: Oxigraph finds triples by that order, and plans a query without looking at the data.
"""

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from her2ld.query.reach import COMMENT, DEEPEST_NESTING, NAME, TEXT, WORD, in_full, reach
from her2ld.vocabulary import standard

_NUMBER = r"\d++(?:\.\d++)?(?:[eE][+-]?\d++)?"
_TOKENS = re.compile(
    rf"(?:\s|{COMMENT})++|([?$]\w++|@[\w-]++|{TEXT}|{_NUMBER}|{WORD}|{NAME}|.)", re.VERBOSE | re.DOTALL
)
_TYPE = standard.TYPE.value

Lookup = tuple[str, str]
"""The IRI of a predicate and that of the object, or "" if the object can be any."""


class _UnclearError(ValueError):
    """The look-ups of a query cannot be told."""


class _Path(NamedTuple):
    """A predicate, or a property path: its predicates, and whether it also connects a node with itself."""

    predicates: frozenset[str]
    can_be_empty: bool = False
    is_one_step: bool = False


_Pattern = tuple[str, _Path | str, str]
"""Two nodes, with a path or the name of a variable between them."""


class _Query(NamedTuple):
    """What is left of the tokens of a query, the last first; its prefixes; and the look-ups that were found."""

    left: list[str]
    prefixes: dict[str, str]
    found: set[Lookup]

    def next(self) -> str:
        """Return the next token, in upper case if it is a keyword; "" at the end."""
        token = self.left[-1] if self.left else ""
        return token.upper() if token[:1].isalpha() and ":" not in token else token

    def take(self, *expected: str) -> str:
        """Remove the next token and return it as it was written. Raises _UnclearError if it is none of the expected."""
        if not self.left or (expected and self.next() not in expected):
            raise _UnclearError
        return self.left.pop()

    def takes(self, token: str) -> bool:
        """Remove the next token if it is a given one; tell whether it was."""
        is_next = self.next() == token
        if is_next:
            self.left.pop()
        return is_next


def lookups(query: str) -> frozenset[Lookup] | None:
    """Return the look-ups of a query; None if they cannot be told.

    >>> query = "PREFIX x: <http://example.org/> SELECT DISTINCT ?s { ?s x:a/x:b ?o , 1 ; a x:C }"
    >>> sorted(predicate.rpartition("/")[2] for predicate, _ in lookups(query))
    ['22-rdf-syntax-ns#type', 'a', 'b']
    >>> lookups("ASK { ?s ?p ?o }") is None
    True
    """
    reached = reach(query)
    if reached.counts or reached.chooses_graphs or reached.update or reached.depth > DEEPEST_NESTING:
        return None
    if "\\u" in query.lower():  # which can stand for any character
        return None
    tokens = [token for token in _TOKENS.findall(query) if token]
    read = _Query(tokens[::-1], {}, set())
    try:
        while read.takes("PREFIX"):
            prefix = read.take()
            read.prefixes[prefix] = in_full(read.take(), read.prefixes, "")
        if read.take("SELECT", "ASK", "CONSTRUCT").upper() == "CONSTRUCT" and read.next() == "{":
            _pass_template(read)
        _query(read, "")
    except _UnclearError:
        return None
    return frozenset(read.found)


def _pass_template(read: _Query) -> None:
    depth = 0
    while True:
        depth += {"{": 1, "}": -1}.get(read.take(), 0)
        if depth == 0:
            return


def _query(read: _Query, end: str) -> None:
    """Read from behind SELECT to the end of the query, or to the bracket that ends a query within another."""
    while read.next() != "{":
        _pass_expression(read)
    _group(read)
    while read.next() != end:
        if read.takes("VALUES"):
            _values(read)  # what they say holds for the solutions of the query and not in its groups
        else:
            _pass_expression(read)


def _pass_expression(read: _Query) -> None:
    """Pass over one token of an expression, or over all in brackets, but for the groups of EXISTS, which are read."""
    word = read.take().upper()
    if word == "(":
        while not read.takes(")"):
            _pass_expression(read)
    elif word == "EXISTS":
        _group(read)
    elif word in ("{", "}") or (word[0] == "<" and len(word) > 1 and ("'" in word or "#" in word)):
        raise _UnclearError  # the last: a comparison by "<" may seem to begin an IRI with a text or a comment in it


def _group(read: _Query) -> None:
    """Read a group with its brackets."""
    read.take("{")
    if read.takes("SELECT"):
        _query(read, "}")
        read.take("}")
        return
    patterns: list[_Pattern] = []
    choices: dict[str, set[str]] = {}
    while not read.takes("}"):
        word = read.next()
        if word == "{":
            _group(read)
        elif word in ("OPTIONAL", "MINUS"):
            read.take()
            _group(read)
        elif word in (".", "UNION"):
            read.take()
        elif word == "VALUES":
            read.take()
            choices |= _values(read)
        elif word == "FILTER":
            read.take()
            choices |= _filter(read)
        elif word == "BIND":
            read.take()
            if read.next() != "(":
                raise _UnclearError
            _pass_expression(read)
        else:
            _triples(read, patterns)
    _keep(read, patterns, choices)


def _keep(read: _Query, patterns: list[_Pattern], choices: dict[str, set[str]]) -> None:
    """Add the look-ups of the patterns of a group. ``choices`` are the values that variables can have there."""
    of_triples = [each for each in patterns if isinstance(each[1], str) or not each[1].can_be_empty]
    nodes = {node for subject, _, object_ in of_triples for node in (subject, object_)}
    for subject, path, object_ in patterns:
        if isinstance(path, str):
            if path not in choices:
                raise _UnclearError
            read.found.update((each, "") for each in choices[path])
        elif path.is_one_step and object_.startswith("<"):
            read.found.update((each, object_[1:-1]) for each in path.predicates)
        else:
            # An empty path connects a node with itself if any triple has the node. So it must be joined with one.
            if path.can_be_empty and nodes.isdisjoint((subject, object_)):
                raise _UnclearError
            read.found.update((each, "") for each in path.predicates)


def _values(read: _Query) -> dict[str, set[str]]:
    """Return the IRIs that VALUES gives to each of its variables; none for a variable that can be unbound."""
    has_rows = read.takes("(")
    variables = [_variable(read.take())] if not has_rows else []
    while has_rows and not read.takes(")"):
        variables.append(_variable(read.take()))
    read.take("{")
    values: list[list[str]] = []
    while not read.takes("}"):
        if has_rows:
            read.take("(")
        values.append([_value(read) for _ in variables])
        if has_rows:
            read.take(")")
    columns = dict(zip(variables, zip(*values, strict=True), strict=False))
    return {
        variable: {value[1:-1] for value in column if value.startswith("<")}
        for variable, column in columns.items()
        if "UNDEF" not in column
    }


def _value(read: _Query) -> str:
    return read.take().upper() if read.next() == "UNDEF" else _term(read, [])


def _filter(read: _Query) -> dict[str, set[str]]:
    """Read what follows FILTER; return the IRIs of the variable if it is ``(?variable IN (IRI, IRI))``."""
    opening, variable, in_, bracket = [*read.left[-1:-5:-1], "", "", "", ""][:4]
    if opening == bracket == "(" and variable[:1] in ("?", "$") and in_.upper() == "IN":
        after = read.left[:-4]
        values = set()
        while after and (after[-1][0] == "<" or ":" in after[-1]):
            values.add(in_full(after.pop(), read.prefixes, ""))
            if after[-1:] == [","]:
                after.pop()
        if after[-2:] == [")", ")"]:
            read.left[:] = after[:-2]
            return {_variable(variable): values}
    read.takes("NOT")
    if read.next() not in ("(", "EXISTS"):
        read.take()  # the name of a function
    _pass_expression(read)
    return {}


def _triples(read: _Query, patterns: list[_Pattern]) -> None:
    """Read the triples of one subject, and add them to the patterns."""
    is_bracket = read.next() == "["
    subject = _term(read, patterns)
    if not (is_bracket and read.next() in (".", "}")):
        _properties(read, subject, patterns)


def _properties(read: _Query, subject: str, patterns: list[_Pattern]) -> None:
    while True:
        path = _variable(read.take()) if read.next()[:1] in ("?", "$") else _path(read)
        while True:
            patterns.append((subject, path, _term(read, patterns)))
            if not read.takes(","):
                break
        if read.next() != ";":
            return
        while read.takes(";"):
            pass
        if read.next() in (".", "}", "]"):
            return


def _path(read: _Query) -> _Path:
    """Read a property path: alternatives of sequences of steps."""
    paths = [_sequence(read)]
    while read.takes("|"):
        paths.append(_sequence(read))
    return _joined(paths, any)


def _sequence(read: _Query) -> _Path:
    paths = [_step(read)]
    while read.takes("/"):
        paths.append(_step(read))
    return _joined(paths, all)


def _joined(paths: list[_Path], if_empty: Callable[[Iterable[bool]], bool]) -> _Path:
    """Return the path of several paths, which can be empty if any, or if all of them can be."""
    if len(paths) == 1:
        return paths[0]
    predicates = frozenset[str]().union(*(each.predicates for each in paths))
    return _Path(predicates, if_empty(each.can_be_empty for each in paths))


def _step(read: _Query) -> _Path:
    is_inverse = read.takes("^")
    if read.takes("("):
        path = _path(read)
        read.take(")")
    elif read.next() == "A":
        if read.take() != "a":
            raise _UnclearError
        path = _Path(frozenset((_TYPE,)), is_one_step=True)
    else:
        path = _Path(frozenset((_iri(read),)), is_one_step=True)
    if is_inverse:
        path = _Path(path.predicates, path.can_be_empty)
    if read.takes("*") or read.takes("?"):
        return _Path(path.predicates, can_be_empty=True)
    if read.takes("+"):
        return _Path(path.predicates, path.can_be_empty)
    return path


def _term(read: _Query, patterns: list[_Pattern]) -> str:
    """Read a node of a pattern. Return ``?variable``, ``<IRI>``, ``[`` with a name for a blank node, or a literal."""
    word = read.next()
    if word[:1] in ("?", "$"):
        return "?" + _variable(read.take())
    if word == "[":
        read.take()
        node = f"[{len(read.left)}"
        if read.next() != "]":
            _properties(read, node, patterns)
        read.take("]")
        return node
    if word[:1] in ("'", '"') and len(word) > 1:
        text = read.take()
        if read.next()[:1] == "@":
            read.take()
        elif read.takes("^"):
            read.take("^")
            _iri(read)
        return text
    if word in ("TRUE", "FALSE") or word[:1].isdigit():
        return read.take()
    if word.startswith("_:"):
        return "[" + read.take()
    return f"<{_iri(read)}>"


def _variable(token: str) -> str:
    if token[0] not in "?$" or len(token) == 1:
        raise _UnclearError
    return token[1:]


def _iri(read: _Query) -> str:
    """Read an IRI. Raises _UnclearError if it is none, if its prefix is not declared, or if it ends in a full stop."""
    token = read.take()
    iri = in_full(token, read.prefixes, "")
    if (token[0] != "<" and iri == token) or token in ("<", ":") or token.endswith((".", "\\.")):
        raise _UnclearError
    return iri
