"""Every IRI of ours: made from content, so that the same input has the same names in every run.

The IRIs of an imported record are strings, as in N-Quads. Its paper has NLM's IRI of its PMID,
``http://rdf.ncbi.nlm.nih.gov/pubmed/33100329``. A later version, which may have another title and abstract, has an IRI
of ours with its number, and a paper without PMID the IRI of its DOI. The parts are named below our page of the record.
"""

import hashlib
import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import quote

from pyoxigraph import NamedNode, Triple

from her2ld.errors import Problem, RecordError
from her2ld.pubmed import MeshTerm, Place, Record
from her2ld.pubmed.article import Article, RelatedCitation
from her2ld.statements.statement import SETTING, Claim, Curation, Statement
from her2ld.vocabulary import model, standard

PUBMED = "http://rdf.ncbi.nlm.nih.gov/pubmed/"
DOI = "https://doi.org/"
RECORD = f"{model.HER2LD}record/"
NAMED_MESH = f"{model.HER2LD}mesh/"
REPORT = NamedNode(f"{model.HER2LD}report")
_FIRST_VERSION = "1"


def path_of(iri: NamedNode) -> str | None:
    """Return the path of an IRI of ours, None for IRIs of others.

    >>> path_of(NamedNode("https://w3id.org/her2ld/HER2"))
    'HER2'
    >>> path_of(NamedNode("https://example.org/HER2")) is None
    True
    """
    return iri.value.removeprefix(model.HER2LD) if iri.value.startswith(model.HER2LD) else None


def at_path(path: str) -> NamedNode:
    """Return the IRI of ours that has that path."""
    return NamedNode(model.HER2LD + path)


def article(record: Record) -> NamedNode:
    """Name the paper by NLM's IRI of its PMID, or else by its DOI, percent-encoded where an IRI needs it."""
    return _article(record.pmid, record.doi)


@lru_cache(maxsize=64)  # each statement of a record names it
def _article(pmid: str | None, doi: str | None) -> NamedNode:
    return NamedNode(PUBMED + iri_part(pmid) if pmid else DOI + iri_part(doi or ""))


def record_page(record: Record) -> str:
    """Return the IRI below which the parts of a record are named."""
    return RECORD + record.key


def text(record: Record, part: str) -> NamedNode:
    """Name the title or the abstract as a text of its own."""
    return _text(record_page(record), part)


@lru_cache(maxsize=64)  # the name of each span of a record contains it
def _text(page: str, part: str) -> NamedNode:
    return NamedNode(f"{page}/{part}")


def part_of(text: NamedNode) -> str:
    """Return the part of the record that a text is, by the record's name for it: ``title`` or ``abstract``."""
    return text.value.rpartition("/")[2]


def span(record: Record, place: Place) -> NamedNode:
    """Name a run of characters by its offsets, in the fragment syntax of RFC 5147."""
    return NamedNode(f"{text(record, place.part).value}#char={place.start},{place.end}")


def selector(record: Record, place: Place) -> NamedNode:
    """Name the selector of a span's characters."""
    return NamedNode(f"{text(record, place.part).value}#selector={place.start},{place.end}")


def related(record: Record, order: int) -> NamedNode:
    """Name the comment or correction in that place of the record, counted from 1."""
    return NamedNode(f"{record_page(record)}#related-{order}")


def cited_work(related: RelatedCitation) -> str | None:
    """Return the IRI of the work that a comment or correction names: by its PMID, or else by its DOI."""
    if related.pmid:
        return PUBMED + iri_part(related.pmid)
    return DOI + iri_part(related.doi) if related.doi else None


def mesh(term: MeshTerm, qualifier: MeshTerm | None = None) -> NamedNode:
    """Name a term of MeSH, or a descriptor with its qualifier by the one IRI of the pair, as NLM does.

    If an identifier is unknown, the IRI is one of ours, made from the names as in :func:`mesh_in_line`.

    >>> mesh(MeshTerm("Receptor, ErbB-2", "D018719"), MeshTerm("metabolism", "Q000378"))
    <NamedNode value=http://id.nlm.nih.gov/mesh/D018719Q000378>
    """
    return NamedNode((mesh_in_line(term, qualifier) if qualifier else mesh_in_line(term))[1:-1])


def curator(reading: Curation) -> NamedNode:
    """Name the curator by ORCID, or else by a slug of the name."""
    if reading.orcid:
        return NamedNode(f"https://orcid.org/{reading.orcid}")
    return agent(reading.curator)


def agent(name: str) -> NamedNode:
    """Name a person or a group without a better identifier by a slug of the name.

    >>> agent("The her2ld project")
    <NamedNode value=https://w3id.org/her2ld/curator/the-her2ld-project>
    """
    slug = re.sub(r"\W+", "-", name.casefold()).strip("-")
    return NamedNode(f"{model.HER2LD}curator/{quote(slug)}")


def curation(record: Record) -> NamedNode:
    """Name the reading of a paper by its curator."""
    return NamedNode(f"{record_page(record)}/curation")


def study(record: Record, key: str) -> NamedNode:
    """Name a study of the paper by the curator's name for it."""
    return NamedNode(f"{record_page(record)}/study-{key.casefold()}")


def group(record: Record, key: str) -> NamedNode:
    """Name a group of a study by the curator's name for it."""
    return NamedNode(f"{record_page(record)}/group-{key.casefold()}")


def claim(subject: NamedNode, relation: NamedNode, value: NamedNode) -> Claim:
    """Return the claim of those three, named after them: all papers that make the same claim point to the same node."""
    digest = _digest(*map(str, (subject, relation, value)))
    return Claim(NamedNode(f"{model.HER2LD}claim/{digest}"), subject, relation, value)


def statement(said: Statement) -> NamedNode:
    """Name a statement after its paper, its link to the claim, the claim, the quoted characters and the setting.

    Offsets, axes, cues, words, results, notes, labels and dates do not count.
    """
    quoted = said.evidence[0].exact if said.evidence else ""
    about = " ".join(map(str, said.about))
    within = sorted(f"{property_} {value}" for property_, value in said.values if property_ in SETTING)
    doses = sorted(f"{each.agent} {each.value} {each.lower} {each.upper} {each.unit}" for each in said.doses)
    parts = (said.paper, said.link, said.claim.iri if said.claim else about, quoted)
    return NamedNode(f"{model.HER2LD}statement/{_digest(*map(str, parts), *within, *doses)}")


def part(whole: NamedNode, name: NamedNode) -> NamedNode:
    """Name a part of a statement: a result or a dose, after the name that distinguishes it from the others.

    >>> part(NamedNode("https://w3id.org/her2ld/statement/ab"), NamedNode("urn:hazardRatio-abe")).value
    'https://w3id.org/her2ld/statement/ab-hazardRatio-abe'
    """
    return NamedNode(f"{whole.value}-{name.value.removeprefix('urn:')}")


def local(iri: NamedNode) -> str:
    """Return the local name of a term with a small first letter: ``hazardRatio`` of her2:HazardRatio."""
    name = re.split(r"[/#]", iri.value)[-1]
    return name[:1].lower() + name[1:]


def nanopublication(artifact_code: str) -> NamedNode:
    """Name a nanopublication by its trusty URI, which ends in the artifact code."""
    return NamedNode(f"{model.HER2LD}nanopub/{artifact_code}")


def conclusion(triple: Triple, rank: int, premises: Iterable[NamedNode]) -> NamedNode:
    """Name a conclusion after its triple, its certainty, and the statements that it follows from."""
    return NamedNode(f"{model.HER2LD}conclusion/{_digest(str(triple), str(rank), *map(str, premises))}")


def disagreement(claim: NamedNode, digest: str) -> NamedNode:
    """Name a disagreement below its claim, after the statements of both sides and the reason for their opposition."""
    return NamedNode(f"{claim.value}#disagreement-{digest}")


def number_difference(claim: NamedNode, digest: str) -> NamedNode:
    """Name a difference of numbers below their claim, after the numbers and their settings."""
    return NamedNode(f"{claim.value}#difference-{digest}")


def claim_and_digest(iri: NamedNode) -> tuple[NamedNode, str]:
    """Return the claim of a disagreement or of a difference of numbers, from its IRI, and its digest.

    >>> claim_and_digest(disagreement(NamedNode("urn:claim"), "ab"))
    (<NamedNode value=urn:claim>, 'ab')
    """
    claim, _, fragment = iri.value.partition("#")
    return NamedNode(claim), fragment.rpartition("-")[2]


def mapping(subject: NamedNode, relation: NamedNode, other: NamedNode, *, negated: bool) -> NamedNode:
    """Name a mapping after its content; notes and labels do not count."""
    return NamedNode(f"{model.HER2LD}mapping/{_digest(f'{subject} {relation} {negated} {other}')}")


def is_later_version(article: Article) -> bool:
    """Tell whether the record is of a version after the first."""
    return bool(article.pmid and article.version and article.version != _FIRST_VERSION)


def article_and_page(article: Article) -> tuple[str, str]:
    """Return the IRI of the paper, and the page below which its parts are named.

    Raises RecordError for a record with neither PMID nor DOI.

    >>> article_and_page(Article(pmid="30271887", version="2"))[0]
    'https://w3id.org/her2ld/record/pubmed/30271887/version-2'
    """
    if article.pmid:
        page = f"{RECORD}pubmed/{iri_part(article.pmid)}"
        if is_later_version(article):
            page += f"/version-{iri_part(article.version or '')}"
            return page, page
        return PUBMED + iri_part(article.pmid), page
    if doi := article.doi:
        return DOI + iri_part(doi), RECORD + iri_part(doi).replace("_", "%5F").replace("/", "_")
    raise RecordError([Problem(article.title.text or "a record", "it has neither a PMID nor a DOI", "give it one")])


def mesh_in_line(term: MeshTerm, qualifier: MeshTerm | None = None) -> str:
    """Name a term of MeSH, or a descriptor with its qualifier, between angle brackets.

    It is NLM's IRI if the record has the identifiers, else one of ours made from the names, the same for every record.

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
    """Return a text with the characters percent-encoded that an IRI cannot hold or that would end a path."""
    return text if text.isalnum() and text.isascii() else quote(text, safe="/:;()._-~")


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
