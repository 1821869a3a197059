"""A term taken out of the ontology again, where nothing names it: not the ontology, a question, a shape or a paper."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode

from her2ld import assets
from her2ld.curation.form import Entry, read_written
from her2ld.desk.changed_terms import TermInFile, find_term
from her2ld.desk.new_terms import ChangedFile, lines_of_subjects
from her2ld.desk.ontology_text import sections
from her2ld.desk.term_blocks import Written, turtle_name
from her2ld.desk.term_reading import Expected, problems_found_by_reading
from her2ld.errors import OntologyError, Problem
from her2ld.vocabulary import standard
from her2ld.vocabulary.ontology import Term, Vocabulary, name_key, read_ontology

# The fields that hold words of the paper or of the curator, and name no term.
_WORDS = re.compile(r"quote|also|cue|not_cue|called|unknown|begins|ends|reason|note|extent|at|\w+_as|\w+_from")


@dataclass(frozen=True, slots=True)
class RemovedTerm:
    """A term that is to go: where its block begins (line counted from 1), the block, and what the files become."""

    term: Term
    path: Path
    line: int
    block: str
    files: tuple[ChangedFile, ...]


def remove_term(path: Path, name: str, curations: Sequence[Path]) -> RemovedTerm:
    """Return what the ontology at ``path`` becomes without a term, and the lines of what only it is mapped to.

    Nothing is written. ``curations`` are folders in which papers are looked for, or curation folders. Raises
    OntologyError where there is no such entity or class, and with every place where it is used.
    """
    vocabulary = read_ontology(path)
    found = find_term(name, path, vocabulary)
    curie = turtle_name(vocabulary.prefixes)
    problems = [
        *_uses_in_ontology(found.term, path, vocabulary, curie),
        *_uses_in_files(curie(found.term.iri)),
        *_uses_in_papers(found.term, curations),
    ]
    if problems:
        raise OntologyError(dict.fromkeys(problems))
    text = found.before.decode()
    texts = {path: path.read_text(encoding="utf-8")} | {found.path: _without_block(text, found)}
    said = {quad for quad in vocabulary.quads if quad.subject == found.term.iri}
    only = {curie(iri) for iri in _mapped_alone(found.term, vocabulary)}
    texts[path] = _without_lines(texts[path], only)
    only -= lines_of_subjects(path, texts[path]).keys()
    said |= {quad for quad in vocabulary.quads if isinstance(quad.subject, NamedNode) and curie(quad.subject) in only}
    problems += problems_found_by_reading(path, texts, Expected({}, gone=frozenset(said)), vocabulary)
    if problems:
        raise OntologyError(problems)
    before = {path: path.read_bytes(), found.path: found.before}
    files = tuple(ChangedFile(file, before[file], after) for file, after in texts.items())
    changed = tuple(each for each in files if each.text.encode() != each.before)
    lines = [line.rstrip("\r") for line in text.split("\n")]
    block = "\n".join(lines[found.block.subject_line : found.block.end])
    return RemovedTerm(found.term, found.path, found.block.subject_line + 1, block, changed)


def _uses_in_ontology(term: Term, path: Path, vocabulary: Vocabulary, curie: Written) -> Iterator[Problem]:
    stands: dict[str, tuple[Path, int]] = {}
    for file in sorted(path.parent.glob("*.ttl")):
        stands |= lines_of_subjects(file, file.read_bytes().decode())
    others = [quad for quad in vocabulary.quads if quad.subject != term.iri]
    users = dict.fromkeys(quad.subject for quad in others if term.iri in (quad.object, quad.predicate))
    for user in users:
        name = curie(user) if isinstance(user, NamedNode) else ""
        file, line = stands.get(name, (path, 0))
        where = f"{file}, line {line}" if line else str(file)
        called = f"“{vocabulary.label(user)}”" if isinstance(user, NamedNode) else "an axiom"
        yield Problem(where, f"{called} speaks of “{term.label}”", "keep the term, or remove first what speaks of it")


def _uses_in_files(name: str) -> Iterator[Problem]:
    """Find the questions and the shapes that name the term by its IRI."""
    mentions = re.compile(rf"{re.escape(name)}(?![\w-])")
    for file in sorted((*assets.QUERIES.glob("*.rq"), *assets.SHAPES.glob("*.ttl"))):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if mentions.search(line):
                yield Problem(f"{file}, line {number}", f"it speaks of {name}", "keep the term")
                break


def _uses_in_papers(term: Term, curations: Iterable[Path]) -> Iterator[Problem]:
    names = {name_key(name) for name in term.names}
    folders = dict.fromkeys(folder for place in curations for folder in assets.folders_at(place))
    for folder in folders:
        file = folder / "statements.toml"
        if not file.is_file():
            continue
        written, problems = read_written(file)
        if written is None:
            yield from problems
            continue
        for entries in (written.studies, written.groups, written.statements, written.gaps):
            for entry in entries:
                for where, name in _named(entry, entry.where):
                    if name_key(name) in names:
                        yield Problem(where, f"it names “{term.label}”", "keep the term, or write another one there")


def _named(entry: Entry, where: str) -> Iterator[tuple[str, str]]:
    for field in entry.values:
        if _WORDS.fullmatch(field):
            continue
        yield from ((f"{where}, {field}", text) for text in entry.texts(field))
        for within in entry.entries(field):
            yield from _named(within, within.where)


def _mapped_alone(term: Term, vocabulary: Vocabulary) -> set[NamedNode]:
    """Return what the term is mapped to and nothing else of the ontology points to."""
    mapped = {
        quad.object
        for quad in vocabulary.quads
        if quad.subject == term.iri and quad.predicate in standard.MAPPING_RELATIONS
        if isinstance(quad.object, NamedNode)
    }
    return mapped - {quad.object for quad in vocabulary.quads if quad.subject != term.iri}


def _without_block(text: str, found: TermInFile) -> str:
    """Return the text without the block, its comments, and one of the empty lines around it."""
    lines = text.split("\n")
    start, end = found.block.start, found.block.end
    if start and not lines[start - 1].strip():
        start -= 1
    return "\n".join([*lines[:start], *lines[end:]])


def _without_lines(text: str, subjects: set[str]) -> str:
    """Return the text without the lines that say what mapped terms are called and where they were read."""
    gone = {
        block.subject_line
        for section in sections(text)
        for block in section.blocks
        if block.subject in subjects and block.start == block.subject_line and block.end == block.subject_line + 1
    }
    return "\n".join(line for number, line in enumerate(text.split("\n")) if number not in gone)
