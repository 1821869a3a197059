"""A bibliographic record of PubMed, as its readers yield it."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from her2ld.pubmed.sentences import sentence_bounds


@dataclass(frozen=True, slots=True)
class MeshTerm:
    """A descriptor, qualifier, publication type or substance, by the name that the record prints.

    Where it is known, ``identifier`` is its MeSH unique identifier (``D018719``) and ``checked_against`` the release
    in which the two were read (``MeSH 2024``).
    """

    name: str
    identifier: str | None = None
    checked_against: str | None = None


@dataclass(frozen=True, slots=True)
class HeadingQualifier:
    """A qualifier of a heading; ``major`` where the indexers starred it."""

    term: MeshTerm
    major: bool


@dataclass(frozen=True, slots=True)
class Heading:
    """One MeSH heading with its qualifiers in order; ``major`` where the descriptor itself is starred."""

    descriptor: MeshTerm
    major: bool
    qualifiers: tuple[HeadingQualifier, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """Where the paper appeared. ``text`` is the citation as printed, the rest its parts."""

    text: str
    journal: str
    year: str
    volume: str
    issue: str | None
    first_page: str
    last_page: str | None


@dataclass(frozen=True, slots=True)
class Span:
    """A run of characters: ``start`` and ``end`` (exclusive) in Unicode code points of the title or of the abstract."""

    part: str
    start: int
    end: int
    exact: str


@dataclass(frozen=True, slots=True)
class Record:
    """One paper. ``texts`` holds the title and the abstract, character by character as stored."""

    doi: str
    citation: Citation
    title: str
    abstract: str
    publication_types: tuple[MeshTerm, ...] = ()
    headings: tuple[Heading, ...] = ()
    substances: tuple[MeshTerm, ...] = ()

    @property
    def texts(self) -> dict[str, str]:
        """The texts that can be quoted, by part."""
        return {"title": self.title, "abstract": self.abstract}

    @property
    def key(self) -> str:
        """The name of the record in IRIs and folders: the DOI with ``_`` for ``/``, and percent-encoded.

        No two DOIs have the same.

        >>> from her2ld.pubmed import read_pubmed_text
        >>> from her2ld.assets import curation_folders
        >>> read_pubmed_text(curation_folders()[0] / "record.txt").key
        '10.1007_BF02967477'
        """
        return quote(self.doi, safe="/()").replace("_", "%5F").replace("/", "_")

    def span(self, part: str, start: int, end: int) -> Span:
        """Give the span of those offsets, with its characters."""
        return Span(part, start, end, self.texts[part][start:end])

    def sentences(self) -> Iterator[Span]:
        """Yield the sentences of the title, then of the abstract."""
        for part, text in self.texts.items():
            for start, end in sentence_bounds(text):
                yield self.span(part, start, end)
