"""A curation folder, read and checked: the record, ``mesh.tsv`` and ``statements.toml``."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from her2ld import iris
from her2ld.curation.axes import check_cues, open_paper
from her2ld.curation.digits import Ledger, note_doubts
from her2ld.curation.form import Entry, read_written
from her2ld.curation.paper import find_quote
from her2ld.curation.paper_file import OtherVersionError, identify_mesh_terms
from her2ld.curation.record_file import Given, check_corrections, read_record
from her2ld.curation.setting import note_patients_unknown, read_studies
from her2ld.curation.statement_entry import Understood, silence, understand
from her2ld.errors import CurationError, Problem
from her2ld.pubmed import Place, Record
from her2ld.pubmed.people import orcid
from her2ld.statements import Curation
from her2ld.vocabulary.ontology import Vocabulary

_OF_EACH = re.compile(r", each \d+")


def read_curation(folder: Path | str, vocabulary: Vocabulary, given: Given | None = None) -> Curation:
    """Read one curation folder; ``given`` are further records and corrections.

    Raises RecordError if the record cannot be read or its corrections cannot be true, and CurationError with every
    mistake in the folder: names that are not in the ontology, quotes that are not one run within one sentence, hedges
    without a cue, numbers that are not in the quote, ends without words that name them, missing fields.

    >>> from her2ld.assets import curation_folders
    >>> from her2ld.vocabulary.ontology import read_ontology
    >>> curation = read_curation(curation_folders()[0], read_ontology())
    >>> statement = curation.statements[4]
    >>> statement.label
    'HER2 protein is a ligand orphan receptor'
    >>> span = statement.evidence[0]
    >>> curation.record.abstract[span.start : span.end] == span.exact
    True
    """
    folder = Path(folder)
    problems: list[Problem] = []
    try:
        record = read_record(folder, given)
    except OtherVersionError as error:
        raise CurationError([*error.problems, *_lost_quotes(folder, error.record)]) from error
    check_corrections(record, vocabulary.steering, str(folder))
    if (folder / "record.txt").exists() or (folder / "mesh.tsv").exists():
        record, problems = identify_mesh_terms(record, folder / "mesh.tsv")
    written, form_problems = read_written(folder / "statements.toml")
    problems += form_problems
    if written is None:
        raise CurationError(problems)
    paper = open_paper(record, vocabulary, written.sections, problems)
    read_studies(paper, written.studies, written.groups)
    ledger = Ledger()
    found = [understand(paper, entry, ledger, is_gap=False) for entry in written.statements]
    found += [understand(paper, entry, ledger, is_gap=True) for entry in written.gaps]
    understood = [each for each in found if each]
    silences = [silence(paper, entry) for entry in written.silences]
    check_cues(paper)
    note_doubts(paper, ledger)
    note_patients_unknown(paper, written.studies, (each.statement for each in understood))
    header = written.header
    problems += _header_problems(header)
    problems += _twins(understood)
    if not problems and not understood:
        problems.append(Problem(str(folder), "the paper has no statement", "write at least one [[statement]]"))
    curator, date = header.text("curator"), header.date("date")
    if problems or not (curator and date):
        raise CurationError(_each_once(problems))
    return Curation(
        record=record,
        curator=curator,
        orcid=header.text("orcid"),
        date=date,
        statements=tuple(each.statement for each in understood),
        studies=tuple(paper.studies.values()),
        groups=tuple(paper.groups.values()),
        silences=tuple(each for each in silences if each),
        notes=tuple(_notes(paper.notes)),
        places={each.statement.iri: each.where for each in understood},
        seen=tuple(dict.fromkeys(paper.seen)),
    )


def unread_words(curation: Curation) -> list[Place]:
    """Return the words of title and abstract outside all quotes, in order; none if every clause was read.

    In a withheld abstract, they are the words of the sentences without a quote.

    >>> from her2ld.assets import curation_folders
    >>> from her2ld.vocabulary.ontology import read_ontology
    >>> unread_words(read_curation(curation_folders()[0], read_ontology()))
    []
    """
    unread = {part: bytearray(b"\1") * len(text) for part, text in curation.record.texts.items()}
    quotes = [span for each in curation.statements for span in each.evidence]
    quotes += [span for study in curation.studies for span in study.evidence]
    quotes += [span for group in curation.groups for span in group.evidence]
    quotes += [each.evidence for each in curation.silences]
    for span in quotes:
        part = iris.part_of(span.text)
        unread[part][span.start : span.end] = bytes(span.end - span.start)
    for section in curation.record.sections:  # a label precedes its section, with a colon and a space
        label = len(section.label) + 2 if section.label else 0
        unread["abstract"][section.start - label : section.start] = bytes(label)
    return [
        curation.record.span(part, match.start(), match.end())
        for part, text in curation.record.texts.items()
        if any(unread[part])
        for match in re.finditer(r"\w+", text)
        if any(unread[part][match.start() : match.end()])
    ]


def unread_runs(curation: Curation) -> list[str]:
    """Return the same words as runs of characters, each from its first unread word to its last."""
    runs: list[list[Place]] = []
    for word in unread_words(curation):
        text = curation.record.texts[word.part]
        last = runs[-1][-1] if runs else None
        if last and last.part == word.part and not re.search(r"\w", text[last.end : word.start]):
            runs[-1].append(word)
        else:
            runs.append([word])
    return [curation.record.texts[run[0].part][run[0].start : run[-1].end] for run in runs]


def _notes(notes: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """Yield each note once: with the place of the first entry that it concerns, and the number of further entries."""
    for what, wheres in notes.items():
        first, *others = dict.fromkeys(_OF_EACH.sub("", where) for where in wheres)
        yield f"{first}: {what}" + (f" (and in {len(others)} more)" if others else "")


def _lost_quotes(folder: Path, record: Record) -> Iterator[Problem]:
    """Yield a problem for every entry whose quote is missing from a record of another version."""
    written, _ = read_written(folder / "statements.toml")
    if written is None:
        return
    for entries in (written.studies, written.groups, written.statements, written.gaps, written.silences):
        for entry in entries:
            quote = entry.text("quote")
            found = find_quote(quote, record, entry.where) if quote else None
            if isinstance(found, Problem):
                yield found


def _header_problems(header: Entry) -> Iterator[Problem]:
    for name, example in (("curator", '"…"'), ("date", "2026-11-22")):
        if name not in header:
            yield Problem(header.where, f"“{name}” is missing", f"write {name} = {example}")
    given = header.text("orcid")
    if given and given != (standard := orcid(given)):
        remedy = f"write it as {standard}" if standard else "copy it from orcid.org"
        yield Problem(f"{header.where}, orcid", f"{given!r} is not an ORCID", remedy)


def _twins(understood: Sequence[Understood]) -> Iterator[Problem]:
    seen: dict[object, str] = {}
    for each in understood:
        if (first := seen.setdefault(each.statement.iri, each.where)) != each.where:
            yield Problem(each.where, f"repeats {first}", "delete one of them, or write how they differ")


def _each_once(problems: Iterable[Problem]) -> list[Problem]:
    """Return each problem once: if all items of ``each`` share it, it belongs to the entry itself."""
    found: dict[tuple[str, str, str], list[Problem]] = defaultdict(list)
    for problem in problems:
        found[_OF_EACH.sub("", problem.where), problem.what, problem.remedy].append(problem)
    return [Problem(where, what, remedy) if len(same) > 1 else same[0] for (where, what, remedy), same in found.items()]
