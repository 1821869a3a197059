"""Validate our SSSOM set with sssom and with sssom-pydantic, and hold its forms against each other. No network.

Usage: python validate_sssom.py FOLDER, with her2.sssom.tsv, .ttl and .jsonld in it, where sssom and sssom-pydantic are
installed. The table must be valid, no row refused, and what is read from RDF must be what is read from the table.
Exit status: 0 if so; 1 if not.
"""

import sys
from pathlib import Path

import rdflib
import sssom
import sssom_pydantic
from linkml.validator.report import ValidationReport
from sssom.rdf_internal import MappingSetRDFConverter
from sssom.util import MappingSetDataFrame

IRIS = ("record_id", "subject_id", "predicate_id", "object_id", "author_id", "object_source", "mapping_justification")


def main(folder: Path) -> int:
    """Print the findings and give the exit status."""
    table = folder / "her2.sssom.tsv"
    read = sssom.parse_sssom_table(str(table))
    findings = [result.message for report in _reports(read) for result in report.results]
    rows, _, _, refused = sssom_pydantic.read(table, return_errors=True)
    findings += [f"sssom-pydantic refuses line {each.line_number}: {each.exception}" for each in refused]
    if len(rows) != len(read.df):
        findings.append(f"sssom reads {len(read.df)} mappings, sssom-pydantic {len(rows)}")
    for suffix, form in (("ttl", "turtle"), ("jsonld", "json-ld")):
        graph = rdflib.Graph().parse(folder / f"her2.sssom.{suffix}", format=form)
        again = MappingSetRDFConverter().msdf_from_rdf(graph, read.converter)
        again.propagate()
        if _rows(again) != _rows(read):
            findings.append(f"{suffix}: what is read from it is not what is read from the table")
    print("\n".join(findings) or f"SSSOM: {len(rows)} mappings, valid, the same in three forms")
    return bool(findings)


def _reports(read: MappingSetDataFrame) -> list[ValidationReport]:
    return list(sssom.validators.validate(read, fail_on_error=False).values())


def _rows(read: MappingSetDataFrame) -> set[frozenset[tuple[str, str]]]:
    """Return the rows as sets of slots and values, IRIs in full."""

    def full(slot: str, value: str) -> str:
        return read.converter.expand(value) or value if slot in IRIS else value

    return {
        frozenset((slot, full(slot, str(value))) for slot, value in row.items() if value and value == value)  # noqa: PLR0124  # an empty cell is NaN
        for row in read.df.to_dict("records")
    }


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
