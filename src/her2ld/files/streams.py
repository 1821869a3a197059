"""Streams of the bytes of a source, decompressed from gzip if necessary, in constant memory.

gzip is recognised by its first bytes. Data that are truncated, damaged, or expand out of proportion are detected during
reading, after the earlier data have been read.
"""

import codecs
import contextlib
import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, NamedTuple

from her2ld.errors import Problem, RecordError

STANDARD_INPUT = "-"
_GZIP = b"\x1f\x8b"
_CHUNK = 1 << 16
_HEAD = 1 << 16
_GET_AGAIN = "get the file again, and compare its checksum with that of its owner"
# The files of NLM expand about tenfold; one record repeated many times expands a few hundredfold.
_GREATEST_RATIO = 500
_INFLATED_UNCHECKED = 64 << 20


class BrokenStreamError(Exception):
    """A stream cannot be read further: ``what`` is the fault, with its remedy."""

    def __init__(self, what: str, remedy: str) -> None:
        """Keep the fault and the remedy."""
        super().__init__(what)
        self.what, self.remedy = what, remedy


class _Counted:
    """A file that counts the stored bytes read from it; ``begin`` is read first."""

    def __init__(self, file: IO[bytes], begin: bytes) -> None:
        self._file, self._begin, self.count = file, begin, 0

    def read(self, size: int) -> bytes:
        content, self._begin = self._begin or self._file.read(size), b""
        self.count += len(content)
        return content


class _Inflating:
    """The content of a gzip file with one member or several; before an error, everything readable is returned."""

    def __init__(self, stored: _Counted) -> None:
        from isal import igzip_lib  # loaded only for inflating

        self._stored = stored
        self._library: Any = igzip_lib
        self._member = igzip_lib.IgzipDecompressor(flag=igzip_lib.DECOMP_GZIP)

    def read(self, size: int) -> bytes:
        while True:
            if self._member.eof:
                if not self._begin_member():
                    return b""
                continue  # a member can be empty
            stored = self._stored.read(_CHUNK) if self._member.needs_input else b""
            if self._member.needs_input and not stored:
                raise BrokenStreamError("the gzip file is truncated", _GET_AGAIN)
            content = self._inflated(stored, size)
            if content:
                return content

    def _begin_member(self) -> bool:
        """Begin the next member, after any zeros of padding; tell whether there is one."""
        rest: bytes = self._member.unused_data
        while not (rest := rest.lstrip(b"\0")):
            rest = self._stored.read(_CHUNK)
            if not rest:
                return False
        if not rest.startswith(_GZIP[: len(rest)]):
            raise BrokenStreamError("the gzip file is followed by other data", _GET_AGAIN)
        self._member = self._library.IgzipDecompressor(flag=self._library.DECOMP_GZIP)
        self._inflated(rest, 0)  # becomes the input of the new member
        return True

    def _inflated(self, stored: bytes, size: int) -> bytes:
        try:
            content: bytes = self._member.decompress(stored, size)
        except (self._library.error, EOFError) as error:
            raise BrokenStreamError(f"the gzip file is damaged ({error})", _GET_AGAIN) from error
        return content


class SourceStream(io.RawIOBase):
    """The content of a source as a stream; ``head`` is its beginning, ``stored`` the number of stored bytes read.

    ``read`` raises BrokenStreamError for gzip that is truncated, damaged, or expands more than 500 times.
    """

    def __init__(self, file: IO[bytes]) -> None:
        """Read ``head``, which is still part of the stream."""
        begin = _read_up_to(file, len(_GZIP))
        self._counted = _Counted(file, begin)
        self.is_gzip = begin == _GZIP
        self._content = _Inflating(self._counted) if self.is_gzip else self._counted
        self._inflated = 0
        self._broken: BrokenStreamError | None = None
        self.head = self._read_head()
        self._unread = self.head

    @property
    def stored(self) -> int:
        """The number of bytes read from the source as stored, compressed or not."""
        return self._counted.count

    def readable(self) -> bool:
        """Return true: the stream can be read."""
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401  # as io.RawIOBase has it
        """Read into a buffer, as :meth:`io.RawIOBase.readinto` does."""
        view = memoryview(buffer)
        if self._unread:
            content, self._unread = self._unread[: len(view)], self._unread[len(view) :]
        else:
            content = self._next(len(view))
        view[: len(content)] = content
        return len(content)

    def _read_head(self) -> bytes:
        """Read the beginning; a fault in it is raised when the stream is read."""
        pieces: list[bytes] = []
        size = 0
        try:
            while size < _HEAD and (piece := self._next(_HEAD - size)):
                pieces.append(piece)
                size += len(piece)
        except BrokenStreamError as error:
            self._broken = error
        return b"".join(pieces)

    def _next(self, size: int) -> bytes:
        if self._broken:
            raise self._broken
        try:
            content = self._content.read(size)
        except OSError as error:
            what = f"cannot be read ({error.strerror or error})"
            raise BrokenStreamError(what, "give a file that can be read") from error
        self._inflated += len(content)
        if self._inflated > max(_INFLATED_UNCHECKED, self._counted.count * _GREATEST_RATIO):
            what = f"the gzip file expands more than {_GREATEST_RATIO} times, to more than {self._inflated:,} bytes"
            raise BrokenStreamError(what, "if you trust it, decompress it first")
        return content


def line_feeds(content: bytes) -> int:
    r"""Return the number of line feeds, four times as fast as ``content.count``.

    >>> line_feeds(b"one\ntwo\n")
    2
    """
    return len(content) - len(content.replace(b"\n", b""))


def _read_up_to(file: IO[bytes], size: int) -> bytes:
    content = b""
    while len(content) < size and (more := file.read(size - len(content))):
        content += more
    return content


def is_url(place: str) -> bool:
    """Tell whether a place is a URL for fsspec (``s3://…``) rather than a path.

    >>> is_url("memory://records.xml"), is_url("records.xml")
    (True, False)
    """
    return "://" in place


def standard_input() -> IO[bytes]:
    """Return standard input as bytes."""
    return sys.stdin.buffer


def file_system(url: str) -> tuple[Any, str]:
    """Return the file system of a URL for fsspec, and the path in it. Raises RecordError if there is none."""
    try:
        from fsspec.core import url_to_fs  # an extra, and only for URLs

        system, path = url_to_fs(url)
    except ImportError as error:
        remedy = "install her2ld[cluster], and what fsspec needs for such URLs"
        raise RecordError([Problem(url, f"cannot be reached ({error})", remedy)]) from error
    except (ValueError, OSError) as error:
        raise RecordError([Problem(url, f"cannot be reached ({error})", "check the address")]) from error
    return system, str(path)


@contextlib.contextmanager
def opened_source(place: str) -> Iterator[SourceStream]:
    """Open a file, a URL, or standard input for ``-``, to read its content. Raises RecordError like `opened_bytes`."""
    with opened_bytes(place) as file:
        yield SourceStream(file)


@contextlib.contextmanager
def opened_bytes(place: str) -> Iterator[IO[bytes]]:
    """Open a file, a URL, or standard input for ``-``, to read its stored bytes.

    Raises RecordError if it cannot be opened.
    """
    with contextlib.ExitStack() as stack:
        try:
            if place == STANDARD_INPUT:
                file = standard_input()
            elif is_url(place):
                system, path = file_system(place)
                file = stack.enter_context(system.open(path, "rb"))
            else:
                file = stack.enter_context(Path(place).open("rb"))
        except OSError as error:
            what = f"cannot be read ({error.strerror or error})"
            raise RecordError([Problem(place, what, "give a file that can be read")]) from error
        yield file


LONGEST_RECORD = 16 << 20
_LONGEST_LINE = 1 << 20


class Line(NamedTuple):
    """A line as bytes with its line end, its number from 1, and the offset of its first byte in the file."""

    content: bytes
    number: int
    offset: int

    @property
    def is_blank(self) -> bool:
        """Whether the line has only white space."""
        return not self.content.strip()


class UnreadableError(Exception):
    """A record cannot be read: ``what`` is the fault, with its remedy and the number of the line, if known."""

    def __init__(self, what: str, remedy: str, number: int | None = None) -> None:
        """Keep the fault, the remedy and the line."""
        super().__init__(what)
        self.what, self.remedy, self.number = what, remedy, number


def lines_of(file: IO[bytes]) -> Iterator[Line]:
    """Yield the lines, without a byte order mark; a line of more than 1 MiB comes in pieces with the same number."""
    number = 1
    offset = 0
    while content := file.readline(_LONGEST_LINE):
        mark = len(codecs.BOM_UTF8) if offset == 0 and content.startswith(codecs.BOM_UTF8) else 0
        yield Line(content[mark:], number, mark + offset)
        offset += len(content)
        number += content.endswith(b"\n")


def decoded(content: bytes, offset: int, number: int) -> str:
    """Return decoded UTF-8 that begins at an offset and on a line of a file. Raises UnreadableError."""
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        what = f"is not UTF-8 (byte {offset + error.start:,} of the file is 0x{content[error.start]:02x})"
        line = number + content.count(b"\n", 0, error.start)
        raise UnreadableError(what, "save the file as UTF-8", line) from error


def check_length(size: int) -> None:
    """Raise UnreadableError if a record is longer than any real one."""
    if size > LONGEST_RECORD:
        what = f"the record is longer than {LONGEST_RECORD:,} bytes"
        raise UnreadableError(what, "check whether the file is what PubMed saved")
