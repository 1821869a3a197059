"""RDF files that come from elsewhere."""

import io
from collections.abc import Iterator
from pathlib import Path

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
_DEEPEST_NESTING = 200
_LONGEST_ENTITY = 200


def read_rdf(path: Path) -> Iterator[Quad]:
    """Yield the quads of an RDF file, its format told by the suffix; blank nodes get names of their own.

    A suffix ``.gz`` behind it says that it is compressed.

    Raises RecordError where the suffix is unknown, the file cannot be read, its syntax is wrong, or a parser could be
    brought down by it: its brackets or elements are nested too deep, or its entities hold each other.
    """
    is_compressed = path.suffix.lower() == ".gz"
    format_ = _FORMATS.get((path.with_suffix("") if is_compressed else path).suffix.lower())
    if format_ is None:
        remedy = f"give a file that ends in {' '.join(_FORMATS)}"
        raise RecordError([Problem(str(path), "is no RDF file by its name", remedy)])
    try:
        content = _inflated(path) if is_compressed else path.read_bytes()
        if _nesting(content) > _DEEPEST_NESTING:
            what = f"is nested more than {_DEEPEST_NESTING} deep"
            raise RecordError([Problem(str(path), what, "write it flat")])
        if format_ == RdfFormat.RDF_XML:
            _check_xml(content, path)
        yield from parse(content, format=format_, rename_blank_nodes=True)
    except OSError as error:
        raise RecordError([Problem(str(path), f"cannot be read ({error.strerror})", "give an RDF file")]) from error
    except (SyntaxError, ValueError) as error:
        line = f", line {error.lineno}" if isinstance(error, SyntaxError) and error.lineno else ""
        raise RecordError([Problem(f"{path}{line}", f"cannot be parsed ({error})", "mend it there")]) from error


def _inflated(path: Path) -> bytes:
    try:
        with opened_source(str(path)) as stream:
            return stream.readall()
    except BrokenStreamError as error:
        raise RecordError([Problem(str(path), error.what, error.remedy)]) from error


def _check_xml(content: bytes, path: Path) -> None:
    """Refuse XML whose size in memory, or whose time to be parsed, would be out of proportion to the file.

    Entities that abbreviate a namespace, as ontology editors write them, are taken.
    """
    from xml.parsers import expat  # noqa: PLC0415  # it limits entities itself, and only looks on here

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
    """Give an upper bound of how deep brackets are nested, those in texts counted too."""
    deepest = depth = 0
    for byte in content.translate(None, _ALL_BUT_BRACKETS):
        depth += 1 if byte in b"{[(" else -1
        deepest = max(deepest, depth)
    return deepest


_ALL_BUT_BRACKETS = bytes(byte for byte in range(256) if byte not in b"{}[]()")
