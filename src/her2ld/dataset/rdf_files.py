"""RDF files that come from elsewhere."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from pyoxigraph import Quad, RdfFormat, parse

from her2ld.errors import Problem, RecordError
from her2ld.pubmed.streams import BrokenStreamError, opened_source

_FORMATS = {
    ".jsonld": RdfFormat.JSON_LD,
    ".nq": RdfFormat.N_QUADS,
    ".nt": RdfFormat.N_TRIPLES,
    ".owl": RdfFormat.RDF_XML,
    ".rdf": RdfFormat.RDF_XML,
    ".trig": RdfFormat.TRIG,
    ".ttl": RdfFormat.TURTLE,
}
LINE_FORMATS = (RdfFormat.N_TRIPLES, RdfFormat.N_QUADS)
_DEEPEST_NESTING = 200
_LONGEST_ENTITY = 200
_LONGEST_LINE = 64 << 20
_BUFFER = 1 << 17
_CHUNK = 1 << 20
_OPENING = b"<<("  # of a triple in a triple, in RDF 1.2


def is_store(folder: Path) -> bool:
    """Tell whether a folder is a store of Oxigraph, which keeps it in RocksDB: that has this file there."""
    return (folder / "CURRENT").is_file()


def read_rdf(path: Path) -> Iterator[Quad]:
    """Yield the quads of an RDF file, its format told by the suffix; blank nodes get names of their own.

    A suffix ``.gz`` behind it says that it is compressed. N-Triples and N-Quads are read line by line, in constant
    memory; the others are held in memory while they are read.

    Raises RecordError where the suffix is unknown, the file cannot be read, its syntax is wrong, or a parser could be
    brought down by it: its brackets or elements are nested too deep, its entities hold each other, or it has a line
    of more than 64 MiB.
    """
    format_ = format_of_rdf(path)
    try:
        if is_plain(path):
            yield from parse(path=path, format=format_, rename_blank_nodes=True)
            return
        if format_ in LINE_FORMATS:
            with opened_source(str(path)) as stream:
                lines = CheckedLines(io.BufferedReader(stream, _BUFFER), path)
                yield from parse(lines, format=format_, rename_blank_nodes=True)  # type: ignore[arg-type]  # all it needs is read
            return
        content = _inflated(path) if _is_compressed(path) else path.read_bytes()
        if _nesting(content) > _DEEPEST_NESTING:
            what = f"is nested more than {_DEEPEST_NESTING} deep"
            raise RecordError([Problem(str(path), what, "write it flat")])
        if format_ == RdfFormat.RDF_XML:
            _check_xml(content, path)
        base = path.absolute().as_uri()
        yield from parse(content, format=format_, base_iri=base, rename_blank_nodes=True)
    except OSError as error:
        raise RecordError([Problem(str(path), f"cannot be read ({error.strerror})", "give an RDF file")]) from error
    except BrokenStreamError as error:
        raise RecordError([Problem(str(path), error.what, error.remedy)]) from error
    except (SyntaxError, ValueError) as error:
        line = f", line {error.lineno}" if isinstance(error, SyntaxError) and error.lineno else ""
        raise RecordError([Problem(f"{path}{line}", f"cannot be parsed ({error})", "mend it there")]) from error


def format_of_rdf(path: Path) -> RdfFormat:
    """Tell the format of an RDF file by its suffix. Raises RecordError where it is unknown."""
    format_ = _FORMATS.get((path.with_suffix("") if _is_compressed(path) else path).suffix.lower())
    if format_ is None:
        remedy = f"give a file that ends in {' '.join(_FORMATS)}"
        raise RecordError([Problem(str(path), "is no RDF file by its name", remedy)])
    return format_


def _is_compressed(path: Path) -> bool:
    return path.suffix.lower() == ".gz"


def is_plain(path: Path) -> bool:
    """Tell whether a parser may read a file by itself: lines, not compressed, and no triple in any triple.

    Raises RecordError where the suffix is unknown, and OSError where the file cannot be read.
    """
    is_lines = format_of_rdf(path) in LINE_FORMATS and not _is_compressed(path)
    return is_lines and path.is_file() and not holds(path, _OPENING)


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


class CheckedLines:
    """N-Triples or N-Quads as a parser reads them, none of the lines too long or nested too deep for it.

    (RDF 1.2 has triples in triples in triples.) ``read`` raises RecordError where one is.
    """

    def __init__(self, file: IO[bytes], path: Path) -> None:
        """Read from ``file``; ``path`` is its name in errors."""
        self._file, self._path = file, path
        self._length = self._openings = 0

    def read(self, size: int = -1) -> bytes:
        """Read up to so many bytes."""
        content = self._file.read(size)
        # Where nothing opens, all lines but the last may be counted as one: this is asked of every kilobyte.
        pieces = content.split(b"\n") if _OPENING in content else content.rsplit(b"\n", 1)
        for number, piece in enumerate(pieces):
            if number:
                self._length = self._openings = 0
            self._length += len(piece)
            self._openings += piece.count(_OPENING)
            if self._openings > _DEEPEST_NESTING:
                what = f"is nested more than {_DEEPEST_NESTING} deep"
                raise RecordError([Problem(str(self._path), what, "write it flat")])
            if self._length > _LONGEST_LINE:
                what = f"has a line of more than {_LONGEST_LINE:,} bytes"
                raise RecordError([Problem(str(self._path), what, "write it shorter")])
        return content


def _inflated(path: Path) -> bytes:
    with opened_source(str(path)) as stream:
        return stream.readall()


def _check_xml(content: bytes, path: Path) -> None:
    """Refuse XML whose size in memory, or whose time to be parsed, would be out of proportion to the file.

    Entities that abbreviate a namespace, as ontology editors write them, are taken.
    """
    from xml.parsers import expat  # it limits entities itself, and only looks on here

    depth = 0

    def problem(what: str, remedy: str) -> RecordError:
        return RecordError([Problem(f"{path}, line {parser.CurrentLineNumber}", what, remedy)])

    def start(_name: str, _attributes: object) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST_NESTING:
            raise problem(f"is nested more than {_DEEPEST_NESTING} deep", "write it flat")

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    def entity(name: str, _is_parameter: object, value: str | None, *_external: object) -> None:
        if value is None or "&" in value or "%" in value or len(value) > _LONGEST_ENTITY:
            what = f"declares the entity {name}, which is not short plain text"
            raise problem(what, "write out what it stands for")

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler, parser.EntityDeclHandler = start, end, entity
    try:
        parser.ParseFile(io.BytesIO(content))
    except expat.ExpatError as error:
        raise problem(f"cannot be parsed ({error})", "mend it there") from error


def _nesting(content: bytes) -> int:
    """Return an upper bound of how deep brackets are nested, those in texts counted too."""
    deepest = depth = 0
    for byte in content.translate(None, _ALL_BUT_BRACKETS):
        depth += 1 if byte in b"{[(" else -1
        deepest = max(deepest, depth)
    return deepest


_ALL_BUT_BRACKETS = bytes(byte for byte in range(256) if byte not in b"{}[]()")
