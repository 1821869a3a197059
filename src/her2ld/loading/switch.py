"""A folder that takes the place of another in one step, so that whoever looks finds the old one or the new one.

rename(2) replaces no folder that holds something. Linux has renameat2 with RENAME_EXCHANGE, macOS renamex_np with
RENAME_SWAP: two names change places, and a process that is ended at any moment leaves both folders whole.
"""

import contextlib
import ctypes
import fcntl
import glob
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from her2ld.errors import LoadError, Problem
from her2ld.exports.files import synchronize

_AT_FDCWD, _RENAME_EXCHANGE, _RENAME_SWAP = -100, 2, 2
_ENDING = ".loading"


@contextlib.contextmanager
def folder_beside(place: Path) -> Iterator[Path]:
    """Make a folder beside ``place`` for the time of the block; what an ended process left there is removed first.

    Raises LoadError where it cannot be made, or where it could not take the place of what is there.
    """
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        for left in place.parent.glob(f".{glob.escape(place.name)}.*{_ENDING}"):
            with contextlib.suppress(BlockingIOError), _locked(left):
                shutil.rmtree(left)
        beside = Path(tempfile.mkdtemp(_ENDING, f".{place.name}.", place.parent))
        with _locked(beside):
            try:
                if place.exists():
                    _check_exchange(beside, place)
                yield beside
            finally:
                shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        remedy = "give a place that can be written, with room left"
        raise LoadError([Problem(str(place), f"cannot be written ({error.strerror or error})", remedy)]) from error


def switch(new: Path, place: Path) -> None:
    """Put ``new`` where ``place`` is; what was there is where ``new`` was. All of it is on the disk by then."""
    for file in sorted(new.rglob("*")):
        synchronize(file)
    synchronize(new)
    if place.exists():
        shutil.copymode(place, new)
        _exchange(new, place)
    else:
        new.rename(place)
    synchronize(place.parent)


def made(folder: Path) -> Path:
    """Make a folder, and give it."""
    folder.mkdir()
    return folder


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder, which ends with the process. Raises BlockingIOError where another holds it."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(descriptor)


def _check_exchange(beside: Path, place: Path) -> None:
    """Try it with two empty folders, before any work is done."""
    if place.is_mount():
        what = "is where a file system is mounted, which cannot change places with a folder"
        raise LoadError([Problem(str(place), what, "name a folder in it")])
    one, other = made(beside / "one"), made(beside / "other")
    try:
        _exchange(one, other)
    except OSError as error:
        what = f"is on a system where two folders cannot change places in one step ({error.strerror or error})"
        remedy = "name a new folder, and let its readers change to it"
        raise LoadError([Problem(str(beside.parent), what, remedy)]) from error
    one.rmdir()
    other.rmdir()


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
