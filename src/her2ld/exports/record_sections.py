"""The records of a section of a file as N-Quads: a member of gzip, with the counts and the marks of the records.

A file has each name of a MeSH term once, with the first record that needs it. Where several processes write the
sections of one file, none of them knows the names that the others write. So a section is written in two steps: a draft
has the names that are new in its process, and once those of all earlier sections are known, the names that one of them
has are taken out. The sections have the same bytes wherever each was made.
"""

import platform
from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from her2ld.dataset.articles import MeshNames, article_lines, deletion_lines
from her2ld.errors import ExportError, Problem, RecordError
from her2ld.files.streams import line_feeds
from her2ld.files.writing import COMPRESSION_LEVEL
from her2ld.iris import article_and_page, is_later_version
from her2ld.mentions import Mention, about_test, label_finder, mention_finder, record_finder
from her2ld.pubmed.article import Article, Deletion, PartialDate, Refusal
from her2ld.pubmed.forms import Stored, records_of
from her2ld.pubmed.printed import by_precision
from her2ld.remembered import Remembered
from her2ld.vocabulary import standard
from her2ld.vocabulary.ontology import read_ontology

NO_PAPER = 0
_LONGEST_NUMBER = 18  # digits that fit below the highest bit
_HIGHEST_BIT = 1 << 63
# After so many sections, the names of MeSH terms are forgotten and written again, so that they do not grow without
# bound. A file of NLM has at most 30,000 records.
_SECTIONS_WITH_NAMES = 1 << 10


@dataclass(frozen=True, slots=True)
class RecordOptions:
    """The options for writing records; they can be sent to another process.

    ``version`` is that of the ontology, which must be the same wherever the work is done. ``ontology`` is a file to use
    instead of the one in the package. Records must be about one of the terms ``about``, given as IRIs; with
    ``exactly``, these are not treated as topics. ``abstracts`` is whether the text of abstracts is written.
    """

    version: str
    ontology: Path | None = None
    about: tuple[str, ...] = ()
    exactly: bool = False
    abstracts: bool = True


class Marks(NamedTuple):
    """The marks of some records: the paper as a number, the day of the revision, and the first line.

    Two records have the same number if they have the same IRI; a record of no paper has ``NO_PAPER``. A day is the
    digits of its date, 0 without a date. Lines are counted from 0; a record that was not written has no lines.
    """

    papers: "array[int]"
    revisions: "array[int]"
    lines: "array[int]"

    @classmethod
    def none(cls) -> "Marks":
        """Return the marks of no records."""
        return cls(array("Q"), array("I"), array("I"))


def paper_number(article: Article) -> int:
    """Return a number that two records share if they have the same IRI: the PMID, or else a digest of the IRI."""
    pmid = article.pmid
    if pmid and len(pmid) <= _LONGEST_NUMBER and pmid[0] != "0" and not is_later_version(article):
        return int(pmid)
    digest = blake2b(article_and_page(article)[0].encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") | _HIGHEST_BIT


def _digits(date: PartialDate | None) -> int:
    day = by_precision(date) if date else None
    return int(day.replace("-", "").ljust(8, "0")) if day else 0


revision_of = Remembered(_digits, most=1 << 12)  # the records of a file were revised on few days


class RecordSection(NamedTuple):
    """A written section: its ``content`` is a member of gzip with so many ``lines``, which ``marks`` count from 0.

    Of the ``records``, so many were ``exported``, were ``not_about`` the term, or were ``refused``.
    """

    content: bytes
    lines: int
    marks: Marks
    records: int
    exported: int
    not_about: int
    deletions: int
    refused: tuple[Refusal, ...]


class Draft:
    """A section whose names of MeSH terms, ``names`` by their keys, may be written already in an earlier section."""

    def __init__(self, number: int) -> None:
        """Begin the section of a number without records."""
        self.number = number
        self.names: dict[str, tuple[int, str]] = {}
        self.records = self.exported = self.not_about = self.deletions = 0
        self._refused: list[Refusal] = []
        self._texts: list[str] = []
        self._marks = Marks.none()

    def write(self, text: str, named: MeshNames, paper: int = NO_PAPER, revision: int = 0) -> None:
        """Take the lines of a record and its new names, with the number of its paper and the day of its revision."""
        for key, name in named.new.items():
            self.names[key] = len(self._texts), name
        named.new.clear()
        self._texts.append(text)
        self._marks.papers.append(paper)
        self._marks.revisions.append(revision)

    def refuse(self, refusal: Refusal) -> None:
        """Take a record that is refused."""
        self._refused.append(refusal)

    def finished(self, written: Collection[str]) -> RecordSection:
        """Return the section without the names with those keys, which are written already."""
        for key in written:
            index, name = self.names[key]
            self._texts[index] = self._texts[index].replace(name, "", 1)
        lines = 0
        content: list[bytes] = []
        compressor = _compressor()
        # One by one: in a joined text, a single character beyond one byte would multiply the size of all, and large
        # blocks of memory are requested from the system each time.
        for text in self._texts:
            encoded = text.encode()
            self._marks.lines.append(lines)
            lines += line_feeds(encoded)
            content.append(compressor.compress(encoded))
        content.append(compressor.flush())
        return RecordSection(
            b"".join(content) if lines else b"",
            lines,
            self._marks,
            self.records,
            self.exported,
            self.not_about,
            self.deletions,
            tuple(self._refused),
        )


def _compressor() -> Any:  # noqa: ANN401  # isal has no types
    from isal import isal_zlib

    return isal_zlib.compressobj(COMPRESSION_LEVEL, wbits=31)


class _Tools:
    """The vocabulary and the finders of mentions: made once for each process, as they take as long as many records."""

    def __init__(self, options: RecordOptions) -> None:
        vocabulary = read_ontology(options.ontology) if options.ontology else read_ontology()
        if vocabulary.version != options.version:
            what = f"the ontology here has version {vocabulary.version}, and the export needs {options.version}"
            raise ExportError([Problem(platform.node(), what, "install the same her2ld on both")])
        self.steering = vocabulary.steering
        find = mention_finder(vocabulary)
        self.find = record_finder(find, vocabulary)
        self.find_in_labels = label_finder(find, vocabulary) if options.about else None
        self.is_about = about_test(options.about, vocabulary, exactly=options.exactly) if options.about else None


_tools = lru_cache(maxsize=1)(_Tools)


class SectionWriter:
    """Writes sections of the records of one file, in their order; a copy in another process can write some of them."""

    def __init__(self, options: RecordOptions) -> None:
        """Begin a file, which has no names of MeSH terms yet."""
        self._options = options
        self._tools = _tools(options)
        self._named = MeshNames()
        self._chapter = 0

    def write(self, number: int, stored: Iterable[Stored]) -> RecordSection:
        """Return the section of a number, if all sections before it were written here."""
        return self.draft(number, stored).finished(())

    def draft(self, number: int, stored: Iterable[Stored]) -> Draft:
        """Return a draft of the section of a number, with all names that none of the sections written here has."""
        self._begin(number)
        draft = Draft(number)
        # Each step is done for all records before the next one, because its code stays in the cache of the processor.
        records = list(records_of(stored))
        found = [self._tools.find(each) if isinstance(each, Article) else {} for each in records]
        for each, mentions in zip(records, found, strict=True):
            if isinstance(each, Deletion):
                draft.deletions += 1
                draft.write(deletion_lines(each), self._named)
                continue
            draft.records += 1
            if isinstance(each, Refusal):
                draft.refuse(each)
                continue
            try:
                is_written = self._write(each, mentions, draft)
            except RecordError as error:
                what = "; ".join(problem.what for problem in error.problems)
                draft.refuse(Refusal(draft.records, what, error.problems[0].remedy, pmid=each.pmid))
                continue
            draft.exported += is_written
            draft.not_about += not is_written
        return draft

    def settle(self, number: int, names: Sequence[str]) -> Sequence[str]:
        """Return those names of a draft that are written in the sections before its number, and note the others.

        The drafts of other processes are settled in their order.
        """
        self._begin(number)
        written = [name for name in names if name in self._named.written]
        self._named.written.update(names)
        return written

    def _begin(self, number: int) -> None:
        if (chapter := number // _SECTIONS_WITH_NAMES) != self._chapter:
            self._chapter = chapter
            self._named = MeshNames()

    def _write(self, article: Article, mentions: Mapping[str, Sequence[Mention]], draft: Draft) -> bool:
        """Write a record with its mentions if it is about the term; tell whether it was written."""
        is_about, find_in_labels = self._tools.is_about, self._tools.find_in_labels
        paper, revision = paper_number(article), revision_of[article.revised]
        if is_about and find_in_labels:
            named = chain(chain.from_iterable(mentions.values()), find_in_labels(article))
            if not is_about(_mesh_iris(article), named):
                draft.write("", self._named, paper, revision)  # it may supersede one that is about the term
                return False
        steering = self._tools.steering
        lines = article_lines(article, mentions, self._named, abstract=self._options.abstracts, steering=steering)
        draft.write(lines, self._named, paper, revision)
        return True


def _mesh_iris(article: Article) -> set[str]:
    """Return the IRIs of the MeSH terms with which a record is indexed."""
    terms = chain(
        (heading.term for heading in article.headings),
        (substance.term for substance in article.substances),
        article.supplementary_concepts,
    )
    return {standard.MESH + term.identifier for term in terms if term.identifier}
