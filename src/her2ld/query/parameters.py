"""Values of parameters: they are read by the type of the parameter, and bound as RDF terms, never as text."""

import re
from collections.abc import Mapping

from pyoxigraph import Literal, NamedNode, Store

from her2ld.errors import Problem, QueryError
from her2ld.query.answers import holds, label, mappings_to, terms_by_name
from her2ld.query.catalogue import Parameter, Question
from her2ld.query.lookups import Lookup
from her2ld.vocabulary import model, standard

_NAMING = (standard.LABEL, standard.ALT_LABEL, standard.DEFINITION, *standard.MAPPING_RELATIONS)
_ABSOLUTE = re.compile(r"https?://|urn:", re.IGNORECASE)
_CURIE = re.compile(r"(?P<prefix>[A-Za-z][\w-]*):(?P<local>[^/\s].*)")


def bind(question: Question, values: Mapping[str, NamedNode | Literal]) -> str:
    """Return the query of a question with values in place of the defaults of its parameters.

    The RDF library writes each value, in full and escaped, in all places of the default, so that no part of a value can
    be read as SPARQL. Raises QueryError if the question has no such parameter.
    """
    query = question.query
    for name, value in values.items():
        parameter = parameter_of(question, name)
        query = parameter.slot.sub(lambda _, it=f"VALUES ?{name} {{ {value} }}": it, query)  # type: ignore[misc]
    return query


def parameter_of(question: Question, name: str) -> Parameter:
    """Return the parameter with a given name. Raises QueryError if the question has no such parameter."""
    for parameter in question.parameters:
        if parameter.name == name:
            return parameter
    known = ", ".join(f"{each.name} ({each.type})" for each in question.parameters) or "it has none"
    raise QueryError([Problem(question.name, f"has no parameter {name!r}", f"its parameters: {known}")])


def lookups_of_values(question: Question) -> frozenset[Lookup] | None:
    """Return the look-ups by which values of the parameters of a question are read; None if any triple can matter."""
    if any(parameter.type == "iri" for parameter in question.parameters):
        return None
    return frozenset((predicate.value, "") for predicate in _NAMING)


def parse_value(
    question: Question, name: str, text: str, prefixes: Mapping[str, str], store: Store
) -> NamedNode | Literal:
    """Return the value of a person's input for a parameter: a term by its label, or an IRI in full or with a prefix.

    An identifier of another vocabulary is accepted in any spelling. Its value is the IRI that the owner of the
    vocabulary publishes or, if the parameter is a term, the term of the store that has an exact mapping to it. Raises
    QueryError if the text is not of the parameter's type or does not identify one term, and IdentifierError if it is a
    wrong identifier.
    """
    parameter = parameter_of(question, name)
    text = text.strip()
    if parameter.type == "term":
        return _term(question, parameter, text, prefixes, store)
    value = _identifier(text, prefixes, store) if parameter.type == "iri" else _LITERALS[parameter.type](text)
    if value is None:
        raise _unexpected(question, parameter, text, f"give {_expected(parameter)}")
    return value


def _term(question: Question, parameter: Parameter, text: str, prefixes: Mapping[str, str], store: Store) -> NamedNode:
    terms = terms_by_name(store)
    if named := terms.get(" ".join(text.split()).casefold()):
        return named
    iri = _iri(text, prefixes)
    if not _is_ours(iri):
        from her2ld.vocabulary.identifiers import pasted_iri  # few questions need its imports

        identifier = pasted_iri(text)
        if identifier and not _is_ours(identifier):
            return _mapped(question, parameter, identifier, store)
        iri = identifier or iri
    if iri and iri in terms.values():
        return iri
    import difflib  # only a mistyped value needs it

    nearest = difflib.get_close_matches(text.casefold(), terms, n=1)
    if not nearest or " " not in text:  # a text with a colon and a space is a label
        _refuse_as_identifier(text, prefixes)
    remedy = f"did you mean {nearest[0]!r}?" if nearest else f"give {_expected(parameter)}"
    raise _unexpected(question, parameter, text, remedy)


def _is_ours(iri: NamedNode | None) -> bool:
    return iri is not None and iri.value.startswith(model.HER2LD)


def _mapped(question: Question, parameter: Parameter, identifier: NamedNode, store: Store) -> NamedNode:
    """Return the only term that has an exact mapping to an identifier. Raises QueryError if none or several have."""
    from her2ld.vocabulary.identifiers import owner_curie

    mappings = mappings_to(store, identifier)
    exact = [term for term, relation in mappings if relation == standard.EXACT_MATCH]
    if len(exact) == 1:
        return exact[0]
    curie = owner_curie(identifier.value)
    told = ", ".join(
        f"{label(store, term)} ({relation.value.removeprefix(standard.SKOS)})" for term, relation in mappings
    )
    how = f"{len(exact)} terms are" if exact else "no term is"
    what = f"{how} mapped exactly to {curie}" + (f"; these are mapped to it: {told}" if told else "")
    remedy = "give the label of the one you mean" if told else "give the label of a term"
    raise QueryError([Problem(f"{question.name}, {parameter.name}", what, remedy)])


def _identifier(text: str, prefixes: Mapping[str, str], store: Store) -> NamedNode | None:
    """Return an IRI: unchanged if the store has it, and otherwise in the form of its owner, if known."""
    iri = _iri(text, prefixes)
    if iri and holds(store, iri):
        return iri
    from her2ld.vocabulary.identifiers import pasted_iri  # few questions need its imports

    if owned := pasted_iri(text):
        return owned
    if iri is None or not _ABSOLUTE.match(text.removeprefix("<")):
        _refuse_as_identifier(text, prefixes)
    return iri


def _refuse_as_identifier(text: str, prefixes: Mapping[str, str]) -> None:
    """Raise IdentifierError if a prefix is not declared, or if an identifier does not fit the pattern of its prefix."""
    from her2ld.vocabulary.identifiers import identify, is_vocabulary

    match = _CURIE.fullmatch(text)
    declared = {prefix.casefold() for prefix in prefixes}
    if match and (match["prefix"].casefold() not in declared or is_vocabulary(match["prefix"])):
        identify(text)


def _unexpected(question: Question, parameter: Parameter, text: str, remedy: str) -> QueryError:
    where = f"{question.name}, {parameter.name}"
    return QueryError([Problem(where, f"{text!r} is not {_expected(parameter)}", remedy)])


def _expected(parameter: Parameter) -> str:
    return f"{_EXPECTED[parameter.type]}, such as {parameter.default}"


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


def _text(text: str) -> Literal:
    return Literal(text)


def _integer(text: str) -> Literal | None:
    return Literal(text, datatype=standard.XSD_INTEGER) if re.fullmatch(r"[+-]?[0-9]{1,18}", text) else None


def _decimal(text: str) -> Literal | None:
    return Literal(text, datatype=standard.XSD_DECIMAL) if re.fullmatch(r"[+-]?[0-9]+([.][0-9]+)?", text) else None


_LITERALS = {"text": _text, "integer": _integer, "decimal": _decimal}
_EXPECTED = {
    "term": "a label or an IRI of the ontology",
    "iri": "an IRI",
    "text": "a text",
    "integer": "a whole number",
    "decimal": "a number",
}
