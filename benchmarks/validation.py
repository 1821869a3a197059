"""How long validation takes with the shipped shapes: the native engine by size, and beside the reference, pySHACL.

    python benchmarks/validation.py [TRIPLES ...]

The data is the ontology with copies of the review, each under a DOI of its own. The two engines are run in turn on the
review, which pySHACL can finish, and on 200,000 triples, where pySHACL is ended after a hundred times what the native
engine took.
"""

import dataclasses
import sys
import time

from pyoxigraph import Quad

from her2ld import (
    Curation,
    LimitError,
    Limits,
    Vocabulary,
    build,
    curation_folders,
    read_curation,
    read_ontology,
    validate,
)
from her2ld.dataset import without_named_graphs

TIMES = 100


def data(size: int, vocabulary: Vocabulary, review: Curation) -> list[Quad]:
    """Give at least ``size`` triples: the ontology, and as many copies of the review as that takes."""
    one, two = (len(list(build(vocabulary, copies(number, review)))) for number in (1, 2))
    number = 1 + max(0, -(-(size - one) // (two - one)))
    return list(without_named_graphs(build(vocabulary, copies(number, review))))


def copies(number: int, review: Curation) -> list[Curation]:
    """Give that many copies of the review, the first as it is."""
    doi = review.record.doi
    records = [dataclasses.replace(review.record, doi=f"{doi}-{copy}" if copy else doi) for copy in range(number)]
    return [dataclasses.replace(review, record=record) for record in records]


def report(engine: str, quads: list[Quad], *, at_most: float | None = None) -> float:
    """Validate once, print the wall-clock time and give it."""
    before = time.perf_counter()
    try:
        conforms = validate(quads, engine=engine, limits=None if at_most is None else Limits(seconds=at_most)).conforms
    except LimitError as error:
        ended = str(error)
    else:
        ended = "all conforms" if conforms else "it has findings where there are none"
    taken = time.perf_counter() - before
    print(f"{engine:8} {len(quads):>9,} triples {taken:9.2f} s {len(quads) / taken:>9,.0f}/s  {ended}", flush=True)
    return taken


def main(sizes: list[int]) -> None:
    """Print the time of the native engine for each size, and how it compares with pySHACL."""
    vocabulary = read_ontology()
    review = read_curation(curation_folders()[0], vocabulary)
    for size in sizes:
        report("native", data(size, vocabulary, review))
    for size in (0, 200_000):
        quads = data(size, vocabulary, review)
        fast = report("native", quads)
        reference = report("pyshacl", quads, at_most=None if size == 0 else TIMES * fast)
        print(f"pyshacl took {reference / fast:.0f} times as long")


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [20_000, 200_000, 1_000_000])
