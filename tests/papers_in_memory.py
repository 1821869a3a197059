"""Short statements of papers, made from labels of the ontology, for what is compared between papers."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from pyoxigraph import Literal, NamedNode

from her2ld import Vocabulary, iris
from her2ld.statements import Dose, Group, Result, Span, Statement
from her2ld.statements.statement import FIELDS, StatementField, ValueKind
from her2ld.vocabulary import standard
from her2ld.vocabulary import statement_model as model

LINKS = {
    "affirmed": model.AFFIRMS,
    "denied": model.DENIES,
    "not found": model.FINDS_NO,
    "left open": model.LEAVES_OPEN,
}
_NUMBERS = {"value", "lower", "upper"}
_WORDS = {"unit", "time"}


@dataclass(frozen=True, slots=True)
class Stated:
    """A statement, and the groups that it points to."""

    statement: Statement
    groups: tuple[Group, ...]


def say(name: str, fields: Mapping[str, Any], vocabulary: Vocabulary, paper: str = "") -> Stated:
    """Return what a paper says, by fields as in statements.toml; every name must be one of the ontology.

    ``name`` tells the statement from others; the paper has that name, too, unless another is given.
    """
    groups: list[Group] = []

    def term(name: str) -> NamedNode:
        found = vocabulary.find(name)
        assert found, f"no term “{name}”"
        return found.iri

    def group(said: Mapping[str, Any], of: str) -> NamedNode:
        groups.append(
            Group(
                NamedNode(f"urn:{name}:group-{of}"),
                regimen=term(said["regimen"]),
                populations=tuple(map(term, said.get("population", ()))),
                size=said.get("size"),
            )
        )
        return groups[-1].iri

    def value(field: StatementField, each: Any) -> NamedNode | Literal:  # noqa: ANN401  # whatever TOML holds
        if isinstance(each, Mapping):
            return group(each, field.name)
        if field.kind is ValueKind.YEAR:
            return Literal(str(each), datatype=standard.XSD_YEAR)
        return term(each) if isinstance(each, str) else Literal(each)

    given = {"certainty": "certain", "basis": "observed", **fields}
    values = [
        (field.property, value(field, each))
        for field in FIELDS
        if field.name in given
        for each in (given[field.name] if isinstance(given[field.name], list) else [given[field.name]])
    ]
    result = given.get("result")
    iri = NamedNode("urn:unnamed")
    statement = Statement(
        iri=iri,
        label=f"what {name} says",
        link=LINKS[given.get("polarity", "affirmed")],
        # The ends stand as they are given, as in data of others; curation would sort or turn them.
        claim=iris.claim(*(term(given[each]) for each in ("subject", "relation", "object"))),
        evidence=(Span(NamedNode(f"urn:{name}#char=0,9"), NamedNode(f"urn:{name}"), 0, 9, name),),
        values=tuple(values),
        results=(_result(result, term, group),) if result else (),
        doses=tuple(
            Dose(NamedNode(f"urn:dose-{number}"), term(each["agent"]), Decimal(each["value"]), unit=each["unit"])
            for number, each in enumerate(given.get("dose", ()))
        ),
        paper=NamedNode(f"urn:{paper or name}"),
    )
    iri = iris.statement(statement)
    parts = tuple(replace(each, iri=iris.part(iri, each.iri)) for each in statement.results)
    doses = tuple(replace(each, iri=iris.part(iri, each.iri)) for each in statement.doses)
    return Stated(replace(statement, iri=iri, results=parts, doses=doses), tuple(groups))


def _result(said: Mapping[str, Any], term: Any, group: Any) -> Result:  # noqa: ANN401  # the functions of say
    fields: dict[str, Any] = {
        name: Decimal(each)
        if name in _NUMBERS
        else each
        if name in _WORDS
        else group(each, "result")
        if isinstance(each, Mapping)
        else term(each)
        for name, each in said.items()
    }
    return Result(NamedNode("urn:result"), **fields)
