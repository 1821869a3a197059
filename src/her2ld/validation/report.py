"""The outcome of a validation: results in the terms of SHACL, findings for people, SHACL's report, and SARIF 2.1.0."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from her2ld.errors import Problem
from her2ld.iris import REPORT
from her2ld.vocabulary import model, standard

SH = "http://www.w3.org/ns/shacl#"
VIOLATION = "Violation"

Term = NamedNode | BlankNode | Literal | Triple


@dataclass(frozen=True, slots=True)
class Path:
    """The path of a shape: a property, or a node with the triples that describe the path."""

    root: NamedNode | BlankNode
    triples: tuple[Triple, ...] = ()


@dataclass(frozen=True, slots=True)
class ShapeResult:
    """What an engine reports (SHACL 3.6.2): focus node, path, value, component, source shape and source constraint.

    ``path`` is a path only where a query names one; any other is that of the shape. ``component`` is a local name of
    SHACL, or the IRI of a component that the shapes declare. ``messages`` are those of the author, ``details`` the
    results of the shapes that a value ought to have.
    """

    focus: Term
    path: NamedNode | None
    value: Term | None
    component: str
    shape: NamedNode
    constraint: NamedNode | None = None
    messages: tuple[Literal, ...] = ()
    details: "tuple[ShapeResult, ...]" = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong.

    ``shape`` is the shape that found it and ``component`` the kind of constraint (SHACL 3.6.2.6), ``focus`` the
    node it is about and ``label`` what that node is called, ``path`` the property and ``value`` the value to blame;
    ``message`` and ``remedy`` are for people. The rest is what the report of SHACL says besides: ``way`` the whole
    path, ``constraint`` the SPARQL constraint, ``messages`` the author's, ``details`` what nested shapes found.
    ``whole`` is the shape with a target that ``shape`` is a part of.
    """

    shape: NamedNode | BlankNode
    name: str
    severity: str
    component: str
    focus: Term
    label: str
    path: NamedNode | None
    value: Term | None
    value_label: str
    message: str
    remedy: str
    way: Path | None = None
    constraint: NamedNode | BlankNode | None = None
    messages: tuple[Literal, ...] = ()
    details: "tuple[Finding, ...]" = ()
    whole: NamedNode | BlankNode | None = None

    def __str__(self) -> str:
        """Return one line that says where it is, what it is and what to do."""
        about = f" Value: {self.value_label}." if self.value_label else ""
        return f"{self.label}: {self.message}{about} Remedy: {self.remedy}"


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of a validation.

    ``findings`` are the results of shapes, and nothing else. ``focus_counts`` tells for the shape of every constraint
    how many nodes it looked at. ``unchecked`` says what had to be checked and was not: a constraint that found nothing
    to look at, a target that cannot be understood. ``idle`` are constraints of others that looked at nothing beside
    those that did, ``deactivated`` those that their author switched off, ``imports`` what shapes import and was not
    read. ``of_records_alone`` says that the data are records of PubMed without statements, so that what is about
    statements had nothing to look at.
    """

    findings: tuple[Finding, ...]
    focus_counts: Mapping[str, int]
    triples: int
    of_records_alone: bool = False
    unchecked: tuple[Problem, ...] = ()
    idle: tuple[str, ...] = ()
    deactivated: tuple[str, ...] = ()
    imports: tuple[str, ...] = ()

    @property
    def conforms(self) -> bool:
        """Whether no violation was found, and all was checked that had to be."""
        return not self.unchecked and not any(finding.severity == VIOLATION for finding in self.findings)

    @property
    def graph(self) -> tuple[Quad, ...]:
        """The report as the SHACL recommendation has it (3.6): what the shapes say, and nothing of ours.

        Results are named; blank nodes are those of data and shapes, and of paths.
        """
        return tuple(_report_quads(self))


def _report_quads(report: Report) -> Iterator[Quad]:
    node = REPORT
    yield Quad(node, standard.TYPE, _sh("ValidationReport"))
    # In SHACL, a report with any result does not conform, not even with a warning; ``conforms`` is milder.
    yield Quad(node, _sh("conforms"), Literal(not report.findings))
    yield from _result_quads(node, "result", report.findings, f"{node.value}#result")


def _result_quads(owner: NamedNode, link: str, findings: tuple[Finding, ...], name: str) -> Iterator[Quad]:
    results = [NamedNode(f"{name}-{number}") for number, _ in enumerate(findings, 1)]
    for result in results:
        yield Quad(owner, _sh(link), result)
    for result, finding in zip(results, findings, strict=True):
        yield Quad(result, standard.TYPE, _sh("ValidationResult"))
        yield Quad(result, _sh("focusNode"), finding.focus)
        if finding.way is not None:
            # Each result has a copy of its own, named after it.
            nodes = dict.fromkeys(each.subject for each in finding.way.triples)
            label = result.value.rpartition("#")[2]
            mine = {each: BlankNode(f"her2ld-{label}-path-{number}") for number, each in enumerate(nodes)}
            yield Quad(result, _sh("resultPath"), mine.get(finding.way.root, finding.way.root))
            for subject, predicate, value in finding.way.triples:
                yield Quad(mine.get(subject, subject), predicate, mine.get(value, value))
        if finding.value is not None:
            yield Quad(result, _sh("value"), finding.value)
        yield Quad(result, _sh("sourceShape"), finding.shape)
        if finding.constraint is not None:
            yield Quad(result, _sh("sourceConstraint"), finding.constraint)
        yield Quad(result, _sh("sourceConstraintComponent"), _sh(finding.component))
        yield Quad(result, _sh("resultSeverity"), _sh(finding.severity))
        for message in finding.messages:
            yield Quad(result, _sh("resultMessage"), message)
        yield from _result_quads(result, "detail", finding.details, f"{result.value}-detail")


def _sh(name: str) -> NamedNode:
    """Return the IRI of a local name of SHACL; an IRI, such as a severity of others, stays as it is."""
    return NamedNode(name if ":" in name else SH + name)


_LEVELS = {"Violation": "error", "Warning": "warning", "Info": "note"}
_PLACE = re.compile(r"(?P<file>[^,]+)(?:.*?\bline (?P<line>\d+))?")
_CURATION_RULE = "curation"
_NOTE_RULE = "curation-note"

Place = tuple[str, int]


def sarif(
    report: Report,
    problems: Sequence[Problem],
    notes: Iterable[str],
    place_of: Callable[[Finding], Place],
    version: str,
) -> dict[str, object]:
    """Return a SARIF log with a result for each finding, and for each problem and each note of a curation folder.

    What could not be checked is a notification of the run, and so is what a shape imports.

    ``place_of`` tells the file and the line, counted from 1, where a finding can be corrected; 0 is an unknown line.
    """
    findings = report.findings
    results = [
        _result(_CURATION_RULE, "error", f"{problem.what}. Remedy: {problem.remedy}.", _place(problem.where))
        for problem in problems
    ]
    told = [_result(_NOTE_RULE, "note", note, _place(note)) for note in notes]
    results += told
    results += [
        _result(_rule(finding), _LEVELS.get(finding.severity, "warning"), str(finding), place_of(finding))
        for finding in findings
    ]
    names = {_CURATION_RULE: "a curation folder is without mistakes"}
    names |= {_NOTE_RULE: "a curator looks at what is no mistake"} if told else {}
    names |= {_rule(finding): finding.name for finding in findings}
    rules = [{"id": rule, "shortDescription": {"text": name}} for rule, name in sorted(names.items())]
    driver = {"name": "her2ld", "version": version, "informationUri": model.HER2LD, "rules": rules}
    untold = [("error", str(each)) for each in report.unchecked if not problems]
    untold += [("warning", f"The shapes import {each}, which was not read.") for each in report.imports]
    untold += [("note", f"{each} is deactivated.") for each in report.deactivated]
    run = {"tool": {"driver": driver}, "results": results}
    if untold:
        told_of = [{"level": level, "message": {"text": what}} for level, what in untold]
        succeeded = all(level != "error" for level, _ in untold)
        run["invocations"] = [{"executionSuccessful": succeeded, "toolExecutionNotifications": told_of}]
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    }


def _rule(finding: Finding) -> str:
    return (finding.whole or finding.shape).value


def _place(where: str) -> Place:
    match = _PLACE.match(where)
    return (match["file"], int(match["line"] or 1)) if match else (where, 1)


def _result(rule: str, level: str, text: str, place: Place) -> Mapping[str, object]:
    file, line = place
    location = {"artifactLocation": {"uri": file}, "region": {"startLine": max(line, 1)}}
    return {
        "ruleId": rule,
        "level": level,
        "message": {"text": text},
        "locations": [{"physicalLocation": location}],
    }
