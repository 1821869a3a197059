"""A bibliographic record of PubMed, as its readers yield it."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from her2ld.errors import Problem, RecordError
from her2ld.pubmed.article import AbstractSection, Article, MeshHeading, MeshTerm, RelatedCitation
from her2ld.pubmed.sentences import sentence_bounds


@dataclass(frozen=True, slots=True)
class Citation:
    """The citation of the paper: ``text`` as printed, and its parts, None for missing ones."""

    text: str
    journal: str | None
    year: str | None
    volume: str | None
    issue: str | None
    first_page: str | None
    last_page: str | None


class Place(NamedTuple):
    """A run of characters: ``start`` and ``end`` (exclusive) in Unicode code points of the title or of the abstract."""

    part: str
    start: int
    end: int
    exact: str

    def contains(self, other: "Place") -> bool:
        """Tell whether another run of characters is within this one."""
        return self.part == other.part and self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Place") -> bool:
        """Tell whether another run has characters in common with this one."""
        return self.part == other.part and self.start < other.end and other.start < self.end


# The placeholder for each character of an abstract that is not given: no letter, no digit and no blank.
NOT_GIVEN = "\N{OBJECT REPLACEMENT CHARACTER}"


@dataclass(frozen=True, slots=True)
class Withheld:
    """The data of an abstract of which only the quoted words are given.

    ``sha256`` is the digest of the whole abstract in UTF-8, in hexadecimal digits. ``sentences`` are the bounds of its
    sentences in code points, each with the first half of the digest of the sentence. ``abbreviations`` gives the long
    form of each short form that the abstract defines.
    """

    sha256: str
    sentences: tuple[tuple[int, int, str], ...]
    abbreviations: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Record:
    """One paper, named by its PMID or else by its DOI.

    ``texts`` has the title and the abstract, character by character as stored. If the abstract is ``withheld``, it has
    ``NOT_GIVEN`` in place of each character that is not quoted. ``corrections`` are the comments on the paper, its
    corrections and its retraction, and the works on which it comments or which it corrects, as NLM lists them.
    """

    doi: str | None
    citation: Citation
    title: str
    abstract: str
    pmid: str | None = None
    sections: tuple[AbstractSection, ...] = ()
    publication_types: tuple[MeshTerm, ...] = ()
    headings: tuple[MeshHeading, ...] = ()
    substances: tuple[MeshTerm, ...] = ()
    corrections: tuple[RelatedCitation, ...] = ()
    withheld: Withheld | None = None

    @property
    def texts(self) -> dict[str, str]:
        """The texts that can be quoted, by part."""
        return {"title": self.title, "abstract": self.abstract}

    def span(self, part: str, start: int, end: int) -> Place:
        """Return the span of those offsets, with its characters."""
        text = self.abstract if part == "abstract" else self.texts[part]
        return Place(part, start, end, text[start:end])

    def sentences(self) -> Iterator[Place]:
        """Yield the sentences of the title, then of the abstract."""
        for part in self.texts:
            for start, end in self.bounds(part):
                yield self.span(part, start, end)

    def bounds(self, part: str) -> tuple[tuple[int, int], ...]:
        """Return the start and end of each sentence of a text, in code points, end exclusive."""
        if part == "abstract" and self.withheld:
            return tuple((start, end) for start, end, _ in self.withheld.sentences)
        return sentence_bounds(self.texts[part])

    def is_given(self, part: str) -> bool:
        """Tell whether the record holds every character of a text."""
        return not (part == "abstract" and self.withheld)

    def sha256(self, part: str) -> str:
        """Return the SHA-256 of a whole text in UTF-8, in hexadecimal digits, even if the text is not given."""
        if part == "abstract" and self.withheld:
            return self.withheld.sha256
        return hashlib.sha256(self.texts[part].encode()).hexdigest()


def record_of(article: Article, where: str) -> Record:
    """Return the record of an article. Raises RecordError if it has neither PMID nor DOI, or no abstract."""
    if not (article.pmid or article.doi):
        raise RecordError([Problem(where, "the record has neither a PMID nor a DOI", "give it one")])
    if not (article.title.text and article.abstract.text):
        missing = "abstract" if article.title.text else "title"
        raise RecordError([Problem(where, f"the record has no {missing}", "curate a record that has one")])
    return Record(
        doi=article.doi,
        pmid=article.pmid,
        citation=_citation(article),
        title=article.title.text,
        abstract=article.abstract.text,
        sections=article.abstract.sections,
        publication_types=article.publication_types,
        headings=article.headings,
        substances=tuple(each.term for each in article.substances),
        corrections=article.related,
    )


def cited_as(article: Article) -> str:
    """Return the citation of an article as PubMed prints it."""
    return _citation(article).text


def _citation(article: Article) -> Citation:
    """Return the citation as PubMed prints it, with those parts that the record has."""
    journal = article.journal.medline_abbreviation or article.journal.abbreviation or article.journal.title
    date = article.date
    year = (date.year or (date.text or "")[:4]) if date else None
    issue = f"({article.journal.issue})" if article.journal.issue else ""
    place = f"{article.journal.volume or ''}{issue}"
    pages = article.pages.text
    text = f"{journal}. {year or ''}" + (f";{place}" if place else "") + (f":{pages}" if pages else "") + "."
    if article.doi:
        text += f" doi: {article.doi}."
    return Citation(
        text=text,
        journal=journal,
        year=year or None,
        volume=article.journal.volume,
        issue=article.journal.issue,
        first_page=article.pages.first or (pages.split("-")[0] if pages else None),
        last_page=article.pages.last,
    )
