"""New terms as a curator gives them: one by options and answers, or many as the rows of a table.

The table is plain text, its cells separated by tabs, its first line the names of the columns in any order::

    kind    label    synonyms    definition    identifiers    checked_against

Within a cell ``|`` separates several values. A column whose name is that of a relation with ``_`` for each space
(``kind_of``) holds what the term stands in that relation to.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from her2ld.errors import OntologyError, Problem

COLUMNS = (
    "kind",
    "label",
    "synonyms",
    "definition",
    "kind_of",
    "identifiers",
    "checked_against",
    "no_term_in",
    "relations",
    "note",
    "source",
)
REQUIRED = ("kind", "label", "definition")
MATCHES = ("exact", "close", "broad", "narrow", "related")
KIND_OF = "kind of"
CLASS = "class"
"""What a row has for its kind where the term is a class itself; ``kind_of`` then names the class above it."""

_IDENTIFIER = re.compile(rf"(?P<match>{'|'.join(MATCHES)})\s+(?P<identifier>\S+)(?:\s+\"(?P<label>[^\"]+)\")?")
_DOI = re.compile(r"10\.\d{4,9}/[\w.;()/:+~,-]+", re.ASCII)
_UNSEEN = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class GivenIdentifier:
    """An identifier of another vocabulary as it was typed, with how well it fits (one of ``MATCHES``).

    ``label`` is its name in that vocabulary, and ``checked_against`` the release or the file in which the curator read
    it; both are empty where they were not given.
    """

    match: str
    identifier: str
    label: str
    checked_against: str


@dataclass(frozen=True, slots=True)
class TermRow:
    """One new term as it was given; ``where`` is the place that a problem names.

    ``relations`` holds pairs of a relation and what the term stands in it to, both by name.
    """

    where: str
    kind: str
    label: str
    definition: str
    synonyms: tuple[str, ...] = ()
    identifiers: tuple[GivenIdentifier, ...] = ()
    no_term_in: tuple[str, ...] = ()
    relations: tuple[tuple[str, str], ...] = ()
    note: str = ""
    source: str = ""


def read_term_table(path: Path) -> tuple[tuple[TermRow, ...], list[Problem]]:
    """Return the rows of a table in UTF-8, and a problem for each line that is none; empty lines are passed over.

    Raises OntologyError where the file cannot be read or its first line does not name the columns.
    """
    try:
        lines = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").split("\n")
    except UnicodeDecodeError as error:
        raise OntologyError([Problem(str(path), f"is not UTF-8 ({error})", "save it as UTF-8 text")]) from error
    except OSError as error:
        what, remedy = f"cannot be read ({error.strerror})", "give the path of a table of terms"
        raise OntologyError([Problem(str(path), what, remedy)]) from error
    columns = lines[0].split("\t")
    missing = [name for name in REQUIRED if name not in columns]
    twice = sorted({name for name in columns if columns.count(name) > 1 or not name.strip()})
    if missing or twice:
        wrong = [f"has no column {name}" for name in missing] + [f"has the column {name!r} twice" for name in twice]
        remedy = f"write the names of the columns there, separated by tabs: {', '.join(COLUMNS)}"
        raise OntologyError([Problem(f"{path}, line 1", "; ".join(wrong), remedy)])
    rows, problems = [], []
    for number, line in enumerate(lines[1:], 2):
        cells = line.split("\t")
        where = f"{path}, line {number}"
        if not line.strip():
            continue
        if len(cells) > len(columns):
            what = f"has {len(cells)} cells, and the table {len(columns)} columns"
            problems.append(Problem(where, what, "separate the cells by one tab each, with none within a cell"))
            continue
        cells += [""] * (len(columns) - len(cells))
        row, wrong_cells = term_row(where, dict(zip(columns, map(str.strip, cells), strict=True)))
        rows.append(row)
        problems += wrong_cells
    return tuple(rows), problems


def term_row(where: str, cells: Mapping[str, str], required: Sequence[str] = REQUIRED) -> tuple[TermRow, list[Problem]]:
    """Return the row that the cells make, by name of column, and a problem for each cell that is not as expected."""
    problems = [
        Problem(where, f"there is no {name}", f"give the {name} of the term") for name in required if not cells[name]
    ]
    problems += [
        Problem(where, f"the {name} holds a character that cannot be seen ({unseen[0]!r})", "type it anew")
        for name, value in cells.items()
        if (unseen := _UNSEEN.search(value))
    ]
    source = cells.get("source", "").removeprefix("https://doi.org/")
    if source and not _DOI.fullmatch(source):
        problems.append(Problem(where, f"the source {source!r} is no DOI", "give it as 10.1007/BF02967477"))
    identifiers, wrong_identifiers = _identifiers(
        where, _several(cells.get("identifiers", "")), cells.get("checked_against", "")
    )
    relations, wrong_relations = _relations(where, cells)
    row = TermRow(
        where,
        cells.get("kind", ""),
        _single_spaced(cells.get("label", "")),
        _single_spaced(cells.get("definition", "")),
        tuple(dict.fromkeys(map(_single_spaced, _several(cells.get("synonyms", ""))))),
        identifiers,
        _several(cells.get("no_term_in", "")),
        relations,
        _single_spaced(cells.get("note", "")),
        source,
    )
    return row, [*problems, *wrong_identifiers, *wrong_relations]


def _identifiers(
    where: str, given: tuple[str, ...], checked_against: str
) -> tuple[tuple[GivenIdentifier, ...], list[Problem]]:
    """Cut ``exact mesh:D018719 "Receptor, ErbB-2"``; one release is that of all, several are in their order."""
    releases = [each.strip() for each in checked_against.split("|")]
    if len(releases) == 1:
        releases *= len(given)
    problems = []
    if len(releases) != len(given):
        what = f"checked_against names {len(releases)} releases for {len(given)} identifiers"
        remedy = "name one for all, or one for each, in their order and separated by |"
        problems.append(Problem(where, what, remedy))
        releases = [""] * len(given)
    found = []
    for text, release in zip(given, releases, strict=True):
        if match := _IDENTIFIER.fullmatch(text):
            found.append(GivenIdentifier(match["match"], match["identifier"], match["label"] or "", release))
        else:
            what = f"“{text}” does not say how well which identifier fits"
            remedy = f'write one of {", ".join(MATCHES)}, then the identifier: exact mesh:D018719 "Receptor, ErbB-2"'
            problems.append(Problem(where, what, remedy))
    return tuple(found), problems


def _relations(where: str, cells: Mapping[str, str]) -> tuple[tuple[tuple[str, str], ...], list[Problem]]:
    """Cut ``has component: alpelisib|everolimus; …``, and take the columns that are relations."""
    pairs = [
        (name.replace("_", " "), value)
        for name in cells
        if name == KIND_OF.replace(" ", "_") or name not in COLUMNS
        for value in _several(cells[name])
    ]
    problems = []
    for part in filter(None, map(str.strip, cells.get("relations", "").split(";"))):
        name, colon, values = part.partition(": ")
        if colon and _several(values):
            pairs += [(_single_spaced(name), value) for value in _several(values)]
        else:
            remedy = "write it as “has component: alpelisib|everolimus”, with ; between two relations"
            problems.append(Problem(where, f"“{part}” is not a relation with what it leads to", remedy))
    return tuple(dict.fromkeys(pairs)), problems


def _several(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, map(str.strip, cell.split("|"))))


def _single_spaced(text: str) -> str:
    return " ".join(text.split())
