"""How ``her2ld export`` writes its formats: from quads, and from the parts that hold the records of PubMed."""

import io
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import IO, TYPE_CHECKING

from her2ld.cli.export_targets import is_compressed
from her2ld.cli.printing import opened

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pyoxigraph import Quad

    from her2ld.cli.export_targets import ExportReport, Goal
    from her2ld.exports import Format
    from her2ld.exports.formats import SeveralFormats
    from her2ld.exports.record_parts import Part
    from her2ld.vocabulary.ontology import Vocabulary

_SEVERAL = 2
# Fewer quads are written by one process before a second one has begun.
_ENOUGH_TO_SHARE = 30_000
# What a second process writes: these two take as long as the other four.
_BY_SECOND = ("rdfxml", "jsonld")
_OF_STATEMENTS = ("framed", "nanopub")


@dataclass(frozen=True, slots=True)
class Content:
    """What is written: quads, then the parts with records, then more quads. For one format, it may be read once."""

    vocabulary: "Vocabulary"
    quads: "Iterable[Quad]"
    parts: "Iterable[Part]"
    excerpts: "Iterable[Quad]"

    def all_quads(self) -> "Iterable[Quad]":
        """Return all of it as quads."""
        from her2ld.exports.record_files import quads_of

        if not self.parts and not self.excerpts:
            return self.quads

        return chain(self.quads, quads_of(self.parts), self.excerpts)


def write(content: Content, goals: "Sequence[Goal]", context_url: str | None, report: "ExportReport") -> None:
    """Write each format to its place, and report what was written."""
    from her2ld.exports import FORMATS, KGX

    if len(goals) > 1:  # one format takes the quads as they come; several read them several times
        content = Content(content.vocabulary, tuple(content.quads), list(content.parts), tuple(content.excerpts))
    shared = _shared(content, [format_ for format_, _ in goals])
    if shared and _can_share(shared, goals):
        for (format_, place), count in zip(goals, _write_as_two(shared, goals, context_url), strict=True):
            report.wrote(format_, place, {format_.unit: count}, 0)
        return
    for format_, place in goals:
        if format_ == KGX and isinstance(place, Path):
            _write_tables(content, place, report)
            continue
        with opened(place) as file:
            if shared and format_.name in FORMATS:
                counts, left_out = {format_.unit: shared.write(file, format_.name, context_url)}, 0
            else:
                counts, left_out = _write_format(content, format_, file, context_url, compressed=is_compressed(place))
        report.wrote(format_, place, counts, left_out)


def _shared(content: Content, formats: "Sequence[Format]") -> "SeveralFormats | None":
    """Return what several formats have in common, where all of the content is quads."""
    from her2ld.exports import FORMATS
    from her2ld.exports.formats import SeveralFormats

    if content.parts or content.excerpts or sum(each.name in FORMATS for each in formats) < _SEVERAL:
        return None
    return SeveralFormats(content.quads, content.vocabulary)


def _can_share(shared: "SeveralFormats", goals: "Sequence[Goal]") -> bool:
    """Tell whether two processes are to write: both have formats to write, and enough of them, and only into files."""
    from her2ld.exports import FORMATS
    from her2ld.sharing import has_second_processor

    divided = {format_.name in _BY_SECOND for format_, _ in goals}
    are_files = all(format_.name in FORMATS and isinstance(place, Path) for format_, place in goals)
    return are_files and len(divided) > 1 and len(shared) >= _ENOUGH_TO_SHARE and has_second_processor()


def _write_as_two(shared: "SeveralFormats", goals: "Sequence[Goal]", context_url: str | None) -> list[int]:
    """Write the formats by two processes, and return how much was written of each.

    This process has all files open, so that all of them take their places, or none does.
    """
    from her2ld.sharing import beside

    shared.prepare()
    with ExitStack() as stack:
        files = [stack.enter_context(opened(place)) for _, place in goals]

        def write_those(*, by_second: bool) -> dict[int, int]:
            counts = {}
            for number, ((format_, _), file) in enumerate(zip(goals, files, strict=True)):
                if (format_.name in _BY_SECOND) == by_second:
                    counts[number] = shared.write(file, format_.name, context_url)
                    file.flush()
            return counts

        there, here = beside(
            "the writing of the formats", lambda: write_those(by_second=True), lambda: write_those(by_second=False)
        )
    counts = there | here
    return [counts[number] for number in range(len(goals))]


def _write_format(
    content: Content, format_: "Format", file: IO[bytes], context_url: str | None, *, compressed: bool
) -> tuple[dict[str, int], int]:
    """Write a format into a file; return how much of each unit, and how many axioms it could not say."""
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
    """Write N-Quads as gzip: the parts are copied as they are, the quads around them are members of their own."""
    from her2ld.exports import export as write_quads
    from her2ld.exports.record_files import copy_compressed
    from her2ld.files.writing import gzip_member

    with gzip_member(file) as member:
        count = write_quads(content.quads, member, "nquads", content.vocabulary)
    count += copy_compressed(content.parts, file)
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
    """Write N-Triples; what the ontology says already is not said again by a record."""
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
