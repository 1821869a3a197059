"""How long validation takes with the shipped shapes: the fast engine by size, and beside the reference, pySHACL.

    python benchmarks/validation.py [TRIPLES ...]

The data is the ontology with copies of the review, each under a DOI of its own. The reference is run on the review
alone, which is what it can finish; there the two are run in turn and the ratio is printed.
"""

import dataclasses
import sys
import time

from pyoxigraph import Triple

from her2ld import Curation, Vocabulary, build, curation_folders, read_curation, read_ontology
from her2ld.assets import SHAPE_FILES
from her2ld.graph import without_named_graphs
from her2ld.validate import read_shapes
from her2ld.validate.engines import run_engine
from her2ld.validate.shapes import focus_counts


def data(size: int, vocabulary: Vocabulary, review: Curation) -> list[Triple]:
    """Give at least ``size`` triples: the ontology, and as many copies of the review as that takes."""
    one, two = (len(list(build(vocabulary, copies(number, review)))) for number in (1, 2))
    number = 1 + max(0, -(-(size - one) // (two - one)))
    return [quad.triple for quad in without_named_graphs(build(vocabulary, copies(number, review)))]


def copies(number: int, review: Curation) -> list[Curation]:
    """Give that many copies of the review, the first as it is."""
    doi = review.record.doi
    records = [dataclasses.replace(review.record, doi=f"{doi}-{copy}" if copy else doi) for copy in range(number)]
    return [dataclasses.replace(review, record=record) for record in records]


def seconds(engine: str, triples: list[Triple]) -> float:
    """Validate once, counting focus nodes too, and give the wall-clock time."""
    shapes = read_shapes(SHAPE_FILES)
    before = time.perf_counter()
    focus_counts(shapes, triples)
    results = run_engine(engine, triples, shapes.triples)
    taken = time.perf_counter() - before
    if results:
        raise SystemExit(f"{engine} has findings where there are none: {results[0]}")
    return taken


def main(sizes: list[int]) -> None:
    """Print the time of the fast engine for each size, and the ratio on the review."""
    vocabulary = read_ontology()
    review = read_curation(curation_folders()[0], vocabulary)
    for size in sizes:
        triples = data(size, vocabulary, review)
        taken = seconds("native", triples)
        print(
            f"native   {len(triples):>9,} triples  {taken:8.2f} s  {len(triples) / taken:>9,.0f} triples/s", flush=True
        )
    triples = data(0, vocabulary, review)
    fast, reference = seconds("native", triples), seconds("pyshacl", triples)
    print(f"native   {len(triples):>9,} triples  {fast:8.2f} s")
    print(f"pyshacl  {len(triples):>9,} triples  {reference:8.2f} s  ratio {reference / fast:.0f}")


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [0, 20_000, 100_000])
