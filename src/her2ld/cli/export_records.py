"""The work of ``her2ld export`` on records of PubMed, in several processes or on a cluster if asked for."""

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from her2ld.cli.printing import FINDINGS, progress_bar
from her2ld.cli.reading import named_term

if TYPE_CHECKING:
    from her2ld.cli.export_writing import ExportReport, Goal, Place
    from her2ld.exports.record_parts import Part
    from her2ld.exports.record_sections import RecordOptions
    from her2ld.vocabulary.ontology import Vocabulary


@dataclass(frozen=True, slots=True)
class RecordWork:
    """The files with records of PubMed and the options for them; ``alone`` if nothing else is exported."""

    files: tuple[str, ...]
    ontology: Path | None
    about: tuple[str, ...]
    exactly: bool
    abstracts: bool
    jobs: int | None
    dask: str | None
    strict: bool
    alone: bool


# One process divides a file no faster than so many others can write its records.
_MOST_PROCESSES = 8
_RECORD_OPTIONS = (
    click.option(
        "--about", metavar="TERM", multiple=True,
        help="Only records about the term; can be repeated for records about any of several terms.",
    ),
    click.option("--exactly", is_flag=True, help="With --about: only records that name the term itself."),
    click.option("--no-abstract", is_flag=True, help="Leave out the text of abstracts; offsets and hashes stay."),
    click.option("--strict", is_flag=True, help="Write nothing unless every record can be read."),
    click.option(
        "--jobs", metavar="N", type=click.IntRange(1),
        help="Work in N processes; of several files, each process takes one at a time. By default, the processors "
        "of this machine share each large file.",
    ),
    click.option("--dask", metavar="ADDRESS", help="Work on the Dask cluster with the scheduler at this address."),
)  # fmt: skip


def record_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options for records of PubMed to a verb."""
    for option in reversed(_RECORD_OPTIONS):
        command = option(command)
    return command


def divide(sources: Sequence[str]) -> tuple[list[Path], tuple[str, ...]]:
    """Return the sources that are curation folders (or folders of them), and the files of all other sources.

    Raises RecordError for a source that is neither.
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
    """Return the parts with the records in their order, after all are done and reported.

    A part is a temporary file. It is removed after it is read once, or at the end if there are several formats to
    write. If records are refused, the program ends if the work is ``strict``, or if there is nothing else to write.
    """
    otherwise = "use a label or synonym of the ontology"
    about = tuple(named_term(name, vocabulary, otherwise).value for name in work.about)
    if not work.files:
        yield ()
        return
    from her2ld.exports.record_files import without_superseded
    from her2ld.exports.record_sections import RecordOptions
    from her2ld.files.folders import scratch_folder

    ontology = work.ontology.absolute() if work.ontology else None
    options = RecordOptions(vocabulary.version, ontology, about, work.exactly, work.abstracts)
    place = goals[0][1]
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


def _done(work: RecordWork, options: "RecordOptions", folder: str, executor: Executor | None) -> "Iterator[Part]":
    """Yield the parts of the files as they are done, with a bar of progress."""
    from her2ld.exports.record_files import parts_of
    from her2ld.sharing import processors

    stored = records = 0
    with progress_bar(work.files) as show:

        def note(stored_here: int, records_here: int) -> None:
            show(stored + stored_here, records + records_here)

        files = [_for_all(file) for file in work.files] if work.dask else work.files
        at_a_time = min(work.jobs or _MOST_PROCESSES, processors())
        for part in parts_of(options, files, folder, executor, note=note, processes=at_a_time):
            stored += part.stored
            records += part.records
            show(stored, records)
            yield part


def _for_all(file: str) -> str:
    """Return the name of a file for processes in other folders."""
    from her2ld.files.streams import is_url

    return file if is_url(file) else str(Path(file).absolute())


def _removed_when_read(parts: "Iterable[Part]") -> "Iterator[Part]":
    from her2ld.files.writing import removed

    for part in parts:
        yield part
        removed(part.place)


def _executor(work: RecordWork, place: "Place") -> contextlib.AbstractContextManager[Executor | None]:
    from her2ld.errors import ExportError, Problem
    from her2ld.exports.record_files import cluster, executor_of
    from her2ld.files.streams import STANDARD_INPUT

    if work.dask is None:
        return executor_of(min(work.jobs or 1, len(work.files)))
    if place is None or STANDARD_INPUT in work.files:
        what = "the workers of a cluster do not share the standard streams of this process"
        raise ExportError([Problem("--dask", what, "give files or URLs that every worker can reach")])
    return cluster(work.dask)
