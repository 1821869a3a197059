"""The verb ``validate``: quotes, ontology and data against the shapes, with the findings in several forms."""

import re
import sys
from collections import Counter
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import click

from her2ld.cli.options import GivenFiles, ontology_option, sources_options
from her2ld.cli.printing import COULD_NOT_RUN, FINDINGS, echo, echo_json, print_problem, style
from her2ld.cli.reading import chosen_ontology, places_of_subjects, read_quads
from her2ld.texts import counted, with_noun

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pyoxigraph import Quad

    from her2ld.errors import Problem
    from her2ld.statements import Curation
    from her2ld.validation import Finding, Report
    from her2ld.validation.report import Place
    from her2ld.vocabulary.ontology import Vocabulary

_FORMS = ("text", "json", "turtle", "jsonld", "sarif")
# The number of findings above which they are also counted by shape.
_MANY = 10
_COLOURS = {"Violation": "red", "Warning": "yellow", "Info": "blue"}


@click.command()
@click.argument("sources", metavar="[SOURCE]...", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--to", "form", metavar="FORM", type=click.Choice(_FORMS), default="text",
    help="The form of the report: text, json, turtle or jsonld (a SHACL report), sarif.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="The same as --to json.")
@click.option("--strict", is_flag=True, help="Let findings of every severity fail, also warnings.")
@click.option(
    "--shapes", "shape_files", metavar="FILE", multiple=True, type=click.Path(path_type=Path),
    help="Shapes in RDF, instead of those of her2ld; can be repeated.",
)  # fmt: skip
@click.option(
    "--with-ontology", is_flag=True,
    help="With --shapes: add the ontology of her2ld to the RDF.",
)  # fmt: skip
@click.option(
    "--engine", metavar="ENGINE", type=click.Choice(("native", "pyshacl")), default="native",
    help="native (the default) or pyshacl (the reference: the same findings, but much slower).",
)  # fmt: skip
@sources_options
@ontology_option
def validate(  # noqa: PLR0913  # a verb has one parameter for each of its options
    sources: tuple[Path, ...],
    form: str,
    ontology: Path | None,
    engine: str,
    *,
    shape_files: tuple[Path, ...],
    given_files: GivenFiles,
    with_ontology: bool,
    as_json: bool,
    strict: bool,
) -> None:
    """Check quotes, ontology and data, and report what to correct.

    A SOURCE is a curation folder, a folder of them, an RDF file, or records of PubMed (XML, NBIB or text, a file or a
    folder); without one, the ontology and the papers of her2ld are checked. The quotes of a curation folder are checked
    against its record, then ontology and data against the shapes. The ontology of her2ld is added to RDF that does not
    have it, unless there are other --shapes. A note is for a curator to look at, and is no mistake.

    \b
    Examples:
      her2ld validate                                  the shipped ontology and papers
      her2ld validate my-curation/                     your curation of a paper
      her2ld validate her2.nq                          RDF from elsewhere
      her2ld validate pubmed.xml.gz                    records of PubMed
      her2ld validate --to sarif > findings.sarif      for a code host
      her2ld validate --shapes my-shapes.ttl my.ttl    your shapes, your data

    Exit status: 0 no violations; 1 violations (with --strict, findings of any severity); 2 something could not be
    checked.
    """
    from her2ld.validation import read_shapes
    from her2ld.validation import validate as validate_quads

    vocabulary = chosen_ontology(ontology)
    others, files = _divided(sources)
    as_they_are = bool(shape_files) and not (with_ontology or ontology)
    quads, curations, problems = _read(others, files, vocabulary, ontology, given_files, as_they_are=as_they_are)
    shapes = read_shapes(shape_files, given_files.reading) if shape_files else None
    report = validate_quads(quads, shapes=shapes, engine=engine)
    notes = [note for curation in curations for note in curation.notes]
    _write_report(
        "json" if as_json else form, report, problems, notes, _Places(ontology, curations, others), vocabulary
    )
    for imported in report.imports:
        echo(style("warning", fg=_COLOURS["Warning"]), f" the shapes import {imported}, not read", err=True)
    sys.exit(_status(report, problems, strict=strict))


def _write_report(  # noqa: PLR0913, PLR0917  # a form needs some of it
    form: str,
    report: "Report",
    problems: "Sequence[Problem]",
    notes: "Sequence[str]",
    places: "_Places",
    vocabulary: "Vocabulary",
) -> None:
    """Write the report in a form; problems and notes that the form cannot hold go to standard error."""
    if form == "text":
        _print(report, problems, notes, places)
    elif form == "json":
        echo_json(_as_json(report, problems, notes))
    elif form == "sarif":
        from her2ld.validation.report import sarif

        echo_json(sarif(report, problems, notes, places.of, vocabulary.version))
    else:
        from pyoxigraph import Dataset

        from her2ld.exports import export
        from her2ld.validation.report import SH

        for problem in problems or report.unchecked:
            print_problem(problem)
        for note in notes:
            _print_note(note, err=True)
        prefixes = dict(sorted({**vocabulary.prefixes, "sh": SH}.items()))
        export(Dataset(report.graph), sys.stdout.buffer, form, replace(vocabulary, prefixes=prefixes))


def _status(report: "Report", problems: "Sequence[Problem]", *, strict: bool) -> int:
    """Return the exit status. Problems of sources come first, because constraints miss the data of these sources."""
    if problems:
        return FINDINGS
    if report.unchecked:
        return COULD_NOT_RUN
    return FINDINGS if not report.conforms or (strict and report.findings) else 0


def _divided(sources: "Sequence[Path]") -> "tuple[list[Path], list[str]]":
    """Return the RDF files and curation folders among the sources, and the files of all sources with records."""
    from her2ld.pubmed.forms import files_of

    others: list[Path] = []
    files: list[str] = []
    for source in sources:
        if _holds_records(source):
            files += files_of(str(source))
        else:
            others.append(source)
    return others, files


def _holds_records(source: Path) -> bool:
    """Tell whether a source is a file of PubMed, by its content, or a folder of such files. Files of RDF are none."""
    from her2ld.assets import folders_at
    from her2ld.dataset.rdf_files import format_of_rdf
    from her2ld.errors import RecordError
    from her2ld.files.streams import opened_source
    from her2ld.pubmed.forms import UnknownFormError, form_of

    if source.is_dir():
        return not folders_at(source)
    try:
        format_of_rdf(source)
    except RecordError:
        if not source.is_file():
            return False
        try:
            with opened_source(str(source)) as stream:
                return bool(form_of(stream.head))
        except UnknownFormError:
            return False
    return False


def _read(  # noqa: PLR0913  # what is read depends on all of it
    others: "Sequence[Path]",
    files: "Sequence[str]",
    vocabulary: "Vocabulary",
    ontology: Path | None,
    given_files: GivenFiles,
    *,
    as_they_are: bool,
) -> "tuple[list[Quad], list[Curation], list[Problem]]":
    """Return the quads of all sources (without sources, those of her2ld), the curations, and the problems."""
    if others or not files:
        quads, curations, problems = read_quads(others, vocabulary, given_files, as_they_are=as_they_are)
    else:
        quads, curations, problems = [] if as_they_are else list(vocabulary.quads), [], []
    if not files:
        return quads, curations, problems
    from her2ld.exports.record_files import quads_of, without_superseded
    from her2ld.exports.record_parts import write_part
    from her2ld.exports.record_sections import RecordOptions
    from her2ld.files.folders import scratch_folder

    options = RecordOptions(vocabulary.version, ontology.absolute() if ontology else None)
    with scratch_folder(None) as folder:
        parts = without_superseded([write_part(options, file, folder, place) for place, file in enumerate(files)])
        quads += quads_of(parts)
    return quads, curations, [*problems, *(problem for part in parts for problem in part.refused)]


def _print(report: "Report", problems: "Sequence[Problem]", notes: "Sequence[str]", places: "_Places") -> None:
    for problem in problems:
        print_problem(problem)
    for finding in report.findings:
        _print_finding(finding, places)
    for problem in report.unchecked if not problems else ():
        echo(style(problem.where, bold=True), f"  (not checked)\n  {problem.what}")
        echo("  ", style("remedy:", fg="green"), f" {problem.remedy}")
    for shape in report.deactivated:
        _print_note(f"{shape} is deactivated")
    for shape in report.idle:
        _print_note(f"“{shape}” looked at nothing")
    for note in notes:
        _print_note(note)
    looked_at = sum(report.focus_counts.values())
    if len(report.findings) > _MANY:
        echo("findings by shape:")
        for (name, severity), count in Counter((each.name, each.severity) for each in report.findings).most_common():
            echo(f"{count:7,}  {_severity_word(severity)}  “{name}”")
    echo(
        f"checked {with_noun(report.triples, 'triple')} with {counted(len(report.focus_counts), 'constraint')}, "
        f"which looked at {with_noun(looked_at, 'node')}: {counted(len(report.findings), 'finding')}"
        + (" (of records alone; what is about statements had nothing to look at)" if report.of_records_alone else "")
        + (f", {counted(len(problems), 'problem')} in {_sources_of(problems)}" if problems else "")
        + (f", {counted(len(notes), 'note')}" if notes else "")
    )


def _severity_word(severity: str) -> str:
    """Return a severity of SHACL in lower case; other severities are IRIs, which stay as they are."""
    return severity if ":" in severity else severity.lower()


def _print_finding(finding: "Finding", places: "_Places") -> None:
    severity = style(_severity_word(finding.severity), fg=_COLOURS.get(finding.severity))
    echo(style(finding.label, bold=True), "  (", severity, f" of “{finding.name}”)")
    echo(f"  {finding.message}")
    if finding.value_label:
        echo(f"  value: {finding.value_label}")
    for detail in finding.details:
        echo(f"    {detail.label}: {detail.message}")
    echo("  ", style("remedy:", fg="green"), f" {finding.remedy}")
    file, line = places.of(finding)
    echo(f"  {getattr(finding.focus, 'value', finding.focus)}" + (f"  ({file}, line {line})" if line else ""))


def _sources_of(problems: "Sequence[Problem]") -> str:
    """Return the name for sources with problems. The place of a problem in a record of PubMed has “, record”."""
    return "records" if all(", record " in problem.where for problem in problems) else "curation folders"


def _print_note(note: str, *, err: bool = False) -> None:
    echo(style("note", fg=_COLOURS["Info"]), f" {note}", err=err)


def _as_json(report: "Report", problems: "Iterable[Problem]", notes: "Sequence[str]") -> dict[str, object]:
    return {
        "conforms": report.conforms and not problems,
        "triples": report.triples,
        "problems": [each._asdict() for each in problems],
        "unchecked": [each._asdict() for each in report.unchecked if not problems],
        "looked_at_nothing": list(report.idle),
        "deactivated": list(report.deactivated),
        "imports": list(report.imports),
        "notes": list(notes),
        "findings": [_finding_as_json(finding) for finding in report.findings],
        "focus_counts": report.focus_counts,
    }


def _finding_as_json(finding: "Finding") -> dict[str, object]:
    return {
        "shape": finding.shape.value,
        "name": finding.name,
        "severity": finding.severity,
        "component": finding.component,
        "focus": getattr(finding.focus, "value", str(finding.focus)),
        "label": finding.label,
        "path": finding.path.value if finding.path else None,
        "value": getattr(finding.value, "value", None),
        "message": finding.message,
        "messages": [{"text": each.value, "language": each.language} for each in finding.messages],
        "remedy": finding.remedy,
        "details": [_finding_as_json(each) for each in finding.details],
    }


class _Places:
    """The file and line in which to correct a finding; the line is 0 if it is unknown."""

    def __init__(self, ontology: Path | None, curations: "Iterable[Curation]", sources: "Iterable[Path]") -> None:
        from her2ld.assets import ONTOLOGY, ontology_files

        self._files = [*(source for source in sources if source.is_file()), *ontology_files(ontology or ONTOLOGY)]
        self._written = {iri.value: where for curation in curations for iri, where in curation.places.items()}

    @cached_property
    def _places(self) -> "dict[str, tuple[Path, int]]":
        """Return the places of all subjects. The files are read again for them, only if there is something to mend."""
        return places_of_subjects(self._files)

    def of(self, finding: "Finding") -> "Place":
        iri = getattr(finding.focus, "value", "")
        if iri in self._written:
            file, _, rest = self._written[iri].partition(", ")
            line = re.search(r"line (\d+)", rest)
            return file, int(line[1]) if line else 0
        if iri in self._places:
            path, line_number = self._places[iri]
            return str(path), line_number
        return str(self._files[0]), 0
