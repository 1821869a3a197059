"""Records from files, folders, patterns, URLs and standard input, in any of PubMed's forms.

The first bytes of a file determine its form, never its name.
"""

import codecs
import glob
import io
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import chain
from pathlib import Path
from typing import IO, Literal

from her2ld.errors import Problem, RecordError
from her2ld.files.streams import STANDARD_INPUT, BrokenStreamError, SourceStream, file_system, is_url, opened_source
from her2ld.pubmed import xml_pieces
from her2ld.pubmed.article import Article, Deletion, Refusal, numbered
from her2ld.pubmed.nbib import read_nbib
from her2ld.pubmed.page import looks_like_a_page, read_pages

Form = Literal["xml", "nbib", "page", "checksum"]
# A record of a file before it is read, if its form is XML; records of the other forms are divided as they are read.
Stored = xml_pieces.Piece | Article | Deletion | Refusal

_FIRST_ELEMENTS = frozenset(name.decode() for name in (*xml_pieces.ROOTS, *xml_pieces.RECORDS_OF_WORKS))
_FORMS = "PubMed's XML, its NBIB form (“PubMed”), or its text (“Abstract (text)”)"
_SAVE = f"save the records from PubMed again, as {_FORMS}"
_BEFORE_ROOT = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)[\s/>]")
_FIELD = re.compile(r"[A-Z][A-Z0-9]{1,3} {0,2}-(?: |$)")
_PMID_FIELD = re.compile(r"^PMID ?-", re.MULTILINE)
_PMID_IN_CITATION = re.compile(r"\. \d{4}\b.*PMID: \d+")
_CHECKSUM = re.compile(r"\s*(?:MD5 ?\(.+\) ?= ?)?[0-9a-f]{32}(?:  ?\S+)?\s*", re.IGNORECASE)
_SIGNATURES = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a ZIP archive",
    b"\x1f\x8b": "compressed twice",
    b"BZh": "compressed with bzip2",
    b"\xfd7zXZ": "compressed with xz",
    b"\x28\xb5\x2f\xfd": "compressed with Zstandard",
}
_BEGINNINGS = {
    "{": "JSON",
    "[{": "JSON",
    "@prefix": "Turtle",
    "TY  - ": "RIS",
    "PMID,": "PubMed's table (CSV), which has no abstracts",
}
_SHOWN = 40


class UnknownFormError(Exception):
    """A file is in none of the forms: its description, and the remedy."""

    def __init__(self, what: str) -> None:
        """Keep both."""
        super().__init__(what)
        self.what, self.remedy = what, _SAVE


def form_of(head: bytes) -> Form:
    r"""Return the form of a file from its first 64 KiB. Raises UnknownFormError if it is in none of the forms.

    ``checksum`` is the form of the files that NLM puts beside each of its files; it has no records.

    >>> form_of(b"PMID- 1\nTI  - A title\n")
    'nbib'
    >>> form_of(b"<MedlineCitationSet>")
    'xml'
    """
    if name := next((name for begin, name in _SIGNATURES.items() if head.startswith(begin)), None):
        raise UnknownFormError(f"is {name}")
    text = _decoded(head)
    begin = text.lstrip()
    if begin.startswith("<"):
        return _form_of_markup(begin)
    if _CHECKSUM.fullmatch(text):
        return "checksum"
    if _FIELD.match(begin) and _PMID_FIELD.search(text):
        return "nbib"
    if looks_like_a_page(begin):
        return "page"
    raise UnknownFormError(_what_else(begin))


def _what_else(text: str) -> str:
    """Return the description of a text that is in none of the forms."""
    if not text:
        return "is empty"
    if name := next((name for begin, name in _BEGINNINGS.items() if text.startswith(begin)), None):
        return f"is {name}"
    if _PMID_IN_CITATION.search(_flat(text)):
        return "is PubMed's text without abstracts (“Summary (text)”)"
    if re.fullmatch(r"[\d\s]+", text):
        return "is a list of PMIDs, without the records"
    return f"is not in a form of PubMed that is known here (it begins with “{_shown(text)}”)"


def _flat(paragraph: str) -> str:
    """Return a paragraph as one line, without the number of the record."""
    return re.sub(r"^\d+[.:] ", "", " ".join(paragraph.split()))


def _decoded(head: bytes) -> str:
    """Decode the text that shows the form; the reader of the form decodes, and refuses, for itself."""
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return head.decode("utf-32", errors="replace")
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head.decode("utf-16", errors="replace")
    if head.startswith((b"<\0", b"\0<")):
        return head.decode("utf-16-le" if head[0] else "utf-16-be", errors="replace")
    if b"\0" in head:
        raise UnknownFormError("is binary")
    return head.decode("utf-8-sig", errors="replace")


def _form_of_markup(text: str) -> Form:
    position = 0
    while match := _BEFORE_ROOT.match(text, position):
        position = match.end()
    root = _ROOT.match(text, position)
    if root and root[1] not in _FIRST_ELEMENTS:
        name = "HTML" if root[1].lower() == "html" else f"XML, but not PubMed's: it begins with <{root[1]}>"
        raise UnknownFormError(f"is {name}")
    return "xml"  # or broken in a way that the reader of XML reports best


def _shown(text: str) -> str:
    return " ".join(text[: _SHOWN * 2].split())[:_SHOWN]


_BUFFER = 1 << 17
_LINE = re.compile(r", line (\d+)$")
_READERS_OF_LINES: dict[Form | None, Callable[[IO[bytes]], Iterator[Article | Refusal]]] = {
    "nbib": read_nbib,
    "page": read_pages,
}


def files_of(source: str) -> list[str]:
    """Return the files of a source, in the order of their names: for a folder, all below it.

    Hidden files of a folder are left out. Raises RecordError if there is none.
    """
    if source == STANDARD_INPUT:
        return [source]
    found = _files_of_url(source) if is_url(source) else _files_of_path(source)
    if not found:
        raise RecordError([Problem(source, _what_is_missing(source), "give files, folders or patterns of records")])
    return found


def _what_is_missing(source: str) -> str:
    if glob.has_magic(source):
        return "no file matches"
    return "is a folder without a file" if Path(source).is_dir() else "is not a file or a folder"


def _files_of_path(source: str) -> list[str]:
    path = Path(source)
    if path.is_dir():
        return sorted(
            str(file) for file in path.rglob("*") if file.is_file() and not _is_hidden(file.relative_to(path))
        )
    if path.exists():
        return [source]
    return sorted(file for file in glob.glob(source, recursive=True) if Path(file).is_file())  # noqa: PTH207  # any path


def _files_of_url(source: str) -> list[str]:
    system, path = file_system(source)
    try:
        if glob.has_magic(path):
            found = [name for name in system.glob(path) if not system.isdir(name)]
        elif system.isdir(path):
            found = [name for name in system.find(path) if not _is_hidden(Path(name.removeprefix(path)))]
        else:
            found = [path] if system.exists(path) else []
    except OSError as error:
        what = f"cannot be reached ({error.strerror or error})"
        raise RecordError([Problem(source, what, "check the address and your access rights")]) from error
    return sorted(system.unstrip_protocol(name) for name in found)


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def read_records(source: Path | str) -> Iterator[Article | Deletion | Refusal]:
    """Yield the records of a source one at a time, in the order of its files: PubMed's XML, NBIB or text.

    ``source`` is a file, a folder, a pattern, a URL, or ``-`` for standard input, compressed with gzip or not. A record
    that cannot be read is a refusal in its place, as is a file in none of the forms. Raises RecordError if there is no
    such source.
    """
    for file in files_of(str(source)):
        with opened_source(file) as stream:
            yield from records_in(stream, file)[1]


def records_in(stream: SourceStream, name: str) -> tuple[Form | None, Iterator[Article | Deletion | Refusal]]:
    """Return the form of a stream, and its records one at a time, with refusals in their places.

    A file that is in none of the forms is one refusal, and its form None. If the bytes break off, a refusal after the
    earlier records says so; it stands for the rest of the file. ``name`` is that of the source in errors.
    """
    form, stored = stored_in(stream, name)
    return form, records_of(stored)


def stored_in(stream: SourceStream, name: str) -> tuple[Form | None, Iterator[Stored]]:
    """Return the form of a stream, and its records as they are stored, for :func:`records_of`.

    Refusals are as in :func:`records_in`.
    """
    try:
        form = form_of(stream.head) if stream.head else None
    except UnknownFormError as error:
        return None, iter([Refusal(1, error.what, error.remedy)])
    return form, _with_refusals(stream, form, name)


def records_of(stored: Iterable[Stored]) -> Iterator[Article | Deletion | Refusal]:
    """Yield the records of some that are stored; the positions of refusals count from the first of them."""
    return numbered(chain.from_iterable(map(_read, stored)))


def _read(stored: Stored) -> Iterable[Article | Deletion | Refusal]:
    return _reader_of_pieces()(stored) if isinstance(stored, xml_pieces.Piece) else (stored,)


@cache
def _reader_of_pieces() -> Callable[[xml_pieces.Piece], Iterator[Article | Deletion | Refusal]]:
    from her2ld.pubmed.xml import read_piece  # lxml is not needed for the other forms

    return read_piece


def _with_refusals(stream: SourceStream, form: Form | None, name: str) -> Iterator[Stored]:
    try:
        yield from _divided(stream, form, name)
    except BrokenStreamError as error:
        yield Refusal(0, error.what, error.remedy)
    except RecordError as error:
        for problem in error.problems:
            line = _LINE.search(problem.where)
            yield Refusal(0, problem.what, problem.remedy, int(line[1]) if line else None)


def _divided(stream: SourceStream, form: Form | None, name: str) -> Iterator[Stored]:
    if form == "xml":
        return xml_pieces.pieces(stream, name)
    if form in _READERS_OF_LINES:
        return _READERS_OF_LINES[form](io.BufferedReader(stream, _BUFFER))
    if form is None and not stream.read(1):  # if it is broken from the first byte, this raises the reason
        return iter([Refusal(1, "is empty", "save the records from PubMed again")])
    return iter(())
