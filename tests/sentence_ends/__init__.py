"""Ends of sentences that were marked by hand, and how many of them are found.

``made_up.txt`` has sentences that were made up, a bar after each; ``records.tsv`` has the ends in titles and abstracts
of PubMed, and not the texts. ``python -m tests.sentence_ends`` prints the rates.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from her2ld.files.streams import opened_source
from her2ld.pubmed.article import Article
from her2ld.pubmed.forms import records_in

MARKS = Path(__file__).parent
FILES = ("her2.xml", "mesh_indexed_breast.xml")
Split = Callable[[str], Iterable[int]]


class Marked(NamedTuple):
    """A text, the ends of its sentences in code points, and where it comes from."""

    place: str
    text: str
    ends: frozenset[int]


def made_up() -> list[Marked]:
    """Read the sentences that were made up."""
    marked = []
    for number, line in enumerate((MARKS / "made_up.txt").read_text(encoding="utf-8").splitlines(), 1):
        if not line.startswith("#"):
            *pieces, rest = line.replace("⏎", "\n").split("|")
            lengths = [len("".join(pieces[: count + 1]).rstrip()) for count in range(len(pieces))]
            marked.append(Marked(f"made_up.txt, line {number}", "".join([*pieces, rest]), frozenset(lengths)))
    return marked


def of_records(files: Iterable[Path]) -> list[Marked]:
    """Return the texts of those files that were marked. Raises ValueError where one is another than was marked."""
    lines = (MARKS / "records.tsv").read_text(encoding="utf-8").splitlines()[1:]
    marks = {tuple(cells[:2]): cells[2:] for cells in (line.split("\t") for line in lines)}
    marked = []
    for file in files:
        for pmid, part, text in _texts(file):
            digest, ends = marks.get((pmid, part), (None, ""))
            if digest and hashlib.sha256(text.encode()).hexdigest()[:16] != digest:
                msg = f"{file}: the {part} of {pmid} is not the one that was marked"
                raise ValueError(msg)
            if digest:
                marked.append(Marked(f"{pmid}, {part}", text, frozenset(map(int, ends.split()))))
    return marked


def _texts(file: Path) -> Iterator[tuple[str, str, str]]:
    with opened_source(str(file)) as stream:
        for article in records_in(stream, file.name)[1]:
            for part in ("title", "abstract") if isinstance(article, Article) else ():
                text = getattr(article, part)
                if text and text.text:
                    yield article.pmid or "", part, text.text


def rate(split: Split, marked: Iterable[Marked]) -> tuple[int, int, int]:
    """Return how many ends are right, how many are missed, and how many are found where there is none."""
    right = missed = wrong = 0
    for each in marked:
        found = {len(each.text[:end].rstrip()) for end in split(each.text)}
        right += len(found & each.ends)
        missed += len(each.ends - found)
        wrong += len(found - each.ends)
    return right, missed, wrong
