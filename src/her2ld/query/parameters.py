"""Values of parameters: read as their type says, bound as RDF terms and never as text."""

import re
from collections.abc import Mapping

from pyoxigraph import Literal, NamedNode

from her2ld.errors import Problem, QueryError
from her2ld.query.catalogue import Parameter, Question
from her2ld.vocabulary import standard

_ABSOLUTE = re.compile(r"https?://|urn:", re.IGNORECASE)
_CURIE = re.compile(r"(?P<prefix>[A-Za-z][\w-]*):(?P<local>[^/\s].*)")


def bind(question: Question, values: Mapping[str, NamedNode | Literal]) -> str:
    """Give the query of a question with values in place of the defaults of its parameters.

    A value is written by the RDF library, in full and escaped, at the one place where the default stood; nothing in it
    can be read as SPARQL. Raises QueryError where the question has no such parameter.
    """
    query = question.query
    for name, value in values.items():
        parameter = parameter_of(question, name)
        query = parameter.slot.sub(lambda _, it=f"VALUES ?{name} {{ {value} }}": it, query)  # type: ignore[misc]
    return query


def parameter_of(question: Question, name: str) -> Parameter:
    """Find a parameter of a question. Raises QueryError where it has none of that name."""
    for parameter in question.parameters:
        if parameter.name == name:
            return parameter
    known = ", ".join(f"{each.name} ({each.type})" for each in question.parameters) or "it has none"
    raise QueryError([Problem(question.name, f"has no parameter {name!r}", f"its parameters: {known}")])


def parse_value(
    question: Question, name: str, text: str, prefixes: Mapping[str, str], terms: Mapping[str, NamedNode]
) -> NamedNode | Literal:
    """Read what a person gives for a parameter. Raises QueryError where it is not of the parameter's type.

    ``terms`` has the terms of the data by their names in lower case; an IRI can be given in full or with one of the
    ``prefixes``.
    """
    parameter = parameter_of(question, name)
    text = text.strip()
    value = _term(text, prefixes, terms) if parameter.type == "term" else _READERS[parameter.type](text, prefixes)
    if value is None:
        expected = f"{_EXPECTED[parameter.type]}, such as {parameter.default}"
        import difflib  # noqa: PLC0415  # only who has mistyped waits for it

        nearest = difflib.get_close_matches(text.casefold(), terms, n=1) if parameter.type == "term" else []
        remedy = f"did you mean {nearest[0]!r}?" if nearest else f"give {expected}"
        raise QueryError([Problem(f"{question.name}, {name}", f"{text!r} is not {expected}", remedy)])
    return value


def _term(text: str, prefixes: Mapping[str, str], terms: Mapping[str, NamedNode]) -> NamedNode | None:
    iri = terms.get(" ".join(text.split()).casefold()) or _iri(text, prefixes)
    return iri if iri in terms.values() else None


def _iri(text: str, prefixes: Mapping[str, str]) -> NamedNode | None:
    match = _CURIE.fullmatch(text)
    namespaces = {prefix.casefold(): namespace for prefix, namespace in prefixes.items()}
    if match and match["prefix"].casefold() in namespaces:
        text = namespaces[match["prefix"].casefold()] + match["local"]
    text = text.removeprefix("<").removesuffix(">")
    try:
        return NamedNode(text) if _ABSOLUTE.match(text) else None
    except ValueError:
        return None


def _text(text: str, _prefixes: object) -> Literal:
    return Literal(text)


def _integer(text: str, _prefixes: object) -> Literal | None:
    return Literal(text, datatype=standard.XSD_INTEGER) if re.fullmatch(r"[+-]?[0-9]{1,18}", text) else None


def _decimal(text: str, _prefixes: object) -> Literal | None:
    return Literal(text, datatype=standard.XSD_DECIMAL) if re.fullmatch(r"[+-]?[0-9]+([.][0-9]+)?", text) else None


_READERS = {"iri": _iri, "text": _text, "integer": _integer, "decimal": _decimal}
_EXPECTED = {
    "term": "a label or an IRI of the ontology",
    "iri": "an IRI",
    "text": "a text",
    "integer": "a whole number",
    "decimal": "a number",
}
