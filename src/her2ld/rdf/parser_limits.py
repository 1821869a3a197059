"""Checks of RDF files before parsing: the depth of nesting, the length of terms, and the declarations of XML.

Some parsers cannot cope with files that are nested very deeply or that grow while they are read. A file beyond a limit
is refused with an error; real data are far below all limits.
"""

from __future__ import annotations

import re
from typing import IO, TYPE_CHECKING

from her2ld.errors import Problem, RecordError

if TYPE_CHECKING:
    from pathlib import Path

DEEPEST_NESTING = 200
LONGEST_TERM = 16 << 20  # the limit of pyoxigraph
_LONGEST_ENTITY = 200
_LONGEST_LINE = 64 << 20
_OPENING = b"<<("  # begins a triple term in RDF 1.2
_BOM = b"\xef\xbb\xbf"
# A text, an IRI, a comment or an escape, whose brackets are characters; or the beginning or end of a triple term.
_TRIPLES_AND_TEXTS = re.compile(
    rb"""
    \"{3} (?: [^"\\] | \\. | "(?!"") )* \"{3}
    | '{3} (?: [^'\\] | \\. | '(?!'') )* '{3}
    | " (?: [^"\\\r\n] | \\. )* "
    | ' (?: [^'\\\r\n] | \\. )* '
    | < (?!<) [^\x00-\x20<>"{}|^`]* >
    | [#] [^\r\n]*
    | \\.
    | (?P<opening> <<\(? )
    | (?P<closing> \)?>> )
    """,
    re.DOTALL | re.VERBOSE,
)
# The next token in a line of N-Triples, by context: outside of terms, or within a text, an IRI or a comment.
_NEXT = {
    b"": re.compile(rb"""<<\(|["#]|<(?!<?\Z)"""),
    b'"': re.compile(rb"""\\.|\"""", re.DOTALL),
    b"<": re.compile(rb">"),
    b"#": re.compile(rb"(?!)"),
}
_DECLARED_ENCODING = re.compile(rb"""\A<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._:-]+)["']""")
_DECLARATION = re.compile(r"\A\ufeff?<\?xml[^>]*\?>")
_PRINTABLE = "".join(map(chr, range(0x20, 0x7F)))


class CheckedLines:
    """A file of N-Triples or N-Quads for a parser, which is checked for lines that are too long or nested too deep.

    (In RDF 1.2, triple terms can be nested.)
    """

    def __init__(self, file: IO[bytes], path: Path | str) -> None:
        """Read from ``file``; ``path`` is its name in errors."""
        self._file, self._path = file, path
        self._length = self._openings = 0
        self._within = b""
        self._unchecked = bytearray()  # the rest of the current line
        self._is_first = True

    def read(self, size: int = -1) -> bytes:
        """Return up to ``size`` bytes, checked. Raises RecordError if a line is too long or nested too deep."""
        content = self._file.read(size)
        if self._is_first:
            self._is_first = False
            content = content.removeprefix(_BOM) or self._file.read(size)
        # Without triple terms, all lines but the last are treated as one, because this runs for every kilobyte.
        pieces = content.split(b"\n") if _OPENING in content else content.rsplit(b"\n", 1)
        for number, piece in enumerate(pieces):
            if number:
                self._length = self._openings = 0
                self._within = b""
                self._unchecked.clear()
            self._length += len(piece)
            if self._length > _LONGEST_LINE:
                what = f"has a line of more than {_LONGEST_LINE:,} bytes"
                raise RecordError([Problem(str(self._path), what, "shorten it")])
            if _OPENING in piece or number == len(pieces) - 1:
                self._unchecked += piece
            if _OPENING in piece:
                self._count_openings()
        return content

    def _count_openings(self) -> None:
        """Count the beginnings of triple terms; the same characters in texts, IRIs and comments do not count."""
        end = 0
        while found := _NEXT[self._within].search(self._unchecked, end):
            token, end = found[0], found.end()
            if self._within:
                self._within = self._within if token.startswith(b"\\") else b""
            elif token == _OPENING:
                self._openings += 1
                if self._openings > DEEPEST_NESTING:
                    raise nested_too_deep(self._path)
            else:
                self._within = token
        del self._unchecked[: max(end, len(self._unchecked) - 2)]  # a token may continue in the next piece


def nested_too_deep(where: Path | str) -> RecordError:
    """Return the error for a file that is nested too deep."""
    return RecordError([Problem(str(where), f"is nested more than {DEEPEST_NESTING} deep", "nest it less deeply")])


def term_too_long(where: Path | str) -> RecordError:
    """Return the error for a term that is too long for the parser."""
    what = f"has a term of more than {LONGEST_TERM:,} bytes"
    return RecordError([Problem(str(where), what, "keep such a long text in a file, and refer to it by an IRI")])


def without_mark(content: bytes) -> bytes:
    """Return the content without the byte order mark that some editors write at the beginning."""
    return content.removeprefix(_BOM)


def check_triples_in_triples(content: bytes, where: Path | str) -> None:
    """Raise RecordError for Turtle or TriG whose triple terms are nested too deep.

    Lists and blank nodes in brackets do not nest terms, and may be nested to any depth.
    """
    if content.count(_OPENING) <= DEEPEST_NESTING:
        return
    depth = 0
    for found in _TRIPLES_AND_TEXTS.finditer(content):
        if found["opening"]:
            depth += 1
            if depth > DEEPEST_NESTING:
                raise nested_too_deep(where)
        elif found["closing"]:
            depth = max(0, depth - 1)


def xml_in_utf_8(content: bytes, where: Path | str) -> bytes:
    """Return XML in UTF-8, whatever encoding it declares. Raises RecordError if the encoding is unknown or wrong."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    else:
        declared = _DECLARED_ENCODING.match(without_mark(content))
        encoding = declared[1].decode() if declared else "utf-8"
    if encoding.lower() in {"utf-8", "utf8", "us-ascii", "ascii"}:
        return without_mark(content)
    try:
        is_usual = encoding == "utf-16" or _PRINTABLE.encode(encoding) == _PRINTABLE.encode()
        text = content.decode(encoding) if is_usual else None
    except LookupError:
        text = None
    except UnicodeError as error:
        what = f"declares the encoding {encoding}, but is not in it"
        raise RecordError([Problem(str(where), what, "write it in UTF-8")]) from error
    if text is None:
        what = f"declares the encoding {encoding}, which is not known"
        raise RecordError([Problem(str(where), what, "write it in UTF-8")])
    return b'<?xml version="1.0" encoding="UTF-8"?>' + _DECLARATION.sub("", text, count=1).encode()


def check_xml(content: bytes, where: Path | str) -> None:
    """Raise RecordError for XML that is nested too deep, or that has entities other than short plain text.

    Entities that abbreviate a namespace, as ontology editors write them, are accepted.
    """
    from xml.parsers import expat  # it has limits for entities

    depth = 0

    def problem(what: str, remedy: str) -> RecordError:
        return RecordError([Problem(f"{where}, line {parser.CurrentLineNumber}", what, remedy)])

    def start(_name: str, _attributes: object) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST_NESTING:
            raise problem(f"is nested more than {DEEPEST_NESTING} deep", "nest it less deeply")

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    def entity(name: str, _is_parameter: object, value: str | None, *_external: object) -> None:
        if value is None or "&" in value or "%" in value or len(value) > _LONGEST_ENTITY:
            what = f"declares the entity {name}, which is not short plain text"
            raise problem(what, "write out its value")

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler, parser.EntityDeclHandler = start, end, entity
    try:
        parser.Parse(content, True)  # noqa: FBT003  # the last piece
    except expat.ExpatError as error:
        raise problem(f"cannot be parsed ({error})", "correct it there") from error
