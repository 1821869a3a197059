"""New curation folders: the data of a record, an entry for each sentence, and later the quoted words."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from her2ld import iris
from her2ld.assets import curation_folders
from her2ld.curation import read_curation
from her2ld.curation.paper_file import PAPER_FILE, paper_file_text, withheld_record
from her2ld.curation.record_file import Given, read_record
from her2ld.errors import CurationError, Problem, RecordError
from her2ld.pubmed import Place, Record
from her2ld.statements import Curation
from her2ld.vocabulary.ontology import Vocabulary

# A sentence without a claim is identified by its first words. More words may not be published.
_FIRST_WORDS = 6
_LINE = 116


@dataclass(frozen=True, slots=True)
class NewPaper:
    """The texts of the files for a new folder, by name, and the number of ``sentences`` to read."""

    folder: Path
    files: Mapping[str, str]
    sentences: int


def new_papers(
    records: Iterable[Record], place: Path, curator: str, orcid: str | None, date: dt.date
) -> list[NewPaper]:
    """Return a folder below ``place`` for each record.

    Raises CurationError if a paper already has a folder; then nothing should be written.
    """
    known = {iris.record_key(record): folder for folder, record in _records_below(place)}
    problems = []
    papers = []
    for record in records:
        key = iris.record_key(record)
        folder = place / _folder_name(key)
        taken = known.get(key) or (folder if folder.exists() else None)
        if taken:
            remedy = f"continue there, or remove it first: {taken}"
            problems.append(Problem(str(taken), f"is already the folder of {key}", remedy))
            continue
        files = {
            PAPER_FILE: paper_file_text(withheld_record(record, ())),
            "statements.toml": _skeleton(record, curator, orcid, date),
        }
        papers.append(NewPaper(folder, files, sum(1 for _ in record.sentences())))
    if problems:
        raise CurationError(problems)
    return papers


def excerpted(folder: Path, vocabulary: Vocabulary, given: Given) -> str:
    """Return the ``paper.toml`` of a folder, with the words that its statements quote.

    Raises RecordError if the whole abstract is not available, and CurationError for every mistake in the folder and
    every long quote of words that claim nothing.
    """
    record = read_record(folder, given)
    if record.withheld:
        remedy = "give the record of the paper with --records"
        raise RecordError([Problem(str(folder), "its abstract is missing", remedy)])
    curation = read_curation(folder, vocabulary, given)
    problems = list(_long_silences(curation, folder))
    if problems:
        raise CurationError(problems)
    return paper_file_text(withheld_record(curation.record, curation.seen))


def _folder_name(key: str) -> str:
    """Return the last part of the key of a record as a name for a folder on any system: without ``:`` and ``;``.

    >>> _folder_name("10.1000_0195-9131(2001)01:2;3"), _folder_name("pubmed/33100329")
    ('10.1000_0195-9131(2001)01%3A2%3B3', '33100329')
    """
    return quote(key.rpartition("/")[2], safe="%()")


def _records_below(place: Path) -> Iterable[tuple[Path, Record]]:
    for folder in curation_folders(place):
        try:
            yield folder, read_record(folder)
        except RecordError:
            continue


def _long_silences(curation: Curation, folder: Path) -> Iterable[Problem]:
    shown = {(place.part, place.start, place.end) for place in curation.seen}
    for silence in curation.silences:
        span = silence.evidence
        part = iris.part_of(span.text)
        words = span.exact.split()
        if part == "abstract" and (part, span.start, span.end) in shown and len(words) > _FIRST_WORDS:
            begins = " ".join(words[:_FIRST_WORDS])
            yield Problem(
                f"{folder / 'statements.toml'}, no_statement",
                f"it quotes {len(words)} words that claim nothing: {span.exact!r}",
                f"write begins = {json.dumps(begins, ensure_ascii=False)} in place of quote",
            )


def _skeleton(record: Record, curator: str, orcid: str | None, date: dt.date) -> str:
    lines = [
        f"# What we read in {_text(record.title)}",
        f"# {record.citation.text}",
        "# The record is in paper.toml; docs/curation.md says how to write this file.",
        "",
        "[curation]",
        f"curator = {_text(curator)}",
        *([f"orcid = {_text(orcid)}"] if orcid else []),
        f"date = {date.isoformat()}",
    ]
    if not any(each.category or each.label for each in record.sections):
        lines += [
            "",
            "# The abstract has no headings. Write the first words of each part that it has:",
            "# [sections]",
            *(f'# {name} = "…"' for name in ("background", "objective", "methods", "results", "conclusions")),
        ]
    for sentence in record.sentences():
        lines += ["", _ruled(sentence), "", "[[statement]]", 'subject = ""', 'relation = ""', 'object = ""']
        if sentence.part == "title":
            lines.append('basis = ""')
        lines.append(f"quote = {_text(sentence.exact)}")
    return "\n".join(lines) + "\n"


def _ruled(sentence: Place) -> str:
    words = sentence.exact.split()
    shown = " ".join(words[:_FIRST_WORDS]) + (" …" if len(words) > _FIRST_WORDS else "")
    heading = f"# --- {'Title' if sentence.part == 'title' else shown} "
    return heading + "-" * max(_LINE - len(heading), 3)


def _text(text: str) -> str:
    """Return a text as a string of TOML: like JSON, but with DEL escaped, too."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
