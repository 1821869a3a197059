"""Every element and attribute of NLM's DTD stands on the page that says what became of it, and no other does."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import RdfFormat, parse

from her2ld import Vocabulary
from her2ld.dataset.articles import MeshNames, article_lines, deletion_lines
from her2ld.pubmed.article import Article, Deletion
from her2ld.pubmed.xml import read_articles
from her2ld.vocabulary import standard
from her2ld.vocabulary.identifiers import curie_writer
from tests.pubmed.inputs import SMALL, opened

PAGE = Path(__file__).parents[1] / "docs" / "pubmed.md"
ELEMENTS = Path(__file__).parent / "pubmed" / "dtd_elements.tsv"


def declared() -> set[str]:
    """Return the names of the DTD: ``Author``, ``Author/@ValidYN``."""
    lines = [line for line in ELEMENTS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return {
        name
        for row in csv.DictReader(lines, delimiter="\t")
        for name in (row["element"], *(f"{row['element']}/@{each}" for each in row["attributes"].split()))
    }


def rows() -> Iterator[list[str]]:
    """Yield the rows of the page's tables of elements and attributes."""
    is_of_xml = False
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        is_of_xml = bool(cells) and (is_of_xml or cells[0].startswith("element"))
        if is_of_xml and "`" in cells[0]:
            yield cells


def named(cell: str) -> set[str]:
    """Return the names in the first cell of a row: the last of a path, and attributes of what was named before them."""
    found = set()
    element = ""
    for name in re.findall(r"`([^`]+)`", cell):
        *_, last = path = re.split(r"[/\s]+", name.strip("<>"))
        if last.startswith("@"):
            element = path[-2] if len(path) > 1 else element
            found.add(f"{element}/{last}")
        else:
            element = last
            found.add(last)
    return found


def on_the_page() -> set[str]:
    return {name for cells in rows() for name in named(cells[0]) if ":" not in name}


def test_every_element_and_attribute_is_on_the_page() -> None:
    assert sorted(declared() - on_the_page()) == []


def test_what_is_on_the_page_is_of_the_dtd() -> None:
    assert sorted(on_the_page() - declared()) == []


def test_every_row_says_what_became_of_it_or_why_not() -> None:
    assert [cells[0] for cells in rows() if not any(cells[1:])] == []


def test_the_page_is_read_as_it_is_written() -> None:
    assert named("`Author`, `@ValidYN`; `PubDate/MedlineDate`, `Article/@PubModel`") == {
        "Author",
        "Author/@ValidYN",
        "MedlineDate",
        "Article/@PubModel",
    }


def test_the_page_names_the_classes_and_properties_of_records(vocabulary: Vocabulary) -> None:
    page = set(re.findall(r"`([a-z0-9]+:\w+)`", PAGE.read_text(encoding="utf-8")))
    curie = curie_writer(vocabulary.prefixes)
    assert sorted(set(map(curie, used())) - page) == []


def used() -> set[str]:
    """Return the classes and properties of the records in the repository."""
    found = set()
    for path in SMALL:
        with opened(path) as stream:
            lines = "".join(map(lines_of, read_articles(stream, path.name)))
        for quad in parse(lines.encode(), RdfFormat.N_QUADS):
            found.add(quad.predicate.value)
            if quad.predicate == standard.TYPE:
                found.add(str(quad.object).strip("<>"))
    return found


def lines_of(said: object) -> str:
    assert isinstance(said, Article | Deletion)
    return article_lines(said, {}, MeshNames()) if isinstance(said, Article) else deletion_lines(said)
