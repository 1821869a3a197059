"""Whether a paper still stands: what NLM's list of its comments, corrections and retractions gives it.

Which kind of citation and which publication type gives which standing is said by ontology/records.ttl.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pyoxigraph import NamedNode

from her2ld import iris
from her2ld.dataset.n_quads import GRAPH
from her2ld.pubmed import Record
from her2ld.pubmed.article import Article, RelatedCitation
from her2ld.statements.model import Curation
from her2ld.vocabulary import model as records
from her2ld.vocabulary.steering import Steering

MARKS = (records.STANDING, records.STANDING_SAID_BY)


def marks(record: Record, steering: Steering) -> tuple[tuple[NamedNode, NamedNode], ...]:
    """Return what is said of the standing of a paper, by property: the standings, and the citations that give them."""
    given = list(_given(record.corrections, (term.name for term in record.publication_types), steering))
    standings = dict.fromkeys(standing for standing, _ in given)
    citations = [iris.related(record, order) for _, order in given if order is not None]
    return (
        *((records.STANDING, each) for each in standings),
        *((records.STANDING_SAID_BY, each) for each in citations),
    )


def standing_lines(paper: str, base: str, article: Article, steering: Steering) -> str:
    """Return what :func:`marks` says, of an imported record and as lines of N-Quads; most records have none.

    ``paper`` is the paper's IRI in angle brackets, ``base`` what the IRIs of its related citations begin with.
    """
    by_type = steering.standing_of_type
    if not article.related:
        # So it is with nine records in ten: nothing is built for them.
        for term in article.publication_types:
            if term.name in by_type:
                break
        else:
            return ""
    given = list(_given(article.related, [term.name for term in article.publication_types], steering))
    if not given:
        return ""
    standings = "".join(
        f"{paper} {records.STANDING} {each}{GRAPH}" for each in dict.fromkeys(each for each, _ in given)
    )
    said_by = (f"{paper} {records.STANDING_SAID_BY} {base}related-{order}>{GRAPH}" for _, order in given if order)
    return standings + "".join(said_by)


def _given(
    corrections: Iterable[RelatedCitation], publication_types: Iterable[str], steering: Steering
) -> Iterator[tuple[NamedNode, int | None]]:
    """Yield each standing with the place of the citation that gives it; one that a publication type gives has none."""
    for order, each in enumerate(corrections, 1):
        kind = steering.corrections.get(each.kind)
        if kind and kind.standing:
            yield kind.standing, order
    for name in publication_types:
        if name in steering.standing_of_type:
            yield steering.standing_of_type[name], None


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
