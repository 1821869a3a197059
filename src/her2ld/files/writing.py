"""Files to be written, by path or by a URL for fsspec, that are either the old ones or the new ones, never half."""

import contextlib
import os
import posixpath
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any

from her2ld.errors import ExportError, Problem
from her2ld.files.beside import file_beside, folder_beside, synchronize
from her2ld.files.streams import file_system, is_url

COMPRESSION_LEVEL = 1  # of isal's 0 to 3: the next gains nothing, the last a twentieth for three times the time


@contextlib.contextmanager
def replacing(path: Path | str) -> Iterator[IO[bytes]]:
    """Open a temporary file beside ``path`` that takes its place once the block ends, and vanishes if it raises.

    The folder is made if need be; of a link, what it leads to is replaced. The bytes are on the disk before the name
    changes. Raises ExportError where the file cannot be written.
    """
    with replacing_together([path]) as (file,):
        yield file


@contextlib.contextmanager
def replacing_together(paths: Sequence[Path | str]) -> Iterator[list[IO[bytes]]]:
    """Open a temporary file for each of the paths; all take their places once the block ends, or none does.

    Who is killed between two renames leaves some of the names without a file, and never old files beside new ones.
    Raises ExportError where a file cannot be written.
    """
    places = [_real(Path(path)) for path in paths]
    where = ", ".join(map(str, paths))
    try:
        with contextlib.ExitStack() as stack:
            made = [stack.enter_context(file_beside(place)) for place in places]
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
        remedy = "give a place that can be written, with room left"
        raise ExportError([Problem(where, f"cannot be written ({error.strerror or error})", remedy)]) from error


def _real(path: Path) -> Path:
    """Return where a path leads to. Raises ExportError where something else than a file is there."""
    place = Path(os.path.realpath(path))
    if place.exists() and not place.is_file():
        what = "is a folder" if place.is_dir() else "is no file whose content can be replaced"
        raise ExportError([Problem(str(path), what, "give the name of a file")])
    return place


def _take_places(new: Sequence[Path], places: Sequence[Path]) -> None:
    """Rename each file to its place; where one cannot be, what was there comes back."""
    if len(places) == 1:
        new[0].replace(places[0])
        return
    with folder_beside(places[0]) as aside:
        # All old ones go before the first new one comes: nobody ever reads an old one together with a new one.
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
    """Open a file or a URL that takes its place once the block ends, and vanishes if it raises. Folders are made.

    Raises ExportError where it cannot be written.
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
    """Return the place of a file in a folder."""
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
    """Append a member to a gzip file: the same bytes for the same content, without a date."""
    from isal import igzip  # only where something is compressed

    library: Any = igzip
    with library.IGzipFile("", "wb", COMPRESSION_LEVEL, file, 0) as compressed:
        yield compressed
