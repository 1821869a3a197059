"""Ontology, curated statements and records as one stream of quads in named graphs."""

from collections import Counter
from collections.abc import Iterator, Sequence

from pyoxigraph import Quad

from her2ld import iris
from her2ld.dataset.curated_records import record_quads
from her2ld.dataset.quad_forms import from_rdflib, to_rdflib, without_named_graphs
from her2ld.dataset.rdf_files import read_rdf
from her2ld.dataset.standing import AsOf, as_of, comparison_quads, marked
from her2ld.dataset.statements import (
    claim_quads,
    compared,
    plain_quads,
    quoted_spans,
    statement_quads,
    word_spans,
)
from her2ld.errors import CurationError, Problem
from her2ld.statements import Curation
from her2ld.vocabulary.ontology import Vocabulary

__all__ = ["AsOf", "as_of", "build", "from_rdflib", "read_rdf", "to_rdflib", "without_named_graphs"]


def build(vocabulary: Vocabulary, curations: Sequence[Curation]) -> Iterator[Quad]:
    """Yield the quads of the ontology and of the curated papers.

    They are in the order of their graphs (``ontology``, ``asserted``, ``hedged``, ``statements``, ``records``), and
    within a graph in the order of their subjects. The order depends only on the input.
    ``pyoxigraph.Dataset(build(...))`` holds them all.

    Raises CurationError if two of the curations are of one paper.

    >>> from her2ld.vocabulary.ontology import read_ontology
    >>> vocabulary = read_ontology()
    >>> list(build(vocabulary, [])) == list(vocabulary.quads)
    True
    """
    _check_papers(curations)
    curations = marked(curations, vocabulary.steering)
    yield from vocabulary.quads
    together = compared(curations, vocabulary)
    yield from plain_quads(curations, vocabulary, together)
    for curation in curations:
        yield from statement_quads(curation)
    yield from claim_quads(curations, vocabulary, together)
    yield from comparison_quads(together, vocabulary)
    for curation in curations:
        yield from record_quads(curation.record, quoted_spans(curation), word_spans(curation), vocabulary.steering)


def _check_papers(curations: Sequence[Curation]) -> None:
    counts = Counter(iris.article(curation.record).value for curation in curations)
    problems = [
        Problem(paper, f"there are {count} curations of this paper", "give one curation of each paper")
        for paper, count in counts.items()
        if count > 1
    ]
    if problems:
        raise CurationError(problems)
