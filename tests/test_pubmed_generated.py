"""What holds for any record: made-up ones with parts left out, with random texts, with comments that cut them."""

import copy
import io

import pyoxigraph
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from her2ld.dataset.articles import MeshNames, article_lines
from her2ld.pubmed.article import Article
from her2ld.pubmed.xml import read_articles
from tests.pubmed import independent
from tests.pubmed.comparison import compare
from tests.pubmed.inputs import MADE_UP
from tests.pubmed.kept import kept
from tests.pubmed.read_back import graph_of, left_over, read_back
from tests.pubmed.texts import clean
from tests.pubmed.texts import text as text_of

# XML 1.0, section 2.2: what a document may hold.
CHARACTERS = st.characters(
    exclude_categories=["Cs", "Cc"], include_characters="\t\n", exclude_characters="\ufffe\uffff"
)
TEXTS = st.text(CHARACTERS, max_size=12)
NAMES = st.sampled_from(["b", "i", "sup", "sub", "u"])
BASES = [record for path in MADE_UP for record in independent.records(path)]
# A record has these, or is none.
KEPT = {"PMID", "MedlineCitation", "BookDocument", "Book"}
# These stand in pairs.
PAIRED = {"RegistryNumber", "NameOfSubstance", "DescriptorName"}


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("]]>", "]]&gt;")


def written_in_many_ways(text: str) -> st.SearchStrategy[tuple[str, str]]:
    references = "".join(f"&#x{ord(character):x};" for character in text)
    ways = [escape(text), references, f"<![CDATA[{text.replace(']]>', '')}]]>" if "]]>" not in text else references]
    return st.sampled_from(ways).map(lambda way: (way, text))


SILENT = st.one_of(
    st.text("abc <>&", max_size=5).map(lambda text: (f"<!--{text}-->", "")), st.just(("<?stop here?>", ""))
)
PIECES = st.recursive(
    st.one_of(TEXTS.flatmap(written_in_many_ways), SILENT),
    lambda pieces: st.tuples(NAMES, st.lists(pieces, max_size=4)).map(
        lambda made: (
            f"<{made[0]}>{''.join(xml for xml, _ in made[1])}</{made[0]}>",
            "".join(text for _, text in made[1]),
        )
    ),
    max_leaves=12,
)


def citation(title: str, abstract: str) -> bytes:
    return (
        '<PubmedArticleSet><PubmedArticle><MedlineCitation Status="MEDLINE"><PMID Version="1">90000001</PMID>'
        f"<Article><ArticleTitle>{title}</ArticleTitle>"
        f"<Abstract><AbstractText>{abstract}</AbstractText></Abstract></Article>"
        "</MedlineCitation></PubmedArticle></PubmedArticleSet>"
    ).encode()


def read_one(content: bytes) -> Article:
    (article,) = read_articles(io.BytesIO(content), "generated.xml")
    assert isinstance(article, Article)
    return article


@given(st.lists(PIECES, max_size=6), st.lists(PIECES, max_size=6))
def test_no_character_of_a_text_is_lost(title: list[tuple[str, str]], abstract: list[tuple[str, str]]) -> None:
    article = read_one(citation(*("".join(xml for xml, _ in pieces) for pieces in (title, abstract))))
    assert article.title.text == clean("".join(text for _, text in title))
    assert article.abstract.text == clean("".join(text for _, text in abstract))
    for marked_up, text in (
        (article.title.marked_up, article.title.text),
        (article.abstract.marked_up, article.abstract.text),
    ):
        if marked_up:
            assert text_of(etree.fromstring(f"<text>{marked_up}</text>")) == (text or None)


@st.composite
def records(draw: st.DrawFn) -> bytes:
    """Return a set with one made-up record, changed."""
    record = copy.deepcopy(draw(st.sampled_from(BASES)))
    for place in draw(st.lists(st.integers(0, 500), max_size=30)):
        others = [each for each in record.iterdescendants(etree.Element) if may_go(each)]
        if others:
            gone = others[place % len(others)]
            gone.getparent().remove(gone)
    for place in draw(st.lists(st.integers(0, 500), max_size=5)):
        given_one = [each for each in record.iter(etree.Element) if each.attrib]
        if given_one:
            found = given_one[place % len(given_one)]
            del found.attrib[found.keys()[place % len(found.keys())]]
    for place, text in draw(st.lists(st.tuples(st.integers(0, 500), TEXTS), max_size=12)):
        leaves = [each for each in record.iter(etree.Element) if not len(each) and each.tag != "PMID"]
        if leaves:
            leaves[place % len(leaves)].text = text
    for place, cut in draw(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 20)), max_size=12)):
        elements = list(record.iter(etree.Element))
        found = elements[place % len(elements)]
        comment = etree.Comment("cut") if cut % 2 else etree.ProcessingInstruction("cut", "here")
        text = found.text or ""
        found.text, comment.tail = text[:cut], text[cut:]
        found.insert(0, comment)
    root = etree.Element("PubmedArticleSet")
    root.append(record)
    content: bytes = etree.tostring(root, encoding="utf-8")
    return content


def as_node(term: object) -> pyoxigraph.NamedNode:
    """Return an IRI of rdflib as one of pyoxigraph."""
    return pyoxigraph.NamedNode(str(term))


def as_term(term: object) -> pyoxigraph.NamedNode | pyoxigraph.Literal:
    """Return a term of rdflib as one of pyoxigraph, without a change of spelling."""
    if isinstance(term, rdflib.Literal):
        datatype = as_node(term.datatype) if term.datatype else None
        return pyoxigraph.Literal(str(term), datatype=datatype, language=term.language)
    return as_node(term)


def may_go(element: etree._Element) -> bool:
    return element.tag not in KEPT | PAIRED


@given(records())
def test_the_reader_agrees_with_a_second_reading(content: bytes) -> None:
    (expected,) = independent.articles(content)
    assert compare("", read_one(content), expected) == []


@given(records())
def test_two_parsers_read_the_same_quads(content: bytes) -> None:
    lines = article_lines(read_one(content), {}, MeshNames())
    quads = list(pyoxigraph.parse(lines.encode(), pyoxigraph.RdfFormat.N_QUADS))
    assert len(quads) == lines.count("\n")
    dataset = rdflib.Dataset()
    dataset.parse(data=lines, format="nquads")
    again = {
        pyoxigraph.Quad(as_node(subject), as_node(property_), as_term(value), as_node(graph))
        for subject, property_, value, graph in dataset.quads()
    }
    assert again == set(quads)


@given(records())
def test_rdf_says_what_a_second_reading_says(content: bytes) -> None:
    (expected,) = independent.articles(content)
    graph = graph_of(article_lines(read_one(content), {}, MeshNames()))
    said, wanted = read_back(graph), kept(expected)
    assert {name: said[name] for name in wanted if said[name] != wanted[name]} == {}
    assert left_over(graph) == []
