"""How ``her2ld export`` writes its formats, from quads and from parts with records, and reports what it wrote."""

import io
import json
import sys
import textwrap
from dataclasses import asdict, dataclass, replace
from itertools import chain
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NoReturn

from her2ld.cli.printing import echo, opened, print_problem, secho
from her2ld.rdf.syntaxes import COMPRESSED
from her2ld.texts import counted, with_noun

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pyoxigraph import Quad

    from her2ld.cli.reading import ReadExcerpt
    from her2ld.errors import Problem
    from her2ld.exports import Format
    from her2ld.exports.formats import SeveralFormats
    from her2ld.exports.pieces import DataPiece, PiecesOfData
    from her2ld.exports.record_parts import Part
    from her2ld.statements import Curation
    from her2ld.vocabulary.ontology import Vocabulary

    Goal = tuple[Format, "Place"]

# A file or folder, a URL, or standard output.
Place = Path | str | None


def is_compressed(place: Place) -> bool:
    """Tell whether a place is to be compressed, by its name."""
    return str(place).lower().endswith(COMPRESSED)


# The number of characters of unread words that are shown.
_WIDTH = 100
_NAMES_OF_COUNTS = {
    "not_about": "not about the term",
    "refused": "refused",
    "superseded": "superseded by another record of the paper",
}


class ExportReport:
    """The report of what was read and written, on standard error, in words or in JSON."""

    def __init__(self, *, as_json: bool, counts_notes: bool = False) -> None:
        """Report in words, or in JSON at the end; ``counts_notes`` prints the number of notes in place of the notes."""
        self._as_json = as_json
        self._counts_notes = counts_notes
        self._read: list[dict[str, Any]] = []
        self._written: list[dict[str, Any]] = []
        self.refused: list[Problem] = []

    def read(self, folder: Path, curation: "Curation") -> None:
        """Report the statements and gaps of a paper."""
        from her2ld import iris
        from her2ld.curation import unread_runs, unread_words
        from her2ld.statements.plain import affirms, is_hedged

        unread = len(unread_words(curation))
        hedged = sum(map(is_hedged, curation.claims))
        denied = sum(not affirms(statement) for statement in curation.claims)
        paper = curation.record.doi or iris.article(curation.record).value
        self._read.append(
            {
                "source": str(folder),
                "paper": iris.article(curation.record).value,
                "doi": curation.record.doi,
                "statements": len(curation.claims),
                "hedged": hedged,
                "denied_or_not_found": denied,
                "notes": list(curation.notes),
                "knowledge_gaps": len(curation.gaps),
                "unread_words": unread,
            }
        )
        self._print(
            f"read {paper}: {with_noun(len(curation.claims), 'statement')} ({hedged} hedged"
            f"{f', {denied} denied or not found' * bool(denied)}), "
            f"{len(curation.gaps)} knowledge gap{'s' * (len(curation.gaps) != 1)}, {unread} words unread"
        )
        for note in () if self._counts_notes else curation.notes:
            self._print(f"  note: {note}")
        for run in unread_runs(curation) if unread else ():
            self._print(f"  unread: {textwrap.shorten(run, _WIDTH, placeholder=' …')}")

    def read_records(self, part: "Part") -> None:
        """Report how many records of a file are exported, and why the others are not."""
        self.refused += part.refused
        counts = {
            "records": part.records,
            "exported": part.exported,
            "not_about": part.not_about,
            "refused": len(part.refused),
            "superseded": part.superseded,
            "deletions": part.deletions,
        }
        self._read.append({"source": part.source, "form": part.form, **counts})
        if part.form == "checksum":
            self._print(f"passed over {part.source}, a checksum")
            return
        line = f"{part.exported:,} of {with_noun(part.records, 'record')} exported"
        for name, words in _NAMES_OF_COUNTS.items():
            line += f", {counts[name]:,} {words}" if counts[name] else ""
        if part.deletions:
            line += f"; {part.deletions:,} taken back by NLM"
        self._print(f"read {part.source}: {line}")

    def joined(self, excerpt: "ReadExcerpt") -> None:
        """Report the triples of another vocabulary."""
        self._read.append(asdict(excerpt))
        self._print(str(excerpt))

    def wrote(self, format_: "Format", path: "Place", counts: dict[str, int], left_out: int = 0) -> None:
        """Report the place, the counts by unit, and the number of axioms that the format cannot express."""
        target = str(path) if path else "standard output"
        self._written.append({"target": target, "format": format_.name, **counts})
        line = f"wrote {target}: {', '.join(f'{count:,} {unit}' for unit, count in counts.items())}, {format_.title}"
        if left_out:
            self._written[-1]["left_out"] = left_out
            line += f", without {counted(left_out, 'axiom')} that it cannot express"
        self._print(line)

    def succeed(self) -> None:
        """Print the report in JSON; in words, the number of notes that were not printed."""
        notes = sum(len(each.get("notes", ())) for each in self._read)
        if notes and self._counts_notes:
            self._print(
                f"{counted(notes, 'note')} for curators: her2ld validate lists {'it' if notes == 1 else 'them'}"
            )
        if self._as_json:
            echo(json.dumps({"read": self._read, "written": self._written}), err=True)

    def fail(self, problems: "Sequence[Problem]", status: int) -> NoReturn:
        """Report the problems and end the program."""
        if self._as_json:
            listed = [each._asdict() for each in problems]
            echo(json.dumps({"read": self._read, "written": self._written, "problems": listed}), err=True)
        else:
            for each in problems:
                print_problem(each)
            secho(f"{counted(len(problems), 'problem')}; {len(self._written) or 'nothing'} written", fg="red", err=True)
        sys.exit(status)

    def _print(self, line: str) -> None:
        if not self._as_json:
            echo(line, err=True)


_SEVERAL = 2
# Fewer quads are written by one process sooner than a second one starts.
_ENOUGH_TO_SHARE = 30_000
# The formats of blocks, for a second process: they take as long as the other three.
_BY_SECOND = ("turtle", "trig", "jsonld")
_OF_STATEMENTS = ("framed", "nanopub")


@dataclass(frozen=True, slots=True)
class Content:
    """The content to write: quads, then parts with records, then more quads. For one format, it may be read once.

    ``pieces`` are the same quads, if they are cut already.
    """

    vocabulary: "Vocabulary"
    quads: "Iterable[Quad]"
    parts: "Iterable[Part]"
    excerpts: "Iterable[Quad]"
    pieces: "Sequence[DataPiece]" = ()

    def all_quads(self) -> "Iterable[Quad]":
        """Return the whole content as quads."""
        if not self.parts and not self.excerpts:
            return self.quads
        from her2ld.exports.record_files import quads_of

        return chain(self.quads, quads_of(self.parts), self.excerpts)


def pieces_for(formats: "Sequence[Format]", vocabulary: "Vocabulary") -> "PiecesOfData | None":
    """Return pieces to which papers can be added while others are read; None if the formats need no texts of blocks."""
    if {"turtle", "trig"}.isdisjoint(each.name for each in formats) or len(formats) < _SEVERAL:
        return None
    from her2ld.exports.pieces import PiecesOfData

    return PiecesOfData(vocabulary)


def write(content: Content, goals: "Sequence[Goal]", context_url: str | None, report: "ExportReport") -> None:
    """Write each format to its place and report it."""
    from her2ld.exports import FORMATS, KGX

    if len(goals) > 1:  # a single format reads the quads only once
        content = replace(
            content, quads=tuple(content.quads), parts=list(content.parts), excerpts=tuple(content.excerpts)
        )
    shared = _shared(content, [format_ for format_, _ in goals])
    if shared and _can_share(shared, goals):
        _write_as_two(shared, goals, context_url)
        for format_, place in goals:
            report.wrote(format_, place, {format_.unit: shared.count(format_.name)})
        return
    for format_, place in goals:
        if format_ == KGX and isinstance(place, Path):
            _write_tables(content, place, report)
            continue
        with opened(place) as file:
            if shared and format_.name in FORMATS:
                shared.write(file, format_.name, context_url)
                counts, left_out = {format_.unit: shared.count(format_.name)}, 0
            else:
                counts, left_out = _write_format(content, format_, file, context_url, compressed=is_compressed(place))
        report.wrote(format_, place, counts, left_out)


def _shared(content: Content, formats: "Sequence[Format]") -> "SeveralFormats | None":
    """Return a shared writer for several formats; None if there are parts or excerpts, or only one format."""
    from her2ld.exports import FORMATS
    from her2ld.exports.formats import SeveralFormats

    if content.parts or content.excerpts or sum(each.name in FORMATS for each in formats) < _SEVERAL:
        return None
    return SeveralFormats(content.quads, content.vocabulary, content.pieces)


def _can_share(shared: "SeveralFormats", goals: "Sequence[Goal]") -> bool:
    """Tell whether two processes write: all formats go into files, both have some, and there are enough quads."""
    from her2ld.exports import FORMATS
    from her2ld.sharing import has_second_processor

    divided = {format_.name in _BY_SECOND for format_, _ in goals}
    are_files = all(format_.name in FORMATS and isinstance(place, Path) for format_, place in goals)
    return are_files and len(divided) > 1 and len(shared) >= _ENOUGH_TO_SHARE and has_second_processor()


def _write_as_two(shared: "SeveralFormats", goals: "Sequence[Goal]", context_url: str | None) -> None:
    """Write the formats by two processes; either all files are replaced or none.

    This process has all files open, and replaces them when both are done.
    """
    from her2ld.files.writing import begin_to_synchronize, replacing_together
    from her2ld.sharing import beside

    with replacing_together([place for _, place in goals if place]) as files:

        def write_those(*, by_second: bool) -> None:
            for (format_, _), file in zip(goals, files, strict=True):
                if (format_.name in _BY_SECOND) == by_second:
                    shared.write(file, format_.name, context_url)
                    begin_to_synchronize(file)

        beside("the writing of the formats", lambda: write_those(by_second=True), lambda: write_those(by_second=False))


def _write_format(
    content: Content, format_: "Format", file: IO[bytes], context_url: str | None, *, compressed: bool
) -> tuple[dict[str, int], int]:
    """Write a format into a file; return the counts by unit, and the number of axioms that it cannot express."""
    from her2ld.exports import ONTOLOGY_FORMATS, ontology_document
    from her2ld.exports import export as write_quads
    from her2ld.files.writing import gzip_member

    if compressed and format_.name == "nquads":
        return {format_.unit: _write_members(content, file)}, 0
    if compressed:
        with gzip_member(file) as member:
            return _write_format(content, format_, member, context_url, compressed=False)
    if format_.name in ONTOLOGY_FORMATS:
        document = ontology_document(content.vocabulary, format_.name)
        file.write(document.content)
        return {format_.unit: document.terms}, document.left_out
    if format_.name in _OF_STATEMENTS:
        return _write_statements(content, format_, file, context_url), 0
    if format_.name in _WRITERS_OF_LINES:
        return {format_.unit: _WRITERS_OF_LINES[format_.name](content, file)}, 0
    count = write_quads(content.all_quads(), file, format_.name, content.vocabulary, context_url=context_url)
    return {format_.unit: count}, 0


def _write_statements(content: Content, format_: "Format", file: IO[bytes], context_url: str | None) -> dict[str, int]:
    if format_.name == "framed":
        from her2ld.exports.json_ld import write_framed

        return {format_.unit: write_framed(content.all_quads(), file, content.vocabulary, context_url)}
    from her2ld.exports.nanopublications import write_nanopublications

    published, written = write_nanopublications(content.all_quads(), file, content.vocabulary)
    return {format_.unit: published, "quads": written}


def _write_members(content: Content, file: IO[bytes]) -> int:
    """Write N-Quads as gzip: the parts are copied unchanged, and the quads around them are separate members."""
    from her2ld.exports import export as write_quads
    from her2ld.exports.record_files import copy_quads
    from her2ld.files.writing import gzip_member

    with gzip_member(file) as member:
        count = write_quads(content.quads, member, "nquads", content.vocabulary)
    count += copy_quads(content.parts, file, compressed=True)
    excerpts = tuple(content.excerpts)
    if excerpts:
        with gzip_member(file) as member:
            count += write_quads(excerpts, member, "nquads", content.vocabulary)
    return count


def _write_quad_lines(content: Content, file: IO[bytes]) -> int:
    from her2ld.exports import export as write_quads
    from her2ld.exports.record_files import copy_quads

    count = write_quads(content.quads, file, "nquads", content.vocabulary)
    count += copy_quads(content.parts, file)
    return count + write_quads(content.excerpts, file, "nquads", content.vocabulary)


def _write_triple_lines(content: Content, file: IO[bytes]) -> int:
    """Write N-Triples; records do not repeat triples of the ontology."""
    from her2ld.exports import export as write_quads
    from her2ld.exports.record_files import copy_triples

    before = io.BytesIO()
    count = write_quads(chain(content.quads, content.excerpts), before, "ntriples", content.vocabulary)
    file.write(before.getbuffer())
    return count + copy_triples(content.parts, file, frozenset(before.getvalue().splitlines(keepends=True)))


_WRITERS_OF_LINES = {"nquads": _write_quad_lines, "ntriples": _write_triple_lines}


def _write_tables(content: Content, folder: Path, report: "ExportReport") -> None:
    from her2ld.exports import KGX
    from her2ld.exports.kgx import kgx_tables, write_kgx

    tables = kgx_tables(content.all_quads(), content.vocabulary)
    nodes, edges = write_kgx(tables, folder)
    report.wrote(KGX, nodes, {"nodes": len(tables.nodes), "statements": tables.statements_as_nodes})
    report.wrote(KGX, edges, {"edges": len(tables.edges), "statements": tables.statements_as_edges})
