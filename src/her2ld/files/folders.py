"""A folder that takes the place of another in one step, so that whoever looks finds the old one or the new one.

rename(2) replaces no folder that holds something. Linux has renameat2 with RENAME_EXCHANGE, macOS renamex_np with
RENAME_SWAP: two names change places, and a process that is killed at any moment leaves both folders whole.
"""

import contextlib
import ctypes
import os
import shutil
import sys
import tempfile
import uuid
from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO, NamedTuple

from her2ld.errors import ExportError, Her2ldError, Problem
from her2ld.files.beside import folder_beside, left_beside, locked, synchronize
from her2ld.files.streams import file_system, is_url
from her2ld.files.writing import replacing_together

_AT_FDCWD, _RENAME_EXCHANGE, _RENAME_SWAP = -100, 2, 2
_AT_A_TIME = 32
# What was at the place, in the folder beside it, while two renames do what one exchange cannot.
_BEFORE = "before"


class Work(NamedTuple):
    """Where a folder is made that is to take a place: ``folder`` is beside ``place``, for all that the work needs.

    ``before`` is what was at the place when the work began, or None; ``error`` is what is raised.
    """

    folder: Path
    place: Path
    before: os.stat_result | None
    error: type[Her2ldError]


@contextlib.contextmanager
def replacing_folder(
    place: Path | str, *, error: type[Her2ldError] = ExportError, only_in_one_step: bool = False
) -> Iterator[Work]:
    """Make a folder beside ``place`` for the block, in which a new one is made for :func:`take_place`.

    What processes that were killed left beside the place is removed, or put back if the place is empty of it. As long
    as the block lasts, nobody else can begin to replace what is there. Raises ``error`` where another process is at it,
    the folder beside cannot be made, or could not take the place: where the place is a mount or the working directory
    and, if ``only_in_one_step``, where the file system cannot exchange two folders.
    """
    place = Path(os.path.realpath(place))
    try:
        _put_back_before(place)
        with locked(place) as is_locked:
            before = place.stat() if place.exists() else None
            if before and is_locked is False:
                what = "is being written by another process"
                raise error([Problem(str(place), what, "wait until that has ended, or name another folder")])
            with folder_beside(place) as folder:
                work = Work(folder, place, before, error)
                if before:
                    _check_place(work, only_in_one_step=only_in_one_step)
                yield work
    except OSError as failure:
        remedy = "give a place that can be written, with room left"
        raise error([Problem(str(place), f"cannot be written ({failure.strerror or failure})", remedy)]) from failure


def take_place(new: Path, work: Work) -> None:
    """Put ``new``, which is in ``work.folder``, where the place is; all of it is on the disk by then.

    What was there goes with the folder of the work. Raises ``work.error`` where another process has put something there
    since the work began, OSError where it cannot be put there.
    """
    _put_on_disk(new)
    place = work.place
    if not _is_as_before(work):
        what = "was written by another process meanwhile"
        raise work.error([Problem(str(place), what, "see whether that is what you want, and run this again if not")])
    if work.before is None:
        new.rename(place)
    else:
        shutil.copymode(place, new)
        _exchange_or_rename(new, work)
    synchronize(place.parent)


@contextlib.contextmanager
def replacing_files(folder: Path | str, names: Collection[str]) -> Iterator[list[IO[bytes]]]:
    """Open a file for each of the names; all take their places in the folder once the block ends, or none does.

    It is one step where the folder holds nothing else; of one that does, the files are replaced one after the other, as
    :func:`replacing_together` says. Raises ExportError where they cannot be written, or where another process is
    writing the folder.
    """
    place = Path(os.path.realpath(folder))
    if not _holds_nothing_but(place, names) or _cannot_be_replaced(place):
        with replacing_together([place / name for name in names]) as files:
            yield files
        return
    with replacing_folder(place) as work:
        new = made(work.folder / "new")
        with contextlib.ExitStack() as stack:
            yield [stack.enter_context((new / name).open("xb")) for name in names]
        if not _holds_nothing_but(place, names):
            what = "got another file while it was being written"
            raise ExportError([Problem(str(folder), what, "run this again")])
        take_place(new, work)


@contextlib.contextmanager
def scratch_folder(beside: str | None) -> Iterator[str]:
    """Make a folder for parts, beside the file that they are for, or for None among the system's temporary ones.

    It is removed with all that is in it. Raises ExportError where it cannot be made.
    """
    if beside is None:
        with tempfile.TemporaryDirectory(prefix="her2ld-") as folder:
            yield folder
    elif is_url(beside):
        system, path = file_system(beside)
        parent, _, name = path.rpartition("/")
        folder = f"{parent}/.{name}.{uuid.uuid4().hex}.parts"
        try:
            yield system.unstrip_protocol(folder)
        finally:
            with contextlib.suppress(FileNotFoundError):
                system.rm(folder, recursive=True)
    else:
        file = Path(beside).absolute()
        try:
            with folder_beside(file) as parts:
                yield str(parts)
        except OSError as error:
            remedy = "give a place that can be written, with room left"
            raise ExportError([Problem(beside, f"cannot be written ({error.strerror or error})", remedy)]) from error


def made(folder: Path) -> Path:
    """Make a folder, and return it."""
    folder.mkdir()
    return folder


def _put_back_before(place: Path) -> None:
    """Put back what a process that was killed between two renames took from the place."""
    for left in left_beside(place):
        if (left / _BEFORE).is_dir() and not place.exists():
            (left / _BEFORE).rename(place)


def _holds_nothing_but(folder: Path, names: Collection[str]) -> bool:
    return not folder.exists() or (folder.is_dir() and {each.name for each in folder.iterdir()} <= set(names))


def _cannot_be_replaced(place: Path) -> tuple[str, str] | None:
    """Return what is wrong with replacing a folder as a whole, and what to do; None where nothing is."""
    if place.is_mount():
        return "is where a file system is mounted, which cannot change places with a folder", "name a folder in it"
    if place.exists() and Path.cwd().is_relative_to(place):
        what = "is the folder that you are in, and would be gone once a new one is in its place"
        return what, "change to the folder above it, and name it from there"
    return None


def _check_place(work: Work, *, only_in_one_step: bool) -> None:
    """Refuse what could not be replaced, before any work is done; the exchange is tried with two empty folders."""
    place = work.place
    if wrong := _cannot_be_replaced(place):
        raise work.error([Problem(str(place), *wrong)])
    one, other = made(work.folder / "one"), made(work.folder / "other")
    try:
        _exchange(one, other)
    except OSError as failure:
        if only_in_one_step:
            what = f"is on a system where two folders cannot change places in one step ({failure.strerror or failure})"
            remedy = "name a new folder, and let its readers change to it"
            raise work.error([Problem(str(place.parent), what, remedy)]) from failure
    one.rmdir()
    other.rmdir()


def _put_on_disk(folder: Path) -> None:
    """Wait until all of it is on the disk: many files at a time, as each of them may have little to write."""
    with ThreadPoolExecutor(_AT_A_TIME) as pool:
        list(pool.map(synchronize, [folder, *folder.rglob("*")]))


def _is_as_before(work: Work) -> bool:
    if work.before is None:
        return not work.place.exists()
    return work.place.exists() and os.path.samestat(work.before, work.place.stat())


def _exchange_or_rename(new: Path, work: Work) -> None:
    """Exchange the two; where the system cannot, rename one after the other, and put the old one back in between."""
    try:
        _exchange(new, work.place)
    except OSError:
        before = work.folder / _BEFORE
        work.place.rename(before)
        try:
            new.rename(work.place)
        except BaseException:
            before.rename(work.place)
            raise


def _exchange(one: Path, other: Path) -> None:
    library = ctypes.CDLL(None, use_errno=True)
    names = os.fsencode(one), os.fsencode(other)
    try:
        if sys.platform == "darwin":
            failed = library.renamex_np(*names, _RENAME_SWAP)
        else:
            failed = library.renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE)
    except AttributeError as error:
        raise OSError(0, "the C library cannot do it") from error
    if failed:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
