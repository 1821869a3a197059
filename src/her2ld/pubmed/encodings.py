"""The encoding of an XML file, from its byte order mark or its declaration, converted to UTF-8 while it is read."""

import codecs
import re
import string
from typing import Protocol

from her2ld.errors import Problem, RecordError

_CHUNK = 1 << 16
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
_REMEDY = "save it as UTF-8, and say so in its first line"


class Readable(Protocol):
    """A source of bytes: an open file, a decompressing stream, a connection."""

    def read(self, size: int, /) -> bytes:
        """Return up to ``size`` bytes, none at the end."""


def in_utf8(stream: Readable, name: str) -> Readable:
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
        what = f"it says that its encoding is “{encoding}”, and it is not"
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
            raise RecordError([Problem(self._name, f"it is not {self._encoding} throughout", _REMEDY)]) from error
