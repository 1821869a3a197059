"""The IRIs of what is exported: made from content, so that the same input has the same names in every run."""

import hashlib
import re
from urllib.parse import quote

from pyoxigraph import NamedNode

from her2ld.pubmed import Record, Span
from her2ld.statements import Curation, KnowledgeGap, Statement
from her2ld.vocabulary import model, standard


def article(record: Record) -> NamedNode:
    """Name the paper by its DOI, percent-encoded where an IRI needs it."""
    return NamedNode("https://doi.org/" + quote(record.doi, safe="/:;()._-~"))


def _record_page(record: Record) -> str:
    return f"{model.HER2LD}record/{record.key}"


def text(record: Record, part: str) -> NamedNode:
    """Name the title or the abstract as a text of its own."""
    return NamedNode(f"{_record_page(record)}/{part}")


def span(record: Record, place: Span) -> NamedNode:
    """Name a run of characters by its offsets, in the fragment syntax of RFC 5147."""
    return NamedNode(f"{text(record, place.part).value}#char={place.start},{place.end}")


def selector(record: Record, place: Span) -> NamedNode:
    """Name the node that says which characters a span has."""
    return NamedNode(f"{text(record, place.part).value}#selector={place.start},{place.end}")


def heading(record: Record, order: int) -> NamedNode:
    """Name the MeSH heading in that place of the record, counted from 1."""
    return NamedNode(f"{_record_page(record)}#heading-{order}")


def heading_qualifier(record: Record, heading_order: int, order: int) -> NamedNode:
    """Name the qualifier in that place of that heading, both counted from 1."""
    return NamedNode(f"{_record_page(record)}#heading-{heading_order}-{order}")


def mesh(*identifiers: str) -> NamedNode:
    """Name a MeSH descriptor or qualifier, or a descriptor with its qualifier by the one IRI of the pair, as NLM does.

    >>> mesh("D018719", "Q000378")
    <NamedNode value=http://id.nlm.nih.gov/mesh/D018719Q000378>
    """
    return NamedNode(standard.MESH + "".join(identifiers))


def curator(curation: Curation) -> NamedNode:
    """Name the curator by ORCID, or else by a slug of the name."""
    if curation.orcid:
        return NamedNode(f"https://orcid.org/{curation.orcid}")
    return agent(curation.curator)


def agent(name: str) -> NamedNode:
    """Name a person or a group, of whom no better identifier is known, by a slug of the name.

    >>> agent("The her2ld project")
    <NamedNode value=https://w3id.org/her2ld/curator/the-her2ld-project>
    """
    slug = re.sub(r"\W+", "-", name.casefold()).strip("-")
    return NamedNode(f"{model.HER2LD}curator/{quote(slug)}")


def statement(record: Record, said: Statement) -> NamedNode:
    """Name a statement after all that it says and where it is said; who read it and when do not count."""
    qualifiers = (f"{property_} {value}" for property_, value in said.qualifiers)
    cue = str(span(record, said.cue)) if said.cue else ""
    terms = (said.subject.iri, said.relation.iri, said.object.iri, said.modality.iri, said.polarity.iri)
    return _statement_iri(*map(str, terms), str(span(record, said.evidence)), cue, *qualifiers)


def knowledge_gap(record: Record, gap: KnowledgeGap) -> NamedNode:
    """Name a knowledge gap after what it is about and where it is said."""
    about = (str(term.iri) for term in gap.about)
    places = (str(span(record, place)) for place in (gap.unknown, gap.evidence, gap.cue))
    return _statement_iri("gap", *about, *places)


def nanopublication(artifact_code: str) -> NamedNode:
    """Name a nanopublication by its trusty URI, which ends in the artifact code."""
    return NamedNode(f"{model.HER2LD}nanopub/{artifact_code}")


def _statement_iri(*parts: str) -> NamedNode:
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
    return NamedNode(f"{model.HER2LD}statement/{digest}")
