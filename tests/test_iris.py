"""The IRIs of papers: one for the curated and for the imported form of a paper, valid whatever its identifiers hold."""

import datetime as dt
import re
from pathlib import Path
from urllib.parse import unquote

import pyoxigraph as ox
from hypothesis import example, given
from hypothesis import strategies as st

from her2ld import Vocabulary, iris
from her2ld.dataset.articles import MeshNames, article_lines
from her2ld.dataset.curated_records import record_quads
from her2ld.desk.new_papers import new_papers
from her2ld.pages.knowledge import paper_at, record_path
from her2ld.pubmed.article import Abstract, Article, RecordIdentifier, RelatedCitation, Title
from her2ld.pubmed.record import record_of
from her2ld.vocabulary import model, standard

# What DOIs hold, and what an IRI or the name of a file cannot.
DOIS = st.text(
    st.one_of(st.sampled_from(' :;()/_<>"{}|\\^`%#?&+,@[]~-é汉\x7f'), st.characters(codec="utf-8")), min_size=1
)
OF_OLD_PAPERS = "1097-0142(19971201)80:11<2038::AID-CNCR2>3.0.CO;2-X"
# A path without a query, as RFC 3986 writes it; IRIs of ours are ASCII.
PATH = re.compile(r"(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-F]{2})*")


def with_doi(doi: str) -> Article:
    identifiers = (RecordIdentifier(doi, "doi"),)
    return Article(title=Title("HER2."), abstract=Abstract("One sentence."), identifiers=identifiers)


@given(DOIS)
@example(OF_OLD_PAPERS)
def test_a_curated_and_an_imported_paper_have_the_same_iris(vocabulary: Vocabulary, suffix: str) -> None:
    article = with_doi(f"10.1000/{suffix}")
    curated = list(record_quads(record_of(article, "here"), (), (), vocabulary.steering))
    imported = list(ox.parse(input=article_lines(article, {}, MeshNames()).encode(), format=ox.RdfFormat.N_QUADS))
    for property_ in (standard.TITLE, standard.DOI, model.HAS_TEXT, standard.VALUE):
        found = [
            {(quad.subject, quad.object) for quad in quads if quad.predicate == property_}
            for quads in (curated, imported)
        ]
        assert found[0] == found[1]
        assert found[0]


@given(DOIS)
@example(OF_OLD_PAPERS)
def test_the_iris_of_a_doi_are_valid_and_lead_back_to_it(suffix: str) -> None:
    article = with_doi(f"10.1000/{suffix}")
    paper, page = iris.article_and_page(article)
    assert ox.NamedNode(paper) == iris.article(record_of(article, "here"))
    assert page == iris.record_page(record_of(article, "here"))
    for iri, start in ((paper, iris.DOI), (page, iris.RECORD)):
        assert PATH.fullmatch(iri.removeprefix(start))
        line = f"<{iri}> <{iri}> <{iri}> .\n".encode()
        assert ox.serialize(ox.parse(input=line, format=ox.RdfFormat.N_TRIPLES), format=ox.RdfFormat.N_TRIPLES) == line
    assert unquote(paper.removeprefix(iris.DOI)) == article.doi
    assert iris.paper_of_page(page) == paper
    assert iris.page_of_paper(paper) == page


@given(DOIS)
@example(OF_OLD_PAPERS)
def test_the_page_of_a_paper_is_found_by_its_path(suffix: str) -> None:
    paper, page = (ox.NamedNode(iri) for iri in iris.article_and_page(with_doi(f"10.1000/{suffix}")))
    store = ox.Store()
    store.add(ox.Quad(paper, standard.TYPE, standard.ARTICLE))
    assert record_path(store, paper) == iris.path_of(page)
    assert paper_at(store, record_path(store, paper)) == paper


@given(DOIS)
def test_a_notice_names_a_paper_as_its_record_does(suffix: str) -> None:
    """For a DOI as a citation can print it: without a space, a quotation mark or an angle bracket."""
    doi = "10.1000/" + "".join(re.findall(r"[^\s\"<>.,;:()]", suffix))
    cited = RelatedCitation("RetractionOf", f"J Test. 2003;1:2. doi: {doi}.")
    if cited.doi == doi:
        assert iris.record_key(cited) == iris.record_key(with_doi(doi))
        assert iris.paper_iri(cited) == iris.paper_iri(with_doi(doi))


@given(DOIS)
@example(OF_OLD_PAPERS)
def test_the_folder_of_a_paper_has_a_name_for_any_system(suffix: str) -> None:
    record = record_of(with_doi(f"10.1000/{suffix}"), "here")
    (new,) = new_papers([record], Path("nowhere"), "A. Curator", None, dt.date(2026, 11, 30))
    assert re.fullmatch(r"[A-Za-z0-9.()_%~-]+", new.folder.name)
    assert unquote(new.folder.name.replace("_", "/")) == record.doi
