"""What a curator writes: the entries of ``statements.toml``, checked for their form only.

The program holds them as :class:`WrittenStatement` and so on until their labels are looked up and their quotes found;
what it holds then is in :mod:`her2ld.statements.model`. A field without a default has to be there. A field that is
missing or does not fit is None here and a problem besides, so that the rest of its entry can still be checked;
``written`` holds the names of the fields that the entry has, right or wrong.
"""

import dataclasses
import datetime as dt
import difflib
import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import MISSING, dataclass, fields
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from her2ld.errors import Problem
from her2ld.statements.fields import FIELDS, TABLES, QualifierField, ValueKind


@dataclass(frozen=True, slots=True)
class WrittenStatement:
    """One ``[[statement]]``: names instead of IRIs, words instead of offsets; qualifiers in the order of their rows."""

    where: str
    written: frozenset[str]
    subject: str | None
    relation: str | None
    object: str | None
    modality: str | None
    quote: str | None
    cue: str | None = None
    polarity: str | None = None
    qualifiers: Mapping[QualifierField, str | int | Decimal] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WrittenGap:
    """One ``[[knowledge_gap]]``: what the author says is not known, about which entities."""

    where: str
    written: frozenset[str]
    about: list[str] | None
    unknown: str | None
    cue: str | None
    quote: str | None


@dataclass(frozen=True, slots=True)
class WrittenSilence:
    """One ``[[no_statement]]``: words that were read and yield nothing, and why."""

    where: str
    written: frozenset[str]
    quote: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class WrittenHeader:
    """The ``[curation]`` table: who read the paper, and when."""

    where: str
    written: frozenset[str]
    curator: str | None
    date: dt.date | None
    orcid: str | None = None


@dataclass(frozen=True, slots=True)
class WrittenCuration:
    """A whole ``statements.toml``."""

    header: WrittenHeader | None
    statements: tuple[WrittenStatement, ...]
    gaps: tuple[WrittenGap, ...]
    silences: tuple[WrittenSilence, ...]


_Entry = TypeVar("_Entry", WrittenStatement, WrittenGap, WrittenSilence, WrittenHeader)
_TABLES = ("statement", "knowledge_gap", "no_statement")
_NOT_FIELDS = ("where", "written", "qualifiers")
_Form = tuple[tuple[type, ...], str]  # the types of TOML that fit, and how it is written
_FORMS: dict[object, _Form] = {
    str | None: ((str,), '"…", a text in quotation marks'),
    dt.date | None: ((dt.date,), "a date such as 2026-11-22, without quotation marks"),
    list[str] | None: ((list,), '["…", "…"], a list of texts'),
}
_NUMBER: _Form = ((int,), "a whole number")
_FORMS_OF_QUALIFIERS: dict[ValueKind, _Form] = {
    ValueKind.VALUE: _FORMS[str | None],
    ValueKind.ENTITY: _FORMS[str | None],
    ValueKind.YEAR: _NUMBER,
    ValueKind.PLACE: _NUMBER,
    ValueKind.FRACTION: ((int, Decimal), "a number such as 0.10"),
}


def read_written(path: Path) -> tuple[WrittenCuration, list[Problem]]:
    """Read a ``statements.toml``; the second value holds every mistake of form, with the line of its entry."""
    nothing = WrittenCuration(None, (), (), ())
    try:
        text = path.read_bytes().decode("utf-8-sig")
        content = tomllib.loads(text, parse_float=Decimal)
    except OSError as error:
        remedy = "write this file; docs/curation.md says how"
        return nothing, [Problem(str(path), f"cannot be read ({error.strerror})", remedy)]
    except UnicodeDecodeError as error:
        return nothing, [Problem(str(path), f"is not UTF-8 (byte {error.start})", "save it as UTF-8")]
    except RecursionError:
        return nothing, [Problem(str(path), "is nested too deep", "write it as docs/curation.md says")]
    except tomllib.TOMLDecodeError as error:
        return nothing, [Problem(str(path), f"is not TOML: {error}", "mend the syntax there")]
    problems: list[Problem] = []
    for table in sorted(content.keys() - {"curation", *_TABLES}):
        remedy = f"write one of {', '.join(('curation', *_TABLES))}"
        problems.append(Problem(str(path), f"there is no table “{table}”", remedy))
    places = _entry_lines(text)

    def entries(kind: type[_Entry], table: str) -> tuple[_Entry, ...]:
        found = content.get(table, [])
        if not isinstance(found, list):
            problems.append(Problem(str(path), f"“{table}” is not a list of tables", f"begin each with [[{table}]]"))
            return ()
        checked = []
        for number, said in enumerate(found, 1):
            line = places.get((table, number), "?")
            checked.append(_checked(kind, said, f"{path}, {table} {number} (line {line})", problems))
        return tuple(entry for entry in checked if entry)

    return WrittenCuration(
        header=_checked(WrittenHeader, content.get("curation", {}), f"{path}, [curation]", problems),
        statements=entries(WrittenStatement, "statement"),
        gaps=entries(WrittenGap, "knowledge_gap"),
        silences=entries(WrittenSilence, "no_statement"),
    ), problems


def _checked(kind: type[_Entry], said: object, where: str, problems: list[Problem]) -> _Entry | None:
    """Make an entry of one table; each field with a mistake is None and adds to ``problems``."""
    if not isinstance(said, Mapping):
        problems.append(Problem(where, "is not a table", "write field = value, a line each"))
        return None
    own = [field for field in fields(kind) if field.name not in _NOT_FIELDS]
    forms = {field.name: _FORMS[field.type] for field in own}
    needed = {field.name for field in own if field.default is MISSING}
    if kind is not WrittenStatement:
        values = _values(said, forms, needed, where, problems)
        return kind(where=where, written=frozenset(said), **values)  # type: ignore[arg-type]  # each was checked
    outside = {field.table or field.name: _form_of(field) for field in FIELDS}
    values = _values(said, {**forms, **outside}, needed, where, problems)
    tables = {}
    for table in TABLES:
        if isinstance(inside := values[table], Mapping):
            rows = {field.name: _FORMS_OF_QUALIFIERS[field.kind] for field in FIELDS if field.table == table}
            tables[table] = _values(inside, rows, rows.keys(), f"{where}, {table}", problems)
    qualifiers = {
        field: value
        for field in FIELDS
        if (value := (tables.get(field.table, {}) if field.table else values).get(field.name)) is not None
    }
    own_values = {name: values[name] for name in forms}
    return kind(where=where, written=frozenset(said), **own_values, qualifiers=qualifiers)  # type: ignore[arg-type]


def _form_of(field: QualifierField) -> _Form:
    return ((dict,), TABLES[field.table]) if field.table else _FORMS_OF_QUALIFIERS[field.kind]


def _values(
    said: Mapping[str, object], forms: Mapping[str, _Form], needed: Collection[str], where: str, problems: list[Problem]
) -> dict[str, object]:
    """Return the value of every field; None for one that is not there, or has a mistake and adds to ``problems``."""
    for name in sorted(said.keys() - forms.keys()):
        nearest = difflib.get_close_matches(name, forms, n=1)
        remedy = f"did you mean “{nearest[0]}”?" if nearest else f"the fields are {', '.join(forms)}"
        problems.append(Problem(where, f"there is no field “{name}”", remedy))
    values: dict[str, object] = dict.fromkeys(forms)
    for name, (types, wanted) in forms.items():
        value = said.get(name)
        if value is None:
            if name in needed:
                problems.append(Problem(where, f"“{name}” is missing", f"write {name} = {wanted}"))
        elif type(value) not in types or not _is_filled(value):
            problems.append(Problem(f"{where}, {name}", f"{value!r} does not fit", f"write {name} = {wanted}"))
        else:
            values[name] = Decimal(value) if Decimal in types and isinstance(value, int | Decimal) else value
    return values


def _is_filled(value: object) -> bool:
    if isinstance(value, list):
        return bool(value) and all(isinstance(item, str) and item for item in value)
    return value != ""


def _entry_lines(text: str) -> dict[tuple[str, int], int]:
    """Tell on which line the n-th entry of each table begins; the TOML reader does not say."""
    counts: dict[str, int] = {}
    lines = {}
    for number, line in enumerate(text.splitlines(), 1):
        if match := re.match(r"\[\[\s*(\w+)\s*\]\]", line):
            counts[match[1]] = counts.get(match[1], 0) + 1
            lines[match[1], counts[match[1]]] = number
    return lines
