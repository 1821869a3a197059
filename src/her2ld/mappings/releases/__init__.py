"""Releases of other vocabularies, read for the identifiers that we use. The format is recognised by the content."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from her2ld.errors import Problem, ReleaseError
from her2ld.limits import Limits, run_limited
from her2ld.mappings.releases import genes_and_proteins, mesh, obo_owl
from her2ld.mappings.releases.release_files import Release, ReleaseEntry, Source, Tail, Wanted, read_prolog
from her2ld.vocabulary import standard

if TYPE_CHECKING:
    from pyoxigraph import Quad, RdfFormat

__all__ = ["Release", "ReleaseEntry", "Wanted", "read_release"]

_LIMITS = Limits(seconds=3600, memory=1 << 30)
_ZIP = b"PK\x03\x04"
_HTML = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!DOCTYPE\s+html|<html)", re.IGNORECASE)
_XML = re.compile(rb"\s*<[?!A-Za-z_][^:<>]*[\s>]|\s*<[A-Za-z_]+:[A-Za-z_]+[\s>]")
_N_TRIPLES = re.compile(rb"(?:\s|#[^\n]*\n)*(?:<[A-Za-z][A-Za-z0-9+.-]*:[^<>\s]*>|_:\S+)\s*<[^<>\s]+>")
_TURTLE = re.compile(rb"(?:\s|#[^\n]*\n)*(?:@?prefix|@?base)\s", re.IGNORECASE)
_END_OF_RDF = re.compile(rb"</[\w.-]*:?RDF\s*>\s*(?:<!--.*?-->\s*)*\Z", re.DOTALL)
_KNOWN = "MeSH (N-Triples or XML), an ontology in OWL or OBO, HGNC's complete set, UniProt in RDF or FASTA"


def read_release(path: Path, wanted: Wanted, prefixes: Mapping[str, str]) -> Release:
    """Look up the identifiers in the file of a release, compressed with gzip or not.

    The file is read as a stream. All formats but N-Triples and plain text are parsed in a separate process, with limits
    of 1 GiB of memory and one hour. Raises ReleaseError if the file cannot be read, is malformed or truncated, or has
    an unknown format, and LimitError if the process reaches its limits.
    """
    source = Source(path)
    reader, is_trusted = _reader(source, wanted, prefixes)
    return reader() if is_trusted else _in_own_process(source, reader)


def _in_own_process(source: Source, reader: Callable[[], Release]) -> Release:
    def work() -> bytes:
        try:
            return json.dumps(reader().as_json()).encode()
        except ReleaseError as error:
            return json.dumps([[each.where, each.what, each.remedy] for each in error.problems]).encode()

    answer: Any = json.loads(run_limited(str(source.path), work, _LIMITS, may_open=True))
    if isinstance(answer, list):
        raise ReleaseError(Problem(*each) for each in answer)
    return Release.from_json(answer)


def _reader(source: Source, wanted: Wanted, prefixes: Mapping[str, str]) -> tuple[Callable[[], Release], bool]:
    """Return the reader for a file, found by its beginning, and whether the parser needs no process of its own."""
    head = source.head.removeprefix(b"\xef\xbb\xbf")
    if head.startswith(_ZIP):
        raise source.problem("is a zip archive", "extract it, and give the file in it")
    if _HTML.match(head):
        raise source.problem("is a web page", f"download the release itself: {_KNOWN}")
    for is_so, read in (
        (_N_TRIPLES.match(head) and standard.MESH.encode() in head, mesh.read_mesh_rdf),
        (head.startswith(genes_and_proteins.HGNC_BEGINNING), genes_and_proteins.read_hgnc),
        (head.startswith(b">"), genes_and_proteins.read_uniprot_fasta),
        (head.startswith((b"format-version:", b"ontology:")), obo_owl.read_obo),
    ):
        if is_so:
            return partial(read, source, wanted), True
    if _XML.match(head):
        prolog = read_prolog(source)
        if prolog.root in mesh.XML_ROOTS:
            return lambda: mesh.read_mesh_xml(source, wanted, prolog.root), False
    if format_ := _rdf_format(source, head):
        if genes_and_proteins.UNIPROT_CORE.encode() in head:
            return lambda: genes_and_proteins.read_uniprot_rdf(source, wanted, lambda: _quads(source, format_)), False
        return lambda: obo_owl.read_owl(source, wanted, _quads(source, format_), prefixes), False
    raise source.problem("has no known format of a release", f"give {_KNOWN}")


def _rdf_format(source: Source, head: bytes) -> "RdfFormat | None":
    from pyoxigraph import RdfFormat

    if _N_TRIPLES.match(head):
        return RdfFormat.N_TRIPLES
    if _TURTLE.match(head):
        return RdfFormat.TURTLE
    if _XML.match(head) and read_prolog(source).root.rpartition(":")[2] == "RDF":
        return RdfFormat.RDF_XML
    return None


def _quads(source: Source, format_: "RdfFormat") -> "Iterator[Quad]":
    from pyoxigraph import RdfFormat, parse

    with source.open() as stream:
        watched = Tail(stream)
        try:
            yield from parse(watched, format=format_)  # type: ignore[arg-type]  # it is read like a file
        except (SyntaxError, ValueError) as error:
            line = error.lineno if isinstance(error, SyntaxError) else None
            raise source.problem(f"is malformed or truncated ({error})", "download it again", line) from error
        # The parser accepts the end of the file as the end of the document.
        if format_ == RdfFormat.RDF_XML and not _END_OF_RDF.search(watched.tail):
            raise source.problem("is truncated: its root element is not closed", "download it again")
