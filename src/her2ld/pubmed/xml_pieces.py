"""A stream of PubMed XML in any encoding, divided into its records in UTF-8.

Each record is parsed by itself, so that a broken one does not spoil the others. The part before the records never
reaches an XML parser: no DTD is read, and no entity can be declared. Only one whole record is held in memory; a record
that is longer than any real one is refused. The byte order mark of the file or its declaration names the encoding.
"""

import codecs
import re
import string
from collections.abc import Iterator
from typing import NamedTuple, Protocol

from her2ld.errors import Problem, RecordError
from her2ld.files.streams import line_feeds

_LONGEST_DECLARATION = 256
_DECLARED = re.compile(rb"""^<\?xml[^>]*?encoding\s*=\s*["']([^"'>]*)["']""")
# The marks of UTF-32 come first: one of them begins like one of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WIDE_WITHOUT_MARK = (b"<\0", b"\0<", b"\0\0\0<")
_UTF8 = frozenset({"utf-8", "ascii"})
# The characters of a declaration and of tags, and those that “idna” would change: an encoding in which a declaration
# can be read encodes these characters like ASCII.
_OF_MARKUP = f"{string.ascii_letters}{string.digits} <>/=?!&;:.,_+-()[].xn--4ca.\"'#\\\n"
_REMEDY = "save it as UTF-8, and declare that in its first line"


class Readable(Protocol):
    """A source of bytes: an open file, a decompressing stream, a connection."""

    def read(self, size: int, /) -> bytes:
        """Return up to ``size`` bytes, none at the end."""


def _in_utf8(stream: Readable, name: str) -> Readable:
    """Return a stream of UTF-8, from any encoding that the file shows by its byte order mark or declares.

    ``name`` is that of the source in errors. Raises RecordError for an encoding that is unknown or cannot be that of
    the file, and so does the stream for bytes that are not valid in it.
    """
    first = b""
    while len(first) < _LONGEST_DECLARATION and (more := stream.read(_CHUNK)):
        first += more
    marked = next((encoding for mark, encoding in _MARKS if first.startswith(mark)), None)
    if not marked and first.startswith(_WIDE_WITHOUT_MARK):
        what = "it is UTF-16 or UTF-32 without a byte order mark"
        raise RecordError([Problem(name, what, _REMEDY)])
    declared = _DECLARED.match(first)
    encoding = marked or (declared[1].decode("ascii", "replace") if declared else "utf-8")
    codec = _codec(encoding, name)
    if codec.name in _UTF8:
        return _Joined(first.removeprefix(codecs.BOM_UTF8), stream)
    if not marked and not _has_markup_as_ascii(codec):
        what = f"it declares the encoding “{encoding}”, but has another one"
        raise RecordError([Problem(name, what, _REMEDY)])
    return _Recoded(_Joined(first, stream), codec, name)


def _codec(encoding: str, name: str) -> codecs.CodecInfo:
    try:
        codec = codecs.lookup(encoding)
        is_of_texts = codec._is_text_encoding  # noqa: SLF001  “rot13” and “zip” are not
    except (LookupError, ValueError):
        is_of_texts = False
    if not is_of_texts:
        raise RecordError([Problem(name, f"its encoding “{encoding[:40]}” is not known", _REMEDY)])
    return codec


def _has_markup_as_ascii(codec: codecs.CodecInfo) -> bool:
    try:
        return codec.decode(_OF_MARKUP.encode())[0] == _OF_MARKUP
    except UnicodeError:
        return False


class _Joined:
    """A stream with its already read bytes put back."""

    def __init__(self, first: bytes, stream: Readable) -> None:
        self._first = first
        self._stream = stream

    def read(self, size: int, /) -> bytes:
        first, self._first = self._first, b""
        return first or self._stream.read(size)


class _Recoded:
    """A stream in UTF-8 from a stream in another encoding."""

    def __init__(self, stream: Readable, codec: codecs.CodecInfo, name: str) -> None:
        self._stream = stream
        self._decoder = codec.incrementaldecoder()
        self._encoding = codec.name
        self._name = name

    def read(self, size: int, /) -> bytes:
        try:
            while chunk := self._stream.read(size):
                if decoded := self._decoder.decode(chunk):
                    return decoded.encode()
            return self._decoder.decode(b"", final=True).encode()
        except UnicodeError as error:
            raise RecordError([Problem(self._name, f"some of its bytes are not {self._encoding}", _REMEDY)]) from error


RECORDS_OF_WORKS = frozenset({b"PubmedArticle", b"PubmedBookArticle", b"MedlineCitation", b"BookDocument"})
RECORDS = RECORDS_OF_WORKS | {b"DeleteCitation", b"DeleteDocument"}
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
    window = _Window(_in_utf8(stream, name))
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
            yield Piece(_stray(window, root), line, "it is in the place of a record, but is not one")
        else:
            raise RecordError([Problem(f"{name}, line {line}", "it is not PubMed's XML", _WHOLE_FILE)])
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
        raise RecordError([Problem(where, what, "delete the text in its square brackets")])
    if not passed.endswith(end) or _OF_WHAT_FOLLOWS[kind] in passed[1:]:
        what = f"{_CALLED[kind]} that begins here is never closed"
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
            what = "the file ends within the record"
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
