"""Copies of a curation that deny all that it says, are sure of none of it, or were retracted: none affirms anything."""

from dataclasses import replace

from pyoxigraph import NamedNode

from her2ld import iris
from her2ld.pubmed.article import RelatedCitation
from her2ld.statements import Curation, Statement
from her2ld.vocabulary import statement_model as model

POSSIBLE = NamedNode(f"{model.HER2LD}Possible")
NOTICE = RelatedCitation("RetractionIn", "Made Up. 2026;1:1", "1")
_SUFFIXES = (" (not found)", " (left open)", " (denied)")


def denied(curation: Curation) -> Curation:
    """Return a copy of which every statement denies its claim; a gap that leaves no claim open stays as it is."""
    return replace(curation, statements=tuple(map(_denied, curation.statements)))


def hedged(curation: Curation) -> Curation:
    """Return a copy of which every statement has the certainty ``Possible``; links stay as they are."""
    return replace(curation, statements=tuple(map(_hedged, curation.statements)))


def retracted(curation: Curation) -> Curation:
    """Return a copy of which the paper was retracted."""
    return corrected(curation, NOTICE)


def corrected(curation: Curation, *corrections: RelatedCitation) -> Curation:
    """Return a copy of which the paper has those comments and corrections."""
    return replace(curation, record=replace(curation.record, corrections=corrections))


def _denied(statement: Statement) -> Statement:
    if statement.claim is None:
        return statement
    label = statement.label
    for suffix in _SUFFIXES:
        label = label.removesuffix(suffix)
    new = replace(statement, link=model.DENIES, label=f"{label} (denied)")
    return _renamed(replace(new, iri=iris.statement(new)), statement.iri)


def _hedged(statement: Statement) -> Statement:
    values = tuple((each, POSSIBLE if each == model.CERTAINTY else value) for each, value in statement.values)
    new = replace(statement, values=values)
    return _renamed(replace(new, iri=iris.statement(new)), statement.iri)


def _renamed(statement: Statement, before: NamedNode) -> Statement:
    """Return a statement whose results and doses are named after it, and no longer after what it was before."""

    def name(part: NamedNode) -> NamedNode:
        assert part.value.startswith(f"{before.value}-")
        return NamedNode(statement.iri.value + part.value.removeprefix(before.value))

    return replace(
        statement,
        results=tuple(replace(each, iri=name(each.iri)) for each in statement.results),
        doses=tuple(replace(each, iri=name(each.iri)) for each in statement.doses),
    )
