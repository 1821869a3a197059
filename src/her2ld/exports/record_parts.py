"""The records of one file as N-Quads: a part of an export, made in this process, in another one, or on a cluster.

A part depends only on the file and the options, so that the parts of many files, joined in the order of the files, have
the same bytes wherever each was made. For each record, its paper, the day of its revision and its first line are noted
in a small file beside the part, with sixteen bytes for each record.
"""

import platform
import uuid
from array import array
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any, NamedTuple

from her2ld.dataset.articles import MeshNames, article_lines, deletion_lines
from her2ld.errors import ExportError, Problem, RecordError
from her2ld.files.streams import line_feeds, opened_bytes, opened_source
from her2ld.files.writing import COMPRESSION_LEVEL, joined, opened_to_write
from her2ld.iris import article_and_page, is_later_version
from her2ld.mentions import about_test, label_finder, mention_finder, record_finder
from her2ld.pubmed.article import Article, Deletion, PartialDate, Refusal
from her2ld.pubmed.forms import Form, records_in
from her2ld.pubmed.printed import by_precision
from her2ld.remembered import Remembered
from her2ld.vocabulary import standard
from her2ld.vocabulary.ontology import read_ontology

NO_PAPER = 0
_LONGEST_NUMBER = 18  # digits that fit below the highest bit
_HIGHEST_BIT = 1 << 63


class Marks(NamedTuple):
    """The marks of the records of a part: the paper as a number, the day of the revision, and the first line.

    Two records have the same number if they have the same IRI; a record of no paper has ``NO_PAPER``. A day is the
    digits of its date, 0 without a date. Lines are counted from 0; a record that was not written has no lines.
    """

    papers: "array[int]"
    revisions: "array[int]"
    lines: "array[int]"

    @classmethod
    def none(cls) -> "Marks":
        """Return the marks of a part without records."""
        return cls(array("Q"), array("I"), array("I"))

    def write(self, file: IO[bytes]) -> None:
        """Write the marks into a file."""
        file.write(len(self.papers).to_bytes(8, "big"))
        for each in self:
            file.write(each.tobytes())


def read_marks(place: str) -> Marks:
    """Return the marks of a part, read from their file."""
    marks = Marks.none()
    with opened_bytes(place) as file:
        count = int.from_bytes(file.read(8), "big")
        for each in marks:
            each.frombytes(file.read(count * each.itemsize))
    return marks


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


# Reading and writing are faster in batches than record by record, because the code stays in the cache of the processor.
_RECORDS_AT_ONCE = 64


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


@dataclass(frozen=True, slots=True)
class Part:
    """The result for a file: how many of its ``records`` were exported, not about the term, refused, or superseded.

    ``place`` is the gzip file of N-Quads with ``quads`` lines, ``marks`` the file with the marks of the records, and
    ``stored`` the number of bytes read from the source. ``form`` is None if the file has none of PubMed's forms.
    """

    source: str
    place: str
    marks: str
    form: Form | None
    records: int
    exported: int
    not_about: int
    deletions: int
    quads: int
    stored: int
    refused: tuple[Problem, ...]
    superseded: int = 0


Note = Callable[[int, int], None]


def write_part(options: RecordOptions, source: str, folder: str, number: int, note: Note | None = None) -> Part:
    """Write the records of a file into a new file in a folder, and return the part.

    ``note`` is called from time to time with the numbers of bytes and records read so far. Raises ExportError if the
    part cannot be written, or if the version of the ontology is different here; OntologyError as :func:`read_ontology`
    does. Faults of the source are in the part.

    Nothing here makes reference cycles, so a process that only does this work can switch off Python's garbage
    collector, which would take a sixth of the time.
    """
    place = joined(folder, f"{number:06}-{uuid.uuid4().hex}.nq.gz")  # a new name for each attempt
    counts = _Counts()
    with opened_to_write(place) as file:
        writer = _Writer(file)
        form: Form | None = None
        try:
            with opened_source(source) as stream:
                form, records = records_in(stream, source)
                lines = _Lines(options, writer)
                while batch := list(islice(records, _RECORDS_AT_ONCE)):
                    for each in batch:
                        counts.count(each, source, lines)
                    writer.write_out()
                    if note:
                        note(stream.stored, counts.records)
                counts.stored = stream.stored
        except RecordError as error:
            counts.records += len(error.problems)
            counts.refused += error.problems
        writer.close()
    marks = f"{place}.marks"
    with opened_to_write(marks) as file:
        writer.marks.write(file)
    return Part(
        source,
        place,
        marks,
        form,
        counts.records,
        counts.exported,
        counts.not_about,
        counts.deletions,
        writer.lines,
        counts.stored,
        tuple(counts.refused),
    )


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


class _Lines:
    """Writes the lines of the records of one file."""

    def __init__(self, options: RecordOptions, writer: "_Writer") -> None:
        self._options, self._writer = options, writer
        self._tools = _tools(options)
        self._named = MeshNames()

    def write(self, article: Article) -> bool:
        """Write a record if it is about the term; tell whether it was written."""
        mentions = self._tools.find(article)
        is_about, find_in_labels = self._tools.is_about, self._tools.find_in_labels
        paper, revision = paper_number(article), revision_of[article.revised]
        if is_about and find_in_labels:
            named = chain(chain.from_iterable(mentions.values()), find_in_labels(article))
            if not is_about(_mesh_iris(article), named):
                self._writer.write("", paper, revision)  # it may supersede one that is about the term
                return False
        steering = self._tools.steering
        lines = article_lines(article, mentions, self._named, abstract=self._options.abstracts, steering=steering)
        self._writer.write(lines, paper, revision)
        return True

    def write_deletion(self, deletion: Deletion) -> None:
        """Write the deletion of a record by NLM."""
        self._writer.write(deletion_lines(deletion))


def _mesh_iris(article: Article) -> set[str]:
    """Return the IRIs of the MeSH terms with which a record is indexed."""
    terms = chain(
        (heading.term for heading in article.headings),
        (substance.term for substance in article.substances),
        article.supplementary_concepts,
    )
    return {standard.MESH + term.identifier for term in terms if term.identifier}


class _Counts:
    """The results for the records of a file so far."""

    def __init__(self) -> None:
        self.records = self.exported = self.not_about = self.deletions = self.stored = 0
        self.refused: list[Problem] = []

    def count(self, each: Article | Deletion | Refusal, source: str, lines: "_Lines") -> None:
        """Write and count a record, or keep the problem for which it is refused."""
        if isinstance(each, Deletion):
            self.deletions += 1
            lines.write_deletion(each)
            return
        self.records += 1
        if isinstance(each, Refusal):
            self.refused.append(problem_of(each, source))
            return
        try:
            is_written = lines.write(each)
        except RecordError as error:
            what = "; ".join(problem.what for problem in error.problems)
            self.refused.append(
                problem_of(Refusal(self.records, what, error.problems[0].remedy, pmid=each.pmid), source)
            )
            return
        self.exported += is_written
        self.not_about += not is_written


def problem_of(refusal: Refusal, source: str) -> Problem:
    """Return the problem for which a record of a source is refused, with its place."""
    line = f", line {refusal.line}" if refusal.line else ""
    pmid = f" (PMID {refusal.pmid})" if refusal.pmid else ""
    return Problem(f"{source}{line}, record {refusal.position}{pmid}", refusal.what, refusal.remedy)


class _Writer:
    """Writes lines as gzip and counts them."""

    def __init__(self, file: IO[bytes]) -> None:
        from isal import isal_zlib

        self._file = file
        self._compressor: Any = isal_zlib.compressobj(COMPRESSION_LEVEL, wbits=31)
        self._texts: list[str] = []
        self.lines = 0
        self.marks = Marks.none()

    def write(self, text: str, paper: int = NO_PAPER, revision: int = 0) -> None:
        """Take the lines of a record, with the number of its paper and the day of its revision."""
        self._texts.append(text)
        self.marks.papers.append(paper)
        self.marks.revisions.append(revision)

    def write_out(self) -> None:
        """Write the lines that were taken."""
        # One by one: in a joined text, a single character beyond one byte would multiply the size of all, and large
        # blocks of memory are requested from the system each time.
        for text in self._texts:
            content = text.encode()
            self.marks.lines.append(self.lines)
            self.lines += line_feeds(content)
            self._file.write(self._compressor.compress(content))
        self._texts.clear()

    def close(self) -> None:
        """Write the remaining lines."""
        self.write_out()
        self._file.write(self._compressor.flush())
