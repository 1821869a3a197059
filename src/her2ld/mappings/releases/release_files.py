"""A release of a vocabulary: its file, and its entries for the identifiers that we look up.

A file is read once from start to end, decompressed on the way, and hashed as it was given. The prolog of an XML file is
checked before a parser reads it. N-Triples are searched for a few triples, and the syntax of every line is checked.
"""

import contextlib
import gzip
import hashlib
import io
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, BinaryIO

from pyoxigraph import NamedNode, RdfFormat, parse

from her2ld.errors import Problem, ReleaseError
from her2ld.mappings.used_identifiers import Identifier, Kind

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from pyoxigraph import Quad


Wanted = Mapping[Identifier, tuple[str, ...]]
"""The identifiers to look up, with the names that we show for each."""
Records = dict[str, dict[str, list[str]]]
"""The values of each property of each record."""


@dataclass(frozen=True, slots=True)
class ReleaseEntry:
    """The entry of a release for one identifier.

    ``label`` is the preferred name; ``synonyms`` are the other names, each with its kind (an entry term, a previous
    symbol). A reader that would have to search for synonyms may omit them if we show the preferred name. ``retired`` is
    the reason not to use the identifier any more, empty for one in use; ``replaced_by`` are its replacements, if the
    release names any. ``forbidden`` is true for a pair that the release lists as not allowed.
    """

    label: str | None = None
    synonyms: Mapping[str, str] = field(default_factory=dict)
    kinds: frozenset[Kind] = frozenset()
    retired: str = ""
    replaced_by: tuple[str, ...] = ()
    tree_numbers: frozenset[str] = frozenset()
    forbidden: bool = False


@dataclass(frozen=True, slots=True)
class Release:
    """One file of a release.

    ``form`` is its format; ``name`` is the name in the file, or else the one that the user gives; ``covers`` are the
    sections of vocabularies (``Identifier.section``) that it contains completely, so that an identifier that is not in
    it does not exist; ``entries`` are those of the identifiers that were looked up.
    """

    file: str
    form: str
    name: str
    sha256: str
    covers: frozenset[str]
    entries: Mapping[Identifier, ReleaseEntry]

    def named(self, name: str) -> "Release":
        """Return the release with another name."""
        return replace(self, name=name)

    def __str__(self) -> str:
        """Return the name with the file."""
        return f"{self.name} ({self.file})" if self.name else self.file

    def as_json(self) -> dict[str, object]:
        """Return the release as JSON; :meth:`from_json` reads it."""
        entries = {
            "\t".join(identifier): {
                key: sorted(value) if isinstance(value, frozenset) else value for key, value in asdict(entry).items()
            }
            for identifier, entry in self.entries.items()
        }
        return {**asdict(replace(self, entries={})), "covers": sorted(self.covers), "entries": entries}

    @classmethod
    def from_json(cls, document: dict[str, Any]) -> "Release":
        """Return the release that :meth:`as_json` returned as JSON."""
        entries = {
            Identifier(*key.split("\t")): ReleaseEntry(
                entry["label"],
                entry["synonyms"],
                frozenset(map(Kind, entry["kinds"])),
                entry["retired"],
                tuple(entry["replaced_by"]),
                frozenset(entry["tree_numbers"]),
                entry["forbidden"],
            )
            for key, entry in document["entries"].items()
        }
        return cls(**{**document, "covers": frozenset(document["covers"]), "entries": entries})


BLOCK = 1 << 20
_HEAD = 1 << 16
_LONGEST_LINE = 1 << 24


class Source:
    """A file of a release; ``head`` is its first 64 KiB, decompressed, and ``sha256`` is known after reading it all."""

    def __init__(self, path: Path) -> None:
        """Read the beginning of the file. Raises ReleaseError if it cannot be read, or is empty."""
        self.path = path
        self.sha256 = ""
        with self._errors():
            with path.open("rb") as file:
                self._packed = file.read(2) == b"\x1f\x8b"
            with path.open("rb") as file, self._unpacked(file) as stream:
                self.head = stream.read(_HEAD)
        if not self.head.strip():
            raise self.problem("is empty", "download the file of the release again")

    @contextlib.contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """Open the file from its beginning; the caller reads it to its end, so that all of it is hashed."""
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
        """Return an error about this file."""
        where = f"{self.path}, line {line:,}" if line else str(self.path)
        return ReleaseError([Problem(where, what, remedy)])

    @contextlib.contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except EOFError as error:
            raise self.problem("is truncated: the gzip data have no end", "download it again") from error
        except (gzip.BadGzipFile, zlib.error) as error:
            raise self.problem(f"is damaged ({error})", "download it again") from error
        except OSError as error:
            raise self.problem(f"cannot be read ({error.strerror or error})", "give the file of a release") from error


class _Hashing(io.RawIOBase):
    """A raw file that hashes the bytes that are read."""

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
    """A stream that keeps the last 4 KiB that were read."""

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
    """Yield the lines of a text with their numbers, counted from 1, without their line ends.

    Raises ReleaseError for a line that is not UTF-8 or is longer than 16 MiB, and for a last line without a line end,
    which means that the file is truncated.
    """
    number = 0
    while line := stream.readline(_LONGEST_LINE):
        number += 1
        if not line.endswith(b"\n"):
            raise source.problem("has no line end: the file is truncated", "download it again", number)
        try:
            yield number, line.decode().rstrip("\r\n")
        except UnicodeDecodeError as error:
            raise source.problem(
                f"is not UTF-8 ({error.reason})", "give the file as it was released", number
            ) from error


def blocks(source: Source, stream: BinaryIO, size: int = BLOCK) -> Iterator[bytes]:
    """Yield a text in blocks of whole lines; the last line may lack its line end.

    Raises ReleaseError for a line of more than 16 MiB.
    """
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


_MOST_ENTITIES = 200
_LONGEST_VALUE = 500

# Atomic groups where Python before 3.11.5 gets possessive quantifiers of groups wrong (python/cpython issue 106052).
_SPACE_OR_NOTE = r"(?>(?:\s+|<!--(?:(?!--).)*-->|<\?(?:(?!\?>).)*\?>)*)"
_QUOTED = r"(?:\"[^\"]*\"|'[^']*')"
_PROLOG = re.compile(
    rf"{_SPACE_OR_NOTE}"
    rf"(?P<doctype><!DOCTYPE\s+[^\s\[>]+(?:\s+(?:SYSTEM|PUBLIC\s+{_QUOTED})\s+(?P<system>{_QUOTED}))?\s*"
    rf"(?:\[(?P<subset>(?>(?:{_QUOTED}|<!--(?:(?!--).)*-->|[^\]\"'])*))\]\s*)?>)?"
    rf"{_SPACE_OR_NOTE}"
    rf"(?P<root><(?P<name>[A-Za-z_][\w.:-]*)[^>]*>)",
    re.DOTALL,
)
_ENTITY = re.compile(rf"{_SPACE_OR_NOTE}<!ENTITY\s+[\w.:-]+\s+(?P<value>{_QUOTED})\s*>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Prolog:
    """The name of the root element, its start tag with all attributes, and the system identifier of the document."""

    root: str
    tag: str
    system: str


def read_prolog(source: Source) -> Prolog:
    """Return the prolog. Raises ReleaseError if it is not XML in UTF-8, or has declarations that no release needs."""
    text = source.head.decode("utf-8-sig", errors="replace")
    match = _PROLOG.match(text)
    if not match or "\0" in text:
        raise source.problem("is not an XML file with a root element", "give the file of a release, in UTF-8")
    _check_subset(source, match["subset"] or "")
    return Prolog(match["name"], match["root"], (match["system"] or "")[1:-1])


def _check_subset(source: Source, subset: str) -> None:
    place = count = 0
    while match := _ENTITY.match(subset, place):
        place, count = match.end(), count + 1
        value = match["value"][1:-1]
        if "&" in value or "%" in value or len(value) > _LONGEST_VALUE or count > _MOST_ENTITIES:
            what = "declares entities that refer to each other, are too long, or are too many"
            raise source.problem(what, "give the file as its owner released it")
    if re.sub(_SPACE_OR_NOTE, "", subset[place:], flags=re.DOTALL):
        what = "declares something other than plain entities in its document type"
        raise source.problem(what, "give the file as its owner released it")


_IRI = rb"<https?://[a-z0-9.-]++/[A-Za-z0-9_.~!$&'()*+,;=:@/-]*+(?:#[A-Za-z0-9_.~-]*+)?+>"
_ESCAPE = rb'\\(?:[tbnrf"\'\\]|u(?![dD][89a-fA-F])[0-9a-fA-F]{4})'
_TEXT = rb'"[^"\\\r\n]*+(?:' + _ESCAPE + rb'[^"\\\r\n]*+)*+"'
_KIND = rb"(?:@[a-z]{2,3}|\^\^<http://www\.w3\.org/2001/XMLSchema#[A-Za-z]++>)?+"
_PLAIN = re.compile(rb"(?:" + _IRI + rb" " + _IRI + rb" (?:" + _IRI + rb"|" + _TEXT + _KIND + rb") \.\n)*+")
_SUBJECT = re.compile(rb"\n<([^>]*)")


class NTriples:
    """An N-Triples file that can be searched repeatedly; its syntax is checked the first time."""

    def __init__(self, source: Source) -> None:
        """Keep the file."""
        self._source = source
        self._irregular: set[int] | None = None

    def about(self, subjects: "AbstractSet[str]") -> "Iterator[Quad]":
        """Yield the triples whose subject is one of these IRIs, in the order of the file.

        The first time, all lines are checked. Raises ReleaseError, with the line, for anything else than
        N-Triples, such as HTML, Turtle or a truncated last line.
        """
        wanted = frozenset(subject.encode() for subject in subjects)
        irregular: set[int] = set()
        before = 0
        with self._source.open() as stream:
            for number, block in enumerate(blocks(self._source, stream)):
                plain = _is_plain(block) if self._irregular is None else number not in self._irregular
                if plain:
                    yield from _in_lines(block, wanted)
                else:
                    irregular.add(number)
                    yield from self._parsed(block, subjects, before)
                before += block.count(b"\n")
        self._irregular = irregular

    def _parsed(self, block: bytes, subjects: "AbstractSet[str]", before: int) -> "Iterator[Quad]":
        try:
            for quad in parse(block, format=RdfFormat.N_TRIPLES):
                if isinstance(quad.subject, NamedNode) and quad.subject.value in subjects:
                    yield quad
        except SyntaxError as error:
            what = f"is not N-Triples ({error.msg})"
            remedy = "download it again, to its end, and give it as it was released"
            raise self._source.problem(what, remedy, before + (error.lineno or 1)) from error


def _is_plain(block: bytes) -> bool:
    try:
        block.decode()
    except UnicodeDecodeError:
        return False
    return _PLAIN.fullmatch(block) is not None


def _in_lines(block: bytes, wanted: frozenset[bytes]) -> "Iterator[Quad]":
    block = b"\n" + block
    found = wanted.intersection(_SUBJECT.findall(block))
    starts: list[int] = []
    for subject in found:
        line = b"\n<" + subject + b">"
        start = block.find(line)
        while start >= 0:
            starts.append(start + 1)
            start = block.find(line, start + 1)
    if starts:
        text = b"".join(block[start : block.index(b"\n", start) + 1] for start in sorted(starts))
        yield from parse(text, format=RdfFormat.N_TRIPLES)
