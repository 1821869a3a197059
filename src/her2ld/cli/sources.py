"""What the verbs share: the option for another ontology, the reading of sources, and how a problem is said."""

import functools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from textwrap import indent
from typing import TYPE_CHECKING

import click

from her2ld.cli.printing import echo, secho, style

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Quad, Store

    from her2ld.curation.record_file import Given
    from her2ld.dataset.rdf_files import Reading
    from her2ld.errors import CurationError, Problem, RecordError
    from her2ld.pubmed import Record
    from her2ld.query.on_disk import KeptMerge
    from her2ld.statements import Curation
    from her2ld.vocabulary.ontology import Vocabulary
    from her2ld.vocabulary.steering import Steering

FINDINGS, COULD_NOT_RUN = 1, 2
# Fewer folders are read by one process before a second one is made and has given what it read.
_ENOUGH_TO_SHARE = 8

ontology_option = click.option(
    "--ontology", metavar="FILE", type=click.Path(path_type=Path),
    help="An ontology in Turtle to use instead of the one that travels with her2ld.",
)  # fmt: skip

_records_option = click.option(
    "--records", "record_files", metavar="FILE", multiple=True,
    help="Records of PubMed: the abstracts that curation folders leave out, and newer corrections; can be repeated.",
)  # fmt: skip
_corrections_option = click.option(
    "--corrections", "correction_files", metavar="FILE", multiple=True, type=click.Path(path_type=Path),
    help="A list of papers that were retracted, corrected or doubted, one a line; can be repeated.",
)  # fmt: skip


_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|^`\\]*")


def _iri(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    if value is not None and not _ABSOLUTE.fullmatch(value):
        raise click.BadParameter("write an absolute IRI, as https://example.org/data/")
    return value


def _contexts(
    _context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]
) -> tuple[tuple[str, Path], ...]:
    """Cut each address=file in two. An address may hold the sign, so that the last one counts."""
    cut = [value.rpartition("=") for value in values]
    if not all(address and file for address, _, file in cut):
        raise click.BadParameter("write --context ADDRESS=FILE")
    return tuple((address, Path(file)) for address, _, file in cut)


def _base_option(name: str) -> "Callable[[Callable[..., None]], Callable[..., None]]":
    return click.option(
        name, "rdf_base", metavar="IRI", callback=_iri,
        help="Resolve relative IRIs of RDF files against this one; without it, against the address of the file.",
    )  # fmt: skip


_context_option = click.option(
    "--context", "contexts", metavar="ADDRESS=FILE", multiple=True, callback=_contexts,
    help="A JSON-LD context that RDF files name by this address; can be repeated. Nothing is fetched.",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class GivenFiles:
    """What is given for the sources: the files of --records, --corrections and --context, and the IRI of --base."""

    records: tuple[str, ...] = ()
    corrections: tuple[Path, ...] = ()
    base: str | None = None
    contexts: tuple[tuple[str, Path], ...] = ()

    def __bool__(self) -> bool:
        """Tell whether there are records or corrections."""
        return bool(self.records or self.corrections)

    @property
    def reading(self) -> "Reading":
        """How RDF files are read; what a format means to leave out is told on standard error."""
        from her2ld.dataset.rdf_files import Reading

        return Reading(self.base, dict(self.contexts), functools.cache(print_note))  # a file may be read twice


NOTHING_GIVEN = GivenFiles()


def records_option(command: "Callable[..., None]") -> "Callable[..., None]":
    """Add --records and --corrections to a verb, which gets both as ``given_files``."""

    @_records_option
    @_corrections_option
    @functools.wraps(command)
    def with_given(
        *args: object, record_files: tuple[str, ...], correction_files: tuple[Path, ...], **others: object
    ) -> None:
        command(*args, given_files=GivenFiles(record_files, correction_files), **others)

    return with_given


def reading_options(command: "Callable[..., None]", base_name: str = "--base") -> "Callable[..., None]":
    """Add --base, under another name where a verb has another base, and --context; the verb gets ``given_files``."""

    @_base_option(base_name)
    @_context_option
    @functools.wraps(command)
    def with_reading(
        *args: object,
        rdf_base: str | None,
        contexts: tuple[tuple[str, Path], ...],
        given_files: GivenFiles = NOTHING_GIVEN,
        **others: object,
    ) -> None:
        command(*args, given_files=replace(given_files, base=rdf_base, contexts=contexts), **others)

    return with_reading


def sources_options(command: "Callable[..., None]", base_name: str = "--base") -> "Callable[..., None]":
    """Add --records, --corrections, --base and --context to a verb, which gets all as ``given_files``."""
    return records_option(reading_options(command, base_name))


excerpts_option = click.option(
    "--with", "excerpt_files", metavar="FILE", multiple=True, type=click.Path(path_type=Path),
    help="RDF or OBO of another vocabulary to join, as the graph excerpts; can be repeated.",
)  # fmt: skip


def is_one_store(sources: "Sequence[Path]") -> bool:
    """Tell whether the one source is the folder of a store."""
    from her2ld.dataset.rdf_files import is_store

    return len(sources) == 1 and is_store(sources[0])


def opened_store(folder: Path) -> "Store":
    """Open the folder of a store to be read. Raises RecordError where it cannot be."""
    from pyoxigraph import Store

    from her2ld.errors import Problem, RecordError

    try:
        return Store.read_only(str(folder))
    except (OSError, RuntimeError) as error:  # what is broken is a RuntimeError
        remedy = "load it again with her2ld load"
        raise RecordError([Problem(str(folder), f"cannot be opened as a store ({error})", remedy)]) from error


def kept_in(folder: Path) -> "KeptMerge":
    """Return the merge that is kept in the folder of a store, and say on standard error if it is of another state."""
    from her2ld.query.on_disk import kept_merge

    kept = kept_merge(folder)
    if kept.problem:
        print_note(kept.problem)
    return kept


def print_note(problem: "Problem") -> None:
    """Say on standard error what was left out, and what to do where it matters."""
    echo(style("note", fg="blue"), f" {problem.where} {problem.what}; {problem.remedy}", err=True)


def print_problem(problem: "Problem") -> None:
    """Say where, what, and what to do, on standard error."""
    secho(problem.where, bold=True, err=True)
    echo(indent(problem.what, "  "), err=True)
    echo("  ", style("remedy:", fg="green"), f" {problem.remedy}", err=True)


def read_sources(
    sources: Sequence[Path],
    vocabulary: "Vocabulary",
    reading: "Callable[[Path, Curation], None]",
    given_files: GivenFiles = NOTHING_GIVEN,
) -> "tuple[list[Curation], list[Problem]]":
    """Read curation folders, by default those that travel with the package, and tell ``reading`` of each that is good.

    ``given_files`` are records with the abstracts that folders leave out, and corrections. The second value holds the
    mistakes of the others. Raises RecordError where a file of records cannot be read, and where no folder has a record
    of it.
    """
    from her2ld import assets
    from her2ld.errors import CurationError, Her2ldError, Problem, RecordError

    given = read_given_files(given_files, vocabulary.steering)
    folders: list[Path] = []
    for source in sources or (assets.curation(),):
        found = assets.folders_at(source)
        if not found:
            remedy = "give a folder with a record and statements.toml in it, or a folder of such folders"
            raise Her2ldError([Problem(str(source), "is not a curation folder", remedy)])
        folders += found
    curations = []
    problems: list[Problem] = []
    seen: dict[str, Path] = {}
    for folder, curation in zip(folders, _read_folders(folders, vocabulary, given), strict=True):
        if isinstance(curation, (CurationError, RecordError)):
            problems += curation.problems
            continue
        names = [each for each in (curation.record.pmid, (curation.record.doi or "").casefold()) if each]
        if before := next((seen[each] for each in names if each in seen), None):
            what = f"is a second folder of the paper that {before} is of ({' and '.join(_names(curation.record))})"
            problems.append(Problem(str(folder), what, "keep one folder of each paper"))
            continue
        seen |= dict.fromkeys(names, folder)
        curations.append(curation)
        reading(folder, curation)
    keys = {each.record.key for each in curations}
    if given_files.records and not problems and keys.isdisjoint({*given.records, *given.later}):
        what = "holds the record of none of the papers"
        problems.append(Problem(", ".join(given_files.records), what, "give the records of the papers that are read"))
    return curations, problems


def _read_folders(
    folders: Sequence[Path], vocabulary: "Vocabulary", given: "Given"
) -> "Iterable[Curation | CurationError | RecordError]":
    """Return what each folder holds, or what is wrong with it, in order; of many folders two processes read."""
    from her2ld.curation import read_curation
    from her2ld.errors import CurationError, RecordError
    from her2ld.sharing import beside, has_second_processor, taken_in_turn

    def read(folder: Path) -> "Curation | CurationError | RecordError":
        try:
            return read_curation(folder, vocabulary, given)
        except (CurationError, RecordError) as error:
            return error

    if len(folders) < _ENOUGH_TO_SHARE or not has_second_processor():
        return map(read, folders)
    # What all papers need is made while the first is read, and not once in each process.
    first, others = read(folders[0]), folders[1:]
    left = taken_in_turn(others)

    def share() -> "dict[int, Curation | CurationError | RecordError]":
        return {place: read(folder) for place, folder in left()}

    there, here = beside(f"the reading of {len(folders)} folders", share, share)
    found = there | here
    return [first, *(found[place] for place in range(len(others)))]


def _names(record: "Record") -> list[str]:
    """Return the names of a paper as a curator knows them."""
    return [f"{kind} {name}" for kind, name in (("PMID", record.pmid), ("DOI", record.doi)) if name]


def read_given_files(files: GivenFiles, steering: "Steering") -> "Given":
    """Read the files of --records and --corrections. Raises RecordError where one of them cannot be read."""
    from her2ld.curation.record_file import Given, read_given
    from her2ld.pubmed.forms import files_of

    if not files:
        return Given()
    return read_given((file for source in files.records for file in files_of(source)), files.corrections, steering)


def shipped_with(given_files: GivenFiles) -> "Store":
    """Return a store of what travels with her2ld, with the abstracts and corrections that were given."""
    from her2ld.query.prepared import shipped_store

    if not given_files:
        return shipped_store()
    from her2ld.vocabulary.ontology import read_ontology

    return store_of((), read_ontology(), given_files)


def store_of(sources: Sequence[Path], vocabulary: "Vocabulary", given_files: GivenFiles) -> "Store":
    """Return a store of folders and RDF files. Raises CurationError where a folder has mistakes."""
    from pyoxigraph import Store

    store = Store()
    store.bulk_extend(sound_quads(sources, vocabulary, given_files))
    return store


def read_excerpts(
    files: Sequence[Path], told: "Callable[[ReadExcerpt], None]", given_files: GivenFiles = NOTHING_GIVEN
) -> "dict[Quad, None]":
    """Read the files of --with, and tell ``told`` of each; return the quads of all, each once.

    Raises RecordError, with the mistakes of every file.
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
        told(ReadExcerpt(str(file), *counts, sorted(vocabularies), dict(excerpt.left_out)))
    if problems:
        raise RecordError(problems)
    return quads


@dataclass(frozen=True, slots=True)
class ReadExcerpt:
    """What a report says of a file of --with.

    ``vocabularies`` are those whose IRIs were rewritten, ``left_out`` counts the lines of an OBO file by their tags.
    """

    source: str
    triples: int
    repeated_triples: int
    rewritten_iris: int
    vocabularies: list[str]
    left_out: dict[str, int]

    def __str__(self) -> str:
        """Say it in one line."""
        told = f"read {self.source}: {self.triples:,} triples"
        if self.repeated_triples:
            told += f", {self.repeated_triples:,} of them already there"
        if self.rewritten_iris:
            count = f"{len(self.vocabularies)} vocabular{'y' if len(self.vocabularies) == 1 else 'ies'}"
            named = ", ".join(self.vocabularies)
            told += f"; rewrote {self.rewritten_iris:,} IRIs of {count} to their owners' form: {named}"
        if self.left_out:
            told += f"; left out {sum(self.left_out.values()):,} lines that have no triple: {', '.join(self.left_out)}"
        return told


def sound_quads(
    sources: Sequence[Path], vocabulary: "Vocabulary", given_files: GivenFiles = NOTHING_GIVEN
) -> "list[Quad]":
    """Read folders and RDF files as :func:`read_quads` does. Raises CurationError where a folder has mistakes."""
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
    """Read folders and RDF files; RDF without the ontology gets that of ``vocabulary`` unless taken ``as_they_are``."""
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
