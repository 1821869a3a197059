"""``mesh.tsv``: the MeSH identifiers behind the names that PubMed's page prints.

Four columns, separated by tabs: ``kind`` (descriptor, qualifier or publication type), ``name`` as printed,
``identifier`` (D018719), and ``checked_against``, the release in which the pair was read.
"""

import dataclasses
import re
from pathlib import Path

from her2ld.errors import Problem
from her2ld.pubmed import HeadingQualifier, MeshTerm, Record

_COLUMNS = ["kind", "name", "identifier", "checked_against"]
_IDENTIFIER = {
    "descriptor": re.compile(r"D\d{6}(\d{3})?"),
    "publication type": re.compile(r"D\d{6}(\d{3})?"),
    "qualifier": re.compile(r"Q\d{6}(\d{3})?"),
}


def identify_mesh_terms(record: Record, path: Path) -> tuple[Record, list[Problem]]:
    """Return the record with the identifiers of ``mesh.tsv``, and a problem for each name or row that has no match."""
    rows, problems = _read_rows(path)
    used: set[tuple[str, str]] = set()

    def identified(kind: str, term: MeshTerm) -> MeshTerm:
        if term.identifier:  # XML has it beside the name
            return term
        row = rows.get((kind, term.name))
        if row is None:
            if not any(kind == problem_kind and name == term.name for problem_kind, name in used):
                remedy = f"add the row: {kind}, {term.name}, its identifier, the MeSH release"
                problems.append(Problem(str(path), f"the {kind} “{term.name}” of the record has no row", remedy))
            used.add((kind, term.name))
            return term
        used.add((kind, term.name))
        return row

    whole = dataclasses.replace(
        record,
        publication_types=tuple(identified("publication type", term) for term in record.publication_types),
        headings=tuple(
            dataclasses.replace(
                heading,
                descriptor=identified("descriptor", heading.descriptor),
                qualifiers=tuple(
                    HeadingQualifier(identified("qualifier", qualifier.term), qualifier.major)
                    for qualifier in heading.qualifiers
                ),
            )
            for heading in record.headings
        ),
        substances=tuple(identified("descriptor", term) for term in record.substances),
    )
    for kind, name in sorted(rows.keys() - used):
        problems.append(Problem(str(path), f"the record has no {kind} “{name}”", "delete the row"))
    return whole, problems


def _read_rows(path: Path) -> tuple[dict[tuple[str, str], MeshTerm], list[Problem]]:
    try:
        lines = path.read_bytes().decode("utf-8-sig").splitlines()
    except FileNotFoundError:
        lines = ["\t".join(_COLUMNS)]  # a record without headings needs no rows
    except (OSError, UnicodeDecodeError) as error:
        return {}, [
            Problem(str(path), f"cannot be read ({error})", "write it as UTF-8 text; docs/curation.md says how")
        ]
    rows: dict[tuple[str, str], MeshTerm] = {}
    problems = []
    for number, line in enumerate(lines, 1):
        cells = line.split("\t")
        where = f"{path}, line {number}"
        if number == 1:
            if cells != _COLUMNS:
                problems.append(Problem(where, "the header is not as expected", f"write {' TAB '.join(_COLUMNS)}"))
        elif len(cells) != len(_COLUMNS) or cells[0] not in _IDENTIFIER:
            remedy = f"write {' TAB '.join(_COLUMNS)}, the kind being one of {', '.join(_IDENTIFIER)}"
            problems.append(Problem(where, f"{line!r} is not such a row", remedy))
        elif not _IDENTIFIER[cells[0]].fullmatch(cells[2]):
            problems.append(Problem(where, f"{cells[2]!r} is no identifier of a {cells[0]}", "copy it from MeSH"))
        elif (cells[0], cells[1]) in rows:
            problems.append(Problem(where, f"the {cells[0]} “{cells[1]}” has a row already", "delete one of the two"))
        else:
            rows[cells[0], cells[1]] = MeshTerm(cells[1], cells[2], cells[3])
    return rows, problems
