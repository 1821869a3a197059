"""PubMed's XML: what comes through, what is refused, and that the rest is read."""

import io
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from her2ld import RecordError
from her2ld.pubmed import xml
from her2ld.pubmed.article import Article, Deletion, Refusal

MATH = 'xmlns:mml="http://www.w3.org/1998/Math/MathML"'


def record(pmid: str, title: str = "A title", more: str = "") -> str:
    """Make a record that is well-formed and says little (made up)."""
    return (
        f'<PubmedArticle><MedlineCitation Status="MEDLINE"><PMID Version="1">{pmid}</PMID>'
        f"<Article><ArticleTitle>{title}</ArticleTitle>{more}</Article></MedlineCitation></PubmedArticle>"
    )


def in_set(*records: str) -> str:
    return f"<PubmedArticleSet>{''.join(records)}</PubmedArticleSet>"


def read(text: str | bytes) -> list[Article | Deletion | Refusal]:
    return list(xml.read_articles(io.BytesIO(text.encode() if isinstance(text, str) else text), "made.xml"))


def outline(text: str | bytes) -> list[str]:
    """Name what was read by its kind and its PMID."""
    return [f"{type(each).__name__} {each.pmid}" for each in read(text)]


def title_of(marked_up: str) -> str:
    (article,) = read(in_set(record("1", marked_up)))
    assert isinstance(article, Article)
    return article.title.text


@pytest.mark.parametrize(
    ("marked_up", "text"),
    [
        ("HER2<!-- no -->-positive", "HER2-positive"),
        ("HER2<?no?>-positive", "HER2-positive"),
        ("HER<sub>2</sub> in <i>E. <b>coli</b></i>.", "HER2 in E. coli."),
        ("<![CDATA[a < b]]> &amp; c", "a < b & c"),
        ("\n  two\n   lines ", "two lines"),
        ("thin\u2009space", "thin\u2009space"),
        (f"<mml:math {MATH}> <mml:msub> <mml:mtext>Cu</mml:mtext> <mml:mn>2</mml:mn> </mml:msub></mml:math>O", "Cu2O"),
        (f"<mml:math {MATH}><mml:mfenced><mml:mi>a</mml:mi><mml:mi>b</mml:mi></mml:mfenced></mml:math>", "(a,b)"),
    ],
)
def test_a_title_is_clean_text(marked_up: str, text: str) -> None:
    assert title_of(marked_up) == text


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), min_size=1))
def test_no_character_of_a_title_is_lost(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    half = len(text) // 2
    marked = escaped if "&" in escaped else f"{escaped[:half]}<sup>{escaped[half:]}</sup>"
    assert title_of(marked).replace(" ", "") == text.replace(" ", "")


BROKEN = "<PubmedArticle><MedlineCitation><PMID>2</PMID><b></MedlineCitation></PubmedArticle>"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (in_set(record("1"), BROKEN, record("3")), ["Article 1", "Refusal 2", "Article 3"]),
        (in_set(record("1"), record("2")[:40], record("3")), ["Article 1", "Refusal None", "Article 3"]),
        (in_set(record("1"), "words", record("3")), ["Article 1", "Refusal None", "Article 3"]),
        (in_set(record("1"), "<Other><PMID>2</PMID></Other>", record("3")), ["Article 1", "Refusal None", "Article 3"]),
        (in_set(record("1"), record("2", "&alpha;"), record("3")), ["Article 1", "Refusal 2", "Article 3"]),
        (in_set(record("1"), record("2x"), record("")), ["Article 1", "Refusal None", "Refusal None"]),
        (in_set(record("1"), f"<!-- {record('2')} -->", record("3")), ["Article 1", "Article 3"]),
        (in_set(record("1", "a <!-- </PubmedArticle> --> b"), record("2")), ["Article 1", "Article 2"]),
        (in_set(record("1"), record("2"))[:-40], ["Article 1", "Refusal 2"]),
        (in_set(record("1"), record("2"))[:-19], ["Article 1", "Article 2", "Refusal None"]),
        (in_set(record("1"), "<DeleteCitation><PMID>8</PMID></DeleteCitation>"), ["Article 1", "Deletion 8"]),
        (in_set("<DeleteCitation/>"), []),
        (in_set("<DeleteCitation><PMID/><PMID>8</PMID></DeleteCitation>"), ["Refusal None", "Deletion 8"]),
        (record("1") + record("2"), ["Article 1", "Article 2"]),
        ("<PubmedArticleSet/>", []),
        ("<MedlineCitationSet><MedlineCitation><PMID>4</PMID></MedlineCitation></MedlineCitationSet>", ["Article 4"]),
        (f"<PubmedArticleSet {MATH}>{record('1', '<mml:math>x</mml:math>')}</PubmedArticleSet>", ["Article 1"]),
        ("\ufeff" + record("1"), ["Article 1"]),
        (('<?xml version="1.0" encoding="UTF-16"?>' + record("1", "ß")).encode("utf-16"), ["Article 1"]),
        (('<?xml version="1.0" encoding="latin-1"?>' + record("1", "ß")).encode("latin-1"), ["Article 1"]),
        (in_set(record("1"), record("2", "ß"), record("3")).encode("latin-1"), ["Article 1", "Refusal 2", "Article 3"]),
    ],
)
def test_a_broken_record_is_refused_and_the_rest_is_read(text: str | bytes, expected: list[str]) -> None:
    assert outline(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "<html><body>Error</body></html>",
        "no XML at all",
        '<!DOCTYPE PubmedArticleSet [<!ENTITY a "b">]><PubmedArticleSet/>',
        '<?xml version="1.0" encoding="klingon"?><PubmedArticleSet/>',
    ],
)
def test_what_is_not_of_pubmed_is_an_error(text: str) -> None:
    with pytest.raises(RecordError):
        read(text)


XML = '<?xml version="1.0"?>'
SET = in_set(record("1"), record("2"))
NOT_CLOSED = "that begins here is never closed"


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        (f'<?xml version="1.0"\n{SET}', "line 1", f"the declaration or processing instruction {NOT_CLOSED}"),
        (f'<?xml version="1.0">\n{SET}<?pi?>', "line 1", f"the declaration or processing instruction {NOT_CLOSED}"),
        (f"{XML}\n<?pi {SET}", "line 2", f"the declaration or processing instruction {NOT_CLOSED}"),
        (f"{XML}\n\n<!-- a note {SET}", "line 3", f"the comment {NOT_CLOSED}"),
        (f"{XML}\n<!-- a note ->{SET}<!-- another -->", "line 2", f"the comment {NOT_CLOSED}"),
        (f"{XML}\n<!DOCTYPE PubmedArticleSet\n{SET}", "line 2", f"the DOCTYPE {NOT_CLOSED}"),
        (f"{XML}\n<!DOCTYPE Pubmed", "line 2", f"the DOCTYPE {NOT_CLOSED}"),
        ("<?xm", "line 1", f"the declaration or processing instruction {NOT_CLOSED}"),
        (f"{XML}\n", "line 2", "the file ends before its first record"),
        (f"{XML}<!-- a note -->", "line 1", "the file ends before its first record"),
        ("  \n ", "line 2", "the file ends before its first record"),
    ],
)
def test_what_is_never_closed_is_an_error_and_not_a_file_without_records(text: str, where: str, what: str) -> None:
    with pytest.raises(RecordError) as raised:
        read(text)
    (problem,) = raised.value.problems
    assert (problem.where, problem.what.startswith(what)) == (f"made.xml, {where}", True)


def test_a_comment_that_is_never_closed_between_records_hides_no_record_before_it() -> None:
    articles = xml.read_articles(io.BytesIO(in_set(record("1"), "<!-- a note", record("2")).encode()), "made.xml")
    assert isinstance(next(articles), Article)
    with pytest.raises(RecordError, match="the comment that begins here is never closed"):
        next(articles)


@pytest.mark.parametrize(
    ("text", "encoding", "what"),
    [
        (SET, "klingon", "its encoding “klingon” is not known"),
        (SET, "", "its encoding “” is not known"),
        (SET, "foo bar", "its encoding “foo bar” is not known"),
        (SET, "rot13", "its encoding “rot13” is not known"),
        (SET, "base64", "its encoding “base64” is not known"),
        (SET, "UTF-16", "it declares the encoding “UTF-16”, but has another one"),
        (SET, "utf-32-be", "it declares the encoding “utf-32-be”, but has another one"),
        (SET, "utf-7", "it declares the encoding “utf-7”, but has another one"),
        (SET, "idna", "it declares the encoding “idna”, but has another one"),
        (SET, "undefined", "it declares the encoding “undefined”, but has another one"),
        (SET, "cp037", "it declares the encoding “cp037”, but has another one"),
        (SET.replace("title", "ß"), "shift_jis", "some of its bytes are not shift_jis"),
    ],
)
def test_an_encoding_that_cannot_be_is_an_error(text: str, encoding: str, what: str) -> None:
    with pytest.raises(RecordError) as raised:
        read(f'<?xml version="1.0" encoding="{encoding}"?>{text}')
    assert [(problem.where, problem.what) for problem in raised.value.problems] == [("made.xml", what)]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-be"])
def test_wide_characters_need_a_byte_order_mark(encoding: str) -> None:
    with pytest.raises(RecordError, match="it is UTF-16 or UTF-32 without a byte order mark"):
        read(f"{XML}{SET}".encode(encoding))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_tells_the_encoding(encoding: str) -> None:
    assert outline(f"{XML}{SET}".encode(encoding)) == ["Article 1", "Article 2"]


@pytest.mark.parametrize("encoding", ["windows-1252", "US-ASCII", "ISO-8859-15", "koi8-r", "GB18030"])
def test_other_encodings_are_read(encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?>{SET}'
    assert outline(text.encode(encoding)) == ["Article 1", "Article 2"]


def test_the_doctype_of_nlm_is_not_fetched() -> None:
    doctype = '<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD" "file:///does/not/exist.dtd">'
    assert outline(f'<?xml version="1.0"?>{doctype}{in_set(record("1"))}') == ["Article 1"]


@pytest.mark.parametrize("size", [1, 7, 64, 1000])
@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_records_are_the_same_however_the_stream_is_cut(size: int, encoding: str) -> None:
    records = in_set(record("1", "a <!-- </PubmedArticle> --> ß"), BROKEN, record("3"))
    text = f'<?xml version="1.0" encoding="{encoding}"?>{records}'.encode(encoding)

    class Drops(io.BytesIO):
        def read(self, _: int | None = None, /) -> bytes:
            return super().read(size)

    assert list(xml.read_articles(Drops(text), "made.xml")) == read(text)


def test_a_refusal_says_where() -> None:
    (refusal,) = [each for each in read(in_set(record("1"), "\n\n", BROKEN)) if isinstance(each, Refusal)]
    assert (refusal.position, refusal.line, refusal.pmid) == (2, 3, "2")


def test_sections_of_an_abstract_are_found_in_its_text() -> None:
    sections = (
        '<Abstract><AbstractText Label="AIM" NlmCategory="OBJECTIVE">To see.</AbstractText><AbstractText/>'
        "<AbstractText>Seen.</AbstractText></Abstract>"
    )
    (article,) = read(in_set(record("1", more=sections)))
    assert isinstance(article, Article)
    text = article.abstract.text
    assert text == "AIM: To see. Seen."
    found = [(text[each.start : each.end], each.label, each.category) for each in article.abstract.sections]
    assert found == [("To see.", "AIM", "OBJECTIVE"), ("", None, None), ("Seen.", None, None)]


def test_memory_does_not_grow_with_what_lies_between_records() -> None:
    class Blanks:
        left = 64

        def read(self, size: int, /) -> bytes:
            self.left -= 1
            return b" " * size if self.left else b""

    tracemalloc.start()
    with pytest.raises(RecordError, match="ends before its first record"):
        list(xml.read_articles(Blanks(), "made.xml"))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8 << 20
