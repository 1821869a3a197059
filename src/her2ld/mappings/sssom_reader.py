"""Mappings of others, read row by row from SSSOM tables with a header of YAML (https://w3id.org/sssom, version 1.1).

A row or a slot of the header that cannot be read is reported with its line, and everything else is read.
"""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from her2ld.errors import MappingError, Problem, RecordError
from her2ld.files.streams import BrokenStreamError, opened_source
from her2ld.vocabulary import standard
from her2ld.vocabulary.identifiers import owner_iri

if TYPE_CHECKING:
    from yaml import Node


@dataclass(frozen=True, slots=True)
class TheirMapping:
    """A row of an SSSOM table: the mapping, whether it is negated, its justification, and its place in the file.

    ``justification`` is a term of the Semantic Mapping Vocabulary as the table writes it (``semapv:LexicalMatching``),
    or empty. ``searched`` is the vocabulary of ``object``, if the table states it.
    """

    subject: NamedNode
    subject_label: str
    relation: NamedNode
    negated: bool
    object: NamedNode
    object_label: str
    justification: str
    where: str
    searched: NamedNode | None = None


class HeaderProblem(Problem):
    """A part of the header that is left out; all rows are still read."""

    __slots__ = ()


_NEEDED = ("subject_id", "predicate_id", "object_id")
_REMEDY = f"give an SSSOM table: a line with the columns {', '.join(_NEEDED)} between tabs, and rows below it"
_LONGEST_LINE = 1 << 20
_LONGEST_HEADER = 1 << 20
_BUFFER = 1 << 17
# The prefixes that SSSOM declares for every table, and those of relations that tables use without declaring them.
_BUILT_IN = {
    "oboInOwl": standard.OBO_IN_OWL,
    "owl": standard.OWL,
    "rdf": standard.RDF,
    "rdfs": standard.RDFS,
    "semapv": standard.SEMAPV,
    "skos": standard.SKOS,
    "sssom": standard.SSSOM,
}
_PREFIXES, _SOURCE = "curie_map", "object_source"
_DATES = ("mapping_date", "publication_date", "review_date")
_QUOTING = "correct the YAML; a value with a # or with a colon and a space needs quotation marks"

Line = tuple[int, bytes]
Row = TheirMapping | Problem


def read_sssom(path: Path) -> Iterator[Row]:
    """Yield each row of an SSSOM table, compressed with gzip or not: a mapping, or the problem of a row that is none.

    The header is above the table or in a YAML file beside it: ``x.sssom.yml`` or ``x.yml`` for ``x.sssom.tsv``. Only
    its prefixes and ``object_source`` are used, and its dates are checked. A slot that is wrong is left out and yielded
    as a HeaderProblem, before the rows. The table is read as a stream. Identifiers get the form of their owners,
    whatever their spelling. Raises MappingError if the file is not an SSSOM table.
    """
    try:
        with opened_source(str(path)) as stream:
            lines = _lines(io.BufferedReader(stream, _BUFFER), path)
            yield from _rows(lines, path)
    except (BrokenStreamError, RecordError) as error:
        problems = error.problems if isinstance(error, RecordError) else [Problem(str(path), error.what, error.remedy)]
        raise MappingError(problems) from error


def _rows(lines: Iterator[Line], path: Path) -> Iterator[Row]:
    above, first = _header(lines, path)
    columns = [name.strip() for name in _cells(first) or ()]
    _check_columns(columns, first, path)
    header = _Header()
    header.read(_header_beside(path))
    header.read([(f"{path}, line {number}", line) for number, line in above])
    yield from header.problems
    expand = _expander({**header.prefixes, **_BUILT_IN})
    count = 0
    for number, line in lines:
        if line.strip():
            count += 1
            yield _row(line, columns, expand, f"{path}, line {number}", header.source)
    if not count:
        raise MappingError([Problem(str(path), "has no row", "give a table with mappings in it")])


def _lines(file: io.BufferedReader, path: Path) -> Iterator[Line]:
    number = 0
    while line := file.readline(_LONGEST_LINE + 1):
        number += 1
        if len(line) > _LONGEST_LINE:
            what = f"is longer than {_LONGEST_LINE:,} bytes"
            raise MappingError([Problem(f"{path}, line {number}", what, "give an SSSOM table")])
        yield number, line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line


def _header(lines: Iterator[Line], path: Path) -> tuple[list[Line], bytes]:
    """Return the lines of YAML above the table, without ``#``, and the line of the columns."""
    above: list[Line] = []
    size = 0
    for number, line in lines:
        if line.strip() and not line.startswith(b"#"):
            return above, line
        above.append((number, line.removeprefix(b"#")))
        size += len(line)
        if size > _LONGEST_HEADER:
            raise MappingError([Problem(str(path), f"has a header of more than {_LONGEST_HEADER:,} bytes", _REMEDY)])
    return [], b""


def _check_columns(columns: list[str], line: bytes, path: Path) -> None:
    missing = [name for name in _NEEDED if name not in columns]
    if missing:
        first = line.decode("utf-8", "replace").strip()[:40] if len(columns) < 2 else ""  # noqa: PLR2004  # no tab
        what = f"is not an SSSOM table: it begins with {first!r}" if first else f"has no column {', '.join(missing)}"
        raise MappingError([Problem(str(path), what, _REMEDY)])


def _header_beside(path: Path) -> list[tuple[str, bytes]]:
    """Return the lines of the YAML file beside a table, each with its place; none if there is no such file."""
    bare = path.with_suffix("") if path.suffix == ".gz" else path
    stems = dict.fromkeys((bare.with_suffix(""), bare.with_suffix("").with_suffix("")))
    for stem in stems:
        for suffix in (".yml", ".yaml"):
            beside = stem.with_name(stem.name + suffix)
            if beside != path and beside.is_file():
                with beside.open("rb") as file:
                    content = file.read(_LONGEST_HEADER)
                return [(f"{beside}, line {number}", line) for number, line in enumerate(content.splitlines(), 1)]
    return []


class _Header:
    """The slots of a header that are used, and the problems of those that are left out."""

    def __init__(self) -> None:
        self.prefixes: dict[str, str] = {}
        self.source = ""
        self.problems: list[HeaderProblem] = []

    def read(self, lines: Sequence[tuple[str, bytes]]) -> None:
        """Read lines of YAML, each with its place: all at once, or slot by slot if that fails."""
        places = [place for place, _ in lines]
        # "# slot: value" is as common as "#slot: value".
        yaml = dedent("\n".join(self._decoded(*each) for each in lines)).split("\n")
        starts = [number for number, text in enumerate(yaml) if text and text[0] not in " -#]}"]
        try:
            self._take_slots("\n".join(yaml), places)
        except _SlotError:
            for start, end in zip(starts, [*starts[1:], len(yaml)], strict=True):
                try:
                    self._take_slots("\n".join(yaml[start:end]), places[start:end])
                except _SlotError as error:
                    self._leave_out(places[start:end], error.line, str(error), _QUOTING)

    def _take_slots(self, yaml: str, places: Sequence[str]) -> None:
        for name, value in _slots(yaml):
            self._take(name, value, places)

    def _decoded(self, place: str, line: bytes) -> str:
        try:
            return line.decode().rstrip()
        except UnicodeDecodeError:
            self._leave_out([place], 0, "the line is not in UTF-8", "save the file as UTF-8")
            return ""

    def _leave_out(self, places: Sequence[str], line: int, what: str, remedy: str) -> None:
        place = places[min(line, len(places) - 1)]  # YAML has more kinds of line breaks than a table
        self.problems.append(HeaderProblem(place, f"{what}; it is left out", remedy))

    def _take(self, name: "Node", value: "Node", places: Sequence[str]) -> None:
        """Keep a slot that is used, or check a date; ``places`` are those of the lines of YAML."""
        slot, line = name.value, name.start_mark.line
        text = value.value if value.id == "scalar" else None
        if slot in _DATES and text != "":
            try:
                date.fromisoformat(text or "")
            except ValueError as error:
                what = f"{slot}: {text} is not a date ({error})" if text else f"{slot}: it is not a date"
                self._leave_out(places, line, what, "write it as 2024-12-31")
        elif slot == _SOURCE and text is not None:
            self.source = text
        elif slot == _SOURCE:
            self._leave_out(places, line, f"{slot}: it is not a text", "write one vocabulary after it")
        elif slot == _PREFIXES and value.id == "mapping":
            self.prefixes = {}
            for prefix, namespace in value.value:
                if prefix.id == namespace.id == "scalar":
                    self.prefixes[prefix.value] = namespace.value
                else:
                    what = f"{slot}: a prefix has no namespace"
                    self._leave_out(places, prefix.start_mark.line, what, "write the prefix, a colon and the namespace")
        elif slot == _PREFIXES and text != "":
            remedy = "write each prefix with its namespace below it"
            self._leave_out(places, line, f"{slot}: it has no prefixes", remedy)


class _SlotError(Exception):
    """YAML that has no slots: the fault, and its line, from 0."""

    def __init__(self, what: str, line: int) -> None:
        super().__init__(what)
        self.line = line


def _slots(text: str) -> "list[tuple[Node, Node]]":
    """Return the slots of YAML, as names and values. Raises _SlotError."""
    import yaml  # most verbs do without it

    try:
        node = yaml.compose(text, yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = f"the header is not YAML ({getattr(error, 'problem', None) or error})"
        raise _SlotError(what, mark.line if mark else 0) from error
    except RecursionError as error:
        raise _SlotError("the header is nested too deeply", 0) from error
    if node is None:
        return []
    if node.id != "mapping":
        raise _SlotError("the header has no slot here", node.start_mark.line)
    slots: list[tuple[Node, Node]] = node.value
    return slots


def _expander(prefixes: Mapping[str, str]) -> Callable[[str], NamedNode | None]:
    def expand(written: str) -> NamedNode | None:
        """Return the owner's form of an identifier if it is known, or else the form that the table's prefixes give."""
        prefix, colon, local = written.partition(":")
        whole = prefixes[prefix] + local if colon and prefix in prefixes else written
        try:
            return owner_iri(whole) or (NamedNode(whole) if whole != written or "://" in written else None)
        except ValueError:
            return None

    return expand


def _cells(line: bytes) -> list[str] | None:
    """Return the cells of a line; None if it is not UTF-8, or if a quotation mark is not closed."""
    try:
        text = line.decode().rstrip("\r\n")
        rows = list(csv.reader([text], delimiter="\t", strict=True))
    except (UnicodeDecodeError, csv.Error):
        return None
    return rows[0] if rows else []


def _row(line: bytes, columns: list[str], expand: Callable[[str], NamedNode | None], where: str, source: str) -> Row:
    cells = _cells(line)
    if cells is None:
        return Problem(where, "is not UTF-8, or has a quotation mark that is not closed", "correct the row")
    row = {column: cell.strip() for column, cell in zip(columns, cells, strict=False)}
    empty = [name for name in _NEEDED if not row.get(name)]
    modifier = row.get("predicate_modifier", "")
    if empty or modifier not in {"", "Not"}:
        what = f"{', '.join(empty)}: empty" if empty else f"predicate_modifier: {modifier!r} is not Not"
        return Problem(where, f"is not a mapping ({what})", "correct the row")
    subject, relation, object_ = (expand(row[name]) for name in _NEEDED)
    if not (subject and relation and object_):
        unknown = row["subject_id" if not subject else "predicate_id" if not relation else "object_id"]
        return Problem(where, f"{unknown!r} is not an identifier", "write it as an IRI, or with a prefix of the header")
    searched = row.get("object_source") or source
    return TheirMapping(
        subject,
        row.get("subject_label", ""),
        relation,
        bool(modifier),
        object_,
        row.get("object_label", ""),
        row.get("mapping_justification", ""),
        where,
        expand(searched) if searched else None,
    )
