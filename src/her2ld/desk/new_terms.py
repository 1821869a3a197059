"""New terms for the ontology, checked against all present terms, with every problem reported at once.

The ontology is read with the new terms and checked against its shapes and relations.
"""

import tempfile
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pyoxigraph import NamedNode, Quad

from her2ld import assets
from her2ld.desk.ontology_text import NewTerm, Written, sections, turtle_name, with_mapped_terms, with_term
from her2ld.desk.term_names import bare_terms, names_taken, resolve_relations, vocabularies_not_known
from her2ld.desk.term_rows import TermRow, resolve_identifiers
from her2ld.errors import OntologyError, Problem
from her2ld.files.writing import replacing
from her2ld.mappings.releases import Release
from her2ld.validation import read_shapes, validate
from her2ld.vocabulary import model
from her2ld.vocabulary.ontology import Vocabulary, read_ontology

_SHAPES = ("ontology.ttl",)
_VIOLATION = "Violation"
# The names of shapes that check labels, synonyms and definitions begin with this.
_OF_NAMES = "term-"


@dataclass(frozen=True, slots=True)
class Expected:
    """The expected change of the ontology: terms by the places of their rows, and the triples lost and gained.

    If the place of a term is in ``incomplete``, its mappings are invalid: only its name and definition are checked.
    """

    terms: Mapping[str, NewTerm]
    incomplete: Container[str] = ()
    gone: frozenset[Quad] = frozenset()
    gained: frozenset[Quad] = frozenset()


def problems_found_by_reading(
    path: Path, texts: Mapping[Path, str], expected: Expected, vocabulary: Vocabulary
) -> Iterator[Problem]:
    """Yield the mistakes of terms in the ontology with new texts; ``vocabulary`` is the ontology before the change."""
    terms = expected.terms
    after = read_with(path, texts)
    lost = set(vocabulary.quads) - set(after.quads)
    is_as_expected = lost == expected.gone and expected.gained <= set(after.quads)
    if not is_as_expected or any(term.iri not in after.terms for term in terms.values()):
        remedy = "look for a text in the file that spans empty lines, and write it without them"
        yield Problem(str(path), "the terms cannot be changed without other changes in the file", remedy)
        return
    yield from _found_by_shapes(after, terms, expected.incomplete)
    yield from _found_by_relations(after, terms)


def read_with(path: Path, texts: Mapping[Path, str]) -> Vocabulary:
    """Return the ontology at ``path`` with these texts in its files. Raises OntologyError if it is invalid."""
    with tempfile.TemporaryDirectory(prefix="her2ld-") as name:
        folder = Path(name)
        for file, text in texts.items():
            (folder / file.name).write_text(text, encoding="utf-8", newline="")
        for sibling in path.absolute().parent.glob("*.ttl"):
            if not (folder / sibling.name).exists():
                (folder / sibling.name).symlink_to(sibling)
        return read_ontology(folder / path.name)


def _found_by_shapes(after: Vocabulary, terms: Mapping[str, NewTerm], incomplete: Container[str]) -> Iterator[Problem]:
    wheres: dict[object, str] = {iri: where for where, term in terms.items() for _, iri in term.matches}
    wheres |= {term.iri: where for where, term in terms.items()}
    unproven = {iri for term in terms.values() for iri in term.unproven}
    shapes = read_shapes(tuple(assets.SHAPES / name for name in _SHAPES))
    for finding in validate(after.quads, shapes=shapes).findings:
        where = wheres.get(finding.focus) or wheres.get(finding.value)
        if finding.path == model.NOT_LOOKED_UP:
            continue  # only the curator can change that
        if finding.path == model.NOT_PROVEN and finding.focus not in wheres:
            continue  # it belongs to another term, which has not changed
        if where in incomplete and not finding.shape.value.rpartition("/")[2].startswith(_OF_NAMES):
            continue
        if where and (finding.severity == _VIOLATION or finding.value not in unproven):
            what = finding.message[:1].lower() + finding.message[1:].removesuffix(".")
            value = f" ({finding.value_label})" if finding.value_label else ""
            yield Problem(where, f"“{finding.label}”: {what}{value}", finding.remedy.removesuffix("."))


def _found_by_relations(after: Vocabulary, terms: Mapping[str, NewTerm]) -> Iterator[Problem]:
    for where, term in terms.items():
        for relation, other in term.relations:
            for end, classes in ((term.iri, after.domains), (other, after.ranges)):
                demanded = classes.get(relation, frozenset())
                if demanded and not after.is_one_of(after.terms[end], demanded):
                    wanted = " or ".join(sorted(map(after.label, demanded)))
                    what = f"“{after.label(relation)}” cannot have “{after.label(end)}”, which is no {wanted}"
                    yield Problem(where, what, "give another relation or another kind")


@dataclass(frozen=True, slots=True)
class ChangedFile:
    """A changed file of the ontology: its bytes before, and its whole text after."""

    path: Path
    before: bytes
    text: str


@dataclass(frozen=True, slots=True)
class OntologyChange:
    """Terms that are added, changed or removed: their labels, their places and the changed files of the ontology.

    A place is a file and a line, counted from 1. ``blocks`` are the blocks of the terms and, for new terms, the lines
    of the terms that they are mapped to, as in the files. ``unproven`` are the identifiers checked against no release.
    """

    labels: tuple[str, ...]
    places: tuple[tuple[Path, int], ...]
    blocks: tuple[str, ...]
    files: tuple[ChangedFile, ...]
    unproven: tuple[NamedNode, ...] = ()


def add_terms(
    path: Path, rows: Sequence[TermRow], releases: Sequence[Release] = (), wrong: Sequence[Problem] = ()
) -> OntologyChange:
    """Return the ontology at ``path`` with the terms; nothing is written.

    A term goes into the file with its class: ``path``, or else another file in its folder. ``wrong`` are problems that
    were found in the rows before. Raises OntologyError with these and all others: names that are taken, unknown kinds,
    relations or prefixes, identifiers that a release refutes, and findings of the ontology's shapes.
    """
    vocabulary = read_ontology(path)
    curie = turtle_name(vocabulary.prefixes)
    others = sorted(each for each in path.parent.glob("*.ttl") if each.name != path.name)
    before = {path: path.read_bytes()}
    stands = lines_of_subjects(path, before[path].decode())

    def place(iri: NamedNode) -> str:
        return "{}, line {}".format(*stands[curie(iri)]) if curie(iri) in stands else curie(iri)

    taken = [*names_taken(rows, vocabulary, place)]
    problems = [*wrong, *taken, *vocabularies_not_known(rows, vocabulary)]
    complete = [row for row in rows if row.kind and row.label and row.definition]
    terms, extended, wrong_kinds = bare_terms(complete, vocabulary, place, curie)
    mapped, wrong_identifiers = resolve_identifiers(rows, releases, vocabulary)
    relations, wrong_relations = resolve_relations(rows, extended)
    problems += [*wrong_kinds, *wrong_identifiers, *wrong_relations]
    bad = {problem.where for problem in problems}
    has_taken_name = {problem.where for problem in taken}
    # Terms with other mistakes are read, too, so that all mistakes are reported at once.
    readable = {
        where: replace(
            term,
            matches=mapped.of[where],
            unproven=tuple(dict.fromkeys(iri for _, iri in mapped.of[where] if iri in mapped.unproven)),
            relations=relations[where],
            source="" if where in bad else term.source,  # it may not be an IRI
        )
        for where, term in terms.items()
        if where not in has_taken_name
    }
    texts = {path: before[path].decode()}
    known = {curie(iri): each for iri, each in extended.terms.items()}
    for where, term in readable.items():
        if (written := with_term(texts[path], term, known, extended, curie)) is not None:
            texts[path] = written
            continue
        for other in others:
            if other not in texts:
                before[other] = other.read_bytes()
            written = with_term(texts.get(other) or before[other].decode(), term, known, extended, curie)
            if written is not None:
                texts[other] = written
                break
        else:
            kind = extended.label(term.parent)
            what = f"“{kind}” has no place in {path}: the file has neither the class nor members of it"
            problems.append(Problem(where, what, f"give another kind, or put the class into {path} first"))
    used = {iri for term in readable.values() for _, iri in term.matches}
    new_lines = [each for each in mapped.terms if each.iri in used]
    texts[path] = with_mapped_terms(texts[path], new_lines, curie)
    if readable:
        problems += problems_found_by_reading(path, texts, Expected(readable, bad), vocabulary)
    if problems:
        raise OntologyError(dict.fromkeys(problems))
    files = tuple(
        ChangedFile(each, before[each], text) for each, text in texts.items() if text.encode() != before[each]
    )
    return _added(tuple(readable.values()), [each.iri for each in new_lines], files, curie)


def _added(
    terms: tuple[NewTerm, ...], mapped: Sequence[NamedNode], files: tuple[ChangedFile, ...], curie: Written
) -> OntologyChange:
    stands: dict[str, tuple[Path, int]] = {}
    blocks: dict[str, str] = {}
    for file in files:
        stands |= lines_of_subjects(file.path, file.text)
        lines = [line.rstrip("\r") for line in file.text.split("\n")]
        blocks |= {
            block.subject: "\n".join(lines[block.subject_line : block.end])
            for section in sections(file.text)
            for block in section.blocks
        }
    names = [curie(iri) for iri in (*(term.iri for term in terms), *mapped)]
    return OntologyChange(
        labels=tuple(term.label for term in terms),
        places=tuple(stands[name] for name in names[: len(terms)]),
        blocks=tuple(blocks[name] for name in names),
        files=files,
        unproven=tuple(dict.fromkeys(iri for term in terms for iri in term.unproven)),
    )


def lines_of_subjects(path: Path, text: str) -> dict[str, tuple[Path, int]]:
    """Return the place of each subject in a file of the ontology: its path and the line, counted from 1."""
    return {block.subject: (path, block.subject_line + 1) for section in sections(text) for block in section.blocks}


def write_terms(files: Sequence[ChangedFile]) -> None:
    """Write the changed files of the ontology; each is replaced whole.

    Raises OntologyError if a file has changed since it was read, and ExportError if a file cannot be written.
    """
    changed = [file.path for file in files if file.path.read_bytes() != file.before]
    if changed:
        what, remedy = "was changed by another process", "run the command again"
        raise OntologyError(Problem(str(path), what, remedy) for path in changed)
    for changed_file in files:
        with replacing(changed_file.path) as file:
            file.write(changed_file.text.encode())
