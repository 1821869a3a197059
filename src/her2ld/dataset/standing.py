"""Whether a paper still stands: what NLM's list of its comments, corrections and retractions gives it.

Which kind of citation and which publication type gives which standing is said by ontology/records.ttl.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pyoxigraph import NamedNode

from her2ld import iris
from her2ld.pubmed import Record
from her2ld.statements.model import Curation
from her2ld.vocabulary import model as records
from her2ld.vocabulary.steering import Steering

MARKS = (records.STANDING, records.STANDING_SAID_BY)


def marks(record: Record, steering: Steering) -> tuple[tuple[NamedNode, NamedNode], ...]:
    """Return what is said of the standing of a paper, by property: the standings, and the citations that give them."""
    given = list(_given(record, steering))
    standings = dict.fromkeys(standing for standing, _ in given)
    citations = [iris.related(record, order) for _, order in given if order is not None]
    return (
        *((records.STANDING, each) for each in standings),
        *((records.STANDING_SAID_BY, each) for each in citations),
    )


def _given(record: Record, steering: Steering) -> Iterator[tuple[NamedNode, int | None]]:
    """Yield each standing with the place of the citation that gives it; one that a publication type gives has none."""
    for order, each in enumerate(record.corrections, 1):
        kind = steering.corrections.get(each.kind)
        if kind and kind.standing:
            yield kind.standing, order
    for term in record.publication_types:
        if term.name in steering.standing_of_type:
            yield steering.standing_of_type[term.name], None


def marked(curations: Sequence[Curation], steering: Steering) -> tuple[Curation, ...]:
    """Return the curations, with the standing of the paper on each of its statements."""
    return tuple(_marked(each, steering) for each in curations)


def _marked(curation: Curation, steering: Steering) -> Curation:
    found = marks(curation.record, steering)
    if not found and not any(property_ in MARKS for each in curation.statements for property_, _ in each.values):
        return curation
    statements = (
        replace(each, values=(*(said for said in each.values if said[0] not in MARKS), *found))
        for each in curation.statements
    )
    return replace(curation, statements=tuple(statements))
