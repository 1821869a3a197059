"""How long validation takes with the shipped shapes: the native engine by size, and beside the reference, pySHACL.

    python benchmarks/validation.py [TRIPLES ...]

The data is the ontology with copies of the review, each under a DOI of its own. The two engines are run in turn on the
review, which pySHACL can finish, and on 200,000 triples, where pySHACL is ended after a hundred times what the native
engine took.
"""

import sys
import tempfile
import time
from pathlib import Path

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
from main_job import copy_review

TIMES = 100


def data(size: int, vocabulary: Vocabulary) -> list[Quad]:
    """Return at least ``size`` triples: the ontology, and as many copies of the review as that takes."""
    one, two = (len(list(build(vocabulary, copies(number, vocabulary)))) for number in (1, 2))
    number = 1 + max(0, -(-(size - one) // (two - one)))
    return list(without_named_graphs(build(vocabulary, copies(number, vocabulary))))


def copies(number: int, vocabulary: Vocabulary) -> list[Curation]:
    """Return that many copies of the review, read anew, for statements and words are named after their paper."""
    with tempfile.TemporaryDirectory() as folder:
        copy_review(number, Path(folder))
        return [read_curation(each, vocabulary) for each in curation_folders(Path(folder))]


def report(engine: str, quads: list[Quad], *, at_most: float | None = None) -> float:
    """Validate once, print the wall-clock time and return it."""
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
    for size in sizes:
        report("native", data(size, vocabulary))
    for size in (0, 200_000):
        quads = data(size, vocabulary)
        fast = report("native", quads)
        reference = report("pyshacl", quads, at_most=None if size == 0 else TIMES * fast)
        print(f"pyshacl took {reference / fast:.0f} times as long")


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [20_000, 200_000, 1_000_000])
