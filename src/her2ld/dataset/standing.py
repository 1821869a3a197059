"""Whether a paper still stands, by NLM's list of its corrections, and what papers say together, as quads and back."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from enum import Enum
from typing import TypeVar

from pyoxigraph import Literal, NamedNode, Quad

from her2ld import iris
from her2ld.dataset.n_quads import GRAPH
from her2ld.dataset.said import About, Said
from her2ld.pubmed import Record
from her2ld.pubmed.article import Article, RelatedCitation
from her2ld.statements.disagreements import Disagreement, NumberDifference, Opposition
from her2ld.statements.paper_comparison import Compared, Status
from her2ld.statements.statement import Curation
from her2ld.vocabulary import model as graphs
from her2ld.vocabulary import model as records
from her2ld.vocabulary import standard
from her2ld.vocabulary import statement_model as model
from her2ld.vocabulary.ontology import Vocabulary
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


_Kind = TypeVar("_Kind", bound=Enum)

_OF_DISAGREEMENT = (
    (model.ONE_SIDE, "one_side"),
    (model.OTHER_SIDE, "other_side"),
    (model.DISPUTES, "disputed"),
    (model.LIMITS, "limited"),
    (model.DIFFERS_IN, "differs"),
)
_OF_DIFFERENCE = ((model.ONE_SIDE, "one_side"), (model.OTHER_SIDE, "other_side"), (model.DIFFERS_IN, "differs"))


def comparison_quads(comparison: Compared, vocabulary: Vocabulary) -> Iterator[Quad]:
    """Yield a node for each disagreement and for each difference of numbers."""
    for subject, property_, value in _describe(comparison, vocabulary.label):
        yield Quad(subject, property_, value, graphs.STATEMENTS_GRAPH)


def _describe(
    comparison: Compared, label: Callable[[NamedNode], str]
) -> Iterator[tuple[NamedNode, NamedNode, NamedNode | Literal]]:
    for each in comparison.disagreements:
        node = iris.disagreement(each.claim, each.digest)
        yield node, standard.TYPE, model.DISAGREEMENT
        yield node, standard.LABEL, Literal(f"disagreement: {label(each.why.value)}", language="en")
        yield node, model.OPPOSITION, each.why.value
        yield from _values(node, each, _OF_DISAGREEMENT)
    for difference in comparison.number_differences:
        node = iris.number_difference(difference.claim, difference.digest)
        yield node, standard.TYPE, model.NUMBER_DIFFERENCE
        yield node, standard.LABEL, Literal("numbers whose intervals do not meet", language="en")
        yield from _values(node, difference, _OF_DIFFERENCE)


def _values(
    node: NamedNode, whole: object, parts: Iterable[tuple[NamedNode, str]]
) -> Iterator[tuple[NamedNode, NamedNode, NamedNode]]:
    for property_, name in parts:
        for value in getattr(whole, name):
            yield node, property_, value


def read_comparison(said: Said) -> Compared:
    """Return what data say that papers say together, sorted by IRI.

    A claim with several statuses has none here, and neither is a disagreement read that does not say why it is one.
    """
    statuses = {
        claim: status
        for claim in sorted(said.instances(model.CLAIM), key=str)
        if (status := _one_of(Status, said.about(claim), model.CLAIM_STATUS))
    }
    disagreements = (
        Disagreement(
            *iris.claim_and_digest(node),
            why,
            *_read(node, said, _OF_DISAGREEMENT),
        )
        for node in sorted(said.instances(model.DISAGREEMENT), key=str)
        if (why := _one_of(Opposition, said.about(node), model.OPPOSITION))
    )
    differences = (
        NumberDifference(*iris.claim_and_digest(node), *_read(node, said, _OF_DIFFERENCE))
        for node in sorted(said.instances(model.NUMBER_DIFFERENCE), key=str)
    )
    return Compared(statuses, tuple(disagreements), tuple(differences))


def _one_of(kinds: type[_Kind], about: About, property_: NamedNode) -> _Kind | None:
    found = [each for each in kinds if each.value in about.get(property_, ())]
    return found[0] if len(found) == 1 else None


def _read(node: NamedNode, said: Said, parts: Iterable[tuple[NamedNode, str]]) -> Iterator[tuple[NamedNode, ...]]:
    about = said.about(node)
    for property_, _ in parts:
        yield tuple(value for value in about.get(property_, ()) if isinstance(value, NamedNode))
