"""The page of PubMed as it is printed today, saved or copied: what is read, and that nothing else is taken for it."""

import io
import os
import tomllib
from pathlib import Path
from typing import TypeVar

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from her2ld.cli import main
from her2ld.curation.record_file import read_offered
from her2ld.pubmed.article import (
    Abstract,
    AbstractSection,
    Affiliation,
    Article,
    Grant,
    Identifier,
    Journal,
    Keyword,
    Pages,
    PartialDate,
    People,
    Person,
    Refusal,
    RelatedCitation,
    Term,
    Title,
)
from her2ld.pubmed.dates import by_precision
from her2ld.pubmed.forms import form_of
from her2ld.pubmed.page import read_pages
from her2ld.pubmed.sources import read_records
from her2ld.pubmed.streams import opened_source
from tests.pubmed.inputs import REAL
from tests.pubmed.printed import as_browser, as_saved, printed

T = TypeVar("T")
SENTENCES = Path(__file__).parent / "sentences"


def read(text: str) -> Article:
    """Read the one record of a text."""
    assert form_of(text.encode()) == "page"
    (article,) = read_pages(io.BytesIO(text.encode()))
    assert isinstance(article, Article), article
    return article


def refusal(text: str) -> tuple[str, int | None]:
    """Return why the one record of a text is refused, and the line."""
    (found,) = read_pages(io.BytesIO(text.encode()))
    assert isinstance(found, Refusal), found
    return found.what, found.line


# --- Records of the other forms, printed and read again -------------------------------------------------------------


def articles(*files: Path) -> list[Article]:
    """Return the records of XML files."""
    found: list[Article] = []
    for file in files:
        with opened_source(str(file)) as stream:
            found += [each for each in read_records(stream, str(file))[1] if isinstance(each, Article)]
    return found


GIVEN = os.environ.get("HER2LD_RECORDS")
FILES = [REAL, *sorted(SENTENCES.glob("*/record.xml"))]
if GIVEN and Path(GIVEN).is_file():
    FILES.append(Path(GIVEN))
KNOWN = [each for each in articles(*FILES) if each.book is None and each.abstract.text and not each.other_abstracts]


@pytest.mark.parametrize("article", KNOWN, ids=[str(each.pmid) for each in KNOWN])
def test_a_record_of_the_xml_is_the_same_when_it_was_printed(article: Article) -> None:
    article = article._replace(related=(), languages=())
    saved, shown = read(as_saved(article)), read(as_browser(article))
    is_odd = article.pmid == "15320745"  # its title has no full stop, and only some of its sections a label
    for found in (saved,) if is_odd else (saved, shown):
        assert found.title.text == article.title.text
        assert (found.pmid, found.doi) == (article.pmid, article.doi)
        assert found.abstract.text == article.abstract.text
        assert found.abstract.copyright == article.abstract.copyright
        assert found.date
        assert article.date
        assert by_precision(found.date) == by_precision(article.date)
        if article.publication_model != "Electronic":  # nothing printed says that its date is that of the paper online
            assert [*map(by_precision, found.electronic_dates)] == [*map(by_precision, article.electronic_dates)]
    assert [(each.last_name, each.initials, each.suffix, each.collective_name) for each in _persons(saved)] == sorted(
        ((each.last_name, each.initials, each.suffix, each.collective_name) for each in _persons(article)),
        key=lambda names: names[3] is not None,  # groups are printed last
    )


def _persons(article: Article) -> list[Person]:
    return [each for people in article.authors for each in people.persons]


# --- Any record -----------------------------------------------------------------------------------------------------


def _filled(kind: type[T], **parts: st.SearchStrategy[object]) -> st.SearchStrategy[T]:
    """Draw the named parts only: the others keep their defaults."""
    return st.fixed_dictionaries(parts).map(lambda drawn: kind(**drawn))


_WORD = st.from_regex(r"[A-Za-z][a-z]{2,8}|HER2|[0-9]{1,2}\.[0-9]%|\(n=[0-9]\)|p53-[a-z]{3,9}", fullmatch=True)
_SENTENCE = st.lists(_WORD, min_size=4, max_size=30).map(lambda words: f"We {' '.join(words)}.")
_PLACE = st.from_regex(r"Department [A-Z][a-z]{2,9}, [A-Z][a-z]{2,9}\.", fullmatch=True)
_NAME = st.from_regex(r"(?:van |de la )?[A-Z][a-z]{2,9}(?:-[A-Z][a-z]{2,5})?", fullmatch=True)
_PERSON = _filled(
    Person,
    last_name=_NAME,
    initials=st.from_regex("[A-Z]{1,2}", fullmatch=True),
    suffix=st.sampled_from([None, "Jr", "3rd"]),
    affiliations=st.lists(_PLACE.map(Affiliation), max_size=2, unique=True).map(tuple),
)
_DATE = st.sampled_from(
    [
        PartialDate("2021"),
        PartialDate("2021", "Mar"),
        PartialDate("2021", "Dec", "15"),
        PartialDate("2021", season="Spring"),
        PartialDate(text="2021 Mar-Apr"),
        PartialDate(text="2020 Dec-2021 Jan"),
        PartialDate(text="2021 1st Quart"),
    ]
)
_COPYRIGHT = st.sampled_from(
    [
        None,
        "© 2021 The Author(s).",
        "©2021 A Press.",
        "Copyright © 2021 A Press. All rights reserved.",
        "This article is protected by copyright. All rights reserved.",
        "Published by Elsevier Inc.",
        "The Author(s).",
        "A Press Copyright © 2021.",
        "2021 The Authors.",
    ]
)
_LABELS = ("BACKGROUND", "MATERIALS AND METHODS", "RESULTS", "CONCLUSIONS")
_JOURNAL = _filled(
    Journal,
    medline_abbreviation=st.sampled_from(["J Test", "Test Med (Town)", "Test"]),
    volume=st.sampled_from([None, "8", "8 Suppl 1", "2021"]),
    issue=st.sampled_from([None, "1", "3 Suppl", "Pt 2", "1-2"]),
)


@st.composite
def made_up(draw: st.DrawFn) -> Article:
    """Draw a record that PubMed could print."""
    texts = draw(st.lists(_SENTENCE, min_size=1, max_size=4))
    labels = _LABELS[: len(texts)] if draw(st.booleans()) and len(texts) > 1 else ()
    whole, sections = "", []
    for place, text in enumerate(texts):
        whole += (" " if whole else "") + (f"{labels[place]}: " if labels else "")
        sections.append((len(whole), len(whole) + len(text), labels[place] if labels else None))
        whole += text
    model = draw(st.sampled_from(["Print", "Print-Electronic", "Electronic-eCollection", "Electronic-Print"]))
    kinds = draw(st.lists(st.sampled_from(["CommentIn", "ErratumIn", "UpdateIn", "UpdateOf"]), max_size=2, unique=True))
    doi = draw(st.sampled_from([None, "10.5555/a(1)b.2", "10.5555/x"]))
    pmc = draw(st.sampled_from([None, "PMC7"]))
    persons = tuple(draw(st.lists(_PERSON, max_size=4)))
    return Article(
        pmid="123",
        title=Title(draw(_SENTENCE)),
        abstract=Abstract(whole, tuple(AbstractSection(*each) for each in sections if labels), draw(_COPYRIGHT)),
        journal=draw(_JOURNAL),
        pages=Pages(draw(st.sampled_from([None, "45-51", "S45-S51", "e1234", "123-9", "335-337.e2"]))),
        date=draw(_DATE),
        electronic_dates=(PartialDate("2020", "Nov", "2"),) if model != "Print" else (),
        authors=(People(persons),) if persons else (),
        identifiers=tuple(Identifier(value, kind) for kind, value in (("doi", doi), ("pmc", pmc)) if value is not None),
        related=tuple(RelatedCitation(kind, "J Test. 2022 Jan;1(1):2", "77") for kind in kinds),
        conflict_of_interest=draw(st.sampled_from([None, "The authors declare none."])),
        publication_model=model,
    )


@given(made_up())
def test_what_is_saved_is_read_again(article: Article) -> None:
    found = read(as_saved(article))
    assert _kept(found) == _kept(article)
    assert found.authors == article.authors


@given(made_up())
def test_what_a_browser_shows_is_read_again(article: Article) -> None:
    found = read(as_browser(article))
    assert _kept(found) == _kept(article)
    assert [len(people.persons) for people in found.authors] == [len(people.persons) for people in article.authors]
    assert [each.term.name for each in found.headings] == ["Humans", "Mice"]
    assert found.publication_types == (Term("Review"),)
    assert [each.term.name for each in found.substances] == ["Water"]
    assert found.supplementary_concepts == (Term("Some disease"),)
    assert found.grants == (Grant("R01 CA1", "CA", "NCI NIH HHS", "United States"),)


def _kept(article: Article) -> dict[str, object]:
    """Return what both layouts print, without the first and last page."""
    parts = ("pmid", "title", "journal", "electronic_dates", "identifiers", "related", "conflict_of_interest")
    pages, abstract = article.pages.text, article.abstract
    return {name: getattr(article, name) for name in parts} | {
        "pages": pages,
        "abstract": abstract,
        "date": printed(article.date),
    }


@given(st.lists(made_up(), min_size=2, max_size=3))
def test_many_saved_records_are_told_apart(records: list[Article]) -> None:
    text = "\n\n".join(as_saved(each, number) for number, each in enumerate(records, 1))
    found = list(read_pages(io.BytesIO(text.encode())))
    assert [_kept(each) for each in found if isinstance(each, Article)] == [_kept(each) for each in records]


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
        assert (found.pmid, found.identifiers) == ("7", (Identifier("10.5555/x", "doi"), Identifier("PMC1", "pmc")))


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
            "“Read this first.” stands before the journal, and is not known here",
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


# --- The desk -------------------------------------------------------------------------------------------------------

NBIB = """\
PMID- {pmid}
TI  - {title}
AB  - {abstract}
TA  - J Test
DP  - 2021
"""


@pytest.mark.parametrize("folder", [SENTENCES / "34019819", SENTENCES / "33100329"], ids=lambda folder: folder.name)
def test_a_paper_is_begun_alike_from_each_form(folder: Path, tmp_path: Path) -> None:
    (article,) = articles(folder / "record.xml")
    nbib = NBIB.format(pmid=article.pmid, title=article.title.text, abstract=article.abstract.text)
    forms = {
        "record.xml": (folder / "record.xml").read_text(encoding="utf-8"),
        "record.nbib": nbib,
        "saved.txt": as_saved(article),
        "shown.txt": as_browser(article),
    }
    written, cuts = [], []
    for name, text in forms.items():
        source = tmp_path / name
        source.write_text(text, encoding="utf-8")
        out = tmp_path / f"{name}.curation"
        result = CliRunner().invoke(main, ["paper", "add", str(source), "-o", str(out), "--curator", "A"])
        assert result.exit_code == 0, result.stderr
        ((record,), refused) = read_offered([str(source)])
        assert refused == []
        sentences = [(each.part, each.start, each.end, each.exact) for each in record.sentences()]
        begun = tomllib.loads((out / str(article.pmid) / "statements.toml").read_text("utf-8"))
        written.append((record.texts, sentences, begun))
        if name != "record.nbib":  # which does not tell a label from a sentence
            cuts.append([(each.start, each.end, each.label) for each in record.sections])
    assert [each == written[0] for each in written] == [True] * 4
    assert [each == cuts[0] for each in cuts] == [True] * 3
