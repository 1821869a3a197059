"""Files and folders made beside the place that they are for, under names that no other process can have.

Each is locked while its process works on it, and the lock ends with the process, whatever ends that. The number of a
process is no name for it: the first process of every container is number 1. What nobody has locked was left by a
process that was killed; the next one that writes to the place removes it.
"""

import contextlib
import errno
import os
import secrets
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

if sys.platform != "win32":
    import fcntl

# A name has at most 255 bytes, and a character at most four.
_KEPT_OF_A_NAME = 50
_ENDING = ".part"
_NOT_THERE = -1


@contextlib.contextmanager
def file_beside(place: Path) -> Iterator[tuple[Path, IO[bytes]]]:
    """Make a file beside ``place``, open for writing, and yield its path and the file.

    The folder around it is made if need be. At the end of the block it is closed, and removed if it is still there.
    Raises OSError where it cannot be made.
    """
    _make_folder(place.parent)
    remove_left(place)
    while True:
        path = _new_name(place)
        with path.open("xb") as file:
            if not _is_locked_here(file.fileno(), path):
                continue
            try:
                yield path, file
            finally:
                path.unlink(missing_ok=True)
            return


@contextlib.contextmanager
def folder_beside(place: Path) -> Iterator[Path]:
    """Make an empty folder beside ``place``, and yield its path.

    The folder around it is made if need be. At the end of the block it is removed with all that is in it.
    Raises OSError where it cannot be made.
    """
    _make_folder(place.parent)
    remove_left(place)
    while True:
        path = _new_name(place)
        path.mkdir()
        with _opened(path) as descriptor:
            if not _is_locked_here(descriptor, path):
                continue
            try:
                yield path
            finally:
                shutil.rmtree(path, ignore_errors=True)
            return


def left_beside(place: Path) -> Iterator[Path]:
    """Yield each file and folder that a process which has ended left beside ``place``, locked until the next is asked.

    Where the file system has no locks, nobody can tell, and there is none.
    """
    beginning = _beginning(place)
    try:
        names = os.listdir(place.parent)  # noqa: PTH208  # a folder of parts has thousands
    except OSError:
        return
    for name in names:
        if name.startswith(beginning) and name.endswith(_ENDING):
            path = place.with_name(name)
            with locked(path) as is_locked:
                if is_locked:
                    yield path


def remove_left(place: Path) -> None:
    """Remove what processes that have ended left beside ``place``."""
    for path in left_beside(place):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with contextlib.suppress(OSError):
                path.unlink()


@contextlib.contextmanager
def locked(path: Path) -> Iterator[bool | None]:
    """Lock a file or folder for the block, and yield whether it is locked; None where there are no locks.

    It is False where another process has it locked, or it is not there.
    """
    with _opened(path) as descriptor:
        yield False if descriptor == _NOT_THERE else _lock(descriptor, wait=False)


def synchronize(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder)) from error


def _beginning(place: Path) -> str:
    return f".{place.name[:_KEPT_OF_A_NAME]}."


def _new_name(place: Path) -> Path:
    return place.with_name(f"{_beginning(place)}{secrets.token_hex(8)}{_ENDING}")


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[int]:
    """Open a file or folder to lock it; NFS locks no file that is open for reading alone."""
    try:
        descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    except OSError:
        yield _NOT_THERE
        return
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _is_locked_here(descriptor: int, path: Path) -> bool:
    """Lock what was just made; tell whether it is there still, and was not taken for left before it was locked."""
    if descriptor == _NOT_THERE:
        return False
    _lock(descriptor, wait=True)
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False


def _lock(descriptor: int, *, wait: bool) -> bool | None:
    if sys.platform == "win32":
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return None
    return True
