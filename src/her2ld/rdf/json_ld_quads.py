"""Conversion of JSON-LD to quads as in the recommendation (JSON-LD 1.1 API, toRdf), but without silent losses.

PyLD expands the document. The expanded document is converted to quads here, because the algorithm of the recommendation
silently drops everything that is not RDF: relative or malformed IRIs, and malformed language tags. Here, each of them
is a problem. Integers and decimal numbers keep all their digits.
"""

import json
import math
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from her2ld.errors import Problem, RecordError
from her2ld.rdf import parser_limits

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_TYPE, _FIRST, _REST, _NIL = (NamedNode(_RDF + name) for name in ("type", "first", "rest", "nil"))
_JSON = NamedNode(_RDF + "JSON")
_BOOLEAN, _INTEGER, _DOUBLE = (NamedNode(_XSD + name) for name in ("boolean", "integer", "double"))
_LEAST_DOUBLE = 1e21  # numbers of at least this size are doubles (JSON-LD 1.1 API, 8.2.2)
_NODES_AT_ONCE = 2000
_MOST_TOLD = 20
_RESERVED = "names in the form of a keyword"

Subject = NamedNode | BlankNode
Graph = NamedNode | BlankNode | DefaultGraph
Contexts = Mapping[str, Path]


def json_ld_quads(
    content: bytes, where: str, base: str, contexts: Contexts, told: Callable[[Problem], None]
) -> Iterator[Quad]:
    """Yield the quads of a document whose relative IRIs are resolved against ``base``.

    ``where`` is the name of the document in problems. ``contexts`` are the files of contexts by URL: nothing is
    fetched. ``told`` is called for everything that JSON-LD drops intentionally: keys without a meaning in the context,
    and base directions, which RDF 1.1 cannot express.

    Raises RecordError, with all problems, if the document is not JSON-LD or has values that would be lost.
    """
    try:
        document = json.loads(content, object_pairs_hook=_object, parse_constant=_refuse_constant)
    except RecursionError as error:
        raise parser_limits.nested_too_deep(where) from error
    if _is_too_deep(document):
        raise parser_limits.nested_too_deep(where)
    walk = _Walk(where)
    expander = _Expander(where, base, contexts, walk.dropped)
    for piece in _pieces(document):
        walk.take(expander.expanded(piece))
        if not walk.problems:
            yield from walk.quads
        walk.quads.clear()
    walk.finish(told)


def _is_too_deep(document: Any) -> bool:  # noqa: ANN401  # JSON
    level = [document]
    for _ in range(parser_limits.DEEPEST_NESTING):
        inner = (each.values() if isinstance(each, dict) else each for each in level if isinstance(each, (dict, list)))
        level = [each for some in inner for each in some]
        if not level:
            return False
    return True


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        ((twice, _),) = Counter(key for key, _ in pairs).most_common(1)
        raise ValueError(f"an object has the key {json.dumps(twice)} twice, and only one of them would be read")
    return found


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not a number in JSON")


def _pieces(document: Any) -> Iterator[Any]:  # noqa: ANN401  # JSON
    """Yield parts of a document with only a context and a list of nodes, so that it is not expanded all at once."""
    if not isinstance(document, dict) or not document.keys() <= {"@context", "@graph"}:
        yield document
        return
    context, nodes = document.get("@context"), document.get("@graph", [])
    if not isinstance(nodes, list):
        yield document
        return
    names = {"@id"} | ({"id"} if isinstance(context, dict) and context.get("id") == "@id" else set())

    def piece(some: list[Any]) -> dict[str, Any]:
        return {"@context": context, "@graph": some}

    plain = []
    for node in nodes:
        is_named_graph = isinstance(node, dict) and isinstance(node.get("@graph"), list) and len(node) == 2  # noqa: PLR2004
        if is_named_graph and names & node.keys():
            held = node["@graph"]
            for start in range(0, len(held), _NODES_AT_ONCE):
                yield piece([{**node, "@graph": held[start : start + _NODES_AT_ONCE]}])
        else:
            plain.append(node)
        if len(plain) == _NODES_AT_ONCE:
            yield piece(plain)
            plain = []
    if plain or not nodes:
        yield piece(plain)


@dataclass(slots=True)
class _Expander:
    """Expands documents of one source."""

    where: str
    base: str
    contexts: Contexts
    dropped: Callable[[str], None]
    _cache: dict[object, object] = field(default_factory=dict)

    def expanded(self, document: Any) -> list[Any]:  # noqa: ANN401  # JSON
        from pyld import jsonld  # slow to import, and needed only for JSON-LD
        from pyld.context_resolver import ContextResolver

        processor = jsonld.JsonLdProcessor(lambda key: self.dropped(json.dumps(key, ensure_ascii=False)))
        options = {
            "base": self.base,
            "documentLoader": self._load,
            # PyLD caches contexts by URL for the whole process, but another source may give another file.
            "contextResolver": ContextResolver(self._cache, self._load),
        }
        try:
            with warnings.catch_warnings(record=True) as reserved:
                warnings.simplefilter("always")  # PyLD warns of names in the form of a keyword, which are ignored
                found: list[Any] = processor.expand(document, options)
        except RecursionError as error:
            raise parser_limits.nested_too_deep(self.where) from error
        except jsonld.JsonLdError as error:
            if refused := _refusal_in(error):
                raise refused from error
            what = f"is not JSON-LD ({_told_by(error)})"
            raise RecordError([Problem(self.where, what, "correct it there")]) from error
        if reserved:
            self.dropped(_RESERVED)
        return found

    def _load(self, address: str, _options: object) -> dict[str, object]:
        """Return the context of a URL from the file that was given for it."""
        file = self.contexts.get(address)
        if file is None:
            what = f"has its context at {address}, and no context is fetched"
            remedy = f"download it, and give it with --context {address}=FILE"
            raise RecordError([Problem(self.where, what, remedy)])
        try:
            document = json.loads(file.read_bytes())
        except OSError as error:
            what = f"cannot be read ({error.strerror})"
            raise RecordError([Problem(str(file), what, "give the context as a file")]) from error
        except (ValueError, RecursionError) as error:
            raise RecordError([Problem(str(file), f"is not JSON ({error})", "give a context in JSON")]) from error
        return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": address, "document": document}


def _refusal_in(error: BaseException) -> RecordError | None:
    """Return the RecordError that caused an error of PyLD, if any."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, RecordError):
            return cause
        cause = cause.__cause__
    return None


def _told_by(error: BaseException) -> str:
    """Return the message of the first cause of an error of PyLD, with its code."""
    while error.__cause__ is not None:
        error = error.__cause__
    words = str(error.args[0]) if error.args else type(error).__name__
    code = getattr(error, "code", None)
    return f"{words.rstrip('.')}; {code}" if code else words


class _Walk:
    """Converts an expanded document to quads and collects its problems; blank nodes are those of the whole document."""

    def __init__(self, where: str) -> None:
        self.quads: list[Quad] = []
        self.problems: Counter[Problem] = Counter()
        self._where = where
        self._blank: dict[str, BlankNode] = {}
        self._dropped: Counter[str] = Counter()
        self._directions = 0
        self._waiting: list[tuple[dict[str, Any], Subject, Graph]] = []

    def dropped(self, key: str) -> None:
        """Count a key without a meaning; ``null`` stands for a key that the context maps to null."""
        self._dropped[key] += 1

    def take(self, expanded: Iterable[dict[str, Any]]) -> None:
        """Add the quads of an expanded document."""
        for each in expanded:
            self._node(each, DefaultGraph())
        while self._waiting:
            node, subject, graph = self._waiting.pop()
            self._take_node(node, subject, graph)

    def finish(self, told: Callable[[Problem], None]) -> None:
        """Report the dropped values. Raises RecordError, with the problems, if values would be lost."""
        if self.problems:
            shown = [
                Problem(each.where, each.what + _times(count), each.remedy)
                for each, count in self.problems.most_common(_MOST_TOLD)
            ]
            if more := len(self.problems) - len(shown):
                shown.append(Problem(self._where, f"has {more:,} more such problems", "correct these first"))
            raise RecordError(shown)
        if self._dropped:
            keys = ", ".join(key + _times(count) for key, count in self._dropped.most_common(_MOST_TOLD))
            number = self._dropped.total()
            what = f"has {number:,} value{'s' * (number != 1)} under keys without a meaning in its context: {keys}"
            told(Problem(self._where, what, "add the keys to the context if they should be read"))
        if self._directions:
            texts = f"{self._directions:,} text{'s' * (self._directions != 1)}"
            what = f"has {texts} with a base direction, which is not kept, because RDF 1.1 cannot express it"
            told(Problem(self._where, what, "mark the direction in the text itself if it matters"))

    def _problem(self, what: str, remedy: str) -> None:
        self.problems[Problem(self._where, what, remedy)] += 1

    def _node(self, node: dict[str, Any], graph: Graph) -> Subject | None:
        """Return the IRI or blank node of a node object, which is added to the queue."""
        if node.get("@id", "") is None:
            self.dropped(_RESERVED)
            return None
        subject: Subject | None = self._named(node["@id"], "names a node") if "@id" in node else BlankNode()
        if subject is not None:
            self._waiting.append((node, subject, graph))
        return subject

    def _named(self, name: str, role: str) -> Subject | None:
        if name.startswith("_:"):
            return self._blank.setdefault(name, BlankNode())
        return self._iri(name, role)

    def _iri(self, name: str, role: str) -> NamedNode | None:
        try:
            return NamedNode(name)
        except ValueError as error:
            what = f"{role} with {name!r}, which is not an absolute IRI ({error})"
            self._problem(what, "write the whole IRI, or give its base with --base")
            return None

    def _take_node(self, node: dict[str, Any], subject: Subject, graph: Graph) -> None:
        for key, values in node.items():
            if key == "@type":
                types = (self._named(each, "names a type") for each in values)
                self.quads += [Quad(subject, _TYPE, each, graph) for each in types if each is not None]
            elif key in {"@graph", "@included"}:
                for each in values:
                    self._node(each, subject if key == "@graph" else graph)
            elif key == "@reverse":
                self._take_reverse(values, subject, graph)
            elif not key.startswith("@"):
                predicate = self._predicate(key)
                terms = [self._value(each, graph) for each in values]
                if predicate is not None:
                    self.quads += [Quad(subject, predicate, each, graph) for each in terms if each is not None]

    def _take_reverse(self, properties: dict[str, Any], subject: Subject, graph: Graph) -> None:
        """Add the quads of reverse properties, which are written at the object."""
        for name, values in properties.items():
            predicate = self._predicate(name)
            others = [self._node(each, graph) for each in values]
            if predicate is not None:
                self.quads += [Quad(other, predicate, subject, graph) for other in others if other is not None]

    def _predicate(self, name: str) -> NamedNode | None:
        if name.startswith("_:"):
            self._problem(f"has a property without an IRI, {name}", "give the property an IRI in the context")
            return None
        return self._iri(name, "names a property")

    def _value(self, value: dict[str, Any], graph: Graph) -> Subject | Literal | None:
        if "@value" in value:
            return self._literal(value)
        if "@list" in value:
            return self._list(value["@list"], graph)
        return self._node(value, graph)

    def _list(self, items: list[dict[str, Any]], graph: Graph) -> Subject:
        head: Subject = _NIL
        for each in reversed(items):
            item = self._value(each, graph)
            cell = BlankNode()
            if item is not None:
                self.quads.append(Quad(cell, _FIRST, item, graph))
            self.quads.append(Quad(cell, _REST, head, graph))
            head = cell
        return head

    def _literal(self, value: dict[str, Any]) -> Literal | None:
        content, name = value["@value"], value.get("@type")
        self._directions += "@direction" in value
        if name == "@json":
            from c14n.Canonicalize import canonicalize  # part of the PyLD distribution

            return Literal(canonicalize(content).decode(), datatype=_JSON)
        if "@language" in value:
            return self._text(content, value["@language"])
        datatype = self._iri(name, "names a datatype") if name else None
        if name and datatype is None:
            return None
        if isinstance(content, str):
            return Literal(content, datatype=datatype)
        if content in {math.inf, -math.inf}:
            self._problem("has a number that is too large for a double", "write it as a text with a datatype")
            return None
        return _native(content, datatype)

    def _text(self, content: str, language: str) -> Literal | None:
        try:
            return Literal(content, language=language)
        except ValueError as error:
            self._problem(f"has a text in the language {language!r} ({error})", "write a tag of BCP 47, such as en-GB")
            return None


def _times(count: int) -> str:
    return f" ({count:,} times)" if count > 1 else ""


def _native(content: float, datatype: NamedNode | None) -> Literal:
    if isinstance(content, bool):
        return Literal("true" if content else "false", datatype=datatype or _BOOLEAN)
    return _number(content, datatype)


def _number(number: float, datatype: NamedNode | None) -> Literal:
    """Return a number as a literal; an integer that no double represents exactly keeps its digits.

    >>> _number(5.0, None).value, _number(2.5, None).value, _number(1e30, None).value
    ('5', '2.5E0', '1.0E30')
    >>> _number(10**23 + 1, None).value
    '100000000000000000000001'
    """
    is_whole = isinstance(number, int) or number.is_integer()
    is_plain = datatype != _DOUBLE and is_whole and abs(number) < _LEAST_DOUBLE
    if is_plain or (isinstance(number, int) and not _fits_a_double(number)):
        return Literal(str(int(number)), datatype=datatype or _INTEGER)
    sign, digits, exponent = Decimal(repr(float(number))).as_tuple()
    shown = "".join(map(str, digits)).rstrip("0") or "0"
    power = 0 if shown == "0" else len(digits) - 1 + int(exponent)
    return Literal(f"{'-' * sign}{shown[0]}.{shown[1:] or '0'}E{power}", datatype=datatype or _DOUBLE)


def _fits_a_double(number: int) -> bool:
    try:
        return int(float(number)) == number
    except OverflowError:
        return False
