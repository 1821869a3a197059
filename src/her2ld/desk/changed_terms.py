"""Changes of a term, and its removal from the ontology. Only the lines of the term change.

A term is removed only if the ontology, the questions, the shapes and the papers do not use it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from her2ld import assets
from her2ld.curation.form import Entry, read_written
from her2ld.desk.new_terms import ChangedFile, Expected, OntologyChange, lines_of_subjects, problems_found_by_reading
from her2ld.desk.ontology_text import (
    IN_ORDER,
    NewTerm,
    TextBlock,
    Written,
    is_looked_up,
    sections,
    turtle_name,
    with_mapped_terms,
    with_values,
    without_values,
    written_value,
)
from her2ld.desk.term_names import names_taken, vocabularies_not_known
from her2ld.desk.term_rows import TermRow, resolve_identifiers
from her2ld.errors import OntologyError, Problem
from her2ld.mappings.releases import Release
from her2ld.vocabulary import model, standard
from her2ld.vocabulary.ontology import Term, Vocabulary, name_key, read_ontology

Pair = tuple[NamedNode, NamedNode | Literal]


@dataclass(frozen=True, slots=True)
class TermInFile:
    """A term, the file with its block, and the place of the block."""

    term: Term
    path: Path
    before: bytes
    block: TextBlock


def find_term(name: str, path: Path, vocabulary: Vocabulary) -> TermInFile:
    """Return the entity or class of that name in the ontology at ``path`` or another file in its folder.

    Raises OntologyError if there is none, or if it has no block of its own.
    """
    term = vocabulary.find(name)
    if term is None or not term.is_entity_or_class:
        known = (each for one in vocabulary.terms.values() if one.is_entity_or_class for each in one.names)
        nearest = vocabulary.nearest(name, known)
        remedy = f"did you mean “{nearest}”?" if nearest else "give a label or a synonym of the ontology"
        raise OntologyError([Problem(f"“{name}”", "the ontology has no such entity or class", remedy)])
    subject = turtle_name(vocabulary.prefixes)(term.iri)
    others = (each for each in sorted(path.parent.glob("*.ttl")) if each.name != path.name)
    for file in (path, *others):
        before = file.read_bytes()
        for section in sections(before.decode()):
            for block in section.blocks:
                if block.subject == subject:
                    return TermInFile(term, file, before, block)
    remedy = "name the ontology that has it with --ontology"
    raise OntologyError([Problem(str(path), f"has no block of {subject}, nor has a file beside it", remedy)])


def change_term(
    path: Path, name: str, row: TermRow, releases: Sequence[Release] = (), wrong: Sequence[Problem] = ()
) -> OntologyChange:
    """Return the ontology at ``path`` after a term gets the synonyms, identifiers and searches of a row.

    Nothing is written. If the term already has an identifier with another match, it gets the given one. An unproven
    identifier becomes proven if a release is given. The row has no label and no kind. Raises OntologyError with all
    mistakes: names that are taken, values that the term already has, and findings of the ontology's shapes.
    """
    vocabulary = read_ontology(path)
    found = find_term(name, path, vocabulary)
    curie = turtle_name(vocabulary.prefixes)
    own_quads = [quad for quad in vocabulary.quads if quad.subject == found.term.iri]
    has: set[Pair] = {
        (quad.predicate, quad.object) for quad in own_quads if isinstance(quad.object, NamedNode | Literal)
    }
    stands = lines_of_subjects(found.path, found.before.decode())

    def place(iri: NamedNode) -> str:
        return "{}, line {}".format(*stands[curie(iri)]) if curie(iri) in stands else curie(iri)

    own = [each for each in row.synonyms if name_key(each) in set(map(name_key, found.term.names))]
    others = replace(row, synonyms=tuple(each for each in row.synonyms if each not in own))
    mapped, wrong_identifiers = resolve_identifiers([row], releases, vocabulary)
    problems = [*wrong, *(_had(row, f"already has the name “{each}”") for each in own)]
    problems += [*names_taken([others], vocabulary, place), *vocabularies_not_known([row], vocabulary)]
    problems += wrong_identifiers
    gained: list[Pair] = [(standard.ALT_LABEL, Literal(each, language="en")) for each in others.synonyms]
    lost: list[Pair] = []
    for property_, iri in mapped.of[row.where]:
        new, old = _of_match(property_, iri, has, is_proven=iri not in mapped.unproven)
        gained += new
        lost += old
        if not new and not old:
            problems.append(_had(row, f"already has that mapping to {curie(iri)}"))
    for searched in row.no_term_in:
        pair = (model.NO_TERM_IN, Literal(searched))
        gained.append(pair)
        if pair in has:
            problems.append(_had(row, f"already says that “{searched}” has no term"))
    if problems:
        raise OntologyError(dict.fromkeys(problems))
    now = (has - set(lost)) | set(gained)
    if _is_looked_up(now):
        lost += [pair for pair in has if pair[0] == model.NOT_LOOKED_UP]
    block = _block(found, gained, lost, curie)
    text = _with_block(found, block)
    files = {path: (path.read_bytes(), path.read_text(encoding="utf-8"))} | {found.path: (found.before, text)}
    used = [each for each in mapped.terms if each.iri in {iri for _, iri in mapped.of[row.where]}]
    files[path] = (files[path][0], with_mapped_terms(files[path][1], used, curie))
    unproven = tuple(iri for _, iri in mapped.of[row.where] if iri in mapped.unproven)
    guessed = tuple(value for property_, value in now if property_ == model.NOT_PROVEN if isinstance(value, NamedNode))
    as_new = NewTerm(
        iri=found.term.iri,
        label=found.term.label,
        definition="",
        parent=found.term.iri,
        is_class=False,
        synonyms=(),
        no_term_in=(),
        note="",
        source="",
        matches=mapped.of[row.where],
        unproven=guessed,
    )
    expected = Expected(
        {row.where: as_new},
        gone=frozenset(Quad(found.term.iri, *pair, model.ONTOLOGY_GRAPH) for pair in lost),
        gained=frozenset(Quad(found.term.iri, *pair, model.ONTOLOGY_GRAPH) for pair in gained),
    )
    texts = {file: after for file, (_, after) in files.items()}
    problems += problems_found_by_reading(path, texts, expected, vocabulary)
    if problems:
        raise OntologyError(dict.fromkeys(problems))
    changed = tuple(
        ChangedFile(file, before, after) for file, (before, after) in files.items() if after.encode() != before
    )
    where = lines_of_subjects(found.path, files[found.path][1])[curie(found.term.iri)]
    return OntologyChange((found.term.label,), (where,), ("\n".join(block),), changed, unproven)


def _of_match(
    property_: NamedNode, iri: NamedNode, has: AbstractSet[Pair], *, is_proven: bool
) -> tuple[list[Pair], list[Pair]]:
    """Return the pairs that a term gains and loses by a match."""
    others = [(each, value) for each, value in has if value == iri and each in standard.MAPPING_RELATIONS]
    guess = (model.NOT_PROVEN, iri)
    gained: list[Pair] = [] if (property_, iri) in has else [(property_, iri)]
    lost = [each for each in others if each[0] != property_]
    if is_proven and guess in has:
        lost.append(guess)
    elif not is_proven and guess not in has:
        gained.append(guess)
    return gained, lost


def _had(row: TermRow, what: str) -> Problem:
    return Problem(row.where, what, "leave it out")


def _is_looked_up(pairs: Iterable[Pair]) -> bool:
    matches = [
        (property_, value)
        for property_, value in pairs
        if property_ in standard.MAPPING_RELATIONS and isinstance(value, NamedNode)
    ]
    unproven = [value for property_, value in pairs if property_ == model.NOT_PROVEN and isinstance(value, NamedNode)]
    return is_looked_up(matches, unproven, [str(value) for property_, value in pairs if property_ == model.NO_TERM_IN])


def _block(found: TermInFile, gained: Sequence[Pair], lost: Sequence[Pair], curie: Written) -> list[str]:
    """Return the lines of a block from its subject on, with the gained pairs and without the lost ones."""
    lines = [line.rstrip("\r") for line in found.before.decode().split("\n")]
    block = lines[found.block.subject_line : found.block.end]
    order = list(map(curie, IN_ORDER))
    for change, pairs in ((without_values, lost), (with_values, gained)):
        for property_ in dict.fromkeys(each for each, _ in pairs):
            values = [written_value(value, curie) for each, value in pairs if each == property_]
            block = change(block, curie(property_), values, order)
    return block


def _with_block(found: TermInFile, block: Sequence[str]) -> str:
    text = found.before.decode()
    end = "\r" if "\r\n" in text else ""
    lines = text.split("\n")
    return "\n".join([*lines[: found.block.subject_line], *(line + end for line in block), *lines[found.block.end :]])


# The fields with words of the paper or the curator, without names of terms.
_WORDS = re.compile(r"quote|also|cue|not_cue|called|unknown|begins|ends|reason|note|extent|at|\w+_as|\w+_from")


def remove_term(path: Path, name: str, curations: Sequence[Path]) -> OntologyChange:
    """Return the ontology at ``path`` without a term, and without the lines of identifiers that only the term has.

    Nothing is written. ``curations`` are curation folders, or folders of them. Raises OntologyError if there is no such
    entity or class, or with every place that uses it.
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
    removed = {quad for quad in vocabulary.quads if quad.subject == found.term.iri}
    only = {curie(iri) for iri in _mapped_alone(found.term, vocabulary)}
    texts[path] = _without_lines(texts[path], only)
    only -= lines_of_subjects(path, texts[path]).keys()
    named = (quad for quad in vocabulary.quads if isinstance(quad.subject, NamedNode))
    removed |= {quad for quad in named if curie(quad.subject) in only}  # type: ignore[arg-type]
    problems += problems_found_by_reading(path, texts, Expected({}, gone=frozenset(removed)), vocabulary)
    if problems:
        raise OntologyError(problems)
    before = {path: path.read_bytes(), found.path: found.before}
    files = tuple(ChangedFile(file, before[file], after) for file, after in texts.items())
    changed = tuple(each for each in files if each.text.encode() != each.before)
    lines = [line.rstrip("\r") for line in text.split("\n")]
    block = "\n".join(lines[found.block.subject_line : found.block.end])
    return OntologyChange((found.term.label,), ((found.path, found.block.subject_line + 1),), (block,), changed)


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
        yield Problem(where, f"{called} uses “{term.label}”", "keep the term, or first remove what uses it")


def _uses_in_files(name: str) -> Iterator[Problem]:
    """Yield a problem for each question and shape that uses the IRI of the term."""
    mentions = re.compile(rf"{re.escape(name)}(?![\w-])")
    for file in sorted((*assets.QUERIES.glob("*.rq"), *assets.SHAPES.glob("*.ttl"))):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if mentions.search(line):
                yield Problem(f"{file}, line {number}", f"it uses {name}", "keep the term")
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
                        yield Problem(where, f"it uses “{term.label}”", "keep the term, or write another one there")


def _named(entry: Entry, where: str) -> Iterator[tuple[str, str]]:
    for field in entry.values:
        if _WORDS.fullmatch(field):
            continue
        yield from ((f"{where}, {field}", text) for text in entry.texts(field))
        for within in entry.entries(field):
            yield from _named(within, within.where)


def _mapped_alone(term: Term, vocabulary: Vocabulary) -> set[NamedNode]:
    """Return the terms of other vocabularies that only this term is mapped to."""
    mapped = {
        quad.object
        for quad in vocabulary.quads
        if quad.subject == term.iri and quad.predicate in standard.MAPPING_RELATIONS
        if isinstance(quad.object, NamedNode)
    }
    return mapped - {quad.object for quad in vocabulary.quads if quad.subject != term.iri}


def _without_block(text: str, found: TermInFile) -> str:
    """Return the text without the block, its comments, and one empty line beside it."""
    lines = text.split("\n")
    start, end = found.block.start, found.block.end
    if start and not lines[start - 1].strip():
        start -= 1
    return "\n".join([*lines[:start], *lines[end:]])


def _without_lines(text: str, subjects: set[str]) -> str:
    """Return the text without the lines of these mapped terms."""
    gone = {
        block.subject_line
        for section in sections(text)
        for block in section.blocks
        if block.subject in subjects and block.start == block.subject_line and block.end == block.subject_line + 1
    }
    return "\n".join(line for number, line in enumerate(text.split("\n")) if number not in gone)
