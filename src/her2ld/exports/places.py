"""Files to be written, by path or by a URL for fsspec, that are either the old ones or the new ones."""

import contextlib
import os
import posixpath
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from her2ld.errors import ExportError, Problem
from her2ld.exports.files import replacing
from her2ld.files.streams import file_system, is_url

COMPRESSION_LEVEL = 1  # of isal's 0 to 3: the next gains nothing, the last a twentieth for three times the time


def joined(folder: str, name: str) -> str:
    """Return the place of a file in a folder."""
    return posixpath.join(folder, name) if is_url(folder) else str(Path(folder) / name)


@contextlib.contextmanager
def opened_to_write(place: str) -> Iterator[IO[bytes]]:
    """Open a file that takes its place once the block ends, and vanishes if it raises. Folders are made.

    Raises ExportError where it cannot be written.
    """
    if not is_url(place):
        with replacing(Path(place)) as file:
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
        remedy = "check the address, and your rights there"
        raise ExportError([Problem(place, f"cannot be written ({error.strerror or error})", remedy)]) from error


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
        folder = f"{posixpath.dirname(path)}/.{posixpath.basename(path)}.{uuid.uuid4().hex}.parts"
        try:
            yield system.unstrip_protocol(folder)
        finally:
            with contextlib.suppress(FileNotFoundError):
                system.rm(folder, recursive=True)
    else:
        file = Path(beside)
        parts = file.with_name(f".{file.name}.{os.getpid()}.parts").absolute()
        try:
            yield str(parts)
        finally:
            shutil.rmtree(parts, ignore_errors=True)


def removed(place: str) -> None:
    """Remove a file."""
    if is_url(place):
        system, path = file_system(place)
        system.rm(path)
    else:
        Path(place).unlink()


@contextlib.contextmanager
def gzip_member(file: IO[bytes]) -> Iterator[IO[bytes]]:
    """Append a member to a gzip file: the same bytes for the same content, without a date."""
    from isal import igzip  # only where something is compressed

    library: Any = igzip
    with library.IGzipFile("", "wb", COMPRESSION_LEVEL, file, 0) as compressed:
        yield compressed
