"""RDF files that come from elsewhere."""

import io
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import DefaultGraph, Quad, RdfFormat, parse

from her2ld.errors import Problem, RecordError
from her2ld.files.streams import BrokenStreamError, opened_source
from her2ld.rdf.json_ld_quads import json_ld_quads
from her2ld.rdf.parser_limits import (
    CheckedLines,
    check_triples_in_triples,
    check_xml,
    term_too_long,
    without_mark,
    xml_in_utf_8,
)
from her2ld.rdf.syntaxes import JSON_LD, N3, RDF_XML, READ, RdfSyntax, is_compressed, syntax_of

_BUFFER = 1 << 17
_CHUNK = 1 << 20
_OPENING = b"<<("  # of a triple in a triple, in RDF 1.2


def _warn(problem: Problem) -> None:
    warnings.warn(str(problem), stacklevel=2)


@dataclass(frozen=True, slots=True)
class Reading:
    """How files of RDF are read.

    ``base`` is the IRI that relative names are resolved against, by default the address of the file itself.
    ``contexts`` are the files of JSON-LD contexts by their addresses. ``told`` hears of what a format means to leave
    out; without it, that is a warning.
    """

    base: str | None = None
    contexts: Mapping[str, Path] = field(default_factory=dict)
    told: Callable[[Problem], None] = _warn

    def base_of(self, path: Path) -> str:
        """Return the base of a file."""
        return self.base or path.absolute().as_uri()


AS_THEY_ARE = Reading()


def is_store(folder: Path) -> bool:
    """Tell whether a folder is a store of Oxigraph, which keeps it in RocksDB: that has this file there."""
    return (folder / "CURRENT").is_file()


def read_rdf(path: Path | str, reading: Reading = AS_THEY_ARE) -> Iterator[Quad]:
    """Yield the quads of an RDF file, its format told by the suffix; blank nodes get names of their own.

    A suffix ``.gz`` behind it says that it is compressed. N-Triples and N-Quads are read line by line, in constant
    memory; the others are held in memory while they are read.

    Raises RecordError where the suffix is unknown, the file cannot be read, its syntax is wrong, something in it would
    be lost, or it crosses a limit of the parsers: of nesting, of entities, of the length of a term or a line.
    """
    path = Path(path)
    syntax = _syntax(path)
    try:
        if is_plain(path):
            yield from parse(path=path, format=syntax.parsed_as, rename_blank_nodes=True)
        elif syntax.is_in_lines:
            with opened_source(str(path)) as stream:
                lines = CheckedLines(io.BufferedReader(stream, _BUFFER), path)
                yield from parse(lines, format=syntax.parsed_as, rename_blank_nodes=True)  # type: ignore[arg-type]  # all it needs is read
        else:
            content = _inflated(path) if is_compressed(path) else path.read_bytes()
            yield from _document(content, syntax, path, reading)
    except OSError as error:
        raise RecordError([Problem(str(path), f"cannot be read ({error.strerror})", "give an RDF file")]) from error
    except BrokenStreamError as error:
        raise RecordError([Problem(str(path), error.what, error.remedy)]) from error
    except MemoryError as error:
        raise term_too_long(path) from error
    except (SyntaxError, ValueError) as error:
        line = f", line {error.lineno}" if isinstance(error, SyntaxError) and error.lineno else ""
        raise RecordError([Problem(f"{path}{line}", f"cannot be parsed ({error})", "mend it there")]) from error


def _document(content: bytes, syntax: RdfSyntax, path: Path, reading: Reading) -> Iterable[Quad]:
    """Return the quads of a document that is held in memory."""
    base = reading.base_of(path)
    if syntax == JSON_LD:
        return json_ld_quads(content, str(path), base, reading.contexts, reading.told)
    if syntax == RDF_XML:
        content = xml_in_utf_8(content, path)
        check_xml(content, path)
    else:
        content = without_mark(content)
        check_triples_in_triples(content, path)
    quads = parse(content, format=syntax.parsed_as, base_iri=base, rename_blank_nodes=True)
    return _without_formulas(quads, path) if syntax == N3 else quads


def _without_formulas(quads: Iterable[Quad], path: Path) -> Iterator[Quad]:
    """Yield the triples of N3. Raises RecordError for a formula: what it quotes is not stated."""
    for quad in quads:
        if quad.graph_name != DefaultGraph():
            what = "quotes a formula, { … }, which is not stated and has no place in RDF"
            raise RecordError([Problem(str(path), what, "leave it out, or write its triples as a graph of TriG")])
        yield quad


def _syntax(path: Path) -> RdfSyntax:
    syntax = syntax_of(path)
    if syntax is None:
        remedy = f"give a file that ends in {' '.join(suffix for each in READ for suffix in each.suffixes)}"
        raise RecordError([Problem(str(path), "is no RDF file by its name", remedy)])
    return syntax


def format_of_rdf(path: Path) -> RdfFormat:
    """Tell the format of an RDF file by its suffix. Raises RecordError where it is unknown."""
    return _syntax(path).parsed_as


def is_plain(path: Path) -> bool:
    """Tell whether a parser may read a file by itself: lines, not compressed, and no triple in any triple.

    Raises RecordError where the suffix is unknown, and OSError where the file cannot be read.
    """
    if not _syntax(path).is_in_lines or is_compressed(path) or not path.is_file():
        return False
    with path.open("rb") as file:
        begin = file.read(_BUFFER)
    return without_mark(begin) == begin and not holds(path, _OPENING)


def holds(path: Path, some: bytes) -> bool:
    """Tell whether a file holds some bytes. Raises OSError where it cannot be read."""
    overlap = len(some) - 1
    with path.open("rb") as file:
        before = b""
        while content := file.read(_CHUNK):
            if some in content or some in before + content[:overlap]:
                return True
            before = content[-overlap:]
    return False


def _inflated(path: Path) -> bytes:
    with opened_source(str(path)) as stream:
        return stream.readall()
