"""New terms put into the ontology: each checked against what is there, and all that is wrong reported at once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pyoxigraph import NamedNode

from her2ld.desk.ontology_text import sections
from her2ld.desk.term_blocks import NewTerm, Written, turtle_name
from her2ld.desk.term_identifiers import resolve_identifiers
from her2ld.desk.term_names import bare_terms, names_taken, resolve_relations, vocabularies_not_known
from her2ld.desk.term_places import with_mapped_terms, with_term
from her2ld.desk.term_reading import Expected, problems_found_by_reading
from her2ld.desk.term_rows import TermRow
from her2ld.errors import OntologyError, Problem
from her2ld.exports.files import replacing
from her2ld.mappings.releases import Release
from her2ld.vocabulary.ontology import read_ontology


@dataclass(frozen=True, slots=True)
class ChangedFile:
    """A file of the ontology with new terms: its bytes before, and its whole text after."""

    path: Path
    before: bytes
    text: str


@dataclass(frozen=True, slots=True)
class AddedTerms:
    """The new terms, where each stands (file, and line counted from 1), and what the files of the ontology become.

    ``blocks`` are the blocks of the terms and the lines of what they are mapped to, as they stand in the files.
    """

    terms: tuple[NewTerm, ...]
    places: tuple[tuple[Path, int], ...]
    blocks: tuple[str, ...]
    files: tuple[ChangedFile, ...]

    @property
    def unproven(self) -> tuple[NamedNode, ...]:
        """The identifiers that no release was held against, each once."""
        return tuple(dict.fromkeys(iri for term in self.terms for iri in term.unproven))


def add_terms(
    path: Path, rows: Sequence[TermRow], releases: Sequence[Release] = (), wrong: Sequence[Problem] = ()
) -> AddedTerms:
    """Return what the ontology at ``path`` becomes with the terms; nothing is written.

    A term goes into the file that has its class: that of ``path``, else another in the same folder. ``wrong`` are
    problems that were found in the rows before. Raises OntologyError with these and all others: a name that is taken,
    an unknown kind, relation or prefix, an identifier that a release refutes, and what the shapes of the ontology find.
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
    # Those with other mistakes are read, too, so that what is wrong with their definitions is said at once.
    readable = {
        where: replace(
            term,
            matches=mapped.of[where],
            unproven=tuple(dict.fromkeys(iri for _, iri in mapped.of[where] if iri in mapped.unproven)),
            relations=relations[where],
            source="" if where in bad else term.source,  # which may be no IRI
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
            what = f"“{kind}” has no place in {path}: neither the class stands there, nor others of it"
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
) -> AddedTerms:
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
    places = tuple(stands[name] for name in names[: len(terms)])
    return AddedTerms(terms, places, tuple(blocks[name] for name in names), files)


def lines_of_subjects(path: Path, text: str) -> dict[str, tuple[Path, int]]:
    """Return where each subject stands in a file of the ontology: its path and the line, counted from 1."""
    return {block.subject: (path, block.subject_line + 1) for section in sections(text) for block in section.blocks}


def write_terms(files: Sequence[ChangedFile]) -> None:
    """Write the files of the ontology that change: each is the old one or the new one, at any moment.

    Raises OntologyError where another has changed a file since it was read, ExportError where one cannot be written.
    """
    changed = [file.path for file in files if file.path.read_bytes() != file.before]
    if changed:
        what, remedy = "was changed by another meanwhile", "give the command again"
        raise OntologyError(Problem(str(path), what, remedy) for path in changed)
    for changed_file in files:
        with replacing(changed_file.path) as file:
            file.write(changed_file.text.encode())
