"""One PubMed record with all of NLM's data, in any of its forms.

The parts are named tuples, not dataclasses: a record has about 35 of them, and a tuple is made in half the time. Data
that a form lacks are None, an empty string for a text, or an empty tuple. Names of parts follow NLM's DTD of 2025
(``pubmed_250101.dtd``); docs/pubmed.md lists what becomes of each element. Texts are clean: without markup, with one
space for each run of white space, and none at the ends.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_BLANK = re.compile(r"[ \t\r\n]+")
_DOI = re.compile(r"\b10\.[0-9]{4,9}/[^\s\"<>]+")


def clean(text: str) -> str:
    r"""Return a text with one space for each run of white space, none at the ends; other blanks (thin spaces) stay.

    >>> clean("\n  HER2\t is\u2009here ")
    'HER2 is\u2009here'
    """
    if "  " in text or "\n" in text or "\t" in text or "\r" in text or text[:1] == " " or text[-1:] == " ":
        return _BLANK.sub(" ", text).strip(" ")
    return text


class PartialDate(NamedTuple):
    """A date as printed in the record: its parts as strings, or a ``text`` without parts (``MedlineDate``).

    ``month`` is ``Jun``, ``06`` or ``6``. In the history of a record, the time of day may be known, too.
    """

    year: str | None = None
    month: str | None = None
    day: str | None = None
    season: str | None = None
    text: str | None = None
    hour: str | None = None
    minute: str | None = None
    second: str | None = None


class RecordIdentifier(NamedTuple):
    """An identifier as the record prints it, and its issuer (``doi``, ``ORCID``, ``pmc``, ``NASA``)."""

    value: str
    source: str
    valid: bool = True


class Affiliation(NamedTuple):
    """The affiliation of a person as printed, with the identifiers of the place (``ROR``, ``GRID``, ``ISNI``)."""

    text: str
    identifiers: tuple[RecordIdentifier, ...] = ()


class Person(NamedTuple):
    """An author, editor, investigator or subject of a paper; a group has only a ``collective_name``.

    ``valid`` is false for a name that was later corrected. ``investigators`` is the identifier of the list of
    investigators in a group.
    """

    last_name: str | None = None
    fore_name: str | None = None
    initials: str | None = None
    suffix: str | None = None
    collective_name: str | None = None
    identifiers: tuple[RecordIdentifier, ...] = ()
    affiliations: tuple[Affiliation, ...] = ()
    valid: bool = True
    equal_contribution: bool | None = None
    investigators: str | None = None


class People(NamedTuple):
    """A list of persons in order. ``kind`` is ``authors``, ``editors`` or missing; ``identifier`` names the list."""

    persons: tuple[Person, ...]
    complete: bool = True
    kind: str | None = None
    identifier: str | None = None


class AbstractSection(NamedTuple):
    """A section of an abstract: ``text[start:end]`` of the abstract, in code points, without its label."""

    start: int
    end: int
    label: str | None = None
    category: str | None = None


class Abstract(NamedTuple):
    """An abstract as one text: its sections joined by one space, each after its label with a colon and a space.

    That is how PubMed prints it in the NBIB form. ``sections`` is empty if the abstract is a single one without label.
    ``marked_up`` is the text with its stored tags, if it has any. ``kind`` is given for abstracts other than the
    author's own (``plain-language-summary``).
    """

    text: str
    sections: tuple[AbstractSection, ...] = ()
    copyright: str | None = None
    marked_up: str | None = None
    kind: str | None = None
    language: str | None = None


class Title(NamedTuple):
    """A title as clean text, with its tags in ``marked_up`` if it has any; the rest is its place in a book."""

    text: str
    marked_up: str | None = None
    book: str | None = None
    part: str | None = None
    section: str | None = None


class Journal(NamedTuple):
    """The journal and the issue in which a paper appeared; the data of the issue are last."""

    title: str | None = None
    abbreviation: str | None = None
    medline_abbreviation: str | None = None
    issn: str | None = None
    issn_kind: str | None = None
    linking_issn: str | None = None
    nlm_identifier: str | None = None
    country: str | None = None
    medium: str | None = None
    volume: str | None = None
    issue: str | None = None


class Pages(NamedTuple):
    """The pages of a paper: as NLM abbreviates them (``1123-9``), and the first and last if they are given."""

    text: str | None = None
    first: str | None = None
    last: str | None = None


class MeshTerm(NamedTuple):
    """A MeSH term as the record prints it, with its unique identifier (``D018719``) if that is known.

    ``kind`` is the class of a supplementary concept (``Disease``, ``Protocol``, ``Organism``), or ``Geographic``.
    ``checked_against`` is the release in which a curator looked up name and identifier (``MeSH 2024``).
    """

    name: str
    identifier: str | None = None
    kind: str | None = None
    checked_against: str | None = None


class Substance(NamedTuple):
    """A substance with its number as the record prints it: ``0``, an EC number, a UNII or a CAS number."""

    term: MeshTerm
    registry_number: str | None = None


class HeadingQualifier(NamedTuple):
    """A qualifier of a MeSH heading; ``automatic`` if NLM marks it so (``AutoHM``)."""

    term: MeshTerm
    major: bool = False
    automatic: bool = False


class MeshHeading(NamedTuple):
    """A MeSH heading: the descriptor and its qualifiers in order, each starred or not by itself."""

    term: MeshTerm
    major: bool = False
    qualifiers: tuple[HeadingQualifier, ...] = ()
    automatic: bool = False


class Keyword(NamedTuple):
    """A keyword and its owner; ``NOTNLM`` are the author's own."""

    text: str
    major: bool = False
    owner: str | None = None


class Grant(NamedTuple):
    """The agency that funded the work, and the number of the grant."""

    number: str | None = None
    acronym: str | None = None
    agency: str | None = None
    country: str | None = None


class DataBank(NamedTuple):
    """A data bank or registry of trials, and the accession numbers that the paper has there."""

    name: str
    accession_numbers: tuple[str, ...] = ()


class RelatedCitation(NamedTuple):
    """A comment, correction or retraction, with its PMID if it has one; ``kind`` as NLM names it (``RetractionIn``)."""

    kind: str
    source: str
    pmid: str | None = None
    version: str | None = None
    note: str | None = None

    @property
    def doi(self) -> str | None:
        """The DOI that the citation prints.

        >>> RelatedCitation("RetractionIn", "J Test. 2003;1:2. doi: 10.1000/j(03)1.").doi
        '10.1000/j(03)1'
        """
        match = _DOI.search(self.source)
        if match is None:
            return None
        found = match[0].rstrip(".,;:")
        return found[:-1] if found.endswith(")") and "(" not in found else found

    @property
    def work(self) -> str:
        """The key of the cited work: its PMID, or else its DOI, or else the citation as printed."""
        return self.pmid or self.doi or self.source


class Reference(NamedTuple):
    """A cited work as printed. ``titles`` are those of the lists that contain it, the outermost first."""

    citation: str
    identifiers: tuple[RecordIdentifier, ...] = ()
    titles: tuple[str, ...] = ()


class HistoryDate(NamedTuple):
    """The date of a state of the record or the paper (``received``, ``accepted``, ``pubmed``, ``entrez``)."""

    status: str
    date: PartialDate


class Note(NamedTuple):
    """A text about the record, and its author."""

    text: str
    owner: str | None = None


class Parameters(NamedTuple):
    """A list of an open kind, by name and value: an object of ``ObjectList``, or an ``ItemList`` (without names)."""

    kind: str
    values: tuple[tuple[str | None, str], ...] = ()


class BookSection(NamedTuple):
    """A section of a book's chapter. ``label`` is its place (``Chapter 3``), and ``label_kind`` the label's kind."""

    title: Title
    label: str | None = None
    label_kind: str | None = None
    sections: tuple["BookSection", ...] = ()


class Book(NamedTuple):
    """The book that a record is a part of, or is."""

    title: Title
    publisher: str | None = None
    place: str | None = None
    date: PartialDate | None = None
    beginning: PartialDate | None = None
    ending: PartialDate | None = None
    authors: tuple[People, ...] = ()
    investigators: tuple[People, ...] = ()
    volume: str | None = None
    volume_title: str | None = None
    edition: str | None = None
    collection: Title | None = None
    isbns: tuple[str, ...] = ()
    locations: tuple[RecordIdentifier, ...] = ()
    medium: str | None = None
    report_number: str | None = None


class Article(NamedTuple):
    """One record of PubMed: a paper, or a book or a part of one, which have a ``book``.

    ``date`` is the date of the issue or the book, ``electronic_dates`` those of the paper online. ``identifiers`` are
    the record's own (``ArticleIdList``), ``locations`` those printed in the paper (``ELocationID``),
    ``other_identifiers`` those of NLM's partners.
    """

    pmid: str | None = None
    version: str | None = None
    title: Title = Title("")
    vernacular_title: Title | None = None
    abstract: Abstract = Abstract("")
    other_abstracts: tuple[Abstract, ...] = ()
    journal: Journal = Journal()
    pages: Pages = Pages()
    date: PartialDate | None = None
    electronic_dates: tuple[PartialDate, ...] = ()
    authors: tuple[People, ...] = ()
    investigators: tuple[People, ...] = ()
    name_subjects: tuple[Person, ...] = ()
    identifiers: tuple[RecordIdentifier, ...] = ()
    locations: tuple[RecordIdentifier, ...] = ()
    other_identifiers: tuple[RecordIdentifier, ...] = ()
    languages: tuple[str, ...] = ()
    publication_types: tuple[MeshTerm, ...] = ()
    headings: tuple[MeshHeading, ...] = ()
    substances: tuple[Substance, ...] = ()
    supplementary_concepts: tuple[MeshTerm, ...] = ()
    gene_symbols: tuple[str, ...] = ()
    keywords: tuple[Keyword, ...] = ()
    grants: tuple[Grant, ...] = ()
    grants_complete: bool = True
    data_banks: tuple[DataBank, ...] = ()
    data_banks_complete: bool = True
    related: tuple[RelatedCitation, ...] = ()
    references: tuple[Reference, ...] = ()
    number_of_references: str | None = None
    citation_subsets: tuple[str, ...] = ()
    space_flight_missions: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    conflict_of_interest: str | None = None
    status: str | None = None
    owner: str | None = None
    version_identifier: str | None = None
    version_date: str | None = None
    indexing_method: str | None = None
    publication_model: str | None = None
    publication_status: str | None = None
    completed: PartialDate | None = None
    revised: PartialDate | None = None
    history: tuple[HistoryDate, ...] = ()
    objects: tuple[Parameters, ...] = ()
    book: Book | None = None
    book_labels: tuple[Note, ...] = ()
    book_sections: tuple[BookSection, ...] = ()
    item_lists: tuple[Parameters, ...] = ()
    contributed: PartialDate | None = None

    @property
    def texts(self) -> dict[str, str]:
        """The texts that are not empty, by the name of their part; mentions are found in these.

        ``title``, ``abstract``, and ``other-abstract-1`` and so on.
        """
        others = ((f"other-abstract-{place}", each.text) for place, each in enumerate(self.other_abstracts, 1))
        parts = (("title", self.title.text), ("abstract", self.abstract.text), *others)
        return {part: text for part, text in parts if text}

    @property
    def doi(self) -> str | None:
        """The DOI of the record, or else the first valid one that is printed in the paper."""
        for identifier in (*self.identifiers, *self.locations):
            if identifier.source == "doi" and identifier.valid and identifier.value.startswith("10."):
                return identifier.value
        return None


class Deletion(NamedTuple):
    """A record that NLM has deleted (``DeleteCitation``, ``DeleteDocument``)."""

    pmid: str
    version: str | None = None
    of_book: bool = False


class Refusal(NamedTuple):
    """A record that could not be read. ``position`` counts the records of its file from 1, without deletions."""

    position: int
    what: str
    remedy: str
    line: int | None = None
    pmid: str | None = None


def numbered(records: Iterable[Article | Deletion | Refusal]) -> Iterator[Article | Deletion | Refusal]:
    """Yield the records of a file or of a section of it, the refusals with their position in it."""
    position = 0
    for each in records:
        position += not isinstance(each, Deletion)
        yield each._replace(position=position) if isinstance(each, Refusal) else each
