"""The mappings of others, read from their SSSOM tables."""

import gzip
import io
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from her2ld.errors import MappingError, Problem
from her2ld.vocabulary.spellings import owner_iri

if TYPE_CHECKING:
    from sssom_pydantic import Record
    from sssom_pydantic.io import ParseError


@dataclass(frozen=True, slots=True)
class TheirMapping:
    """A row of an SSSOM table: what is mapped to what, whether it is denied, how it was found, and where it stands.

    ``justification`` is a term of the Semantic Mapping Vocabulary as the table writes it, ``semapv:LexicalMatching``.
    """

    subject: NamedNode
    subject_label: str
    relation: NamedNode
    negated: bool
    object: NamedNode
    object_label: str
    justification: str
    where: str


_NEEDED = ("subject_id", "predicate_id", "object_id", "mapping_justification")
_REMEDY = "give an SSSOM table: a header of lines that begin with #, with mapping_set_id in it, and the columns "


def read_sssom(path: Path) -> tuple[list[TheirMapping], list[Problem]]:
    """Read the mappings of an SSSOM table, packed with gzip or not, and the problems of rows that are not understood.

    Identifiers are led to the form of their owners, whatever their spelling. Raises MappingError where the file is no
    SSSOM table, and where rows would be lost because a quotation mark is not closed.
    """
    import yaml
    from sssom_pydantic.io import read_unprocessed_iterable

    text = _text(path)
    _check_form(path, text)
    try:
        with read_unprocessed_iterable(io.StringIO(text)) as table:
            rows = [
                # The library does not count the line of the columns.
                _understood(record, f"{path}, line {number + 1}", table.converter.expand)
                for number, record in table.records
            ]
    except yaml.MarkedYAMLError as error:
        line = f", line {error.problem_mark.line + 1}" if error.problem_mark else ""
        remedy = "mend it there: it is YAML, in which an address with a # or a colon and a space needs quotation marks"
        raise MappingError([Problem(f"{path}{line}", f"its header is wrong ({error.problem})", remedy)]) from error
    except (AttributeError, TypeError, ValueError) as error:  # the library is surprised by values of another type
        raise MappingError([Problem(str(path), f"its header is wrong ({_reasons(error)})", "mend it")]) from error
    if not rows:
        raise MappingError([Problem(str(path), "has no row", "give a table with mappings in it")])
    _check_lines(path, text, len(rows))
    return [row for row in rows if isinstance(row, TheirMapping)], [row for row in rows if isinstance(row, Problem)]


def _understood(
    record: "Record | ParseError", where: str, expand: Callable[[str], str | None]
) -> TheirMapping | Problem:
    if isinstance(record, tuple):
        return Problem(where, f"is no mapping ({_reasons(record.exception)})", "mend the row")
    subject, relation, object_ = (
        _iri(written, expand) for written in (record.subject_id, record.predicate_id, record.object_id)
    )
    if not (subject and relation and object_):
        unknown = record.subject_id if not subject else record.predicate_id if not relation else record.object_id
        return Problem(where, f"{unknown!r} is no identifier", "write it as an IRI, or with a prefix of the header")
    return TheirMapping(
        subject,
        record.subject_label or "",
        relation,
        record.predicate_modifier is not None,
        object_,
        record.object_label or "",
        record.mapping_justification,
        where,
    )


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
        return (gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content).decode("utf-8-sig")
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise MappingError([Problem(str(path), f"is damaged ({error})", "download it again")]) from error
    except OSError as error:
        problem = Problem(str(path), f"cannot be read ({error.strerror})", "give the path of an SSSOM table")
        raise MappingError([problem]) from error
    except UnicodeDecodeError as error:
        raise MappingError([Problem(str(path), "is no text in UTF-8", "give an SSSOM table")]) from error


def _check_form(path: Path, text: str) -> None:
    """Refuse what has no header or lacks a column, before its rows are refused one by one."""
    header = [line for line in text.splitlines() if line.startswith("#")]
    columns = next((line for line in text.splitlines() if line.strip() and not line.startswith("#")), "").split("\t")
    missing = [name for name in _NEEDED if name not in map(str.strip, columns)]
    if missing:
        first = columns[0][:40] if len(columns) == 1 and columns[0] else ""
        what = f"is no SSSOM table: it begins with {first!r}" if first else f"has no column {', '.join(missing)}"
    elif not any(line.lstrip("# ").startswith("mapping_set_id:") for line in header):
        what = "has no mapping_set_id in its header"
    else:
        return
    raise MappingError([Problem(str(path), what, _REMEDY + ", ".join(_NEEDED))])


def _reasons(error: Exception) -> str:
    """Say which slots are wrong where the library says so, and else what it says first."""
    from pydantic import ValidationError

    if isinstance(error, ValidationError):
        return "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg'].lower()}" for each in error.errors())
    return next(iter(str(error).splitlines()), type(error).__name__)


def _iri(written: str, expand: Callable[[str], str | None]) -> NamedNode | None:
    """Return the owner's form where we know it, and else what the prefixes of the table make of it."""
    try:
        recognised = owner_iri(written)
        expanded = written if "://" in written else expand(written)
        return recognised or (NamedNode(expanded) if expanded else None)
    except ValueError:
        return None


def _check_lines(path: Path, text: str, rows: int) -> None:
    written = [
        (number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip() and not line.startswith("#")
    ]
    if rows != len(written) - 1:
        odd = next((number for number, line in written if line.count('"') % 2), None)
        where = f"{path}, line {odd}" if odd else str(path)
        what = f"{len(written) - 1} lines were read as {rows} rows"
        raise MappingError([Problem(where, what, "look for a quotation mark that is not closed")])
