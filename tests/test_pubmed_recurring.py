"""What recurs is read from its bytes as it would be read with the whole record, and remembered."""

import gc
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from her2ld import read_ontology
from her2ld.exports.record_parts import write_part
from her2ld.exports.record_sections import RecordOptions
from her2ld.files.streams import opened_source
from her2ld.pubmed import xml
from her2ld.pubmed.article import Article, Deletion, Refusal
from her2ld.pubmed.xml import take_out
from her2ld.remembered import Remembered
from tests.pubmed.inputs import SMALL, more

HEADING = (
    '<MeshHeading><DescriptorName UI="D018719" MajorTopicYN="N">Receptor, ErbB-2</DescriptorName>'
    '<QualifierName UI="Q000378" MajorTopicYN="Y">metabolism</QualifierName></MeshHeading>'
)
CHEMICAL = '<Chemical><RegistryNumber>0</RegistryNumber><NameOfSubstance UI="D018719">R</NameOfSubstance></Chemical>'
LISTS = {
    "DateCompleted": "<Year>1979</Year><Month>02</Month>",
    "DateRevised": "<Year>2019</Year>",
    "Journal": "<JournalIssue><Volume>3</Volume><PubDate><Year>1978</Year></PubDate></JournalIssue><Title>J</Title>",
    "PublicationTypeList": '<PublicationType UI="D016428">Journal Article</PublicationType>',
    "MedlineJournalInfo": "<Country>England</Country><MedlineTA>J</MedlineTA>",
    "ChemicalList": CHEMICAL,
    "MeshHeadingList": HEADING * 2,
    "History": '<PubMedPubDate PubStatus="pubmed"><Year>1979</Year><Hour>0</Hour></PubMedPubDate>' * 2,
}
BEFORE = ("DateCompleted", "DateRevised")
IN_ARTICLE = ("Journal", "PublicationTypeList")
AFTER = ("MedlineJournalInfo", "ChemicalList", "MeshHeadingList")
# What an XML file may have that NLM's files do not.
DISTURBANCES = (
    "",
    "\n  ",
    "<!-- </MeshHeading></History> -->",
    "<?stop </Chemical>?>",
    "<Unknown>x</Unknown>",
    "stray text",
    "&#x3B1;&amp;",
    "<![CDATA[</PublicationType>]]>",
)


def record(inside: dict[str, str]) -> bytes:
    def made(name: str) -> str:
        return f"<{name}>{inside[name]}</{name}>" if name in inside else ""

    before, article, after = ("".join(map(made, names)) for names in (BEFORE, IN_ARTICLE, AFTER))
    return (
        f"<PubmedArticle><MedlineCitation><PMID>1</PMID>{before}<Article>{article}<ArticleTitle>T</ArticleTitle>"
        f"</Article>{after}</MedlineCitation><PubmedData>{made('History')}</PubmedData></PubmedArticle>"
    ).encode()


def read(content: bytes) -> list[Article | Deletion | Refusal]:
    return list(xml.read_articles(io.BytesIO(b"<PubmedArticleSet>" + content + b"</PubmedArticleSet>"), "made.xml"))


def read_whole(content: bytes) -> list[Article | Deletion | Refusal]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(xml, "take_out", lambda whole: (whole, {}))
        return read(content)


def test_all_that_recurs_is_taken_out() -> None:
    rest, said = take_out(record(LISTS))
    assert rest == record({})
    assert len(said) == len(LISTS)


@given(st.data())
def test_it_is_read_as_with_the_whole_record(data: st.DataObject) -> None:
    names = data.draw(st.lists(st.sampled_from(sorted(LISTS)), unique=True))
    inside = dict.fromkeys(names, "")
    for name in names:
        between = LISTS[name].replace("><", ">\0<").split("\0")
        inside[name] = "".join(
            data.draw(st.sampled_from(DISTURBANCES), name) * data.draw(st.booleans()) + part for part in between
        )
    made = record(inside)
    assert read(made) == read_whole(made)


@pytest.mark.parametrize("name", LISTS)
def test_what_a_comment_holds_is_not_taken_out(name: str) -> None:
    commented = f"<!-- <{name}>{LISTS[name]}</{name}> -->".encode()
    made = record({}).replace(b"<MedlineCitation>", b"<MedlineCitation>" + commented)
    assert read(made) == read(record({}))


def test_a_heading_that_is_not_well_formed_is_refused() -> None:
    (refused,) = read(record({"MeshHeadingList": HEADING.replace("</MeshHeading>", "<b></MeshHeading>")}))
    assert isinstance(refused, Refusal)


@given(st.integers(min_value=0), st.binary(max_size=3))
def test_a_record_that_was_damaged_is_read_as_the_whole(place: int, damage: bytes) -> None:
    good = record(LISTS)
    place %= len(good)
    made = good[:place] + damage + good[place + 1 :]
    assert read(made) == read_whole(made)


@pytest.mark.parametrize("path", [*SMALL, *more()], ids=lambda path: path.name)
def test_real_records_are_read_as_the_whole(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened_source(str(path)) as stream:
        known = list(xml.read_articles(stream, path.name))
    monkeypatch.setattr(xml, "take_out", lambda whole: (whole, {}))
    with opened_source(str(path)) as stream:
        assert list(xml.read_articles(stream, path.name)) == known


@given(st.lists(st.integers(0, 9)), st.integers(1, 4))
def test_what_is_remembered_is_what_the_function_gives_and_no_more_than_allowed(asked: list[int], most: int) -> None:
    squares: Remembered[int, int] = Remembered(lambda number: number**2, most)
    assert [squares[number] for number in asked] == [number**2 for number in asked]
    assert len(squares) <= most


def test_records_before_a_stop_are_written(tmp_path: Path) -> None:
    source = tmp_path / "two-in-one.xml"
    end = b'</PubmedArticleSet><!DOCTYPE a [<!ENTITY b "c">]>'
    source.write_bytes(b"<PubmedArticleSet>" + record(LISTS) * 3 + end)
    part = write_part(RecordOptions(read_ontology().version), str(source), str(tmp_path), 0)
    assert (part.records, part.exported, len(part.refused)) == (4, 3, 1)


def test_the_work_on_records_makes_no_cycles(tmp_path: Path) -> None:
    options = RecordOptions(read_ontology().version)
    source = tmp_path / "many.xml"
    source.write_bytes(b"<PubmedArticleSet>" + record(LISTS) * 2_000 + b"</PubmedArticleSet>")
    write_part(options, str(source), str(tmp_path), 0)
    gc.collect()
    gc.disable()
    try:
        assert write_part(options, str(source), str(tmp_path), 1).exported == 2_000
        assert gc.collect() < 200
    finally:
        gc.enable()
