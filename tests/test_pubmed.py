"""PubMed's page as text."""

from pathlib import Path

import pytest

from her2ld import RecordError, iris
from her2ld.pubmed import parse_pubmed_text, read_pubmed_text

PAGE = (
    "A title\nin two lines\n\nSome J. 2001 Jan 5;8(1):45-51. doi: 10.1000/a.b(c).\n\n\n"
    "BACKGROUND: One.\n\nRESULTS: Two – three.\n\n"
    "MeSH terms\n\n  • Humans\n  • Mice* / genetics / immunology*\n\n\n  • Alpha, beta\n\n"
    "Publication types\n\n  • Review\n"
)


def test_the_review_is_read_whole(review_folder: Path) -> None:
    record = read_pubmed_text(review_folder / "record.txt")
    assert (record.doi, iris.record_key(record)) == ("10.1007/BF02967477", "10.1007_BF02967477")
    assert record.title == "Biological and clinical significance of HER2 overexpression in breast cancer"
    assert len(record.abstract) == 1577
    assert [span.exact.split()[0] for span in record.sentences()] == [
        "Biological", "The", "Ligand-dependent", "The", "However,", "Amplification", "HER2", "These", "A",
    ]  # fmt: skip


def test_a_page_with_all_its_parts() -> None:
    record = parse_pubmed_text(PAGE, "page")
    assert (record.title, record.doi) == ("A title in two lines", "10.1000/a.b(c)")
    assert record.abstract == "BACKGROUND: One. RESULTS: Two – three."
    citation = record.citation
    assert (citation.journal, citation.year, citation.volume, citation.issue) == ("Some J", "2001", "8", "1")
    assert (citation.first_page, citation.last_page) == ("45", "51")
    assert [(heading.term.name, heading.major) for heading in record.headings] == [
        ("Humans", False),
        ("Mice", True),
    ]
    assert [(each.term.name, each.major) for each in record.headings[1].qualifiers] == [
        ("genetics", False),
        ("immunology", True),
    ]
    assert [term.name for term in record.substances] == ["Alpha, beta"]
    assert [term.name for term in record.publication_types] == ["Review"]


@pytest.mark.parametrize(
    ("page", "where", "what"),
    [
        ("", "page", "is empty"),
        ("No more than this.", "page, line 1", "there is no citation"),
        (PAGE.replace(" doi: 10.1000/a.b(c).", ""), "page, line 1", "it has neither a PMID nor a DOI"),
        (PAGE.split("\n\n", 1)[1].split("\n\n", 1)[0], "page, line 1", "there is no title"),
        (PAGE.replace("MeSH terms", "New things"), "page, line 11", "“New things” is not known here"),
        (PAGE.replace("Publication types", "New things"), "page, line 19", "“New things” is not known here"),
        (PAGE.replace("RESULTS: Two", "Highlights\n\nRESULTS: Two"), "page, line 9", "“Highlights” is not known here"),
        (PAGE.replace("BACKGROUND: One.\n\nRESULTS: Two – three.", ""), "page", "the record has no abstract"),
        (f"1. {PAGE.split(chr(10) * 2)[1]}\n\nA.\n\nB.\n\n2. J. 2001;1:1.\n\nC.\n\nD.\n\nPMID: 2\n", "page", "holds 2"),
    ],
)
def test_a_page_that_lacks_something_is_refused(page: str, where: str, what: str) -> None:
    with pytest.raises(RecordError) as raised:
        parse_pubmed_text(page, "page")
    assert [(problem.where, problem.what[: len(what)]) for problem in raised.value.problems] == [(where, what)]


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    file = tmp_path / "record.txt"
    with pytest.raises(RecordError, match="cannot be read"):
        read_pubmed_text(file)
    file.write_bytes("Größe".encode("latin-1"))
    with pytest.raises(RecordError, match=r"line 1.*is not UTF-8 \(byte 2 of the file is 0xf6\)"):
        read_pubmed_text(file)
