"""All IRIs in our namespace: made from content, so that the same input has the same IRIs in every run.

The IRIs of an imported record are strings, as in N-Quads. Its paper has NLM's IRI for its PMID,
``http://rdf.ncbi.nlm.nih.gov/pubmed/33100329``. A later version, which may have another title and abstract, has an IRI
of ours with its number; a paper without a PMID has the IRI of its DOI. The IRIs of the parts begin with that of our
page of the record. An identifier is written in the same way in each of them (:func:`iri_part`).
"""

import hashlib
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Protocol
from urllib.parse import quote

from pyoxigraph import NamedNode, Triple

from her2ld.errors import Problem, RecordError
from her2ld.pubmed import MeshTerm, Place, Record
from her2ld.pubmed.article import Article
from her2ld.statements.statement import SETTING, Claim, Curation, Statement
from her2ld.vocabulary import model, standard

PUBMED = "http://rdf.ncbi.nlm.nih.gov/pubmed/"
DOI = "https://doi.org/"
ORCID = "https://orcid.org/"
RECORD = f"{model.HER2LD}record/"
_OF_PUBMED = f"{RECORD}pubmed/"
NAMED_MESH = f"{model.HER2LD}mesh/"
REPORT = NamedNode(f"{model.HER2LD}report")
_FIRST_VERSION = "1"


class Identified(Protocol):
    """A record, or a work that a record cites: it has a PMID, a DOI, both or neither."""

    @property
    def pmid(self) -> str | None: ...  # noqa: D102

    @property
    def doi(self) -> str | None: ...  # noqa: D102


def path_of(iri: NamedNode) -> str | None:
    """Return the path of an IRI of ours; None for any other IRI.

    >>> path_of(NamedNode("https://w3id.org/her2ld/HER2"))
    'HER2'
    >>> path_of(NamedNode("https://example.org/HER2")) is None
    True
    """
    return iri.value.removeprefix(model.HER2LD) if iri.value.startswith(model.HER2LD) else None


def at_path(path: str) -> NamedNode:
    """Return our IRI with a path."""
    return NamedNode(model.HER2LD + path)


def article(record: Record) -> NamedNode:
    """Return the IRI of the paper of a record."""
    return _article(record.pmid, record.doi)


@lru_cache(maxsize=64)  # each statement of a record names it
def _article(pmid: str | None, doi: str | None) -> NamedNode:
    return NamedNode(of_pmid(pmid) if pmid else of_doi(doi or ""))


def paper_iri(paper: Identified) -> str | None:
    """Return the IRI of a paper: NLM's for its PMID, or else that of its DOI; None without both."""
    if paper.pmid:
        return of_pmid(paper.pmid)
    return of_doi(doi) if (doi := paper.doi) else None


def of_pmid(pmid: str) -> str:
    """Return the IRI of the paper with a PMID: that of NLM."""
    return PUBMED + iri_part(pmid)


def of_doi(doi: str) -> str:
    """Return the IRI of a DOI.

    >>> of_doi("10.1002/1097-0142(19971201)80:11<2038::AID-CNCR2>3.0.CO;2-X")
    'https://doi.org/10.1002/1097-0142(19971201)80:11%3C2038::AID-CNCR2%3E3.0.CO;2-X'
    """
    return DOI + iri_part(doi)


def page_of_paper(paper: str) -> str:
    """Return the IRI of the page of the paper that has NLM's IRI or that of a DOI.

    >>> page_of_paper("http://rdf.ncbi.nlm.nih.gov/pubmed/33100329"), page_of_paper("https://doi.org/10.1000/a_b")
    ('https://w3id.org/her2ld/record/pubmed/33100329', 'https://w3id.org/her2ld/record/10.1000_a%5Fb')
    """
    if paper.startswith(PUBMED):
        return _OF_PUBMED + paper.removeprefix(PUBMED)
    return RECORD + paper.removeprefix(DOI).replace("_", "%5F").replace("/", "_")


def paper_of_page(page: str) -> str:
    """Return the IRI of the paper whose page has an IRI that :func:`page_of_paper` returned.

    >>> paper_of_page("https://w3id.org/her2ld/record/10.1000_a%5Fb")
    'https://doi.org/10.1000/a_b'
    """
    if page.startswith(_OF_PUBMED):
        return PUBMED + page.removeprefix(_OF_PUBMED)
    return DOI + page.removeprefix(RECORD).replace("_", "/").replace("%5F", "_")


def record_page(paper: Identified) -> str:
    """Return the IRI of the page of a record, with which those of its parts begin."""
    return page_of_paper(paper_iri(paper) or DOI)


def record_key(paper: Identified) -> str:
    """Return the name of a record in IRIs: ``pubmed/`` and its PMID, or else its DOI with ``_`` for ``/``, encoded.

    It is unique.

    >>> record_key(Article(pmid="33100329"))
    'pubmed/33100329'
    """
    return record_page(paper).removeprefix(RECORD)


def text(record: Record, part: str) -> NamedNode:
    """Return the IRI of a text of a record: its title or its abstract."""
    return _text(record_page(record), part)


@lru_cache(maxsize=64)  # the name of each span of a record contains it
def _text(page: str, part: str) -> NamedNode:
    return NamedNode(f"{page}/{part}")


def part_of(text: NamedNode) -> str:
    """Return the part of a record for the IRI of a text: ``title`` or ``abstract``."""
    return text.value.rpartition("/")[2]


def span(record: Record, place: Place) -> NamedNode:
    """Return the IRI of a span of characters, with its offsets in the fragment syntax of RFC 5147."""
    return NamedNode(f"{text(record, place.part).value}#char={place.start},{place.end}")


def selector(record: Record, place: Place) -> NamedNode:
    """Return the IRI of the selector of a span."""
    return NamedNode(f"{text(record, place.part).value}#selector={place.start},{place.end}")


def related(record: Record, order: int) -> NamedNode:
    """Return the IRI of a comment or correction, given its position in the record, from 1."""
    return NamedNode(f"{record_page(record)}#related-{order}")


def curator(reading: Curation) -> NamedNode:
    """Return the IRI of a curator: the ORCID, or else one made from the name."""
    return NamedNode(of_orcid(reading.orcid)) if reading.orcid else agent(reading.curator)


def of_orcid(orcid: str) -> str:
    """Return the IRI of the person with an ORCID, which is given as four groups of digits."""
    return ORCID + orcid


def agent(name: str) -> NamedNode:
    """Return the IRI of a person or a group without another identifier, made from the name.

    >>> agent("The her2ld project")
    <NamedNode value=https://w3id.org/her2ld/curator/the-her2ld-project>
    """
    slug = re.sub(r"\W+", "-", name.casefold()).strip("-")
    return NamedNode(f"{model.HER2LD}curator/{iri_part(slug)}")


def curation(record: Record) -> NamedNode:
    """Return the IRI of the curation of a paper."""
    return NamedNode(f"{record_page(record)}/curation")


def study(record: Record, key: str) -> NamedNode:
    """Return the IRI of a study of a paper, from the curator's key."""
    return NamedNode(f"{record_page(record)}/study-{key.casefold()}")


def group(record: Record, key: str) -> NamedNode:
    """Return the IRI of a group of a study, from the curator's key."""
    return NamedNode(f"{record_page(record)}/group-{key.casefold()}")


def claim(subject: NamedNode, relation: NamedNode, value: NamedNode) -> Claim:
    """Return the claim with an IRI made from its three parts, so that all papers with the claim share one node."""
    digest = _digest(*map(str, (subject, relation, value)))
    return Claim(NamedNode(f"{model.HER2LD}claim/{digest}"), subject, relation, value)


def statement(made: Statement) -> NamedNode:
    """Return the IRI of a statement, made from its paper, its link, its claim, its quote and its setting.

    Offsets, axes, cues, words, results, notes, labels and dates do not count.
    """
    quoted = made.evidence[0].exact if made.evidence else ""
    about = " ".join(map(str, made.about))
    within = sorted(f"{property_} {value}" for property_, value in made.values if property_ in SETTING)
    doses = sorted(f"{each.agent} {each.value} {each.lower} {each.upper} {each.unit}" for each in made.doses)
    parts = (made.paper, made.link, made.claim.iri if made.claim else about, quoted)
    return NamedNode(f"{model.HER2LD}statement/{_digest(*map(str, parts), *within, *doses)}")


def part(whole: NamedNode, name: NamedNode) -> NamedNode:
    """Return the IRI of a part of a statement, a result or a dose, with the name that distinguishes it from others.

    >>> part(NamedNode("https://w3id.org/her2ld/statement/ab"), NamedNode("urn:hazardRatio-abe")).value
    'https://w3id.org/her2ld/statement/ab-hazardRatio-abe'
    """
    return NamedNode(f"{whole.value}-{name.value.removeprefix('urn:')}")


def local(iri: NamedNode) -> str:
    """Return the local name of a term with a small first letter: ``hazardRatio`` for her2:HazardRatio."""
    name = re.split(r"[/#]", iri.value)[-1]
    return name[:1].lower() + name[1:]


def nanopublication(artifact_code: str) -> NamedNode:
    """Return the trusty URI of a nanopublication, which ends with the artifact code."""
    return NamedNode(f"{model.HER2LD}nanopub/{artifact_code}")


def conclusion(triple: Triple, rank: int, premises: Iterable[NamedNode]) -> NamedNode:
    """Return the IRI of a conclusion, made from its triple, its certainty and its premises."""
    return NamedNode(f"{model.HER2LD}conclusion/{_digest(str(triple), str(rank), *map(str, premises))}")


def disagreement(claim: NamedNode, digest: str) -> NamedNode:
    """Return the IRI of a disagreement about a claim; the digest is that of both sides and of the reason."""
    return NamedNode(f"{claim.value}#disagreement-{digest}")


def number_difference(claim: NamedNode, digest: str) -> NamedNode:
    """Return the IRI of a difference of numbers for a claim; the digest is that of the numbers and their settings."""
    return NamedNode(f"{claim.value}#difference-{digest}")


def mapping(subject: NamedNode, relation: NamedNode, other: NamedNode, *, negated: bool) -> NamedNode:
    """Return the IRI of a mapping, made from its content without notes and labels."""
    return NamedNode(f"{model.HER2LD}mapping/{_digest(f'{subject} {relation} {negated} {other}')}")


def is_later_version(article: Article) -> bool:
    """Tell whether the record is of a version after the first."""
    return bool(article.pmid and article.version and article.version != _FIRST_VERSION)


def article_and_page(article: Article) -> tuple[str, str]:
    """Return the IRI of a paper, and the IRI with which those of its parts begin.

    Raises RecordError for a record with neither PMID nor DOI.

    >>> article_and_page(Article(pmid="30271887", version="2"))[0]
    'https://w3id.org/her2ld/record/pubmed/30271887/version-2'
    """
    if is_later_version(article):
        page = f"{record_page(article)}/version-{iri_part(article.version or '')}"
        return page, page
    if paper := paper_iri(article):
        return paper, page_of_paper(paper)
    raise RecordError([Problem(article.title.text or "a record", "it has neither a PMID nor a DOI", "give it one")])


def mesh_in_line(term: MeshTerm, qualifier: MeshTerm | None = None) -> str:
    """Return the IRI of a term of MeSH, or of a descriptor with a qualifier, in angle brackets.

    It is NLM's IRI if the record has the identifiers, or else one made from the names, the same for every record.

    >>> mesh_in_line(MeshTerm("Breast Neoplasms", "D001943"), MeshTerm("metabolism", "Q000378"))
    '<http://id.nlm.nih.gov/mesh/D001943Q000378>'
    >>> mesh_in_line(MeshTerm("Breast Neoplasms"))
    '<https://w3id.org/her2ld/mesh/Breast%20Neoplasms>'
    """
    if term.identifier and (qualifier is None or qualifier.identifier):
        last = qualifier.identifier if qualifier else None
        return f"<{standard.MESH}{iri_part(term.identifier)}{iri_part(last) if last else ''}>"
    names = (term.name,) if qualifier is None else (term.name, qualifier.name)
    return f"<{NAMED_MESH}{'/'.join(iri_part(name).replace('/', '%2F') for name in names)}>"


def iri_part(text: str) -> str:
    """Return a text as part of an IRI: characters that an IRI cannot have, or that end a path, are percent-encoded.

    RFC 3986 allows ``:``, ``;`` and parentheses in a path, so those of a DOI remain as they are.
    """
    return text if text.isalnum() and text.isascii() else quote(text, safe="/:;()._-~")


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
