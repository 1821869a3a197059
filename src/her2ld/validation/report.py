"""What a validation found: findings for people, counts, and the SHACL report as a graph."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from her2ld.iris import REPORT
from her2ld.vocabulary import standard

SH = "http://www.w3.org/ns/shacl#"
VIOLATION = "Violation"
NO_FOCUS_NODES = "NoFocusNodes"

Term = NamedNode | BlankNode | Literal | Triple


@dataclass(frozen=True, slots=True)
class Result:
    """What an engine reports: focus node, path, value, component and source shape (SHACL 3.6.2)."""

    focus: Term
    path: NamedNode | None
    value: Term | None
    component: str
    shape: NamedNode


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong.

    ``shape`` is the constraint that found it and ``component`` the kind of constraint (SHACL 3.6.2.6), ``focus`` the
    node it is about and ``label`` what that node is called, ``path`` the property and ``value`` the value to blame.
    """

    shape: NamedNode
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

    def __str__(self) -> str:
        """Say in one line where it is, what it is and what to do."""
        about = f" Value: {self.value_label}." if self.value_label else ""
        return f"{self.label}: {self.message}{about} Remedy: {self.remedy}"


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of a validation.

    ``focus_counts`` tells for the shape of every constraint how many nodes it looked at: one that looked at none has
    checked nothing. ``of_records_alone`` says that the data are records of PubMed without statements, so that what is
    about statements had nothing to look at.
    """

    findings: tuple[Finding, ...]
    focus_counts: Mapping[str, int]
    triples: int
    of_records_alone: bool = False

    @property
    def conforms(self) -> bool:
        """Whether nothing of severity Violation was found."""
        return not any(finding.severity == VIOLATION for finding in self.findings)

    @property
    def graph(self) -> tuple[Quad, ...]:
        """The report as the SHACL recommendation has it (3.6), without blank nodes."""
        return tuple(_report_quads(self))


def _report_quads(report: Report) -> Iterator[Quad]:
    node = REPORT
    results = [NamedNode(f"{node.value}#result-{number}") for number, _ in enumerate(report.findings, 1)]
    yield Quad(node, standard.TYPE, _sh("ValidationReport"))
    # SHACL says that a report with any result does not conform, a warning too; ``conforms`` is the milder word.
    yield Quad(node, _sh("conforms"), Literal(not results))
    for result in results:
        yield Quad(node, _sh("result"), result)
    for result, finding in zip(results, report.findings, strict=True):
        yield Quad(result, standard.TYPE, _sh("ValidationResult"))
        yield Quad(result, _sh("focusNode"), finding.focus)
        if finding.path is not None:
            yield Quad(result, _sh("resultPath"), finding.path)
        if finding.value is not None:
            yield Quad(result, _sh("value"), finding.value)
        yield Quad(result, _sh("sourceShape"), finding.shape)
        yield Quad(result, _sh("sourceConstraintComponent"), _sh(finding.component))
        yield Quad(result, _sh("resultSeverity"), _sh(finding.severity))
        yield Quad(result, _sh("resultMessage"), Literal(str(finding), language="en"))


def _sh(name: str) -> NamedNode:
    return NamedNode(SH + name)
