"""Files of releases: read once from end to end, unpacked on the way, and hashed as they were given."""

import contextlib
import gzip
import hashlib
import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, BinaryIO

from her2ld.errors import Problem, ReleaseError

BLOCK = 1 << 20
_HEAD = 1 << 16
_LONGEST_LINE = 1 << 24


class Source:
    """A file of a release; ``head`` is its first 64 KiB, unpacked, and ``sha256`` is known once it was read."""

    def __init__(self, path: Path) -> None:
        """Look at the beginning of the file. Raises ReleaseError where it cannot be read, or is empty."""
        self.path = path
        self.sha256 = ""
        with self._errors():
            with path.open("rb") as file:
                self._packed = file.read(2) == b"\x1f\x8b"
            with path.open("rb") as file, self._unpacked(file) as stream:
                self.head = stream.read(_HEAD)
        if not self.head.strip():
            raise self.problem("is empty", "give the file of a release, downloaded to its end")

    @contextlib.contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """Open it for reading from its beginning; it is to be read to its end, so that all of it is hashed."""
        with self._errors(), self.path.open("rb", buffering=0) as raw:
            hashing = _Hashing(raw)
            with io.BufferedReader(hashing, BLOCK) as file, self._unpacked(file) as stream:
                yield stream
            self.sha256 = hashing.digest.hexdigest()

    def _unpacked(self, file: IO[bytes]) -> "contextlib.AbstractContextManager[BinaryIO]":
        if self._packed:
            return contextlib.closing(gzip.GzipFile(fileobj=file))  # type: ignore[arg-type]  # it is read like a file
        return contextlib.nullcontext(file)  # type: ignore[arg-type]  # so is this

    def problem(self, what: str, remedy: str, line: int | None = None) -> ReleaseError:
        """Make an error that names this file."""
        where = f"{self.path}, line {line:,}" if line else str(self.path)
        return ReleaseError([Problem(where, what, remedy)])

    @contextlib.contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except EOFError as error:
            raise self.problem("is cut short: the gzip data have no end", "download it again") from error
        except (gzip.BadGzipFile, zlib.error) as error:
            raise self.problem(f"is damaged ({error})", "download it again") from error
        except OSError as error:
            raise self.problem(f"cannot be read ({error.strerror or error})", "give the file of a release") from error


class _Hashing(io.RawIOBase):
    """A raw file that hashes what is read of it."""

    def __init__(self, raw: io.FileIO) -> None:
        self._raw = raw
        self.digest = hashlib.sha256()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview") -> int:  # type: ignore[override]  # a buffered reader gives a memoryview
        size = self._raw.readinto(buffer)
        self.digest.update(buffer[:size])
        return size


class Tail:
    """A stream that remembers the last 4 KiB that were read of it."""

    def __init__(self, stream: BinaryIO) -> None:
        """Read from the stream."""
        self._stream = stream
        self.tail = b""

    def read(self, size: int = -1) -> bytes:
        """Read as the stream does."""
        data = self._stream.read(size)
        self.tail = (self.tail + data)[-4096:]
        return data


def lines(source: Source, stream: BinaryIO) -> Iterator[tuple[int, str]]:
    """Yield the lines of a text with their numbers, counted from 1, without their ends.

    Raises ReleaseError for what is not UTF-8, for a line of more than 16 MiB, and where the last line has no end: that
    is what a file looks like that was cut short.
    """
    number = 0
    while line := stream.readline(_LONGEST_LINE):
        number += 1
        if not line.endswith(b"\n"):
            raise source.problem("has no end of line: the file is cut short", "download it again", number)
        try:
            yield number, line.decode().rstrip("\r\n")
        except UnicodeDecodeError as error:
            raise source.problem(
                f"is not UTF-8 ({error.reason})", "give the file as it was released", number
            ) from error


def blocks(source: Source, stream: BinaryIO, size: int = BLOCK) -> Iterator[bytes]:
    """Yield a text in blocks of whole lines; the last line may lack its end. Raises ReleaseError for endless lines."""
    rest = b""
    while block := stream.read(size):
        end = block.rfind(b"\n") + 1
        if end:
            yield rest + block[:end]
            rest = block[end:]
        else:
            rest += block
            if len(rest) > _LONGEST_LINE:
                raise source.problem("has a line of more than 16 MiB", "give the file as it was released")
    if rest:
        yield rest
