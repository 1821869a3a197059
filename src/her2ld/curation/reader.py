"""A curation folder, read and understood: ``record.txt``, ``mesh.tsv`` and ``statements.toml``."""

import re
from collections.abc import Iterator
from pathlib import Path

from her2ld.curation.headings import identify_mesh_terms
from her2ld.curation.understanding import Understanding
from her2ld.curation.written import WrittenHeader, WrittenStatement, read_written
from her2ld.errors import CurationError, Problem
from her2ld.pubmed import Span, read_pubmed_text
from her2ld.statements import Curation, KnowledgeGap, Silence, Statement
from her2ld.vocabulary.ontology import Vocabulary

_ORCID = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]")


def read_curation(folder: Path, vocabulary: Vocabulary) -> Curation:
    """Read one curation folder.

    Raises RecordError where ``record.txt`` cannot be read, and CurationError with every mistake in the folder: names
    that the ontology does not know, quotes that are not one run inside one sentence, cues outside it, missing fields.

    >>> from her2ld.assets import curation_folders
    >>> from her2ld.vocabulary.ontology import read_ontology
    >>> curation = read_curation(curation_folders()[0], read_ontology())
    >>> statement = curation.statements[3]
    >>> statement.subject.label, statement.relation.label, statement.object.label, statement.modality.label
    ('HER2 protein', 'is a', 'ligand orphan receptor', 'suggested')
    >>> span = statement.evidence
    >>> curation.record.abstract[span.start : span.end] == span.exact
    True
    """
    record = read_pubmed_text(folder / "record.txt")
    record, problems = identify_mesh_terms(record, folder / "mesh.tsv")
    written, form_problems = read_written(folder / "statements.toml")
    problems += form_problems
    understanding = Understanding(record, vocabulary, problems)
    statements = [understanding.statement(entry) for entry in written.statements]
    gaps = [understanding.gap(entry) for entry in written.gaps]
    silences = [understanding.silence(entry) for entry in written.silences]
    header = written.header
    problems += _header_problems(header)
    if not problems:
        problems += _twins(written.statements, statements)
    if not problems and not written.statements and not written.gaps:
        problems.append(Problem(str(folder), "nothing was read in this paper", "write at least one [[statement]]"))
    if problems or not (header and header.curator and header.date):
        raise CurationError(problems)
    return Curation(
        record=record,
        curator=header.curator,
        orcid=header.orcid,
        date=header.date,
        statements=tuple(statement for statement in statements if statement),
        gaps=tuple(gap for gap in gaps if gap),
        silences=tuple(silence for silence in silences if silence),
    )


def unread_words(curation: Curation) -> list[Span]:
    """Give the words of title and abstract that no quote covers, in order; empty where every clause was accounted for.

    >>> from her2ld.assets import curation_folders
    >>> from her2ld.vocabulary.ontology import read_ontology
    >>> unread_words(read_curation(curation_folders()[0], read_ontology()))
    []
    """
    unread = {part: bytearray(b"\1") * len(text) for part, text in curation.record.texts.items()}
    entries: tuple[Statement | KnowledgeGap | Silence, ...] = (
        *curation.statements,
        *curation.gaps,
        *curation.silences,
    )
    for span in (entry.evidence for entry in entries):
        unread[span.part][span.start : span.end] = bytes(span.end - span.start)
    return [
        curation.record.span(part, match.start(), match.end())
        for part, text in curation.record.texts.items()
        for match in re.finditer(r"\w+", text)
        if any(unread[part][match.start() : match.end()])
    ]


def _header_problems(header: WrittenHeader | None) -> Iterator[Problem]:
    if header and header.orcid and not _ORCID.fullmatch(header.orcid):
        yield Problem(f"{header.where}, orcid", f"{header.orcid!r} is not an ORCID", "write it as 0000-0000-0000-0000")


def _twins(written: tuple[WrittenStatement, ...], statements: list[Statement | None]) -> Iterator[Problem]:
    seen: dict[Statement, str] = {}
    for entry, statement in zip(written, statements, strict=True):
        if statement and (first := seen.setdefault(statement, entry.where)) != entry.where:
            yield Problem(entry.where, f"says the same as {first}", "delete one of the two")
