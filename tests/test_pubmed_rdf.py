"""The RDF of a record says all that a second reading of its XML says, and nothing else."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from her2ld.dataset.articles import MeshNames, article_lines
from her2ld.pubmed.article import Article
from her2ld.pubmed.xml import read_articles
from tests.pubmed import independent
from tests.pubmed.inputs import FOLDER, MADE_UP, SMALL, more, opened
from tests.pubmed.kept import kept
from tests.pubmed.read_back import graph_of, left_over, read_back


def written(path: Path, *, abstract: bool = True) -> list[str]:
    """Return the lines of each record of a file, as if each stood in a file of its own."""
    with opened(path) as stream:
        found = list(read_articles(stream, path.name))
    return [article_lines(each, {}, MeshNames(), abstract=abstract) for each in found if isinstance(each, Article)]


def differences(path: Path, *, abstract: bool = True) -> list[str]:
    """Say where the RDF of a file differs from a second reading of its XML."""
    told = []
    for lines, article in zip(written(path, abstract=abstract), independent.articles(path), strict=True):
        graph = graph_of(lines)
        said, wanted = read_back(graph, abstract=abstract), kept(article, abstract=abstract)
        told += [
            f"{article.pmid} {name}: {said[name]!r} for {wanted[name]!r}"
            for name in wanted
            if said[name] != wanted[name]
        ]
        told += [f"{article.pmid}: nobody asked for {each}" for each in left_over(graph)]
    return told


@pytest.mark.parametrize("abstract", [True, False], ids=["with abstract", "without"])
@pytest.mark.parametrize("path", SMALL, ids=lambda path: path.stem)
def test_rdf_says_what_a_second_reading_says(path: Path, *, abstract: bool) -> None:
    assert differences(path, abstract=abstract) == []


@pytest.mark.parametrize("path", SMALL, ids=lambda path: path.stem)
def test_no_line_stands_twice_in_a_record(path: Path) -> None:
    for said in written(path):
        lines = said.split("\n")
        assert sorted({line for line in lines if lines.count(line) > 1}) == []


def test_a_record_without_pmid_is_named_by_its_doi() -> None:
    for record in independent.records(MADE_UP[0])[:1]:
        record[0].remove(record[0].find("PMID"))
        lines = "".join(sorted(line + "\n" for line in lines_of(record) if line))
        graph = graph_of(lines)
        said, wanted = read_back(graph), kept(independent.article(record))
        assert {name: said[name] for name in wanted if said[name] != wanted[name]} == {}
        assert said["iri"] == "https://doi.org/10.0000/made%20up%3C1%3E"
        assert left_over(graph) == []


def test_it_does_for_the_files_at_hand() -> None:
    if not (paths := more()):
        pytest.skip(f"put PubMed XML into a folder and name it in {FOLDER}, or into pubmed-records beside the checkout")
    assert {path.name: told for path in paths if is_well_formed(path) and (told := differences(path))} == {}


def is_well_formed(path: Path) -> bool:
    with opened(path) as stream:
        try:
            etree.parse(stream)
        except etree.XMLSyntaxError:
            return False
    return True


def test_a_line_that_is_missing_or_too_much_is_noticed() -> None:
    lines = written(MADE_UP[0])[0].splitlines(keepends=True)
    whole = read_back(graph_of("".join(lines)))
    for line in set(lines):
        changed = line.replace('"', '"other ', 1) if '"' in line else line.replace("> <", "/other> <", 1)
        for other in (
            "".join(each for each in lines if each != line),
            "".join(lines) + changed,
        ):
            assert notices(other, whole), line


def notices(lines: str, whole: dict[str, object]) -> bool:
    graph = graph_of(lines)
    try:
        return read_back(graph) != whole or bool(left_over(graph))
    except (AssertionError, ValueError):
        return True


# A change of these changes no quad: NLM's DTD has only one value for the first; an empty element says nothing.
NO_MATTER = {"ArticleDate/@DateType"}
OTHER_VALUES = {"Y": "N", "N": "Y", "authors": "editors", "editors": "authors"}


@pytest.mark.parametrize("path", MADE_UP, ids=lambda path: path.stem)
def test_each_text_and_attribute_makes_a_difference(path: Path) -> None:
    for record in independent.records(path):
        whole = lines_of(record)
        unheard = {name for name, changed in changes(record) if lines_of(changed) == whole}
        assert unheard - NO_MATTER == set()


def changes(record: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """Yield a record again and again, each time with another text or attribute changed, and what was changed."""
    for element in record.iter(etree.Element):
        if not element.xpath("string-length(normalize-space())"):
            continue
        for name, value in element.attrib.items():
            element.set(name, OTHER_VALUES.get(value, f"{value}7"))
            yield f"{element.tag}/@{name}", record
            element.set(name, value)
        if not len(element):
            text = element.text
            element.text = text[:-1] + ("8" if text.endswith("7") else "7")
            yield element.tag, record
            element.text = text


def lines_of(record: etree._Element) -> set[str]:
    """Return the lines of a record that is changed; none if it is refused."""
    content = b"<PubmedArticleSet>" + etree.tostring(record, with_tail=False) + b"</PubmedArticleSet>"
    (article,) = read_articles(io.BytesIO(content), "changed")
    return set(article_lines(article, {}, MeshNames()).split("\n")) if isinstance(article, Article) else set()


def test_without_abstract_no_word_of_it_is_written() -> None:
    for lines, article in zip(written(MADE_UP[0], abstract=False), independent.articles(MADE_UP[0]), strict=True):
        for said in (article.abstract, *article.other_abstracts):
            assert not said.text or said.text not in lines
            assert said.marked_up is None or said.marked_up not in lines


def test_a_name_is_said_once_a_file() -> None:
    with opened(MADE_UP[0]) as stream:
        articles = [each for each in read_articles(stream, "made up") if isinstance(each, Article)]
    named = MeshNames()
    together = "".join(article_lines(each, {}, named) for each in articles)
    alone = "".join(article_lines(each, {}, MeshNames()) for each in articles)
    names = [line for line in together.splitlines() if line.startswith("<http://id.nlm.nih.gov/mesh/")]
    assert len(names) == len(set(names))
    assert set(together.splitlines()) == set(alone.splitlines())
