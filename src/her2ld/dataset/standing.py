"""The standing of papers and claims: retractions, the comparison of papers, and the data as of an earlier year.

The standing of a paper follows from NLM's list of its corrections. The comparison is written as quads.

The plain triples, the status of a claim and the disagreements come from papers of all years. For an earlier year, all
of them are worked out again from the statements of the papers that remain.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Triple

from her2ld import iris
from her2ld.dataset.literals import GRAPH
from her2ld.dataset.node_data import NodeData, data_in
from her2ld.dataset.statements import licensed_quads, read_statements, read_studies
from her2ld.pubmed import Record
from her2ld.pubmed.article import Article, RelatedCitation
from her2ld.statements import Curation, Statement
from her2ld.statements.paper_comparison import Compared, compare, licences
from her2ld.statements.plain import judge
from her2ld.vocabulary import model as graphs
from her2ld.vocabulary import standard
from her2ld.vocabulary import statement_model as model
from her2ld.vocabulary.ontology import Vocabulary
from her2ld.vocabulary.steering import Steering

MARKS = (graphs.STANDING, graphs.STANDING_SAID_BY)


def marks(record: Record, steering: Steering) -> tuple[tuple[NamedNode, NamedNode], ...]:
    """Return the values about the standing of a paper by property: its standings, and the citations that give them."""
    given = list(_given(record.corrections, (term.name for term in record.publication_types), steering))
    standings = dict.fromkeys(standing for standing, _ in given)
    citations = [iris.related(record, order) for _, order in given if order is not None]
    return (
        *((graphs.STANDING, each) for each in standings),
        *((graphs.STANDING_SAID_BY, each) for each in citations),
    )


def standing_lines(paper: str, base: str, article: Article, steering: Steering) -> str:
    """Return the values of :func:`marks` for an imported record as lines of N-Quads; most records have none.

    ``paper`` is the paper's IRI in angle brackets, ``base`` the beginning of the IRIs of its related citations.
    """
    by_type = steering.standing_of_type
    if not article.related:
        # Nine records in ten have no related citations.
        for term in article.publication_types:
            if term.name in by_type:
                break
        else:
            return ""
    given = list(_given(article.related, [term.name for term in article.publication_types], steering))
    if not given:
        return ""
    standings = "".join(f"{paper} {graphs.STANDING} {each}{GRAPH}" for each in dict.fromkeys(each for each, _ in given))
    citing = (f"{paper} {graphs.STANDING_SAID_BY} {base}related-{order}>{GRAPH}" for _, order in given if order)
    return standings + "".join(citing)


def _given(
    corrections: Iterable[RelatedCitation], publication_types: Iterable[str], steering: Steering
) -> Iterator[tuple[NamedNode, int | None]]:
    """Yield each standing with the number of the citation that gives it, None if a publication type gives it."""
    for order, each in enumerate(corrections, 1):
        kind = steering.corrections.get(each.kind)
        if kind and kind.standing:
            yield kind.standing, order
    for name in publication_types:
        if name in steering.standing_of_type:
            yield steering.standing_of_type[name], None


def marked(curation: Curation, steering: Steering) -> Curation:
    """Return the curation with the standing of the paper on each of its statements."""
    found = marks(curation.record, steering)
    if not found and not any(property_ in MARKS for each in curation.statements for property_, _ in each.values):
        return curation
    statements = (
        replace(each, values=(*(value for value in each.values if value[0] not in MARKS), *found))
        for each in curation.statements
    )
    return replace(curation, statements=tuple(statements))


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


_YEAR = re.compile(r"([0-9]{4})(?![0-9])")
# The graphs and nodes that are worked out from statements, and so again for each year.
_DRAWN_GRAPHS = frozenset((graphs.ASSERTED_GRAPH, graphs.HEDGED_GRAPH, graphs.INFERRED_GRAPH, graphs.CONCLUSIONS_GRAPH))
_DRAWN_KINDS = (model.DISAGREEMENT, model.NUMBER_DIFFERENCE)
# The kinds of nodes of one paper besides its statements.
_OF_A_PAPER = (model.CURATION, model.STUDY_CLASS, model.STUDY_GROUP)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The number of papers that are left out for one reason, and of their statements."""

    papers: int
    statements: int


@dataclass(frozen=True, slots=True)
class AsOf:
    """The data of the papers up to ``year``, that year included, and the numbers of things that were left out.

    ``papers`` counts those with statements, and ``statements`` includes knowledge gaps. ``later`` are the papers of
    later years, ``without_year`` those for which the data give no year or several. ``without_paper`` counts the
    statements for which the data give no paper, ``unstated`` the plain triples that no statement in the data licenses.
    ``first_year`` is the year of the oldest paper, None if no paper has a year.
    """

    year: int
    quads: tuple[Quad, ...]
    papers: int
    statements: int
    later: LeftOut
    without_year: LeftOut
    without_paper: int
    unstated: int
    first_year: int | None


def year_of(paper: NamedNode | None, data: NodeData) -> int | None:
    """Return the year of a paper by its ``dcterms:date``; None if the data give none or several."""
    dates = data.about(paper).get(standard.DATE, ()) if paper else ()
    years = {int(match[1]) for each in dates if isinstance(each, Literal) and (match := _YEAR.match(each.value))}
    return years.pop() if len(years) == 1 else None


def as_of(quads: Iterable[Quad], year: int, vocabulary: Vocabulary) -> AsOf:
    """Return the data with only those statements whose papers were published up to a year, that year included.

    Plain triples, the status of claims and disagreements are worked out again, into their named graphs; inferred
    triples and conclusions are left out. Records stay. In data without named graphs, a plain triple is a relation
    between two things that the ontology does not state.

    >>> from her2ld import build, curation_folders, read_curation, read_ontology
    >>> vocabulary = read_ontology()
    >>> data = list(build(vocabulary, [read_curation(curation_folders()[0], vocabulary)]))
    >>> [(as_of(data, year, vocabulary).papers, as_of(data, year, vocabulary).first_year) for year in (2000, 2001)]
    [(0, 2001), (1, 2001)]
    """
    quads = tuple(quads)
    data = data_in(quads)
    statements = tuple(read_statements(data))
    years = {each.paper: year_of(each.paper, data) for each in statements if each.paper}
    kept = tuple(each for each in statements if each.paper and (of := years[each.paper]) is not None and of <= year)
    by = judge(vocabulary.steering, *read_studies(data))
    together = compare(kept, by)
    gone = _gone(statements, kept, data, lambda paper: (of := year_of(paper, data)) is not None and of <= year)
    is_plain = _plain(vocabulary)
    plain = {quad for quad in quads if is_plain(quad)}
    left = (
        quad
        for quad in quads
        if quad not in plain
        and quad.graph_name not in _DRAWN_GRAPHS
        and quad.subject not in gone
        and quad.predicate != model.CLAIM_STATUS
    )
    stated = {_triple(each) for each in statements}
    unstated = {
        quad.triple
        for quad in plain
        if quad.graph_name in (graphs.ASSERTED_GRAPH, DefaultGraph()) and quad.triple not in stated
    }
    papers = {each.paper for each in kept}
    counts = Counter(each.paper for each in statements)
    later = [paper for paper, of in years.items() if of is not None and paper not in papers]
    undated = [paper for paper, of in years.items() if of is None]
    return AsOf(
        year=year,
        quads=(*left, *_drawn(together, vocabulary), *licensed_quads(licences(kept, by, together))),
        papers=len(papers),
        statements=len(kept),
        later=LeftOut(len(later), sum(counts[each] for each in later)),
        without_year=LeftOut(len(undated), sum(counts[each] for each in undated)),
        without_paper=counts[None],
        unstated=len(unstated),
        first_year=min((of for of in years.values() if of is not None), default=None),
    )


def _gone(
    statements: Sequence[Statement], kept: Sequence[Statement], data: NodeData, is_in_time: Callable[[NamedNode], bool]
) -> set[NamedNode]:
    """Return the nodes to leave out: statements with their parts, claims without statements, studies, comparisons."""
    remaining = {each.iri for each in kept}
    claims = {each.claim.iri for each in kept if each.claim}
    gone = {node for node in data.instances(model.CLAIM) if node not in claims}
    gone.update(node for kind in _DRAWN_KINDS for node in data.instances(kind))
    for each in statements:
        if each.iri not in remaining:
            gone.update((each.iri, *(result.iri for result in each.results), *(dose.iri for dose in each.doses)))
    for kind in _OF_A_PAPER:
        for node in data.instances(kind):
            papers = [each for each in data.about(node).get(standard.DERIVED_FROM, ()) if isinstance(each, NamedNode)]
            if papers and not any(map(is_in_time, papers)):
                gone.add(node)
    return gone


def _plain(vocabulary: Vocabulary) -> Callable[[Quad], bool]:
    """Return the function that distinguishes plain triples from others.

    If all graphs are one, the ontology's own triples have the same relations; they are recognised as those of the
    ontology.
    """
    defined = {quad.triple for quad in vocabulary.quads}
    relations = {iri for iri, term in vocabulary.terms.items() if term.is_relation and iri != standard.TYPE}

    def is_plain(quad: Quad) -> bool:
        if quad.graph_name in (graphs.ASSERTED_GRAPH, graphs.HEDGED_GRAPH):
            return True
        if quad.graph_name != DefaultGraph() or quad.triple in defined:
            return False
        if quad.predicate == standard.TYPE:
            return quad.subject in vocabulary.terms and quad.object in vocabulary.terms
        return quad.predicate in relations and isinstance(quad.object, NamedNode)

    return is_plain


def _triple(statement: Statement) -> Triple | None:
    claim = statement.claim
    if claim and claim.subject and claim.relation and claim.object:
        return Triple(claim.subject, claim.relation, claim.object)
    return None


def _drawn(together: Compared, vocabulary: Vocabulary) -> Iterator[Quad]:
    for claim, status in together.statuses.items():
        yield Quad(claim, model.CLAIM_STATUS, status.value, graphs.STATEMENTS_GRAPH)
    yield from comparison_quads(together, vocabulary)
