"""Writing files, by path or by a URL for fsspec, so that readers find either the old file or the complete new one.

A new file or folder is made beside its destination, under a random name: a process ID is not unique, because the first
process of every container has the number 1. Its process keeps it locked, and the lock ends with the process. A file
that is not locked was left by a process that was killed; the next process that writes to the destination removes it.
"""

import contextlib
import errno
import os
import posixpath
import secrets
import shutil
import sys
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any

from her2ld.errors import ExportError, Problem
from her2ld.files.streams import file_system, is_url

if sys.platform != "win32":
    import fcntl

# A name has at most 255 bytes, and a character at most four.
_KEPT_OF_A_NAME = 50
_ENDING = ".part"
_NOT_THERE = -1


@contextlib.contextmanager
def file_beside(place: Path) -> Iterator[tuple[Path, IO[bytes]]]:
    """Make a file beside ``place``, open for writing, and yield its path and the file.

    Its folder is made if necessary. At the end of the block, the file is closed, and removed if it still exists. Raises
    OSError if it cannot be made.
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

    Its parent folders are made if necessary. At the end of the block, the folder is removed with its content. Raises
    OSError if it cannot be made.
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
    """Yield the files and folders that ended processes left beside ``place``, each locked until the next one.

    If the file system has no locks, they cannot be recognised, and none is yielded.
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
    """Remove the files and folders that ended processes left beside ``place``."""
    for path in left_beside(place):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with contextlib.suppress(OSError):
                path.unlink()


@contextlib.contextmanager
def locked(path: Path) -> Iterator[bool | None]:
    """Lock a file or folder for the block, and yield whether it is locked; None if the file system has no locks.

    It is False if another process has locked the file, or if the file does not exist.
    """
    with _opened(path) as descriptor:
        yield False if descriptor == _NOT_THERE else _lock(descriptor, wait=False)


def begin_to_synchronize(file: IO[bytes]) -> None:
    """Let the system begin to write the content of a file to the disk, if it can, so that less is to be waited for."""
    file.flush()
    if sys.platform == "linux":
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def synchronize(path: Path) -> None:
    """Wait until a file, or the names in a folder, are written to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def cannot_be_written(place: str, error: OSError) -> Problem:
    """Return the problem of a file or folder that cannot be written."""
    remedy = "give a place that can be written, with room left"
    return Problem(place, f"cannot be written ({error.strerror or error})", remedy)


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
    """Open a file or folder to lock it; NFS does not lock a file that is open for reading only."""
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
    """Lock a new file or folder; tell whether it still exists: another process may have removed it before the lock."""
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


COMPRESSION_LEVEL = 1  # of isal's 0 to 3: 2 saves nothing, 3 saves a twentieth and takes three times as long


@contextlib.contextmanager
def replacing(path: Path | str) -> Iterator[IO[bytes]]:
    """Open a temporary file that replaces ``path`` at the end of the block, and is removed if the block raises.

    The folder is made if necessary; if the path is a link, its target is replaced. The content is on the disk before
    the file is renamed. Raises ExportError if the file cannot be written.
    """
    with replacing_together([path]) as (file,):
        yield file


@contextlib.contextmanager
def replacing_together(paths: Sequence[Path | str]) -> Iterator[list[IO[bytes]]]:
    """Open a temporary file for each of the paths; all files are replaced at the end of the block, or none is.

    If the process is killed between two renames, some of the files may be missing, but old files are never beside new
    ones. Raises ExportError if a file cannot be written.
    """
    places = [_real(Path(path)) for path in paths]
    where = ""
    try:
        with contextlib.ExitStack() as stack:
            made: list[tuple[Path, IO[bytes]]] = []
            for where, place in zip(map(str, paths), places, strict=True):  # noqa: B007  # named if it cannot be made
                made.append(stack.enter_context(file_beside(place)))
            where = ", ".join(map(str, paths))
            yield [file for _, file in made]
            for place, (path, file) in zip(places, made, strict=True):
                file.flush()
                os.fsync(file.fileno())
                if place.exists():
                    path.chmod(place.stat().st_mode)
            _take_places([path for path, _ in made], places)
            for folder in {place.parent for place in places}:
                synchronize(folder)
    except OSError as error:
        raise ExportError([cannot_be_written(where, error)]) from error


def _real(path: Path) -> Path:
    """Return a path without links. Raises ExportError if there is something other than a file."""
    place = Path(os.path.realpath(path))
    if place.exists() and not place.is_file():
        what = "is a folder" if place.is_dir() else "is not a regular file"
        raise ExportError([Problem(str(path), what, "give the name of a file")])
    return place


def _take_places(new: Sequence[Path], places: Sequence[Path]) -> None:
    """Rename each file to its destination; if one fails, the old files are restored."""
    if len(places) == 1:
        new[0].replace(places[0])
        return
    with folder_beside(places[0]) as aside:
        # All old files are moved before the first new one comes, so that no reader finds old beside new ones.
        olds = [aside / str(number) for number in range(len(places))]
        try:
            for old, place in zip(olds, places, strict=True):
                if place.exists():
                    place.replace(old)
            for path, place in zip(new, places, strict=True):
                path.replace(place)
        except BaseException:
            for path, old, place in zip(new, olds, places, strict=True):
                if old.exists():
                    old.replace(place)
                elif not path.exists():
                    place.unlink(missing_ok=True)
            raise


@contextlib.contextmanager
def opened_to_write(place: str) -> Iterator[IO[bytes]]:
    """Open a file or a URL that is replaced at the end of the block, and unchanged if the block raises.

    Folders are made. Raises ExportError if the file cannot be written.
    """
    if not is_url(place):
        with replacing(place) as file:
            yield file
        return
    system, path = file_system(place)
    temporary = f"{posixpath.dirname(path)}/.{posixpath.basename(path)}.{uuid.uuid4().hex}.part"
    try:
        system.makedirs(posixpath.dirname(path), exist_ok=True)
        try:
            with system.open(temporary, "wb") as file:
                yield file
            system.mv(temporary, path)
        except BaseException:
            with contextlib.suppress(OSError):
                system.rm(temporary)
            raise
    except OSError as error:
        remedy = "check the address and your access rights"
        raise ExportError([Problem(place, f"cannot be written ({error.strerror or error})", remedy)]) from error


def joined(folder: str, name: str) -> str:
    """Return the path or URL of a file in a folder."""
    return posixpath.join(folder, name) if is_url(folder) else str(Path(folder) / name)


def removed(place: str) -> None:
    """Remove a file."""
    if is_url(place):
        system, path = file_system(place)
        system.rm(path)
    else:
        Path(place).unlink()


@contextlib.contextmanager
def gzip_member(file: IO[bytes]) -> Iterator[IO[bytes]]:
    """Append a member to a gzip file, without a date, so that the same content gives the same bytes."""
    from isal import igzip  # only where something is compressed

    library: Any = igzip
    with library.IGzipFile("", "wb", COMPRESSION_LEVEL, file, 0) as compressed:
        yield compressed
