"""The records of one file as N-Quads: the piece of work that is done anywhere, here, in a process, or on a cluster.

What is written depends on the file and on the options alone, so that the parts of many files, put together in the order
of the files, are the same bytes wherever each was made.
"""

import platform
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any

from her2ld.dataset.articles import MeshNames, article_lines, deletion_lines
from her2ld.errors import ExportError, Problem, RecordError
from her2ld.exports.record_marks import NO_PAPER, Marks, paper_number, revision_of
from her2ld.files.streams import line_feeds, opened_source
from her2ld.files.writing import COMPRESSION_LEVEL, joined, opened_to_write
from her2ld.mentions import about_test, label_finder, mention_finder, record_finder
from her2ld.pubmed.article import Article, Deletion, Refusal
from her2ld.pubmed.forms import Form, records_in
from her2ld.vocabulary import standard
from her2ld.vocabulary.ontology import read_ontology

# Code that reads and code that writes run faster in turns than each for one record: both stay in the processor's cache.
_RECORDS_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class RecordOptions:
    """How records become lines; it can be sent to another process.

    ``version`` is that of the ontology, which must be the same wherever the work is done. ``ontology`` is a file to be
    used instead of the one that travels with the package, ``about`` the IRIs of the terms of which records must be
    about one, ``exactly`` says that these are not meant as topics, and ``abstracts`` whether the text of abstracts is
    written.
    """

    version: str
    ontology: Path | None = None
    about: tuple[str, ...] = ()
    exactly: bool = False
    abstracts: bool = True


@dataclass(frozen=True, slots=True)
class Part:
    """What became of a file: of its ``records``, so many were exported, not about the term, refused, or superseded.

    ``place`` is the gzip file of N-Quads with ``quads`` lines, ``marks`` the file with what was noted of each record,
    ``stored`` the bytes read of the source. ``form`` is None where the file is in none of PubMed's forms.
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
    """Write the records of a file into a new file of the folder, and say what became of each.

    ``note`` is told now and then how many bytes of the source and how many records were read so far. Raises ExportError
    where the part cannot be written, or where this her2ld is not the one that asked; OntologyError as
    :func:`read_ontology` does. What is wrong with the source is said in the part.

    Nothing that is made here refers to itself, so that a process which does nothing else may switch Python's collector
    of cycles off: its search takes a sixth of the time.
    """
    place = joined(folder, f"{number:06}-{uuid.uuid4().hex}.nq.gz")  # a name for each attempt: one may be cut off
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
    """What makes lines of records: made once a process, for it takes as long as hundreds of records."""

    def __init__(self, options: RecordOptions) -> None:
        vocabulary = read_ontology(options.ontology) if options.ontology else read_ontology()
        if vocabulary.version != options.version:
            what = f"the ontology here is {vocabulary.version}, that of the one who asks is {options.version}"
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
        """Write a record, unless it is not about the term; tell whether it is written."""
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
        """Write that NLM has taken a record back."""
        self._writer.write(deletion_lines(deletion))


def _mesh_iris(article: Article) -> set[str]:
    """Return the IRIs of the MeSH terms that a record is indexed with."""
    terms = chain(
        (heading.term for heading in article.headings),
        (substance.term for substance in article.substances),
        article.supplementary_concepts,
    )
    return {standard.MESH + term.identifier for term in terms if term.identifier}


class _Counts:
    """What became of the records of a file so far."""

    def __init__(self) -> None:
        self.records = self.exported = self.not_about = self.deletions = self.stored = 0
        self.refused: list[Problem] = []

    def count(self, each: Article | Deletion | Refusal, source: str, lines: "_Lines") -> None:
        """Write a record, or note why not."""
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
    """Return why a record of a source is refused, with its place."""
    line = f", line {refusal.line}" if refusal.line else ""
    pmid = f" (PMID {refusal.pmid})" if refusal.pmid else ""
    return Problem(f"{source}{line}, record {refusal.position}{pmid}", refusal.what, refusal.remedy)


class _Writer:
    """Writes lines as gzip, and counts them."""

    def __init__(self, file: IO[bytes]) -> None:
        from isal import isal_zlib

        self._file = file
        self._compressor: Any = isal_zlib.compressobj(COMPRESSION_LEVEL, wbits=31)
        self._texts: list[str] = []
        self.lines = 0
        self.marks = Marks.none()

    def write(self, text: str, paper: int = NO_PAPER, revision: int = 0) -> None:
        """Take lines to be written, those of a record with the number of its paper and the day of its revision."""
        self._texts.append(text)
        self.marks.papers.append(paper)
        self.marks.revisions.append(revision)

    def write_out(self) -> None:
        """Write what was taken."""
        # One by one: a single character that needs more than a byte would make a text of all several times as large,
        # and large blocks of memory are got from the system anew each time.
        for text in self._texts:
            content = text.encode()
            self.marks.lines.append(self.lines)
            self.lines += line_feeds(content)
            self._file.write(self._compressor.compress(content))
        self._texts.clear()

    def close(self) -> None:
        """Write what is left."""
        self.write_out()
        self._file.write(self._compressor.flush())
