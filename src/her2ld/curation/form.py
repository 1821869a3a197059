"""A curator's entries in ``statements.toml``, checked for their form only.

An entry keeps its place and its values by field. Values of a wrong form are left out and reported, so that the rest can
still be checked. Items of ``each`` are merged with their entry here, so that all later steps deal with one statement at
a time. :mod:`her2ld.curation.statement_entry` interprets the entries.
"""

import datetime as dt
import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from pathlib import Path

from her2ld.errors import Problem


class Form(Enum):
    """The form of a field's value, in the words of an error message."""

    TEXT = '"…", a text in quotation marks'
    TEXTS = '["…", "…"], a list of texts'
    NUMBER = '"…", a number as the paper prints it'
    WHOLE = "a whole number"
    DATE = "a date such as 2026-11-22, without quotation marks"
    RESULTS = '[{ measure = "…", value = "…" }], a list of results'
    DOSES = '[{ agent = "…", value = "…" }], a list of doses'
    EACH = '[{ object = "…" }, { object = "…" }], a list of what differs'


_SETTING = {
    "population": Form.TEXTS, "system": Form.TEXTS, "species": Form.TEXT, "condition": Form.TEXTS,
    "comparator": Form.TEXT, "direction": Form.TEXT, "agent": Form.TEXT, "effect": Form.TEXT, "grade": Form.NUMBER,
    "dose": Form.DOSES, "time": Form.TEXT, "group": Form.TEXT, "jurisdiction": Form.TEXT, "as_of": Form.WHOLE,
}  # fmt: skip
_TOLD = {
    "extent": Form.TEXTS, "study": Form.TEXT, "method": Form.TEXT, "via": Form.TEXTS, "ordinal": Form.WHOLE,
    "as_of_from": Form.TEXT, "subject_example_of": Form.TEXT, "object_example_of": Form.TEXT, "note": Form.TEXT,
}  # fmt: skip
_WORDS_ELSEWHERE = {
    f"{name}_from": Form.TEXTS
    for name in (*_SETTING, *_TOLD)
    if name not in ("dose", "grade", "as_of", "as_of_from", "extent", "study", "ordinal", "note")
}
_RESULT = {
    "measure": Form.TEXT, "group": Form.TEXT, "value": Form.NUMBER, "unit": Form.TEXT, "ci95": Form.TEXT,
    "ci": Form.TEXT, "level": Form.NUMBER, "range": Form.TEXT, "iqr": Form.TEXT, "sd": Form.NUMBER, "se": Form.NUMBER,
    "up_to": Form.NUMBER, "n": Form.NUMBER, "of": Form.NUMBER, "counted": Form.TEXT, "p": Form.TEXT,
    "time": Form.TEXT, "at": Form.TEXTS,
}  # fmt: skip
_ENDS = {
    "subject": Form.TEXT, "subject_as": Form.TEXT, "subject_from": Form.TEXT, "relation": Form.TEXT,
    "object": Form.TEXT, "object_as": Form.TEXT, "object_from": Form.TEXT,
}  # fmt: skip
_SHARED = {
    **_ENDS, **_SETTING, **_TOLD, **_WORDS_ELSEWHERE, "quote": Form.TEXT, "also": Form.TEXTS, "cue": Form.TEXTS,
    "not_cue": Form.TEXTS, "basis": Form.TEXT, "attribution": Form.TEXT,
}  # fmt: skip
_STATEMENT = {
    **_SHARED, "polarity": Form.TEXT, "certainty": Form.TEXT, "reading": Form.TEXT,
    "measure": Form.TEXT, "unit": Form.TEXT, "counted": Form.TEXT, "p": Form.TEXT, "at": Form.TEXTS,
    "result": Form.RESULTS,
}  # fmt: skip

# The tables of a file, each with its fields; those of [study.NAME] and [group.NAME] are keyed by the curator.
_TABLES: Mapping[str, Mapping[str, Form]] = {
    "statement": {**_STATEMENT, "each": Form.EACH},
    "gap": {**_SHARED, "about": Form.TEXTS, "unknown": Form.TEXT, "each": Form.EACH},
    "no_statement": {"quote": Form.TEXT, "begins": Form.TEXT, "ends": Form.TEXT, "reason": Form.TEXT},
}
KEYED: Mapping[str, Mapping[str, Form]] = {
    "study": {
        "called": Form.TEXT, "design": Form.TEXTS, "registry": Form.TEXTS, "population": Form.TEXTS,
        "n": Form.NUMBER, "quote": Form.TEXT,
    },
    "group": {
        "called": Form.TEXT, "regimen": Form.TEXT, "n": Form.NUMBER, "within": Form.TEXT, "study": Form.TEXT,
        "population": Form.TEXTS, "condition": Form.TEXTS, "quote": Form.TEXT,
    },
}  # fmt: skip
_HEADER = {"curator": Form.TEXT, "date": Form.DATE, "orcid": Form.TEXT}
_SECTIONS = dict.fromkeys(("background", "objective", "methods", "results", "conclusions"), Form.TEXT)
_DOSE = {"agent": Form.TEXT, "value": Form.NUMBER, "range": Form.TEXT, "unit": Form.TEXT, "schedule": Form.TEXT}

# Fields of an earlier form and fields in the wrong place, each with its replacement.
_FORMER = {
    "modality": "leave it out: certainty comes from the cues, and what has none is certain",
    "interval": 'write result = [{ measure = "proportion", range = "10% to 40%" }]',
    "subject_exemplar_of": "write subject_example_of, and a statement of the class itself",
    "object_exemplar_of": "write object_example_of, and a statement of the class itself",
    "each": "write all that differs in one list",
}
_FORMER_TABLES = {"knowledge_gap": "write [[gap]]"}
_EACH_PLACE = re.compile(r"\[\[\s*(\w+)\s*\]\]|\[\s*(\w+)\s*(?:\.\s*\"?([^\]\"]+)\"?\s*)?\]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its place, and its values by field, each in the form of its field. ``key`` is that of a study.

    For an item of a list, ``of`` is the place of the list, and ``own`` are the item's own fields.
    """

    where: str
    key: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    of: str = ""
    own: frozenset[str] = frozenset()

    def __contains__(self, name: str) -> bool:
        """Tell whether the field is given."""
        return name in self.values

    def at(self, name: str) -> str:
        """Return the place of a field."""
        return f"{self.where}, {name}"

    def where_of(self, *names: str) -> str:
        """Return the place of the first of the fields: in the list if all its items share the fields, else here."""
        is_shared = self.of and self.own.isdisjoint(names)
        return f"{self.of if is_shared else self.where}, {names[0]}"

    def text(self, name: str) -> str | None:
        """Return the text of a field; a number is returned as it is written."""
        value = self.values.get(name)
        return None if value is None else str(value)

    def texts(self, name: str) -> tuple[str, ...]:
        """Return the texts of a field: those of a list, or its single text."""
        value = self.values.get(name, ())
        return (value,) if isinstance(value, str) else tuple(map(str, value)) if isinstance(value, list) else ()

    def whole(self, name: str) -> int | None:
        """Return the whole number of a field."""
        value = self.values.get(name)
        return value if isinstance(value, int) else None

    def entries(self, name: str) -> tuple["Entry", ...]:
        """Return the entries within a field: results and doses."""
        value = self.values.get(name, ())
        return tuple(each for each in value if isinstance(each, Entry)) if isinstance(value, tuple) else ()

    def date(self, name: str) -> dt.date | None:
        """Return the date of a field."""
        value = self.values.get(name)
        return value if isinstance(value, dt.date) else None


@dataclass(frozen=True, slots=True)
class Written:
    """A whole ``statements.toml``."""

    header: Entry
    sections: Entry
    studies: tuple[Entry, ...] = ()
    groups: tuple[Entry, ...] = ()
    statements: tuple[Entry, ...] = ()
    gaps: tuple[Entry, ...] = ()
    silences: tuple[Entry, ...] = ()


def read_written(path: Path) -> tuple[Written | None, list[Problem]]:
    """Return the content of a ``statements.toml``, None if it is not TOML; and every mistake of form with its line."""
    problems: list[Problem] = []
    text = _read_text(path, problems)
    try:
        content = tomllib.loads(text or "", parse_float=Decimal)
    except RecursionError:
        problems.append(Problem(str(path), "is nested too deeply", "write it as docs/curation.md says"))
    except tomllib.TOMLDecodeError as error:
        problems.append(Problem(str(path), f"is not TOML: {error}", "correct the syntax there"))
    if problems:
        return None, problems
    file = _File(path, content, _lines(text or ""), problems)
    known = ("curation", "sections", *KEYED, *_TABLES)
    for table in sorted(content.keys() - set(known)):
        remedy = _FORMER_TABLES.get(table) or f"write one of {', '.join(known)}"
        file.report(str(path), f"there is no table “{table}”", remedy)
    return Written(
        header=file.entry(content.get("curation", {}), _HEADER, f"{path}, [curation]"),
        sections=file.entry(content.get("sections", {}), _SECTIONS, f"{path}, [sections]"),
        studies=tuple(file.keyed("study")),
        groups=tuple(file.keyed("group")),
        statements=tuple(file.listed("statement")),
        gaps=tuple(file.listed("gap")),
        silences=tuple(file.listed("no_statement")),
    ), problems


@dataclass(frozen=True, slots=True)
class _File:
    """The content of a file by table, the line of each entry, and the problems, which grow while it is read."""

    path: Path
    content: Mapping[str, object]
    lines: Mapping[tuple[str, str], int]
    problems: list[Problem]

    def report(self, where: str, what: str, remedy: str) -> None:
        """Add a problem."""
        self.problems.append(Problem(where, what, remedy))

    def keyed(self, table: str) -> Iterator[Entry]:
        """Yield the entries of the tables [table.NAME], which the curator names."""
        found = self.content.get(table, {})
        if not isinstance(found, Mapping):
            self.report(str(self.path), f"“{table}” is not a table", f"begin each with [{table}.NAME]")
            return
        for key, content in found.items():
            where = f"{self.path}, {table} {key} (line {self.lines.get((table, key), '?')})"
            if not re.fullmatch(r"[A-Za-z0-9_-]+", key):
                remedy = "write letters, digits, hyphens and underscores"
                self.report(where, f"“{key}” is not a valid name of a {table}", remedy)
                continue
            yield self.entry(content, KEYED[table], where, key)

    def listed(self, table: str) -> Iterator[Entry]:
        """Yield the entries of a list of tables, and one for each item of their ``each``."""
        found = self.content.get(table, [])
        if not isinstance(found, list):
            self.report(str(self.path), f"“{table}” is not a list of tables", f"begin each with [[{table}]]")
            return
        for number, content in enumerate(found, 1):
            where = f"{self.path}, {table} {number} (line {self.lines.get((table, str(number)), '?')})"
            if _is_not_filled_in(content):
                remedy = "write what its words say, or make it a [[no_statement]] with its reason"
                self.report(where, "is not filled in", remedy)
                continue
            entry = self.entry(content, _TABLES[table], where)
            overlays = entry.entries("each")
            shared = {name: value for name, value in entry.values.items() if name != "each"}
            if not overlays:
                yield Entry(where, values=shared)
            laid = [{**shared, **overlay.values} for overlay in overlays]
            # An item belongs to a list if another item has the same relation and another end.
            ends_of: dict[object, set[tuple[object, ...]]] = {}
            for values in laid:
                ends_of.setdefault(values.get("relation"), set()).add(_ends(values))
            for place, values in enumerate(laid, 1):
                listed = {"one_of_list": True} if len(ends_of[values.get("relation")]) > 1 else {}
                own = frozenset(overlays[place - 1].values)
                yield Entry(f"{where}, each {place}", values={**values, **listed}, of=where, own=own)

    def entry(self, table: object, fields: Mapping[str, Form], where: str, key: str = "") -> Entry:
        """Return an entry with its valid fields; every other field is a problem."""
        if not isinstance(table, Mapping):
            self.report(where, "is not a table", "write field = value, one per line")
            return Entry(where, key)
        values: dict[str, object] = {}
        for name, value in table.items():
            form = fields.get(name)
            if form is None:
                nearest = difflib.get_close_matches(name, fields, n=1)
                remedy = f"did you mean “{nearest[0]}”?" if nearest else f"the fields are {', '.join(fields)}"
                self.report(where, f"there is no field “{name}”", _FORMER.get(name) or remedy)
                continue
            fitting = self._fitting(value, form, fields, f"{where}, {name}")
            if fitting is None:
                self.report(f"{where}, {name}", f"{value!r} does not fit", f"write {name} = {form.value}")
            else:
                values[name] = fitting
        return Entry(where, key, values)

    def _fitting(self, value: object, form: Form, fields: Mapping[str, Form], where: str) -> object:
        """Return a value in the form of its field; None if it does not fit."""
        is_text = isinstance(value, str) and value.strip() != ""
        if form is Form.TEXT:
            return value if is_text else None
        if form is Form.TEXTS:
            listed = [value] if is_text else value
            filled = (
                isinstance(listed, list) and listed and all(isinstance(each, str) and each.strip() for each in listed)
            )
            return listed if filled else None
        if form in (Form.NUMBER, Form.WHOLE):
            number = int if form is Form.WHOLE else int | Decimal
            is_number = isinstance(value, number) and not isinstance(value, bool)
            return value if is_number or (is_text and form is Form.NUMBER) else None
        if form is Form.DATE:
            return value if type(value) is dt.date else None
        if not (isinstance(value, list) and value and all(isinstance(each, Mapping) for each in value)):
            return None
        within = _RESULT if form is Form.RESULTS else _DOSE if form is Form.DOSES else {**fields}
        if form is Form.EACH:
            del within["each"]
        return tuple(self.entry(each, within, f"{where} {place}") for place, each in enumerate(value, 1))


def _read_text(path: Path, problems: list[Problem]) -> str | None:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        remedy = "write this file; docs/curation.md says how"
        problems.append(Problem(str(path), f"cannot be read ({error.strerror})", remedy))
    except UnicodeDecodeError as error:
        problems.append(Problem(str(path), f"is not UTF-8 (byte {error.start})", "save it as UTF-8"))
    return None


def _is_not_filled_in(content: object) -> bool:
    """Tell whether an entry is as ``her2ld paper add`` wrote it: all its fields but the quote are empty."""
    if not isinstance(content, Mapping) or "quote" not in content:
        return False
    others = [value for name, value in content.items() if name != "quote"]
    return bool(others) and all(value == "" for value in others)


def _ends(values: Mapping[str, object]) -> tuple[object, ...]:
    """Return both ends for telling items apart: a class and its example form no list, nor do two groups."""
    named = (values.get(f"{end}_example_of", values.get(end)) for end in ("subject", "object"))
    return tuple("@" if isinstance(each, str) and each.startswith("@") else each for each in named)


def _lines(text: str) -> dict[tuple[str, str], int]:
    """Return the first line of each entry by its table and its number or key; the TOML reader does not give lines."""
    counts: dict[str, int] = {}
    lines = {}
    for number, line in enumerate(text.splitlines(), 1):
        if match := _EACH_PLACE.match(line):
            if match[1]:
                counts[match[1]] = counts.get(match[1], 0) + 1
                lines[match[1], str(counts[match[1]])] = number
            elif match[3]:
                lines[match[2], match[3].strip()] = number
    return lines
