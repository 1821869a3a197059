"""Copies of all curated papers: real claims, as often as a measurement wants them.

Each copy of a paper has a PMID and a DOI of its own, and with them its own statements, quotes and studies. The claims
are shared: a copy says what its paper says, of the same things.
"""

import itertools
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, serialize

from her2ld import Curation, Vocabulary, build, curation_folders, read_curation
from her2ld.dataset import without_named_graphs

# PubMed counts its records from 1 and has not come to these.
FIRST_PMID = 90_000_000
TIMES_AT_ONCE = 10


def copies(times: int, vocabulary: Vocabulary, papers: Sequence[Path] = ()) -> Iterator[Curation]:
    """Yield the curated papers, or those of some folders, that many times: first as they are, then under other names.

    They are read anew each time, for statements and words are named after their paper.
    """
    for time in range(times):
        for number, folder in enumerate(papers or curation_folders()):
            with tempfile.TemporaryDirectory() as temporary:
                copy = Path(shutil.copytree(folder, Path(temporary, folder.name)))
                if time:
                    _rename(copy, time, FIRST_PMID + 1000 * time + number)
                yield read_curation(copy, vocabulary)


def _rename(copy: Path, time: int, pmid: int) -> None:
    """Write another PMID and another DOI into the record of a copy."""
    excerpt, record = copy / "paper.toml", copy / "record.txt"
    if excerpt.exists():
        lines = excerpt.read_text(encoding="utf-8").splitlines(keepends=True)
        lines = [f'pmid = "{pmid}"\n' if line.startswith("pmid = ") else line for line in lines]
        lines = [line.replace('"\n', f'-{time}"\n') if line.startswith("doi = ") else line for line in lines]
        excerpt.write_text("".join(lines), encoding="utf-8")
    else:
        doi = copy.name.replace("_", "/")
        record.write_text(record.read_text(encoding="utf-8").replace(doi, f"{doi}-{time}"), encoding="utf-8")


def triples(size: int, vocabulary: Vocabulary) -> list[Quad]:
    """Return at least that many triples as one graph: the ontology, and as many copies of all papers as that takes."""
    one, two = (_as_one_graph(times, vocabulary) for times in (1, 2))
    times = 1 + max(0, -(-(size - len(one)) // (len(two) - len(one))))
    return _as_one_graph(times, vocabulary) if times > 1 else one


def write_quads(file: Path, size: int, vocabulary: Vocabulary) -> int:
    """Write at least that many quads of copies, with their named graphs, as N-Quads; return how many they are.

    What papers say together is told of ten copies at a time, so that no more is held in memory.
    """
    ontology, written = set(vocabulary.quads), 0
    endless = copies(size, vocabulary)
    with file.open("wb") as lines:
        while written < size:
            some = list(itertools.islice(endless, TIMES_AT_ONCE * len(curation_folders())))
            quads = [quad for quad in build(vocabulary, some) if not (written and quad in ontology)]
            serialize(quads, output=lines, format=RdfFormat.N_QUADS)
            written += len(quads)
    return written


def _as_one_graph(times: int, vocabulary: Vocabulary) -> list[Quad]:
    return list(without_named_graphs(build(vocabulary, list(copies(times, vocabulary)))))
