"""The lines of the forms of PubMed that are text, in bounded memory."""

import codecs
from collections.abc import Iterator
from typing import IO, NamedTuple

LONGEST_RECORD = 16 << 20
_LONGEST_LINE = 1 << 20


class Line(NamedTuple):
    """A line as bytes with its end, its number from 1, and the place of its first byte in the file."""

    content: bytes
    number: int
    offset: int

    @property
    def is_blank(self) -> bool:
        """Whether it holds nothing but white space."""
        return not self.content.strip()


class UnreadableError(Exception):
    """Why a record cannot be read, what to do, and on which line it is, if that is known."""

    def __init__(self, what: str, remedy: str, number: int | None = None) -> None:
        """Keep the three."""
        super().__init__(what)
        self.what, self.remedy, self.number = what, remedy, number


def lines_of(file: IO[bytes]) -> Iterator[Line]:
    """Yield the lines, without a byte order mark; one of more than a megabyte comes in pieces of the same number."""
    number = 1
    offset = 0
    while content := file.readline(_LONGEST_LINE):
        mark = len(codecs.BOM_UTF8) if offset == 0 and content.startswith(codecs.BOM_UTF8) else 0
        yield Line(content[mark:], number, mark + offset)
        offset += len(content)
        number += content.endswith(b"\n")


def decoded(content: bytes, offset: int, number: int) -> str:
    """Decode UTF-8 that begins at that place of the file and on that line. Raises UnreadableError."""
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        what = f"is not UTF-8 (byte {offset + error.start:,} of the file is 0x{content[error.start]:02x})"
        line = number + content.count(b"\n", 0, error.start)
        raise UnreadableError(what, "save the file as UTF-8", line) from error


def check_length(size: int) -> None:
    """Raise UnreadableError for a record of more bytes than any real one has."""
    if size > LONGEST_RECORD:
        what = f"the record is longer than {LONGEST_RECORD:,} bytes"
        raise UnreadableError(what, "check whether the file is what PubMed saved")
