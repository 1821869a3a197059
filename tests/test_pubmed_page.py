"""The page of PubMed as it is printed today, saved or copied: what is read, and that nothing else is taken for it."""

import pytest

from her2ld.pubmed.article import (
    Abstract,
    Affiliation,
    Article,
    Keyword,
    Person,
    RecordIdentifier,
)
from tests.pubmed.printed import printed, read, refusal


def _persons(article: Article) -> list[Person]:
    return [each for people in article.authors for each in people.persons]


# --- Kinds of lines -------------------------------------------------------------------------------------------------

SAVED = "1. {citation}\n\nA title.\n\nDoe J(1).\n\nAuthor information:\n(1)Here.\n\n{abstract}\n\n{end}PMID: 7\n"


@pytest.mark.parametrize(
    ("citation", "date", "online", "pages"),
    [
        ("J Test. 2021 Mar-Apr;8(2):45-51.", "2021 Mar-Apr", (), "45-51"),
        ("J Test. 2021 Spring;8(2):45-51.", "2021 Spring", (), "45-51"),
        ("J Test. 2021 Dec 15;8 Suppl 1:S4. doi: 10.5555/x. Epub 2021 Jan 2.", "2021 Dec 15", ("2021 Jan 2",), "S4"),
        ("J Test. 2021 Jan 5;8:45. doi: 10.5555/x. eCollection 2021.", "2021", ("2021 Jan 5",), "45"),
        ("J Test. 2021 Jan 5;8:45. doi: 10.5555/x. eCollection 2021 Jan-Dec.", "2021 Jan-Dec", ("2021 Jan 5",), "45"),
        ("J Test. 2021 Jan 5;8:45. doi: 10.5555/x. Print 2021 Mar.", "2021 Mar", ("2021 Jan 5",), "45"),
        ("J Test. 2021 Jan 5. doi: 10.5555/x. Online ahead of print.", "2021 Jan 5", ("2021 Jan 5",), None),
        (
            "J Test. 2021 Jan 5:S0-0(21)1-X. doi: 10.5555/x. Online ahead of print.",
            "2021 Jan 5",
            ("2021 Jan 5",),
            "S0-0(21)1-X",
        ),
        ("bioRxiv [Preprint]. 2021 Mar 5:2021.03.04.1. doi: 10.5555/2021.03.04.1.", "2021 Mar 5", (), "2021.03.04.1"),
        ("J Test. 2021;8(Pt 1):2248-9; author reply 2249-50.", "2021", (), "2248-9; author reply 2249-50"),
    ],
)
def test_citations(citation: str, date: str, online: tuple[str, ...], pages: str | None) -> None:
    journal, _, rest = citation.partition(". ")
    shown = f"{journal}\n. {rest}\nA title\nJane Doe 1\nAffiliation\n1 Here.\nPMID: 7\nAbstract\nWe saw.\n"
    for text in (SAVED.format(citation=citation, abstract="We saw.", end=""), shown):
        found = read(text)
        assert (printed(found.date), tuple(map(printed, found.electronic_dates))) == (date, online)
        assert (found.pages.text, found.title.text, found.abstract.text) == (pages, "A title.", "We saw.")
        assert [each.affiliations for each in _persons(found)] == [(Affiliation("Here."),)]
        assert found.journal.medline_abbreviation == journal.removesuffix(" [Preprint]")


@pytest.mark.parametrize(
    "remark", ["[Article in Chinese]", "[Article in Chinese; Abstract available in Chinese from the publisher]"]
)
def test_a_paper_in_another_language_has_its_authors(remark: str) -> None:
    saved = f"1. J Test. 2021;8:1.\n\n[A title].\n\n{remark}\n\nDoe J(1), Roe R.\n\nWe saw.\n\nPMID: 7\n"
    shown = f"J Test\n. 2021;8:1.\n[A title]\n{remark}\nJane Doe, Richard Roe\nPMID: 7\nAbstract\nWe saw.\n"
    for text in (saved, shown):
        found = read(text)
        assert (found.title.text, found.abstract.text, len(_persons(found))) == ("[A title].", "We saw.", 2)
        assert (None, remark) in found.objects[0].values


@pytest.mark.parametrize(
    ("heading", "places"),
    [
        ("Affiliations", "1 Here.\n2 There,\nfar."),
        ("Affiliations", "1\nHere.\n2\nThere, far."),
        ("Affiliations", " 1 Here.\n \n 2 There, far."),
        ("Author information:", "(1)Here.\n(2)There, far."),
        ("Affiliations Collapse", "1 Here.\n2 There, far."),
    ],
)
def test_affiliations(heading: str, places: str) -> None:
    authors = "Jane Doe 1 2 #, Ludwig van der Roe 2; A Group"
    text = f"J Test\n. 2021;8:1.\nA title\n\n{authors}\n{heading}\n{places}\n\nPMID: 7\n\nAbstract\nWe saw."
    (people,) = read(text).authors
    here, there = Affiliation("Here."), Affiliation("There, far.")
    assert people.persons == (
        Person("Jane Doe", affiliations=(here, there), equal_contribution=True),
        Person("Ludwig van der Roe", affiliations=(there,)),
        Person(collective_name="A Group"),
    )


@pytest.mark.parametrize("heading", ["Affiliations Expand", "Affiliations expand", "Authors, Affiliations expand"])
def test_affiliations_that_are_not_shown(heading: str) -> None:
    found = read(f"J Test\n. 2021;8:1.\nA title\nJane Doe 1, Richard Roe 2\n{heading}\nPMID: 7\nAbstract\nWe saw.\n")
    assert [(each.last_name, each.affiliations) for each in _persons(found)] == [("Jane Doe", ()), ("Richard Roe", ())]


@pytest.mark.parametrize(
    "abstract",
    [
        "BACKGROUND: One.\n\nMETHODS: Two.",
        "Background: One.\n\nMethods: Two.",
        "Background:\nOne.\n\nMethods:\nTwo.",
        "BACKGROUND: One.\n\nMETHODS: Two.\n© 2021 A Press.",
        "Background: One.\n\nMethods: Two.\n\nKeywords: a; b.\n\nCopyright © 2021 A Press.",
    ],
)
def test_labels_are_those_of_the_other_forms(abstract: str) -> None:
    found = read(f"J Test\n. 2021;8:1.\nA title\nJane Doe\nPMID: 7\nAbstract\n{abstract}\n\nFigures\nFigure 1\n")
    assert found.abstract.text == "BACKGROUND: One. METHODS: Two."
    assert (found.abstract.copyright is None) == ("20" not in abstract)
    assert found.keywords == ((Keyword("a"), Keyword("b")) if "Key" in abstract else ())


def test_identifiers_on_one_line_and_on_many() -> None:
    for said in ("PMID: 7 PMCID: PMC1 DOI: 10.5555/x", "PMID: 7\n \nPMCID: PMC1\n \nDOI: 10.5555/x\nFree PMC article"):
        found = read(f"J Test\n. 2021;8:1. doi: 10.5555/x.\nA title\nJane Doe\n{said}\nAbstract\nWe saw.\n")
        assert (found.pmid, found.identifiers) == (
            "7",
            (RecordIdentifier("10.5555/x", "doi"), RecordIdentifier("PMC1", "pmc")),
        )


def test_a_summary_in_plain_language_is_no_abstract() -> None:
    for begin in ("Plain language summary\n", "Plain language summary: "):
        found = read(f"J Test\n. 2021;8:1.\nA title\nJane Doe\nPMID: 7\nAbstract\nWe saw.\n\n{begin}It is so.\n")
        assert found.abstract.text == "We saw."
        assert found.other_abstracts == (Abstract("It is so.", kind="plain-language-summary"),)


@pytest.mark.parametrize(
    ("text", "what", "line"),
    [
        (
            SAVED.format(citation="J Test. 2021;8:1.", abstract="We saw.\n\nA Society of Towns.", end=""),
            "“A Society of Towns.” is a second paragraph of the abstract, without a label",
            12,
        ),
        (
            SAVED.format(citation="J Test. 2021;8:1.", abstract="We saw.\n\n© 2021 A.\n\nRESULTS: More.", end=""),
            "“RESULTS: More.” is not known here: it follows the copyright",
            14,
        ),
        (
            SAVED.format(citation="J Test. 2021;8:1.", abstract="We saw.", end="") + "\nData: on request.\n",
            "“Data: on request.” is not known here: it follows the record",
            14,
        ),
        (
            "J Test\n. 2021;8:1.\nA title\nin two lines of it\nPMID: 7\nAbstract\nWe saw.\n",
            "“in two lines of it” is neither the title nor a list of authors",
            4,
        ),
        (
            "Read this first.\nAnd this.\nJ Test\n. 2021;8:1.\nA title\nPMID: 7\nAbstract\nWe saw.\n",
            "“Read this first.” precedes the journal, and is not known here",
            1,
        ),
        (
            "J Test\n. 2021;8:1.\nA title\nPMID: 7\nAbstract\nWe saw.\n\nHighlights\n\nMore.\n",
            "“Highlights” is not known here: it looks like a heading",
            8,
        ),
        (
            "J Test\n. 2021;8:1.\nA title\nPMID: 7\nAbstract\nin English, French\nWe saw it all in the year.\n",
            "“in English, French” is not known here: it looks like a heading",
            6,
        ),
        (
            "J Test\n. 2021;8:1.\nA title\nPMID: 7\nAbstract\nWe saw.\nFigures\nJ Test\n. 2022;8:1.\nB\nPMID: 8\n",
            "a second paper begins here (“. 2022;8:1.”)",
            9,
        ),
        (
            "J Test\n. 2021;8:1.\nA title\nPMID: 7\nAbstract\nWe saw.\n\nPubMed Disclaimer\n\nNew things are here.\n",
            "“New things are here.” is not known here: it follows the record",
            10,
        ),
        (
            "J Test\n. 2021;8:1.\nA title\nPMID: 7 DOI: 10.5555/x\nPMID: 8\nAbstract\nWe saw.\n",
            "the PMID is 7 and 8",
            5,
        ),
        ("J Test\n. 2021;8:1.\n\nAbstract\nWe saw.\nPMID: 7\n", "there is no title", 4),
    ],
)
def test_what_is_not_known_is_refused_with_its_line(text: str, what: str, line: int) -> None:
    assert refusal(text) == (what, line)
