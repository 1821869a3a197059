"""What a paper says, once the labels of a curation are looked up and its quotes found."""

import datetime as dt
from dataclasses import dataclass, field

from her2ld.pubmed import Record, Span
from her2ld.statements.fields import Qualifier
from her2ld.vocabulary.ontology import Modality, Term


@dataclass(frozen=True, slots=True)
class Statement:
    """What an author says, with the characters that say it.

    ``evidence`` lies inside one sentence, ``cue`` (None for a plain assertion) in the same one. ``qualifiers`` are
    property and value, in the order of :mod:`her2ld.statements.fields`. ``where`` is the place in ``statements.toml``;
    it is no part of what is said.
    """

    subject: Term
    relation: Term
    object: Term
    modality: Modality
    polarity: Term
    evidence: Span
    cue: Span | None
    qualifiers: tuple[Qualifier, ...]
    where: str = field(compare=False)


@dataclass(frozen=True, slots=True)
class KnowledgeGap:
    """What an author says is not known: ``unknown`` are the words that name it, ``about`` the entities it concerns."""

    about: tuple[Term, ...]
    unknown: Span
    modality: Modality
    evidence: Span
    cue: Span
    where: str = field(compare=False)


@dataclass(frozen=True, slots=True)
class Silence:
    """Words that were read and yield no statement, with the reason."""

    evidence: Span
    reason: str


@dataclass(frozen=True, slots=True)
class Curation:
    """One paper as curated: the record, who read it and when, and all that was read in it."""

    record: Record
    curator: str
    orcid: str | None
    date: dt.date
    statements: tuple[Statement, ...]
    gaps: tuple[KnowledgeGap, ...]
    silences: tuple[Silence, ...]
