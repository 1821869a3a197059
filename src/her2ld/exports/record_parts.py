"""The records of one file as N-Quads: a part of an export, made in this process, in several, or on a cluster.

A part depends only on the file and the options, so that the parts of many files, joined in the order of the files, have
the same bytes wherever each was made. For each record, its paper, the day of its revision and its first line are noted
in a small file beside the part, with sixteen bytes for each record.
"""

import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from typing import IO

from her2ld.errors import Problem, RecordError
from her2ld.exports.record_sections import Marks, RecordOptions, RecordSection, SectionWriter
from her2ld.exports.record_workers import sections
from her2ld.files.streams import opened_bytes, opened_source
from her2ld.files.writing import joined, opened_to_write
from her2ld.pubmed.article import Refusal
from her2ld.pubmed.forms import Form, Stored, stored_in

# The records of a section: with fewer, reading and writing alternate too often; with more, they take more memory.
_RECORDS_AT_ONCE = 128


def write_marks(marks: Marks, file: IO[bytes]) -> None:
    """Write the marks of a part into a file."""
    file.write(len(marks.papers).to_bytes(8, "big"))
    for each in marks:
        file.write(each.tobytes())


def read_marks(place: str) -> Marks:
    """Return the marks of a part, read from their file."""
    marks = Marks.none()
    with opened_bytes(place) as file:
        count = int.from_bytes(file.read(8), "big")
        for each in marks:
            each.frombytes(file.read(count * each.itemsize))
    return marks


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


def write_part(  # noqa: PLR0913  # the note and the processes are about how it is made
    options: RecordOptions, source: str, folder: str, number: int, *, note: Note | None = None, processes: int = 1
) -> Part:
    """Write the records of a file into a new file in a folder, and return the part.

    A large file of XML is shared by so many ``processes``. ``note`` is called from time to time with the numbers of
    bytes and records read so far. Raises ExportError if the part cannot be written, if a process crashes, or if the
    version of the ontology is different here; OntologyError as :func:`read_ontology` does. Faults of the source are in
    the part.

    Nothing here makes reference cycles, so a process that only does this work can switch off Python's garbage
    collector, which would take a sixth of the time.
    """
    place = joined(folder, f"{number:06}-{uuid.uuid4().hex}.nq.gz")  # a new name for each attempt
    whole = _Whole(source)
    form: Form | None = None
    with opened_to_write(place) as file:
        try:
            with opened_source(source) as stream:
                form, stored = stored_in(stream, source)
                writer = SectionWriter(options)
                at_a_time = processes if form == "xml" else 1
                with closing(sections(writer, _batches(stored), source, at_a_time)) as written:
                    for section in written:
                        file.write(section.content)
                        whole.add(section)
                        if note:
                            note(stream.stored, whole.records)
                whole.stored = stream.stored
        except RecordError as error:
            whole.records += len(error.problems)
            whole.refused += error.problems
    marks = f"{place}.marks"
    with opened_to_write(marks) as file:
        write_marks(whole.marks, file)
    return Part(
        source,
        place,
        marks,
        form,
        whole.records,
        whole.exported,
        whole.not_about,
        whole.deletions,
        whole.lines,
        whole.stored,
        tuple(whole.refused),
    )


def _batches(stored: Iterator[Stored]) -> Iterator[list[Stored]]:
    while batch := list(islice(stored, _RECORDS_AT_ONCE)):
        yield batch


class _Whole:
    """The results for the sections of a file so far."""

    def __init__(self, source: str) -> None:
        self._source = source
        self.lines = self.records = self.exported = self.not_about = self.deletions = self.stored = 0
        self.marks = Marks.none()
        self.refused: list[Problem] = []

    def add(self, section: RecordSection) -> None:
        """Add the next section, whose lines and records are counted from its beginning."""
        papers, revisions, lines = section.marks
        self.marks.papers.extend(papers)
        self.marks.revisions.extend(revisions)
        self.marks.lines.extend([self.lines + line for line in lines])
        for each in section.refused:
            self.refused.append(problem_of(each._replace(position=self.records + each.position), self._source))
        self.lines += section.lines
        self.records += section.records
        self.exported += section.exported
        self.not_about += section.not_about
        self.deletions += section.deletions


def problem_of(refusal: Refusal, source: str) -> Problem:
    """Return the problem for which a record of a source is refused, with its place."""
    line = f", line {refusal.line}" if refusal.line else ""
    pmid = f" (PMID {refusal.pmid})" if refusal.pmid else ""
    return Problem(f"{source}{line}, record {refusal.position}{pmid}", refusal.what, refusal.remedy)
