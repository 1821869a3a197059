"""The queries to which it would make a difference that a store does not keep literals as they are written.

A store keeps numbers, dates and booleans by their value: of ``"05"^^xsd:int`` it makes ``5``. The value is the same,
the term is not, and SHACL judges terms. So what a store would rewrite is kept aside, and a query is asked of the store
only where it compares such literals by their value, or does not look at them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from her2ld.vocabulary import standard

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

_XSD = standard.XSD
# What gives the same for two numbers or dates of the same value, whatever their datatype and form.
_BY_VALUE = frozenset(
    {"RelationalExpression", "AdditiveExpression", "MultiplicativeExpression", "UnaryMinus", "Builtin_isNUMERIC"}
)


def tells_forms_apart(query: str, predicates: Container[str], *, collide: bool = False) -> bool:
    """Tell whether the solutions of a query may depend on how the values of some properties are written.

    They do not where the variables of these values are each in one pattern alone, and are compared or calculated with,
    and nothing else; ``?value`` may be given as the store has it. Where values ``collide``, being written in two ways
    at one place, it is enough to look at them. Raises SyntaxError for what is no SPARQL.
    """
    from pyparsing import ParseException
    from rdflib.paths import Path
    from rdflib.plugins.sparql import prepareQuery
    from rdflib.term import Variable

    try:
        algebra = prepareQuery(query).algebra
    except (ParseException, RecursionError) as error:
        raise SyntaxError(str(error)) from error
    patterns = list(_patterns(algebra))
    touched: set[object] = set()
    for subject, predicate, value in patterns:
        if isinstance(predicate, Variable) or any(iri is None or iri in predicates for iri in _iris_of(predicate)):
            touched |= {subject, value} if isinstance(predicate, Path) else {value}
    ends = [end for subject, predicate, value in patterns for end in (subject, predicate, value)]
    touched -= _resources(algebra)
    if collide and touched:
        return True
    if any(not isinstance(end, Variable) and getattr(end, "datatype", None) is not None for end in touched):
        return True
    variables: set[object] = {end for end in touched if isinstance(end, Variable)}
    return any(ends.count(variable) > 1 for variable in variables) or _is_used(algebra, variables)


def _iris_of(predicate: object) -> Iterator[str | None]:
    """Yield the properties of a path; None where a path may take any property but some."""
    from rdflib import URIRef
    from rdflib.paths import NegatedPath

    if isinstance(predicate, NegatedPath):
        yield None
    elif isinstance(predicate, URIRef):
        yield str(predicate)
    else:
        for part in (getattr(predicate, "args", ()), getattr(predicate, "arg", None), getattr(predicate, "path", None)):
            for each in part if isinstance(part, list | tuple) else [part]:
                if each is not None:
                    yield from _iris_of(each)


def _patterns(node: object) -> Iterator[tuple[object, object, object]]:
    """Yield the triple patterns of an algebra, each once."""
    if isinstance(node, dict):
        for some in node["triples"] if "triples" in node else ():  # noqa: SIM401  # its get() makes up what is missing
            yield from zip(some[0::3], some[1::3], some[2::3], strict=True)  # within EXISTS, several in one list
        for _, each in _parts(node):
            yield from _patterns(each)
    elif isinstance(node, list | tuple):
        for each in node:
            yield from _patterns(each)


def _parts(node: dict[str, object]) -> Iterator[tuple[str, object]]:
    """Yield what a node of an algebra consists of, but its triples.

    rdflib 7.6 keeps the algebra of EXISTS as an attribute of the node; the item has lost its filters.
    """
    translated = vars(node)
    yield from ((key, translated.get(key, each)) for key, each in node.items() if key not in ("triples", "_vars"))


def _resources(node: object) -> set[object]:
    """Return the variables of an algebra that cannot be literals: something must be said of them."""
    if not isinstance(node, dict):
        return set()
    name = getattr(node, "name", "")
    if name == "BGP":
        return {subject for subject, _, _ in _patterns(node)}
    if name == "Join":
        return _resources(node["p1"]) | _resources(node["p2"])
    if name == "Union":
        return _resources(node["p1"]) & _resources(node["p2"])
    if name in ("LeftJoin", "Minus"):
        return _resources(node["p1"])
    is_around = name in ("SelectQuery", "Project", "Distinct", "Reduced", "Filter", "ToMultiSet", "Extend", "Slice")
    return _resources(node["p"]) if is_around else set()


def _is_used(node: object, variables: set[object], *, by_value: bool = False) -> bool:
    """Tell whether some of the variables are used otherwise than in patterns and by their value."""
    from rdflib.term import Variable

    if isinstance(node, Variable):
        return node in variables and not by_value
    if isinstance(node, dict):
        own = getattr(node, "name", "") in _BY_VALUE or _is_cast(node)
        return any(
            _is_used(each, variables - {Variable("value")} if key == "PV" else variables, by_value=own)
            for key, each in _parts(node)
        )
    if isinstance(node, list | tuple | set):
        return any(_is_used(each, variables, by_value=by_value) for each in node)
    return False


def _is_cast(node: object) -> bool:
    """Tell whether a node of an algebra makes a number or a date of a value, and not a text."""
    iri = str(getattr(node, "iri", "")) if getattr(node, "name", "") == "Function" else ""
    return iri.startswith(_XSD) and iri != f"{_XSD}string"
