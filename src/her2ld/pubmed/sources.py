"""Sources of PubMed records: files, folders, patterns, URLs and standard input, read record by record."""

import glob
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from her2ld.errors import Problem, RecordError
from her2ld.files.streams import STANDARD_INPUT, BrokenStreamError, SourceStream, file_system, is_url
from her2ld.pubmed.article import Article, Deletion, Refusal
from her2ld.pubmed.forms import Form, UnknownFormError, form_of
from her2ld.pubmed.nbib import read_nbib
from her2ld.pubmed.page import read_pages

_BUFFER = 1 << 17
_LINE = re.compile(r", line (\d+)$")
_READERS_OF_LINES: dict[Form | None, Callable[[IO[bytes]], Iterator[Article | Refusal]]] = {
    "nbib": read_nbib,
    "page": read_pages,
}


def files_of(source: str) -> list[str]:
    """Return the files that a source stands for, in the order of their names: of a folder, all below it.

    Hidden files of a folder are left out. Raises RecordError where there is none.
    """
    if source == STANDARD_INPUT:
        return [source]
    found = _files_of_url(source) if is_url(source) else _files_of_path(source)
    if not found:
        raise RecordError([Problem(source, _what_is_missing(source), "give files, folders or patterns of records")])
    return found


def _what_is_missing(source: str) -> str:
    if glob.has_magic(source):
        return "no file has such a name"
    return "is a folder without a file" if Path(source).is_dir() else "is no file or folder"


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
        raise RecordError([Problem(source, what, "check the address, and your rights there")]) from error
    return sorted(system.unstrip_protocol(name) for name in found)


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def read_records(stream: SourceStream, name: str) -> tuple[Form | None, Iterator[Article | Deletion | Refusal]]:
    """Tell the form of a stream, and give its records one at a time, with those that are refused in their places.

    A file that is in none of the forms is one refusal, and its form None. Where the bytes break off, the refusal says
    so after the records before; it stands for all that was to follow. ``name`` is that of the source in errors.
    """
    try:
        form = form_of(stream.head) if stream.head else None
    except UnknownFormError as error:
        return None, iter([Refusal(1, error.what, error.remedy)])
    return form, _read(stream, form, name)


def _read(stream: SourceStream, form: Form | None, name: str) -> Iterator[Article | Deletion | Refusal]:
    position = 0
    try:
        for each in _reader(stream, form, name):
            position += not isinstance(each, Deletion)
            yield each
    except BrokenStreamError as error:
        yield Refusal(position + 1, error.what, error.remedy)
    except RecordError as error:
        for problem in error.problems:
            line = _LINE.search(problem.where)
            yield Refusal(position + 1, problem.what, problem.remedy, int(line[1]) if line else None)


def _reader(stream: SourceStream, form: Form | None, name: str) -> Iterator[Article | Deletion | Refusal]:
    if form == "xml":
        from her2ld.pubmed.xml import read_articles  # lxml is not needed for the other forms

        return read_articles(stream, name)
    if form in _READERS_OF_LINES:
        return _READERS_OF_LINES[form](io.BufferedReader(stream, _BUFFER))
    if form is None and not stream.read(1):  # where it is broken from the first byte on, this tells how
        return iter([Refusal(1, "is empty", "save the records from PubMed again")])
    return iter(())
