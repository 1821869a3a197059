"""The mappings of others, read from their SSSOM tables."""

import io
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


def read_sssom(path: Path) -> tuple[list[TheirMapping], list[Problem]]:
    """Read the mappings of an SSSOM table, and the problems of the rows that cannot be understood.

    Identifiers are led to the form of their owners, whatever their spelling. Raises MappingError where the file is no
    SSSOM table, and where rows would be lost because a quotation mark is not closed.
    """
    import yaml  # noqa: PLC0415
    from sssom_pydantic.io import read_unprocessed_iterable  # noqa: PLC0415

    text = _text(path)
    try:
        with read_unprocessed_iterable(io.StringIO(text)) as table:
            rows = [
                # The library does not count the line of the columns.
                _understood(record, f"{path}, line {number + 1}", table.converter.expand)
                for number, record in table.records
            ]
    except (ValueError, yaml.YAMLError) as error:
        what = f"is no SSSOM table ({_first_line(error)})"
        remedy = "give one with mapping_set_id in its header, and the columns subject_id, predicate_id and object_id"
        raise MappingError([Problem(str(path), what, remedy)]) from error
    _check_lines(path, text, len(rows))
    return [row for row in rows if isinstance(row, TheirMapping)], [row for row in rows if isinstance(row, Problem)]


def _understood(
    record: "Record | ParseError", where: str, expand: Callable[[str], str | None]
) -> TheirMapping | Problem:
    if isinstance(record, tuple):
        return Problem(where, f"is no mapping ({_first_line(record.exception)})", "mend the row")
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
        return path.read_text(encoding="utf-8")
    except OSError as error:
        problem = Problem(str(path), f"cannot be read ({error.strerror})", "give the path of an SSSOM table")
        raise MappingError([problem]) from error
    except UnicodeDecodeError as error:
        raise MappingError([Problem(str(path), "is no text in UTF-8", "give an SSSOM table")]) from error


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)


def _iri(written: str, expand: Callable[[str], str | None]) -> NamedNode | None:
    """Give the owner's form where we know it, and else what the prefixes of the table make of it."""
    try:
        recognised = owner_iri(written)
        expanded = written if "://" in written else expand(written)
        return recognised or (NamedNode(expanded) if expanded else None)
    except ValueError:
        return None


def _check_lines(path: Path, text: str, rows: int) -> None:
    written = sum(bool(line.strip()) and not line.startswith("#") for line in text.splitlines()) - 1
    if rows != written:
        what = f"{written} lines were read as {rows} rows"
        raise MappingError([Problem(str(path), what, "look for a quotation mark that is not closed")])
