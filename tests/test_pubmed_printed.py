"""Records of the other forms, and made-up ones, printed as PubMed prints them: reading them gives the same again."""

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
from her2ld.files.streams import opened_source
from her2ld.pubmed.article import (
    Abstract,
    AbstractSection,
    Affiliation,
    Article,
    Grant,
    Journal,
    MeshTerm,
    Pages,
    PartialDate,
    People,
    Person,
    RecordIdentifier,
    RelatedCitation,
    Title,
)
from her2ld.pubmed.forms import records_in
from her2ld.pubmed.page import read_pages
from her2ld.pubmed.printed import by_precision
from tests.pubmed.inputs import REAL
from tests.pubmed.printed import as_browser, as_saved, printed, read

T = TypeVar("T")
SENTENCES = Path(__file__).parent / "sentences"


# --- Records of the other forms, printed and read again -------------------------------------------------------------


def articles(*files: Path) -> list[Article]:
    """Return the records of XML files."""
    found: list[Article] = []
    for file in files:
        with opened_source(str(file)) as stream:
            found += [each for each in records_in(stream, str(file))[1] if isinstance(each, Article)]
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
        identifiers=tuple(
            RecordIdentifier(value, kind) for kind, value in (("doi", doi), ("pmc", pmc)) if value is not None
        ),
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
    assert found.publication_types == (MeshTerm("Review"),)
    assert [each.term.name for each in found.substances] == ["Water"]
    assert found.supplementary_concepts == (MeshTerm("Some disease"),)
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
