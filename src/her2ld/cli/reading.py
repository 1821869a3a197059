"""The sources of verbs: curation folders, RDF files, stores and other vocabularies, and the lines of their subjects."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from her2ld.cli.options import NOTHING_GIVEN, GivenFiles
from her2ld.cli.printing import print_note
from her2ld.rdf.syntaxes import N_QUADS, N_TRIPLES, TRIG, TURTLE, is_compressed, is_store, syntax_of
from her2ld.texts import with_noun

if TYPE_CHECKING:
    from pyoxigraph import NamedNode, Quad, Store

    from her2ld.curation.record_file import Given
    from her2ld.errors import CurationError, Problem, RecordError
    from her2ld.pubmed import Record
    from her2ld.query.on_disk import KeptMerge
    from her2ld.statements import Curation
    from her2ld.vocabulary.ontology import Vocabulary
    from her2ld.vocabulary.steering import Steering


# Fewer folders are read by one process: a second one takes time to start and to hand over what it read.
_ENOUGH_TO_SHARE = 8


def chosen_ontology(file: Path | None) -> "Vocabulary":
    """Return the ontology of --ontology, or the one that comes with her2ld."""
    from her2ld.vocabulary.ontology import read_ontology

    return read_ontology(file) if file else read_ontology()


def named_term(name: str, vocabulary: "Vocabulary", otherwise: str) -> "NamedNode":
    """Return the term of that name.

    Raises QueryError if there is none, with the likely names as the remedy, or with ``otherwise``.
    """
    found = vocabulary.find(name)
    if found:
        return found.iri
    from her2ld.errors import Problem, QueryError

    nearest = vocabulary.nearest(name)
    likely = (nearest,) if nearest else vocabulary.names_with(name)
    remedy = f"did you mean {' or '.join(f'“{each}”' for each in likely)}?" if likely else otherwise
    raise QueryError([Problem(name or "“”", "is not the name of a term", remedy)])


def is_one_store(sources: Sequence[Path]) -> bool:
    """Tell whether the sources are one folder of a store."""
    return len(sources) == 1 and is_store(sources[0])


def opened_store(folder: Path) -> "Store":
    """Return the store in a folder, opened for reading. Raises RecordError if it cannot be opened."""
    from pyoxigraph import Store

    from her2ld.errors import Problem, RecordError

    try:
        return Store.read_only(str(folder))
    except (OSError, RuntimeError) as error:  # pyoxigraph raises RuntimeError for a broken store
        remedy = "load it again with her2ld load"
        raise RecordError([Problem(str(folder), f"cannot be opened as a store ({error})", remedy)]) from error


def kept_in(folder: Path) -> "KeptMerge":
    """Return the merge that is kept in the folder of a store; print a note if it is of another state."""
    from her2ld.query.on_disk import kept_merge

    kept = kept_merge(folder)
    if kept.problem:
        print_note(kept.problem)
    return kept


def read_sources(
    sources: Sequence[Path],
    vocabulary: "Vocabulary",
    reading: "Callable[[Path, Curation], None]",
    given_files: GivenFiles = NOTHING_GIVEN,
    at_once: "Callable[[Curation], None] | None" = None,
) -> "tuple[list[Curation], list[Problem]]":
    """Return the curations of folders, by default those of her2ld, and the problems of folders with mistakes.

    ``reading`` is called with each folder that has no mistakes and its curation, in order; ``at_once`` is called in any
    order with each curation, while a second process reads others. ``given_files`` are records with the abstracts that
    folders leave out, and corrections. Raises RecordError if a file of records cannot be read, or if it has the record
    of none of the papers.
    """
    from her2ld import assets
    from her2ld.errors import CurationError, Her2ldError, Problem, RecordError
    from her2ld.iris import record_key

    given = read_given_files(given_files, vocabulary.steering)
    folders: list[Path] = []
    for source in sources or (assets.curation(),):
        found = assets.folders_at(source)
        if not found:
            remedy = "give a folder with a record and statements.toml in it, or a folder of such folders"
            raise Her2ldError([Problem(str(source), "is not a curation folder", remedy)])
        folders += found
    curations: list[Curation] = []
    problems: list[Problem] = []
    seen: dict[str, Path] = {}

    def take(folder: Path, curation: "Curation | CurationError | RecordError") -> None:
        if isinstance(curation, (CurationError, RecordError)):
            problems.extend(curation.problems)
            return
        names = [each for each in (curation.record.pmid, (curation.record.doi or "").casefold()) if each]
        if before := next((seen[each] for each in names if each in seen), None):
            what = f"is a second folder of the paper that {before} is of ({' and '.join(_names(curation.record))})"
            problems.append(Problem(str(folder), what, "keep one folder of each paper"))
            return
        seen.update(dict.fromkeys(names, folder))
        curations.append(curation)
        reading(folder, curation)

    _read_folders(folders, vocabulary, given, take, at_once)
    keys = {record_key(each.record) for each in curations}
    if given_files.records and not problems and keys.isdisjoint({*given.records, *given.later}):
        what = "holds the record of none of the papers"
        problems.append(Problem(", ".join(given_files.records), what, "give the records of the papers that are read"))
    return curations, problems


def _read_folders(
    folders: Sequence[Path],
    vocabulary: "Vocabulary",
    given: "Given",
    take: "Callable[[Path, Curation | CurationError | RecordError], None]",
    at_once: "Callable[[Curation], None] | None",
) -> None:
    """Call ``take`` with the curation or the error of each folder, in order. Many folders are read by two processes."""
    from her2ld.curation import read_curation
    from her2ld.errors import CurationError, RecordError
    from her2ld.sharing import has_second_processor, shared_out
    from her2ld.statements import Curation

    known: dict[Path, Curation | CurationError | RecordError] = {}
    waiting: dict[int, Curation | CurationError | RecordError] = {}
    taken = 0

    def read(folder: Path) -> "Curation | CurationError | RecordError":
        try:
            return known.get(folder) or read_curation(folder, vocabulary, given)
        except (CurationError, RecordError) as error:
            return error

    def take_any(place: int, found: "Curation | CurationError | RecordError") -> None:
        nonlocal taken
        if at_once and isinstance(found, Curation):
            at_once(found)
        waiting[place] = found
        while taken in waiting:
            take(folders[taken], waiting.pop(taken))
            taken += 1

    if len(folders) < _ENOUGH_TO_SHARE or not has_second_processor():
        for place, folder in enumerate(folders):
            take_any(place, read(folder))
        return
    # Reading the first folder makes what all papers need, so that it is not made once in each process.
    known[folders[0]] = read(folders[0])
    shared_out(f"the reading of {len(folders)} folders", folders, read, take_any)


def _names(record: "Record") -> list[str]:
    """Return the PMID and the DOI of a paper, in words."""
    return [f"{kind} {name}" for kind, name in (("PMID", record.pmid), ("DOI", record.doi)) if name]


def read_given_files(files: GivenFiles, steering: "Steering") -> "Given":
    """Return the content of the files of --records and --corrections. Raises RecordError if one cannot be read."""
    from her2ld.curation.record_file import Given, read_given
    from her2ld.pubmed.forms import files_of

    if not files:
        return Given()
    return read_given((file for source in files.records for file in files_of(source)), files.corrections, steering)


def shipped_with(given_files: GivenFiles) -> "Store":
    """Return a store of the data that come with her2ld, with the given abstracts and corrections."""
    from her2ld.query.prepared import shipped_store

    if not given_files:
        return shipped_store()
    from her2ld.vocabulary.ontology import read_ontology

    return store_of((), read_ontology(), given_files)


def store_of(sources: Sequence[Path], vocabulary: "Vocabulary", given_files: GivenFiles) -> "Store":
    """Return a store of folders and RDF files. Raises CurationError if a folder has mistakes."""
    from pyoxigraph import Store

    store = Store()
    store.bulk_extend(sound_quads(sources, vocabulary, given_files))
    return store


def read_excerpts(
    files: Sequence[Path], report: "Callable[[ReadExcerpt], None]", given_files: GivenFiles = NOTHING_GIVEN
) -> "dict[Quad, None]":
    """Return the quads of the files of --with, each once; ``report`` is called with the counts of each file.

    Raises RecordError with the mistakes of all files.
    """
    if not files:
        return {}
    from her2ld.dataset.rdf_files import read_excerpt
    from her2ld.errors import RecordError
    from her2ld.vocabulary.identifiers import owner_curie

    quads: dict[Quad, None] = {}
    problems: list[Problem] = []
    for file in files:
        try:
            excerpt = read_excerpt(file, given_files.reading)
        except RecordError as error:
            problems += error.problems
            continue
        before = len(quads)
        quads |= dict.fromkeys(excerpt.quads)
        vocabularies = {(owner_curie(iri.value) or "").partition(":")[0] for iri in excerpt.rewritten.values()}
        repeated = excerpt.triples_read - (len(quads) - before)
        counts = (excerpt.triples_read, repeated, len(excerpt.rewritten))
        report(ReadExcerpt(str(file), *counts, sorted(vocabularies), dict(excerpt.left_out)))
    if problems:
        raise RecordError(problems)
    return quads


@dataclass(frozen=True, slots=True)
class ReadExcerpt:
    """The counts of a file of --with.

    ``vocabularies`` are those whose IRIs were rewritten; ``left_out`` counts the omitted lines of an OBO file by tag.
    """

    source: str
    triples: int
    repeated_triples: int
    rewritten_iris: int
    vocabularies: list[str]
    left_out: dict[str, int]

    def __str__(self) -> str:
        """Return the counts as one line."""
        line = f"read {self.source}: {with_noun(self.triples, 'triple')}"
        if self.repeated_triples:
            line += f", {self.repeated_triples:,} of them already there"
        if self.rewritten_iris:
            count = f"{len(self.vocabularies)} vocabular{'y' if len(self.vocabularies) == 1 else 'ies'}"
            named = ", ".join(self.vocabularies)
            line += f"; rewrote {self.rewritten_iris:,} IRIs of {count} to their owners' form: {named}"
        if self.left_out:
            line += f"; left out {sum(self.left_out.values()):,} lines that have no triple: {', '.join(self.left_out)}"
        return line


def sound_quads(
    sources: Sequence[Path], vocabulary: "Vocabulary", given_files: GivenFiles = NOTHING_GIVEN
) -> "list[Quad]":
    """Return the quads of :func:`read_quads`. Raises CurationError if a folder has mistakes."""
    from her2ld.errors import CurationError

    quads, _, problems = read_quads(sources, vocabulary, given_files)
    if problems:
        raise CurationError(problems)
    return quads


def read_quads(
    sources: Sequence[Path],
    vocabulary: "Vocabulary",
    given_files: GivenFiles = NOTHING_GIVEN,
    *,
    as_they_are: bool = False,
) -> "tuple[list[Quad], list[Curation], list[Problem]]":
    """Return the quads of folders and RDF files, the curations of the folders, and the problems of all.

    The ontology of ``vocabulary`` is added to RDF that does not have it, unless the files are taken ``as_they_are``.
    """
    from her2ld.dataset import build, read_rdf
    from her2ld.vocabulary import standard

    folders = [source for source in sources if source.is_dir() or not source.suffix]
    files = [source for source in sources if source not in folders]
    quads: list[Quad] = [quad for file in files for quad in read_rdf(file, given_files.reading)]
    curations: list[Curation] = []
    problems: list[Problem] = []
    if folders or not files:
        curations, problems = read_sources(folders, vocabulary, lambda _folder, _curation: None, given_files)
    if as_they_are and files and not folders:
        return quads, [], []
    header = next(quad for quad in vocabulary.quads if quad.object == standard.OWL_ONTOLOGY)
    brings_ontology = any(quad.subject == header.subject and quad.object == header.object for quad in quads)
    theirs = set(vocabulary.quads) if brings_ontology else set()
    return [*(quad for quad in build(vocabulary, curations) if quad not in theirs), *quads], curations, problems


_PREFIX = re.compile(r"@?prefix\s+([\w-]*):\s*<([^>]*)>", re.IGNORECASE)
_SUBJECT = re.compile(r"(?:<([^>]*)>|([\w-]*):([\w.-]*))(?:\s|$)")
_DECLARED = re.compile(r"\s*a owl:\w+ \.")
_IN_LINES = (N_QUADS, N_TRIPLES, TRIG, TURTLE)


def places_of_subjects(files: Iterable[Path]) -> dict[str, tuple[Path, int]]:
    """Return the file and the line (counted from 1) in which each subject occurs first, by its IRI.

    The first file counts. A line that only declares a term of another file counts only if there is no other line. Only
    files in Turtle, TriG, N-Triples and N-Quads are searched.
    """
    places: dict[str, tuple[Path, int]] = {}
    borrowed: set[str] = set()
    for file in files:
        for iri, line, is_borrowed in _subjects(file):
            if iri not in places:
                places[iri] = file, line
                if is_borrowed:
                    borrowed.add(iri)
            elif iri in borrowed and not is_borrowed:
                places[iri] = file, line
                borrowed.remove(iri)
    return places


def _subjects(file: Path) -> Iterator[tuple[str, int, bool]]:
    """Yield the IRI of each subject at the beginning of a line, the line, and whether the line only declares it."""
    if is_compressed(file) or syntax_of(file) not in _IN_LINES:
        return
    prefixes: dict[str, str] = {}
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if declared := _PREFIX.match(line):
            prefixes[declared[1]] = declared[2]
        elif match := _SUBJECT.match(line):
            is_borrowed = _DECLARED.fullmatch(line, match.end()) is not None
            iri = prefixes.get(match[2], "") + match[3] if match[1] is None else match[1]
            yield iri, number, is_borrowed
