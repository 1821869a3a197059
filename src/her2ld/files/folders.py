"""Replacing a folder in one step, so that readers find either the old folder or the complete new one.

rename(2) cannot replace a folder that is not empty. Linux has renameat2 with RENAME_EXCHANGE, and macOS renamex_np with
RENAME_SWAP: they exchange two names, and a process that is killed at any time leaves both folders complete.
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
from her2ld.files.streams import file_system, is_url
from her2ld.files.writing import cannot_be_written, folder_beside, left_beside, locked, replacing_together, synchronize

_AT_FDCWD, _RENAME_EXCHANGE, _RENAME_SWAP = -100, 2, 2
_AT_A_TIME = 32
# The name of the old folder, in the folder beside it, between two renames where an exchange is not possible.
_BEFORE = "before"


class Work(NamedTuple):
    """A folder to be replaced: ``folder`` is the working folder beside ``place``.

    ``before`` is the status of the place when the work began, None if nothing was there; ``error`` is the class of
    errors to raise.
    """

    folder: Path
    place: Path
    before: os.stat_result | None
    error: type[Her2ldError]


@contextlib.contextmanager
def replacing_folder(
    place: Path | str, *, error: type[Her2ldError] = ExportError, only_in_one_step: bool = False
) -> Iterator[Work]:
    """Make a working folder beside ``place`` for the block, in which a new folder is made for :func:`take_place`.

    Folders that killed processes left beside the place are removed, or restored if the place is missing. During the
    block, no other process can begin to replace the folder. Raises ``error`` if another process is replacing it, if the
    working folder cannot be made, if the place is a mount point or contains the working directory and, with
    ``only_in_one_step``, if the file system cannot exchange two folders.
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
        raise error([cannot_be_written(str(place), failure)]) from failure


def take_place(new: Path, work: Work) -> None:
    """Replace the place by ``new``, a folder in ``work.folder``, after all its files are on the disk.

    The old folder is removed with the working folder. Raises ``work.error`` if another process has changed the place
    since the work began, and OSError if it cannot be replaced.
    """
    _put_on_disk(new)
    place = work.place
    if not _is_as_before(work):
        what = "was written by another process in the meantime"
        raise work.error([Problem(str(place), what, "check whether that is what you want; if not, run this again")])
    if work.before is None:
        new.rename(place)
    else:
        shutil.copymode(place, new)
        _exchange_or_rename(new, work)
    synchronize(place.parent)


@contextlib.contextmanager
def replacing_files(folder: Path | str, names: Collection[str]) -> Iterator[list[IO[bytes]]]:
    """Open a file for each of the names; all are replaced in the folder at the end of the block, or none is.

    If the folder has no other files, it is replaced in one step; otherwise the files are replaced as by
    :func:`replacing_together`. Raises ExportError if they cannot be written, or if another process is writing the
    folder.
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
    """Make a folder for parts beside a file, or for None in the system's folder for temporary files.

    It is removed with its content at the end of the block. Raises ExportError if it cannot be made.
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
            raise ExportError([cannot_be_written(beside, error)]) from error


def made(folder: Path) -> Path:
    """Make a folder, and return it."""
    folder.mkdir()
    return folder


def _put_back_before(place: Path) -> None:
    """Restore the folder that a process killed between two renames had moved away."""
    for left in left_beside(place):
        if (left / _BEFORE).is_dir() and not place.exists():
            (left / _BEFORE).rename(place)


def _holds_nothing_but(folder: Path, names: Collection[str]) -> bool:
    return not folder.exists() or (folder.is_dir() and {each.name for each in folder.iterdir()} <= set(names))


def _cannot_be_replaced(place: Path) -> tuple[str, str] | None:
    """Return why a folder cannot be replaced as a whole, and the remedy; None if it can be."""
    if place.is_mount():
        return "is a mount point, which cannot be exchanged with a folder", "name a folder in it"
    if place.exists() and Path.cwd().is_relative_to(place):
        what = "contains the working directory, which would no longer exist after the folder is replaced"
        return what, "change to the folder above it, and name it from there"
    return None


def _check_place(work: Work, *, only_in_one_step: bool) -> None:
    """Raise an error if the place could not be replaced, before any work; the exchange is tried with empty folders."""
    place = work.place
    if wrong := _cannot_be_replaced(place):
        raise work.error([Problem(str(place), *wrong)])
    one, other = made(work.folder / "one"), made(work.folder / "other")
    try:
        _exchange(one, other)
    except OSError as failure:
        if only_in_one_step:
            what = f"is on a file system that cannot exchange two folders ({failure.strerror or failure})"
            remedy = "name a new folder, and let its readers change to it"
            raise work.error([Problem(str(place.parent), what, remedy)]) from failure
    one.rmdir()
    other.rmdir()


def _put_on_disk(folder: Path) -> None:
    """Wait until a folder with its content is on the disk; many files at a time, as each may be small."""
    with ThreadPoolExecutor(_AT_A_TIME) as pool:
        list(pool.map(synchronize, [folder, *folder.rglob("*")]))


def _is_as_before(work: Work) -> bool:
    if work.before is None:
        return not work.place.exists()
    return work.place.exists() and os.path.samestat(work.before, work.place.stat())


def _exchange_or_rename(new: Path, work: Work) -> None:
    """Exchange the two folders, or, if the system cannot, rename the old one and then the new one.

    If the second rename fails, the old folder is restored.
    """
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
        raise OSError(0, "the C library has no function for it") from error
    if failed:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
