"""Findings as SARIF 2.1.0, the form in which code hosts annotate a pull request."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from her2ld.errors import Problem
from her2ld.validation.report import Finding, Report
from her2ld.vocabulary import model

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

    ``place_of`` tells the file and the line, counted from 1, where a finding can be mended; 0 is an unknown line.
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
