"""What the reader says of real and made-up records is what a second reading says, field by field."""

import csv
from pathlib import Path

import pytest
from lxml import etree

from her2ld.pubmed.article import Article, Deletion, Refusal
from her2ld.pubmed.xml import read_articles
from tests.pubmed import independent
from tests.pubmed.comparison import compare
from tests.pubmed.inputs import FOLDER, HERE, MADE_UP, SMALL, more, opened
from tests.pubmed.texts import clean

# The DTD declares these, but no element may hold them.
NOWHERE = {"ContractNumber", "URL"}


def read(path: Path) -> list[Article | Deletion | Refusal]:
    with opened(path) as stream:
        return list(read_articles(stream, path.name))


def differences(path: Path) -> list[str]:
    """Say where the two readings of a file differ: record, field, what the reader has, what the other has."""
    found = read(path)
    articles = [each for each in found if isinstance(each, Article)]
    expected = list(independent.articles(path))
    told = [f"{each.pmid or 'a record'}: refused: {each.what}" for each in found if isinstance(each, Refusal)]
    if [each for each in found if isinstance(each, Deletion)] != independent.deletions(path):
        told.append("the deletions differ")
    if len(articles) != len(expected):
        told.append(f"{len(articles)} records for {len(expected)}")
    for article, other in zip(articles, expected, strict=False):
        for place, has, wanted in compare("", article, other):
            told.append(f"{other.pmid}{place}: {has!r} for {wanted!r}")
    return told


@pytest.mark.parametrize("path", SMALL, ids=lambda path: path.stem)
def test_the_reader_agrees_with_a_second_reading(path: Path) -> None:
    assert differences(path) == []


def test_it_agrees_on_the_files_at_hand() -> None:
    if not (paths := more()):
        pytest.skip(f"put PubMed XML into a folder and name it in {FOLDER}, or into pubmed-records beside the checkout")
    well_formed = [path for path in paths if is_well_formed(path)]
    assert {path.name: told for path in well_formed if (told := differences(path))} == {}
    assert sum(1 for path in well_formed for _ in independent.records(path)) > 0


def is_well_formed(path: Path) -> bool:
    with opened(path) as stream:
        try:
            etree.parse(stream)
        except etree.XMLSyntaxError:
            return False
    return True


def test_the_second_reading_is_of_every_field() -> None:
    assert set(independent.FIELDS) == set(Article._fields)


def test_every_field_says_something_in_a_record() -> None:
    articles = [article for path in SMALL for article in independent.articles(path)]
    nothing = Article()
    silent = [
        name for name in Article._fields if all(getattr(each, name) == getattr(nothing, name) for each in articles)
    ]
    assert silent == []


def test_every_element_and_attribute_of_the_dtd_stands_in_a_record() -> None:
    lines = [line for line in (HERE / "dtd_elements.tsv").read_text().splitlines() if not line.startswith("#")]
    declared = {
        name
        for row in csv.DictReader(lines, delimiter="\t")
        if row["element"] not in NOWHERE
        for name in (row["element"], *(f"{row['element']}/@{each}" for each in row["attributes"].split()))
    }
    used = {
        name
        for path in SMALL
        for element in etree.parse(path).iter(etree.Element)
        for name in (element.tag, *(f"{element.tag}/@{each}" for each in element.attrib))
    }
    # a set of books has the same children as the set that holds papers too
    assert declared - used == {"PubmedBookArticleSet"}


def test_texts_are_clean_and_sections_lie_in_them() -> None:
    for path in SMALL:
        for article in read(path):
            assert isinstance(article, Article | Deletion)
            if isinstance(article, Deletion):
                continue
            for text in article.texts.values():
                assert text == clean(text)
            for abstract in (article.abstract, *article.other_abstracts):
                ends = [0, *(section.end for section in abstract.sections)]
                assert ends == sorted(ends)
                for section in abstract.sections:
                    if section.label:
                        assert abstract.text[: section.start].rstrip(" ").endswith(f"{section.label}:")


def test_made_up_text_is_read_as_it_is_written() -> None:
    article = next(each for each in read(MADE_UP[0]) if isinstance(each, Article))
    assert article.title.text == ("Made up: HER2 in x2[a;b|c|d)-positive tests, \u03b1<\u03b2 and <no tag> & more.")
    text = (
        "AIM & SCOPE: First a part \U0001f9ec here. A part without a label. RESULTS: FORMULA: It is two words=1 in all."
    )
    assert article.abstract.text == text
    assert [text[section.start : section.end] for section in article.abstract.sections] == [
        "First a part \U0001f9ec here.",
        "A part without a label.",
        "",
        "It is two words=1 in all.",
    ]


@pytest.mark.parametrize("root", ["PubmedArticleSet", "MedlineCitationSet", None])
def test_a_citation_alone_is_read_as_within_a_set(root: str | None, tmp_path: Path) -> None:
    whole = independent.records(MADE_UP[0])[0]
    citation = etree.tostring(whole.find("MedlineCitation"), encoding="unicode", with_tail=False)
    path = tmp_path / "citation.xml"
    path.write_text(f"<{root}>{citation}</{root}>" if root else citation, encoding="utf-8")
    assert differences(path) == []
    assert len(read(path)) == 1


@pytest.mark.parametrize("root", ["PubmedBookArticleSet", "BookDocumentSet", None])
def test_a_book_is_read_from_any_root(root: str | None, tmp_path: Path) -> None:
    whole = independent.records(MADE_UP[0])[2]
    book = whole if root == "PubmedBookArticleSet" else whole.find("BookDocument")
    said = etree.tostring(book, encoding="unicode", with_tail=False)
    path = tmp_path / "book.xml"
    path.write_text(f"<{root}>{said}</{root}>" if root else said, encoding="utf-8")
    assert differences(path) == []
    assert len(read(path)) == 1
