"""What papers said up to a year: the data without what came later, compared and judged anew.

The graph ``asserted`` of RDF comes from papers of all years, and so do the status of a claim and who disagrees: none
of it can be kept, and all of it is worked out again from the statements that are left.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Triple

from her2ld.dataset.said import Said, said_in
from her2ld.dataset.standing import comparison_quads
from her2ld.dataset.statements import licensed_quads, read_statements, read_studies
from her2ld.statements import Statement
from her2ld.statements.paper_comparison import Compared, compare, licences
from her2ld.statements.plain import judge
from her2ld.vocabulary import model as graphs
from her2ld.vocabulary import standard
from her2ld.vocabulary import statement_model as model
from her2ld.vocabulary.ontology import Vocabulary

_YEAR = re.compile(r"([0-9]{4})(?![0-9])")
# What is drawn from statements, and is drawn anew.
_DRAWN_GRAPHS = frozenset((graphs.ASSERTED_GRAPH, graphs.HEDGED_GRAPH, graphs.INFERRED_GRAPH, graphs.CONCLUSIONS_GRAPH))
_DRAWN_KINDS = (model.DISAGREEMENT, model.NUMBER_DIFFERENCE)
# What is of one paper, beside its statements.
_OF_A_PAPER = (model.CURATION, model.STUDY_CLASS, model.STUDY_GROUP)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many papers take no part, for one reason, and how many statements they have."""

    papers: int
    statements: int


@dataclass(frozen=True, slots=True)
class AsOf:
    """What papers said up to ``year``, that year included, and what was left out.

    ``papers`` are those with statements, and ``statements`` have knowledge gaps among them. ``later`` are of papers of
    later years, ``without_year`` of papers of which the data give no year, or several; ``without_paper`` are
    statements of which the data do not say the paper, ``unstated`` plain triples that no statement of the data says.
    ``first_year`` is that of the oldest paper, None where none has a year.
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


def year_of(paper: NamedNode | None, said: Said) -> int | None:
    """Return the year of a paper by its ``dcterms:date``; None where the data give none, or several."""
    dates = said.about(paper).get(standard.DATE, ()) if paper else ()
    years = {int(match[1]) for each in dates if isinstance(each, Literal) and (match := _YEAR.match(each.value))}
    return years.pop() if len(years) == 1 else None


def as_of(quads: Iterable[Quad], year: int, vocabulary: Vocabulary) -> AsOf:
    """Return the data with the statements alone of papers that were published up to a year, that year included.

    Plain triples, the status of claims and disagreements are drawn anew, into their named graphs; what was inferred or
    concluded is left out. Records stay. In data without named graphs, a plain triple is a relation between two things
    that the ontology does not state.

    >>> from her2ld import build, curation_folders, read_curation, read_ontology
    >>> vocabulary = read_ontology()
    >>> data = list(build(vocabulary, [read_curation(curation_folders()[0], vocabulary)]))
    >>> [(as_of(data, year, vocabulary).papers, as_of(data, year, vocabulary).first_year) for year in (2000, 2001)]
    [(0, 2001), (1, 2001)]
    """
    quads = tuple(quads)
    said = said_in(quads)
    statements = tuple(read_statements(said))
    years = {each.paper: year_of(each.paper, said) for each in statements if each.paper}
    kept = tuple(each for each in statements if each.paper and (of := years[each.paper]) is not None and of <= year)
    by = judge(vocabulary.steering, *read_studies(said))
    together = compare(kept, by)
    gone = _gone(statements, kept, said, lambda paper: (of := year_of(paper, said)) is not None and of <= year)
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
    statements: Sequence[Statement], kept: Sequence[Statement], said: Said, is_in_time: Callable[[NamedNode], bool]
) -> set[NamedNode]:
    """Return the nodes of which nothing is left: statements with their parts, claims of none, studies, comparisons."""
    remaining = {each.iri for each in kept}
    claims = {each.claim.iri for each in kept if each.claim}
    gone = {node for node in said.instances(model.CLAIM) if node not in claims}
    gone.update(node for kind in _DRAWN_KINDS for node in said.instances(kind))
    for each in statements:
        if each.iri not in remaining:
            gone.update((each.iri, *(result.iri for result in each.results), *(dose.iri for dose in each.doses)))
    for kind in _OF_A_PAPER:
        for node in said.instances(kind):
            papers = [each for each in said.about(node).get(standard.DERIVED_FROM, ()) if isinstance(each, NamedNode)]
            if papers and not any(map(is_in_time, papers)):
                gone.add(node)
    return gone


def _plain(vocabulary: Vocabulary) -> Callable[[Quad], bool]:
    """Return what tells plain triples from others.

    Where all graphs are one, what the ontology defines has the same relations: it is told by being in the ontology.
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
