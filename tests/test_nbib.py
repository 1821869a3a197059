"""The NBIB form and PubMed's text for people, read into articles. All records but the review are made up."""

import io
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from her2ld.pubmed import read_pubmed_text
from her2ld.pubmed.article import (
    Abstract,
    AbstractSection,
    Affiliation,
    Article,
    Book,
    DataBank,
    Grant,
    HeadingQualifier,
    HistoryDate,
    Journal,
    Keyword,
    MeshHeading,
    MeshTerm,
    Note,
    Pages,
    Parameters,
    PartialDate,
    People,
    Person,
    RecordIdentifier,
    Refusal,
    RelatedCitation,
    Substance,
    Title,
)
from her2ld.pubmed.nbib import read_nbib
from her2ld.pubmed.page import read_pages

NBIB = """\
PMID- 123
OWN - NLM
STAT- MEDLINE
DCOM- 20030606
LR  - 20041117
IS  - 1467-5463 (Print)
IS  - 1477-4054 (Electronic)
IS  - 1467-5463 (Linking)
VI  - 3
IP  - 2
DP  - 2002 Sep 5
TI  - A title in\x20
      two lines.
PG  - 296-302
LID - 10.1000/x [doi]
AB  - An abstract,
      wrapped - AB  - once.
CI  - (c) 2002 A Press.
FAU - King, Martin Luther Jr
AU  - King ML Jr
AUID- ORCID: 0000-0002-1825-0097
AD  - One place.
AD  - Another
      place.
FAU - Selvamani
AU  - Selvamani
AU  - de Hoon MJ
AU  - et al.
CN  - A Group
AD  - The group's place.
LA  - eng
SI  - GENBANK/U1
SI  - GENBANK/U2
SI  - ClinicalTrials.gov/NCT0
GR  - R01 CA1/CA/NCI NIH HHS/United States
GR  - BB/K1/1/Some Council/United Kingdom
GR  - Some Fund/
PT  - Journal Article
PT  - Review
DEP - 20020901
PL  - England
TA  - J Test
JT  - Journal of tests
JID - 1009
RN  - EC 2.7.10.1 (Receptor (kind), x)
RN  - 0 (Water)
NM  - A protocol
CIN - J Test. 2003;1:2. PMID: 77
SB  - IM
MH  - *Brain/enzymology
MH  - Storage/*methods/*standards
GS  - abc
OTO - NOTNLM
OT  - *first
OT  - second
FIR - Roe, Richard
IR  - Roe R
IRAD- Their place.
GN  - A note.
COIS- None.
RF  - 12
SFM - A flight
OID - PIP: 4
PMC - PMC9
MID - NIHMS8
PHST- 2002/08/01 [received]
PHST- 2002/09/17 10:00 [pubmed]
EDAT- 2002/09/17 10:00
MHDA- 2003/06/07 05:00
CRDT- 2002/09/17 10:00
AID - 10.1000/x [doi]
AID - S1 [pii]
PST - ppublish
XYZ - of a tag to come
SO  - J Test. 2002 Sep 5;3(2):296-302.
"""
ARTICLE = Article(
    pmid="123",
    title=Title("A title in two lines."),
    abstract=Abstract("An abstract, wrapped - AB - once.", copyright="(c) 2002 A Press."),
    journal=Journal(
        title="Journal of tests",
        medline_abbreviation="J Test",
        issn="1467-5463",
        issn_kind="Print",
        linking_issn="1467-5463",
        nlm_identifier="1009",
        country="England",
        volume="3",
        issue="2",
    ),
    pages=Pages("296-302"),
    date=PartialDate("2002", "Sep", "5"),
    electronic_dates=(PartialDate("2002", "09", "01"),),
    authors=(
        People(
            (
                Person(
                    "King",
                    "Martin Luther",
                    "ML",
                    "Jr",
                    identifiers=(RecordIdentifier("0000-0002-1825-0097", "ORCID"),),
                    affiliations=(Affiliation("One place."), Affiliation("Another place.")),
                ),
                Person("Selvamani"),
                Person("de Hoon", initials="MJ"),
                Person(collective_name="A Group", affiliations=(Affiliation("The group's place."),)),
            ),
            complete=False,
        ),
    ),
    investigators=(People((Person("Roe", "Richard", "R", affiliations=(Affiliation("Their place."),)),)),),
    identifiers=(
        RecordIdentifier("10.1000/x", "doi"),
        RecordIdentifier("S1", "pii"),
        RecordIdentifier("PMC9", "pmc"),
        RecordIdentifier("NIHMS8", "mid"),
    ),
    locations=(RecordIdentifier("10.1000/x", "doi"),),
    other_identifiers=(RecordIdentifier("4", "PIP"),),
    languages=("eng",),
    publication_types=(MeshTerm("Journal Article"), MeshTerm("Review")),
    headings=(
        MeshHeading(MeshTerm("Brain"), major=True, qualifiers=(HeadingQualifier(MeshTerm("enzymology")),)),
        MeshHeading(
            MeshTerm("Storage"),
            qualifiers=(
                HeadingQualifier(MeshTerm("methods"), major=True),
                HeadingQualifier(MeshTerm("standards"), major=True),
            ),
        ),
    ),
    substances=(Substance(MeshTerm("Receptor (kind), x"), "EC 2.7.10.1"), Substance(MeshTerm("Water"), "0")),
    supplementary_concepts=(MeshTerm("A protocol"),),
    gene_symbols=("abc",),
    keywords=(Keyword("first", major=True, owner="NOTNLM"), Keyword("second", owner="NOTNLM")),
    grants=(
        Grant("R01 CA1", "CA", "NCI NIH HHS", "United States"),
        Grant("BB/K1/1", None, "Some Council", "United Kingdom"),
        Grant(agency="Some Fund"),
    ),
    data_banks=(DataBank("GENBANK", ("U1", "U2")), DataBank("ClinicalTrials.gov", ("NCT0",))),
    related=(RelatedCitation("CommentIn", "J Test. 2003;1:2", "77"),),
    number_of_references="12",
    citation_subsets=("IM",),
    space_flight_missions=("A flight",),
    notes=(Note("A note."),),
    conflict_of_interest="None.",
    status="MEDLINE",
    owner="NLM",
    publication_status="ppublish",
    completed=PartialDate("2003", "06", "06"),
    revised=PartialDate("2004", "11", "17"),
    history=(
        HistoryDate("received", PartialDate("2002", "08", "01")),
        HistoryDate("pubmed", PartialDate("2002", "09", "17", hour="10", minute="00")),
        HistoryDate("medline", PartialDate("2003", "06", "07", hour="05", minute="00")),
        HistoryDate("entrez", PartialDate("2002", "09", "17", hour="10", minute="00")),
    ),
    objects=(
        Parameters(
            "NBIB",
            (
                ("IS", "1477-4054 (Electronic)"),
                ("XYZ", "of a tag to come"),
                ("SO", "J Test. 2002 Sep 5;3(2):296-302."),
            ),
        ),
    ),
)


def nbib(text: str) -> list[Article | Refusal]:
    return list(read_nbib(io.BytesIO(text.encode())))


def test_every_tag_has_its_place() -> None:
    assert nbib(NBIB) == [ARTICLE]
    assert nbib("\n\n" + NBIB.replace("\n", "\r\n") + "\r\n" + NBIB) == [ARTICLE, ARTICLE]


def test_a_book() -> None:
    text = "PMID- 5\nBTI - The book\nTI  - Its chapter\nFED - Poe, Edna\nED  - Poe E\nPB  - A house\nPL  - Town\n"
    [article] = nbib(text + "DP  - 2011\nISBN- 978\nEN  - 2nd\nCTI - A row\nVTI - First\n")
    assert isinstance(article, Article)
    assert article == Article(
        pmid="5",
        title=Title("Its chapter"),
        date=PartialDate("2011"),
        book=Book(
            Title("The book"),
            publisher="A house",
            place="Town",
            date=PartialDate("2011"),
            authors=(People((Person("Poe", "Edna", "E"),), kind="editors"),),
            volume_title="First",
            edition="2nd",
            collection=Title("A row"),
            isbns=("978",),
        ),
    )


def test_an_affiliation_before_all_names_is_the_first_author_s() -> None:
    [article] = nbib("PMID- 1\nAD  - Here.\nFAU - Doe, Jane\nAU  - Doe J\nAU  - Roe R\n")
    assert isinstance(article, Article)
    assert [person.affiliations for person in article.authors[0].persons] == [(Affiliation("Here."),), ()]
    [article] = nbib("PMID- 1\nAD  - Here.\n")
    assert isinstance(article, Article)
    assert article.objects == (Parameters("NBIB", (("AD", "Here."),)),)


MORE_TAGS = ("BTI", "ED", "FED", "FPS", "OAB", "OABL", "OCI", "PB", "PS", "TT")
TAGS = (*re.findall(r"^([A-Z]+) *- ", NBIB, re.MULTILINE), *MORE_TAGS)
WORDS = st.lists(st.from_regex(r"[a-z]{6,12}", fullmatch=True), min_size=1, max_size=3)


@given(
    st.lists(st.tuples(st.sampled_from(TAGS) | st.from_regex(r"[A-Z][A-Z0-9]{1,3}", fullmatch=True), WORDS), max_size=8)
)
def test_no_word_of_any_tag_is_lost(fields: list[tuple[str, list[str]]]) -> None:
    fields = [(tag, words) for tag, words in fields if tag != "PMID"]
    text = "PMID- 1\n" + "".join(f"{tag:4}- {(chr(10) + ' ' * 6).join(words)}\n" for tag, words in fields)
    [article] = nbib(text)
    assert {word for _, words in fields for word in words} <= set(re.findall(r"[a-z]{6,12}", repr(article)))


PAGE = """\
1. J Test. 2017 Jun 23;9(2 Suppl):70-5. doi: 10.1000/x. Epub 2017 Jan 2.
eCollection 2017.

A title in
two lines.

Doe J(1), van der Roe RM Jr(1)(2)(#), Solo; A Group.

Author information:
(1)One place,
here.
(2)Another (3) place.

Collaborators: Poe E, Coe C.

Comment in
    J Test. 2018;1:2. PMID: 77.
    J Test. 2018;1:3-4.
        doi: 10.1000/y.

OBJECTIVE: To see.
METHODS: We saw,
and wrapped.

Copyright © 2017 A Press.

DOI: 10.1000/x
PMCID: PMC9
PMID: 123 [Indexed for MEDLINE]

Conflict of interest statement: None.


2. J Test. 2018 Jul 2. doi: 10.1000/z. Online ahead of print.

Another title.

2. This is still the abstract. We measured HER2, HER3.

PMID: 124
"""


def pages(text: str) -> list[Article | Refusal]:
    return list(read_pages(io.BytesIO(text.encode())))


def test_saved_abstracts() -> None:
    first, second = pages(PAGE)
    one, two = Affiliation("One place, here."), Affiliation("Another (3) place.")
    assert first == Article(
        pmid="123",
        title=Title("A title in two lines."),
        abstract=Abstract(
            "OBJECTIVE: To see. METHODS: We saw, and wrapped.",
            (AbstractSection(11, 18, "OBJECTIVE"), AbstractSection(28, 48, "METHODS")),
            copyright="Copyright © 2017 A Press.",
        ),
        journal=Journal(medline_abbreviation="J Test", volume="9", issue="2 Suppl"),
        pages=Pages("70-5"),
        date=PartialDate("2017", "Jun", "23"),
        electronic_dates=(PartialDate("2017", "Jan", "2"),),
        authors=(
            People(
                (
                    Person("Doe", initials="J", affiliations=(one,)),
                    Person("van der Roe", initials="RM", suffix="Jr", affiliations=(one, two), equal_contribution=True),
                    Person("Solo"),
                    Person(collective_name="A Group"),
                )
            ),
        ),
        investigators=(People((Person("Poe", initials="E"), Person("Coe", initials="C"))),),
        identifiers=(RecordIdentifier("10.1000/x", "doi"), RecordIdentifier("PMC9", "pmc")),
        related=(
            RelatedCitation("CommentIn", "J Test. 2018;1:2", "77"),
            RelatedCitation("CommentIn", "J Test. 2018;1:3-4. doi: 10.1000/y."),
        ),
        conflict_of_interest="None.",
        objects=(
            Parameters(
                "page",
                (
                    (
                        "citation",
                        "J Test. 2017 Jun 23;9(2 Suppl):70-5. doi: 10.1000/x. Epub 2017 Jan 2. eCollection 2017.",
                    ),
                    ("PMID", "Indexed for MEDLINE"),
                ),
            ),
        ),
    )
    assert isinstance(second, Article)
    assert (second.pmid, second.authors, second.date) == ("124", (), PartialDate("2018", "Jul", "2"))
    assert second.abstract.text == "2. This is still the abstract. We measured HER2, HER3."


def test_the_page_of_one_paper_with_all_its_blocks(review_folder: Path) -> None:
    text = (review_folder / "record.txt").read_text(encoding="utf-8")
    curated = read_pubmed_text(review_folder / "record.txt")
    [plain] = pages(text)
    assert isinstance(plain, Article)
    assert (plain.title.text, plain.abstract.text, plain.doi) == (curated.title, curated.abstract, curated.doi)
    assert [term.name for term in plain.publication_types] == [term.name for term in curated.publication_types]
    assert [substance.term.name for substance in plain.substances] == [term.name for term in curated.substances]
    assert [
        (each.term.name, each.major, [(part.term.name, part.major) for part in each.qualifiers])
        for each in plain.headings
    ] == [
        (each.term.name, each.major, [(part.term.name, part.major) for part in each.qualifiers])
        for each in curated.headings
    ]
    blocks = "Authors\nJane Doe\n\nAffiliation\nHere.\n\nPMID: 7\n\nAbstract\n\n" + curated.abstract
    with_blocks = text.replace(curated.abstract, f"{blocks}\n\nKeywords: one; two.")
    [article] = pages(with_blocks)
    assert isinstance(article, Article)
    assert article._replace(pmid=None, authors=(), keywords=()) == plain
    assert (article.pmid, article.keywords) == ("7", (Keyword("one"), Keyword("two")))
    assert [(each.last_name, each.affiliations) for each in article.authors[0].persons] == [
        ("Jane Doe", (Affiliation("Here."),))
    ]


@pytest.mark.parametrize(
    ("before", "after", "what", "line"),
    [
        (
            "\n\nConflict of interest statement: None.",
            "\n\nFunding: none.",
            "“Funding: none.” is not known here: it follows the record",
            31,
        ),
        ("PMCID: PMC9", "PMCID: PMC9 and more", "“and more PMID: 123 [Indexed for MEDLINE]” is not known here", 27),
        ("PMID: 123 [Indexed for MEDLINE]", "PMID: none", "the PMID “none” is not a number", 1),
        (
            "Comment in\n",
            "MeSH terms\n",
            "“J Test. 2018;1:2. PMID: 77.” is in the list MeSH terms, but is not an item of it",
            17,
        ),
    ],
)
def test_an_unknown_block_is_refused(before: str, after: str, what: str, line: int) -> None:
    refused, read = pages(PAGE.replace(before, after, 1))
    assert isinstance(refused, Refusal)
    assert (refused.what, refused.line) == (what, line)
    assert isinstance(read, Article)


@pytest.mark.parametrize(
    ("text", "number", "acronym", "agency", "country"),
    [
        ("DH_/Department of Health/United Kingdom", None, "DH_", "Department of Health", "United Kingdom"),
        ("/DH_/Department of Health/United Kingdom", None, "DH_", "Department of Health", "United Kingdom"),
        ("A1_/DH_/Department of Health/United Kingdom", "A1_", "DH_", "Department of Health", "United Kingdom"),
        ("MR/P0/1/CRUK_/Some Charity/United Kingdom", "MR/P0/1", "CRUK_", "Some Charity", "United Kingdom"),
        ("001/WHO_/Some Organization/International", "001", "WHO_", "Some Organization", "International"),
        ("CA/NCI NIH HHS/United States", None, "CA", "NCI NIH HHS", "United States"),
        ("A17/Some Fund/Norway", "A17", None, "Some Fund", "Norway"),
        ("MC_UU_1/2/Some Fund/", "MC_UU_1/2", None, "Some Fund", None),
        ("Some Fund/Norway", None, None, "Some Fund", "Norway"),
        ("Some Fund", None, None, "Some Fund", None),
    ],
)
def test_parts_of_a_grant(text: str, number: str | None, acronym: str | None, agency: str, country: str | None) -> None:
    (article,) = nbib(f"PMID- 1\nGR  - {text}\n")
    assert isinstance(article, Article)
    assert article.grants == (Grant(number, acronym, agency, country),)


WHOLE = "PMID- {pmid}\nOWN - NLM\nTI  - A title\nSO  - J Test. 2001;1:2.\n"


def outline(text: str) -> list[tuple[str | None, int | None, str | None]]:
    """Tell of each record its PMID, and of one that is refused its line and why."""
    return [(each.pmid, getattr(each, "line", None), getattr(each, "what", None)) for each in nbib(text)]


FIRST, SECOND, THIRD = (WHOLE.format(pmid=pmid) for pmid in (11, 12, 13))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            f"{FIRST}\n{SECOND[:-12]}",
            [("11", None, None), ("12", 9, "the file ends within the record, at the tag “SO”")],
        ),
        (
            f"{FIRST}\n{SECOND[:27]}",
            [("11", None, None), ("12", 8, "the file ends within the record, at the tag “TI”")],
        ),
        (FIRST[:27], [("11", 3, "the file ends within the record, at the tag “TI”")]),
        (FIRST[:-1], [("11", None, None)]),
        (
            f"{FIRST}\nPMID- 12\nOWN - NLM\nTI  - A\n\n{THIRD}",
            [
                ("11", None, None),
                ("12", 8, "it ends at the tag “TI”, without the citation (“SO”) that others have"),
                ("13", None, None),
            ],
        ),
        (
            f"{FIRST}\nPMID- 12\nOWN - NLM\nTI  - A\n{THIRD}",
            [
                ("11", None, None),
                ("12", 8, "it ends at the tag “TI”, without the citation (“SO”) that others have"),
                ("13", None, None),
            ],
        ),
        ("PMID- 12\nTI  - By hand\n", [("12", None, None)]),
    ],
)
def test_a_record_that_is_cut_off_is_refused_with_its_line(
    text: str, expected: list[tuple[str | None, int | None, str | None]]
) -> None:
    assert outline(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PMID- 1\nPMID- 1\nTI  - A\n", [("1", 2, "its PMID is there twice")]),
        ("PMID- 1\nTI  - A\nPMID- 1\nAB  - B\n", [("1", 3, "its PMID is there twice")]),
        ("PMID- 1\nTI  - A\nPMID- 2\nTI  - B\n", [("1", None, None), ("2", None, None)]),
        ("PMID- 1\nPMID- 2\nTI  - B\n", [("1", 1, "nothing follows its PMID"), ("2", None, None)]),
        ("PMID- 1\nTI  - A\n\nPMID- 1\nTI  - B\n", [("1", None, None), ("1", None, None)]),
    ],
)
def test_a_pmid_that_stands_twice(text: str, expected: list[tuple[str | None, int | None, str | None]]) -> None:
    assert outline(text) == expected
