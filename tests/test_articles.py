"""Imported records as N-Quads: what two parsers read is what was meant, and real records come through whole."""

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from her2ld import RecordError
from her2ld.dataset.articles import MeshNames, article_lines, deletion_lines
from her2ld.dataset.literals import GRAPH, string
from her2ld.iris import article_and_page, iri_part
from her2ld.pubmed.article import (
    Abstract,
    Article,
    Deletion,
    HeadingQualifier,
    MeshHeading,
    MeshTerm,
    People,
    Person,
    RecordIdentifier,
    Title,
)
from her2ld.pubmed.people import orcid
from her2ld.vocabulary import model, standard

TEXT = st.text(st.characters(exclude_categories=["Cs"]))


def parsed(lines: str) -> list[ox.Quad]:
    return list(ox.parse(input=lines.encode(), format=ox.RdfFormat.N_QUADS))


GENETICS = HeadingQualifier(MeshTerm("genetics", "Q000235"))


def values(lines: str, property_: ox.NamedNode) -> list[str]:
    found = (quad.object for quad in parsed(lines) if quad.predicate == property_)
    return [each.value for each in found if isinstance(each, ox.NamedNode | ox.Literal)]


@given(TEXT)
def test_a_literal_is_read_back_by_both_parsers(text: str) -> None:
    line = f"<http://a.example/s> <http://a.example/p> {string(text)}"
    (quad,) = parsed(line)
    assert quad.object == ox.Literal(text)
    assert ox.serialize([quad], format=ox.RdfFormat.N_QUADS) == line.encode()
    graph = rdflib.Graph().parse(data=line.replace(GRAPH, " .\n"), format="nt")
    assert [str(each) for each in graph.objects()] == [text]


@given(TEXT)
def test_any_text_can_be_a_part_of_an_iri(text: str) -> None:
    iri = f"https://doi.org/{iri_part(text)}"
    (quad,) = parsed(f"<{iri}> <http://a.example/p> <{iri}>{GRAPH}")
    assert quad.subject == ox.NamedNode(iri)


@given(TEXT, TEXT)
def test_any_name_makes_lines_that_are_read(name: str, doi: str) -> None:
    article = Article(
        pmid="1",
        title=Title(name),
        abstract=Abstract(doi),
        identifiers=(RecordIdentifier(doi, "doi"), RecordIdentifier(f"10.1/{doi}", "doi")),
        headings=(MeshHeading(MeshTerm(name or "a")),),
        authors=(People((Person(name, identifiers=(RecordIdentifier(doi, "ORCID"),)),)),),
    )
    lines = article_lines(article, {}, MeshNames())
    assert ox.serialize(parsed(lines), format=ox.RdfFormat.N_QUADS) == lines.encode()


def test_without_abstract_the_digest_stays() -> None:
    article = Article(pmid="1", title=Title("t"), abstract=Abstract("secret words", marked_up="secret <i>words</i>"))
    lines = article_lines(article, {}, MeshNames(), abstract=False)
    assert "secret" not in lines
    assert values(lines, model.SHA256) == values(article_lines(article, {}, MeshNames()), model.SHA256)


def test_a_heading_says_each_star_by_itself() -> None:
    heading = MeshHeading(
        MeshTerm("Breast Neoplasms", "D001943"),
        qualifiers=((MeshTerm("genetics", "Q000235"), True, False), (MeshTerm("pathology", "Q000473"), False, False)),  # type: ignore[arg-type]
    )
    lines = article_lines(Article(pmid="1", headings=(heading,)), {}, MeshNames())
    assert values(lines, standard.PRIMARY_SUBJECT_TERM) == ["http://id.nlm.nih.gov/mesh/D001943Q000235"]
    assert values(lines, standard.SUBJECT_TERM) == ["http://id.nlm.nih.gov/mesh/D001943Q000473"]
    assert values(lines, model.MAJOR_TOPIC) == ["false", "true", "false"]


def test_names_of_mesh_terms_are_said_once_a_file() -> None:
    article = Article(pmid="1", publication_types=(MeshTerm("Review", "D016454"),))
    named = MeshNames()
    first, second = (values(article_lines(article, {}, named), standard.LABEL) for _ in range(2))
    assert (first, second) == (["Review"], [])


def test_terms_of_one_name_are_said_once_and_their_kinds_each() -> None:
    kinds = (MeshTerm("madeup disease", "C000001", "Disease"), MeshTerm("madeup disease", "C000001", "Protocol"))
    headings = tuple(MeshHeading(term, qualifiers=(GENETICS,)) for term in kinds)
    lines = article_lines(Article(pmid="1", headings=headings), {}, MeshNames())
    assert values(lines, standard.LABEL) == ["madeup disease", "genetics", "madeup disease/genetics"]
    assert values(lines, model.KIND) == ["Disease", "Protocol"]


def test_versions_do_not_mix() -> None:
    iris = [article_and_page(Article(pmid="7", version=version))[0] for version in (None, "1", "2")]
    assert iris[0] == iris[1] == "http://rdf.ncbi.nlm.nih.gov/pubmed/7"
    assert iris[2] == "https://w3id.org/her2ld/record/pubmed/7/version-2"


def test_a_record_without_pmid_has_the_iri_of_its_doi() -> None:
    article = Article(identifiers=(RecordIdentifier("10.1/a b<c>", "doi"),))
    assert article_and_page(article)[0] == "https://doi.org/10.1/a%20b%3Cc%3E"
    with pytest.raises(RecordError):
        article_and_page(Article(title=Title("none")))


def test_a_deletion_is_said() -> None:
    lines = deletion_lines(Deletion("5", "1", of_book=True))
    assert values(lines, standard.TYPE) == ["https://w3id.org/her2ld/DeletedRecord"]
    assert {line.split()[0] for line in lines.splitlines()} == {"<http://rdf.ncbi.nlm.nih.gov/pubmed/5>"}


@pytest.mark.parametrize(
    ("version", "iri"),
    [
        (None, "http://rdf.ncbi.nlm.nih.gov/pubmed/5"),
        ("1", "http://rdf.ncbi.nlm.nih.gov/pubmed/5"),
        ("2", "https://w3id.org/her2ld/record/pubmed/5/version-2"),
    ],
)
def test_a_deletion_states_no_version_for_its_iri_is_that_of_the_version(version: str | None, iri: str) -> None:
    (line,) = deletion_lines(Deletion("5", version)).splitlines()
    assert line.startswith(f"<{iri}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> ")


@pytest.mark.parametrize("spelling", ["{}", "https://orcid.org/{}", "http://orcid.org/{}", " {} "])
def test_spellings_of_an_orcid_are_one(spelling: str) -> None:
    assert orcid(spelling.format("0000-0002-1825-0097")) == "0000-0002-1825-0097"


def test_every_digit_of_an_orcid_counts() -> None:
    good = "0000000218250097"
    wrong = [f"{good[:at]}{digit}{good[at + 1 :]}" for at in range(16) for digit in "0123456789" if digit != good[at]]
    assert [each for each in wrong if orcid(each)] == []
