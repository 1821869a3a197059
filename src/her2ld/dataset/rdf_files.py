"""RDF files from other sources, and excerpts of other vocabularies in a graph of their own."""

import io
import re
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, RdfFormat, Triple, parse

from her2ld.errors import OntologyError, Problem, RecordError
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
from her2ld.vocabulary import model, standard
from her2ld.vocabulary.axioms import settle_blank_nodes

_BUFFER = 1 << 17
_CHUNK = 1 << 20
_OPENING = b"<<("  # of a triple in a triple, in RDF 1.2


def _warn(problem: Problem) -> None:
    warnings.warn(str(problem), stacklevel=2)


@dataclass(frozen=True, slots=True)
class Reading:
    """The options for reading files of RDF.

    ``base`` is the IRI against which relative IRIs are resolved, by default the address of the file itself.
    ``contexts`` are the files of JSON-LD contexts by their addresses. ``told`` is called with each problem that the
    format allows a reader to leave out; by default, it warns.
    """

    base: str | None = None
    contexts: Mapping[str, Path] = field(default_factory=dict)
    told: Callable[[Problem], None] = _warn

    def base_of(self, path: Path) -> str:
        """Return the base of a file."""
        return self.base or path.absolute().as_uri()


AS_THEY_ARE = Reading()


def read_rdf(path: Path | str, reading: Reading = AS_THEY_ARE) -> Iterator[Quad]:
    """Yield the quads of an RDF file in the format of its suffix; blank nodes get new names.

    The suffix ``.gz`` after it means that the file is compressed. N-Triples and N-Quads are read line by line, in
    constant memory; other formats are held in memory while they are read.

    Raises RecordError if the suffix is unknown, if the file cannot be read, if its syntax is wrong, if something in it
    would be lost, or if it exceeds a limit of the parsers: of nesting, of entities, of the length of a term or a line.
    """
    path = Path(path)
    syntax = _syntax(path)
    try:
        if is_plain(path):
            yield from parse(path=path, format=syntax.parsed_as, rename_blank_nodes=True)
        elif syntax.is_in_lines:
            with opened_source(str(path)) as stream:
                lines = CheckedLines(io.BufferedReader(stream, _BUFFER), path)
                yield from parse(lines, format=syntax.parsed_as, rename_blank_nodes=True)  # type: ignore[arg-type]  # the parser only calls read
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
        raise RecordError([Problem(f"{path}{line}", f"cannot be parsed ({error})", "correct it there")]) from error


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
    """Yield the triples of N3. Raises RecordError for a formula, which quotes triples without stating them."""
    for quad in quads:
        if quad.graph_name != DefaultGraph():
            what = "quotes a formula, { … }, which is not stated and has no place in RDF"
            raise RecordError([Problem(str(path), what, "leave it out, or write its triples as a graph of TriG")])
        yield quad


def _syntax(path: Path) -> RdfSyntax:
    syntax = syntax_of(path)
    if syntax is None:
        remedy = f"give a file that ends in {' '.join(suffix for each in READ for suffix in each.suffixes)}"
        raise RecordError([Problem(str(path), "is not an RDF file by its name", remedy)])
    return syntax


def format_of_rdf(path: Path) -> RdfFormat:
    """Return the format of an RDF file by its suffix. Raises RecordError if it is unknown."""
    return _syntax(path).parsed_as


def is_plain(path: Path) -> bool:
    """Tell whether a parser can read a file directly: in lines, not compressed, without a triple within a triple.

    Raises RecordError if the suffix is unknown, and OSError if the file cannot be read.
    """
    if not _syntax(path).is_in_lines or is_compressed(path) or not path.is_file():
        return False
    with path.open("rb") as file:
        begin = file.read(_BUFFER)
    return without_mark(begin) == begin and not holds(path, _OPENING)


def holds(path: Path, some: bytes) -> bool:
    """Tell whether a file contains a run of bytes. Raises OSError if it cannot be read."""
    overlap = len(some) - 1
    found_in = re.compile(re.escape(some)).search  # in half the time of ``in``
    with path.open("rb") as file:
        before = b""
        while content := file.read(_CHUNK):
            if found_in(content) or some in before + content[:overlap]:
                return True
            before = content[-overlap:]
    return False


def _inflated(path: Path) -> bytes:
    with opened_source(str(path)) as stream:
        return stream.readall()


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The content of a file in the graph ``excerpts``, each triple once.

    ``triples_read`` is the number of triples in the file. ``rewritten`` has the owner's form of each IRI that had
    another form. ``left_out`` has, for each tag of an OBO file, the number of lines without a triple.
    """

    path: Path
    triples_read: int
    quads: tuple[Quad, ...]
    rewritten: Mapping[NamedNode, NamedNode]
    left_out: Mapping[str, int]


def read_excerpt(path: Path | str, reading: Reading = AS_THEY_ARE) -> Excerpt:
    """Read a file of RDF or in OBO format for the graph ``excerpts``, with the triples of all its graphs.

    Identifiers in any spelling become those of their owners, blank nodes get permanent names, and texts are unchanged.
    Raises RecordError if the file cannot be read, has no triple, is an export of her2ld (a hedged triple would become a
    fact), or has something that no OWL axiom has: a blank node that is the object of two triples (an axiom and its
    annotations may share theirs), blank nodes that refer to each other in a circle, or triples within triples.
    """
    from her2ld.dataset.obo_files import is_obo, read_obo
    from her2ld.vocabulary.identifiers import owner_iri  # only excerpts need the prefixes of all vocabularies

    path = Path(path)
    rewritten: dict[NamedNode, NamedNode] = {}
    content = read_obo(path) if is_obo(path) else None
    given = [Quad(*each) for each in content.triples] if content else list(read_rdf(path, reading))
    if any(quad.graph_name in model.GRAPHS for quad in given):
        remedy = "join exports of her2ld directly, graph by graph; --with is for other vocabularies"
        raise RecordError([Problem(str(path), "is an export of her2ld, with its own named graphs", remedy)])
    read = [_owned(quad, rewritten, owner_iri) for quad in given]
    triples = dict.fromkeys(read)
    _check(triples, path)
    try:
        quads = settle_blank_nodes(triples, model.EXCERPTS_GRAPH, letter="x")
    except OntologyError as error:
        raise RecordError(Problem(str(path), each.what, each.remedy) for each in error.problems) from error
    return Excerpt(path, len(read), quads, rewritten, content.left_out if content else {})


def _owned(quad: Quad, rewritten: dict[NamedNode, NamedNode], owner_iri: Callable[[str], NamedNode | None]) -> Triple:
    """Return the triple of a quad with its identifiers in their owners' form; add those replaced to ``rewritten``."""
    terms = [quad.subject, quad.predicate, quad.object]
    for place, term in enumerate(terms):
        iri = owner_iri(term.value) if isinstance(term, NamedNode) else None
        if iri and iri != term:
            rewritten[term] = iri  # type: ignore[index]
            terms[place] = iri
    return Triple(*terms)  # type: ignore[arg-type]


def _check(triples: Iterable[Triple], path: Path) -> None:
    hanging = Counter(
        triple.object
        for triple in triples
        if isinstance(triple.object, BlankNode) and triple.predicate not in standard.ANNOTATED_ENDS
    )
    problems = []
    if not triples:
        problems.append(Problem(str(path), "has no triple", "give a file that contains RDF"))
    if any(count > 1 for count in hanging.values()):
        problems.append(Problem(str(path), "has a blank node that is the object of two triples", "give it an IRI"))
    if any(isinstance(term, Triple) for triple in triples for term in triple):
        problems.append(Problem(str(path), "has a triple within a triple", "write each triple separately"))
    if problems:
        raise RecordError(problems)
