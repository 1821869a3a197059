"""Ontology, curated statements and records as one stream of quads in named graphs."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain
from typing import TypeVar

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

Made = TypeVar("Made")


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
    yield from vocabulary.quads
    record = partial(quads_of_record, vocabulary)
    yield from chain.from_iterable(in_order(curations, vocabulary, lambda quads: quads, statement_quads, record))


def quads_of_statements(vocabulary: Vocabulary, curation: Curation) -> Iterator[Quad]:
    """Return the quads of the statements of one paper."""
    return statement_quads(marked(curation, vocabulary.steering))


def quads_of_record(vocabulary: Vocabulary, curation: Curation) -> Iterator[Quad]:
    """Return the quads of the record of one paper."""
    return record_quads(curation.record, quoted_spans(curation), word_spans(curation), vocabulary.steering)


def in_order(
    curations: Sequence[Curation],
    vocabulary: Vocabulary,
    together: Callable[[Iterator[Quad]], Made],
    statements: Callable[[Curation], Made],
    record: Callable[[Curation], Made],
) -> Iterator[Made]:
    """Yield the pieces of the quads of curated papers in their order.

    Pieces by ``statements`` and ``record`` depend on one paper alone and can be made before the others are read.
    ``together`` makes pieces of the quads that follow from all papers. The papers are marked with their standing before
    they are given to ``statements``.
    """
    curations = [marked(each, vocabulary.steering) for each in curations]
    comparison = compared(curations, vocabulary)
    yield together(plain_quads(curations, vocabulary, comparison))
    yield from map(statements, curations)
    yield together(claim_quads(curations, vocabulary, comparison))
    yield together(comparison_quads(comparison, vocabulary))
    yield from map(record, curations)


def _check_papers(curations: Sequence[Curation]) -> None:
    counts = Counter(iris.article(curation.record).value for curation in curations)
    problems = [
        Problem(paper, f"there are {count} curations of this paper", "give one curation of each paper")
        for paper, count in counts.items()
        if count > 1
    ]
    if problems:
        raise CurationError(problems)
