"""A stream of PubMed XML divided into its records, so that each is parsed by itself and a broken one spoils no other.

The part before the records never reaches an XML parser: no DTD is read and no entity can be declared. Only one whole
record is held in memory; a record that is longer than any real one is refused.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from her2ld.errors import Problem, RecordError
from her2ld.files.streams import line_feeds
from her2ld.pubmed.encodings import Readable, in_utf8

RECORDS = frozenset(
    {b"PubmedArticle", b"PubmedBookArticle", b"MedlineCitation", b"BookDocument", b"DeleteCitation", b"DeleteDocument"}
)
ROOTS = frozenset({b"PubmedArticleSet", b"PubmedBookArticleSet", b"BookDocumentSet", b"MedlineCitationSet"})
_CHUNK = 1 << 16  # stays in the processor's cache
LARGEST = 64 << 20  # the largest of 50,788 real records has half a megabyte

_BLANK = re.compile(rb"[ \t\r\n]*")
_MARKUP = re.compile(rb"<(/?[A-Za-z_][A-Za-z0-9_.:-]*|!--|!DOCTYPE|\?)")
_NO_ELEMENTS = {b"?": b"?>", b"!--": b"-->", b"!DOCTYPE": b">"}  # each with its end
_CALLED = {b"?": "the declaration or processing instruction", b"!--": "the comment", b"!DOCTYPE": "the DOCTYPE"}
# Text that is in one of these only if its own end is missing, so that it would swallow the text after it.
_OF_WHAT_FOLLOWS = {b"?": b"<", b"!--": b"<!--", b"!DOCTYPE": b"<"}
_LONGEST_NAME = 64
_WHOLE_FILE = "give a whole file of PubMed"
_OPAQUE = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>", re.DOTALL)
_AFTER_NAME = frozenset({b">", b" ", b"\t", b"\r", b"\n"})


class Piece(NamedTuple):
    """A record as it is stored, in UTF-8, with its first line; a ``problem`` says that it is not a whole record."""

    xml: bytes
    line: int
    problem: str | None = None


class _Window:
    """The part of a stream that is in memory; places in it are counted from the present position."""

    __slots__ = ("_stream", "data", "line", "start")

    def __init__(self, stream: Readable) -> None:
        self._stream = stream
        self.data = b""
        self.start = 0
        self.line = 1

    def more(self) -> bool:
        """Read on, doubling the part in memory, so that a long record is copied rarely; return false at the end."""
        chunk = self._stream.read(max(_CHUNK, len(self.data) - self.start))
        self.data = self.data[self.start :] + chunk
        self.start = 0
        return bool(chunk)

    def holds(self, count: int) -> bool:
        """Tell whether so many bytes are left, reading on for them."""
        while len(self.data) - self.start < count:
            if not self.more():
                return False
        return True

    def find(self, token: bytes, after: int = 0) -> int:
        """Return the place of the token, or -1 if there is none up to the end or the length of the longest record."""
        while (place := self.data.find(token, self.start + after)) < 0:
            after = max(after, len(self.data) - self.start - len(token) + 1)
            if after > LARGEST or not self.more():
                return -1
        return place - self.start

    def take(self, count: int) -> bytes:
        """Return so many bytes and go on after them."""
        taken = self.data[self.start : self.start + count]
        self.line += line_feeds(taken)
        self.start += count
        return taken

    def take_through(self, token: bytes) -> bytes:
        """Return the bytes up to and including the token, or the rest of the stream, and go on after them."""
        place = self.find(token)
        return self.take(place + len(token) if place >= 0 else len(self.data) - self.start)

    def skip_blank(self) -> bool:
        """Go on to the next byte that is not white space; return false at the end."""
        while True:
            blank = _BLANK.match(self.data, self.start)
            self.take(blank.end() - self.start if blank else 0)
            if self.start < len(self.data):
                return True
            if not self.more():
                return False


def pieces(stream: Readable, name: str) -> Iterator[Piece]:
    """Yield the records of a stream one by one; ``name`` is that of the source in errors.

    A piece with a ``problem`` is not a record, or not a whole one. Raises RecordError for anything but PubMed's XML,
    for an encoding that is unknown or not that of the file, for a DOCTYPE with declarations of its own, for a
    declaration, a comment or a DOCTYPE that is never closed, and for a file that ends before its first element.
    """
    window = _Window(in_utf8(stream, name))
    root = b""
    prefixes = b""  # the opening of a root that declares prefixes, for the records that use them
    is_begun = False
    while window.skip_blank():
        line = window.line
        kind = _kind(window)
        if kind in _NO_ELEMENTS:
            _pass_over(window, kind, f"{name}, line {line}")
            continue
        is_begun = True
        if kind in RECORDS:
            piece = _record(window, kind, line, prefixes, root)
            yield piece
            if piece.problem:
                return
        elif kind in ROOTS and not root:
            opening = window.take_through(b">")
            root = b"" if opening.endswith(b"/>") else kind
            prefixes = opening if root and b"xmlns:" in opening else b""
        elif root and kind == b"/" + root:
            window.take_through(b">")
            root = prefixes = b""
        elif root:
            yield Piece(_stray(window, root), line, "it stands where a record should, and is none")
        else:
            raise RecordError([Problem(f"{name}, line {line}", "it is not XML of PubMed", _WHOLE_FILE)])
    if not is_begun:
        where = f"{name}, line {window.line}"
        raise RecordError([Problem(where, "the file ends before its first record", _WHOLE_FILE)])
    if root:
        yield Piece(b"", window.line, f"the file ends before </{root.decode()}>")


def _pass_over(window: _Window, kind: bytes, where: str) -> None:
    """Go on after a declaration, a comment or a DOCTYPE. Raises RecordError if it has no end of its own."""
    end = _NO_ELEMENTS[kind]
    passed = window.take_through(end)
    if kind == b"!DOCTYPE" and b"[" in passed:
        what = "the DOCTYPE declares entities or elements of its own"
        raise RecordError([Problem(where, what, "delete what stands in its square brackets")])
    if not passed.endswith(end) or _OF_WHAT_FOLLOWS[kind] in passed[1:]:
        what = f"{_CALLED[kind]} that begins here is never closed, and what follows cannot be told from it"
        raise RecordError([Problem(where, what, f"close it with “{end.decode()}”, or get the file from PubMed again")])


def _kind(window: _Window) -> bytes:
    """Return the beginning of the markup here: a name, a slash and a name, another mark, or nothing for text."""
    window.holds(_LONGEST_NAME)
    markup = _MARKUP.match(window.data, window.start)
    return markup[1] if markup else b""


def _record(window: _Window, kind: bytes, line: int, prefixes: bytes, root: bytes) -> Piece:
    opening = window.find(b">")
    if opening > 0 and window.data[window.start + opening - 1 : window.start + opening] == b"/":
        return Piece(window.take(opening + 1), line)
    end = 0
    while True:
        end = window.find(b"</" + kind, end + 1)
        if end < 0 or not window.holds(end + len(kind) + 3):
            rest = window.take(len(window.data) - window.start)
            what = "the file ends within it"
            if len(rest) > LARGEST:
                what = f"it is longer than {LARGEST:,} bytes; what follows it is not read"
            return Piece(rest, line, what)
        after = window.data[window.start + end + len(kind) + 2 : window.start + end + len(kind) + 3]
        begun = _OPAQUE.sub(b"", window.data[window.start : window.start + end]) if _is_opaque(window, end) else b""
        if after in _AFTER_NAME and b"<!--" not in begun and b"<![CDATA[" not in begun:
            break
    xml = window.take(window.find(b">", end) + 1)
    return Piece(prefixes + xml + b"</" + root + b">" if prefixes else xml, line)


def _is_opaque(window: _Window, end: int) -> bool:
    """Tell whether there are comments or CDATA sections, in which end tags do not count."""
    place, end = window.start, window.start + end
    return window.data.find(b"!", place, end) >= 0 and window.data.find(b"<!", place, end) >= 0  # the first is fast


def _stray(window: _Window, root: bytes) -> bytes:
    """Go on to the next record or the end of the root; return the beginning of the skipped text."""
    passed = b""
    while not passed or (window.holds(1) and _kind(window) not in RECORDS and _kind(window) != b"/" + root):
        place = window.find(b"<", 1)
        piece = window.take(place if place > 0 else len(window.data) - window.start)
        passed = passed or piece[:200]
    return passed
