"""The sources of ``her2ld export`` that are records of PubMed: which they are, how they are worked on, what is said."""

import contextlib
import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from her2ld.cli.printing import progress_bar
from her2ld.cli.sources import FINDINGS

if TYPE_CHECKING:
    from her2ld.cli.export_targets import ExportReport, Goal, Place
    from her2ld.exports.record_parts import Part, RecordOptions
    from her2ld.vocabulary.ontology import Vocabulary


@dataclass(frozen=True, slots=True)
class RecordWork:
    """What is asked of the records of PubMed: the files, the options about them, and whether nothing else is asked."""

    files: tuple[str, ...]
    ontology: Path | None
    about: tuple[str, ...]
    exactly: bool
    abstracts: bool
    jobs: int
    dask: str | None
    strict: bool
    alone: bool


def record_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that are about records of PubMed to a command."""
    for option in reversed(
        (
            click.option(
                "--about",
                metavar="TERM",
                multiple=True,
                help="Only records on the topic of the term; can be repeated, for records on one of several.",
            ),
            click.option("--exactly", is_flag=True, help="With --about: only what names the term itself."),
            click.option("--no-abstract", is_flag=True, help="Leave out the abstracts' text; offsets and hashes stay."),
            click.option("--strict", is_flag=True, help="Write nothing unless every record is good."),
            click.option(
                "--jobs", metavar="N", type=click.IntRange(1), default=1, help="Work on so many files at once."
            ),
            click.option("--dask", metavar="ADDRESS", help="Work on the Dask cluster whose scheduler is there."),
        )
    ):
        command = option(command)
    return command


def divide(sources: Sequence[str]) -> tuple[list[Path], tuple[str, ...]]:
    """Tell curation folders, and folders of them, from sources of records, and return the files of these.

    Raises RecordError where a source is neither.
    """
    from her2ld.assets import folders_at
    from her2ld.errors import Problem, RecordError
    from her2ld.pubmed.forms import files_of

    folders: list[Path] = []
    files: dict[str, None] = {}
    problems: list[Problem] = []
    for source in sources:
        path = Path(source)
        if path.is_dir() and folders_at(path):
            folders.append(path)
            continue
        try:
            files |= dict.fromkeys(files_of(source))
        except RecordError as error:
            problems += error.problems
    if problems:
        raise RecordError(problems)
    return folders, tuple(files)


@contextlib.contextmanager
def parts_of_records(
    work: RecordWork, vocabulary: "Vocabulary", goals: "Sequence[Goal]", report: "ExportReport"
) -> "Iterator[Iterable[Part]]":
    """Return the parts that hold the records, in order, once all are done; the report is told of each.

    They are files that vanish at the end, each once the next is asked for unless there are several formats to write.
    Where a record is refused, the report ends the program if that is ``strict`` or nothing at all is left to write.
    """
    from her2ld.exports.record_files import without_superseded
    from her2ld.exports.record_parts import RecordOptions
    from her2ld.files.folders import scratch_folder

    ontology = work.ontology.absolute() if work.ontology else None
    about = tuple(_about(each, vocabulary) for each in work.about)
    options = RecordOptions(vocabulary.version, ontology, about, work.exactly, work.abstracts)
    place = goals[0][1]
    if not work.files:
        yield ()
        return
    with (
        _executor(work, place) as executor,
        scratch_folder(str(place) if place else None) as folder,
    ):
        parts = without_superseded(list(_done(work, options, folder, executor)))
        for part in parts:
            report.read_records(part)
        is_nothing = work.alone and not any(part.exported or part.not_about or part.deletions for part in parts)
        if report.refused and (work.strict or is_nothing):
            report.fail(report.refused, FINDINGS)
        yield _removed_when_read(parts) if len(goals) == 1 else parts


@contextlib.contextmanager
def no_search_for_cycles() -> Iterator[None]:
    """Switch Python's collector of cycles off: the work makes none, but for the names that each writer remembers.

    These are bounded. What is left after it is not searched either, for the program ends with it.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _done(work: RecordWork, options: "RecordOptions", folder: str, executor: Executor | None) -> "Iterator[Part]":
    """Work on the files, with a bar that shows how far it is."""
    from her2ld.exports.record_files import parts_of

    stored = records = 0
    with progress_bar(work.files) as show:

        def note(stored_here: int, records_here: int) -> None:
            show(stored + stored_here, records + records_here)

        files = [_for_all(file) for file in work.files] if work.dask else work.files
        for part in parts_of(options, files, folder, executor, note):
            stored += part.stored
            records += part.records
            show(stored, records)
            yield part


def _for_all(file: str) -> str:
    """Name a file so that a process in another folder finds it."""
    from her2ld.files.streams import is_url

    return file if is_url(file) else str(Path(file).absolute())


def _removed_when_read(parts: "Iterable[Part]") -> "Iterator[Part]":
    from her2ld.files.writing import removed

    for part in parts:
        yield part
        removed(part.place)


def _executor(work: RecordWork, place: "Place") -> contextlib.AbstractContextManager[Executor | None]:
    from her2ld.errors import ExportError, Problem
    from her2ld.exports.record_files import cluster, processes
    from her2ld.files.streams import STANDARD_INPUT

    if work.dask is None:
        return processes(min(work.jobs, len(work.files)))
    if place is None or STANDARD_INPUT in work.files:
        what = "the workers of a cluster do not share the standard streams of this process"
        raise ExportError([Problem("--dask", what, "name files or URLs that every worker can reach")])
    return cluster(work.dask)


def _about(name: str, vocabulary: "Vocabulary") -> str:
    """Return the IRI of the term of that name. Raises QueryError where there is none."""
    from her2ld.errors import Problem, QueryError

    term = vocabulary.find(name)
    if term is None:
        nearest = vocabulary.nearest(name)
        remedy = f"did you mean “{nearest}”?" if nearest else "use a label or synonym of the ontology"
        raise QueryError([Problem("--about", f"the ontology has no term “{name}”", remedy)])
    return term.iri.value
