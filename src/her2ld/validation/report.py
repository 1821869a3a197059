"""What a validation found: results as SHACL has them, findings for people, counts, and the SHACL report as a graph."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from her2ld.errors import Problem
from her2ld.iris import REPORT
from her2ld.vocabulary import standard

SH = "http://www.w3.org/ns/shacl#"
VIOLATION = "Violation"

Term = NamedNode | BlankNode | Literal | Triple


@dataclass(frozen=True, slots=True)
class Path:
    """A path as a shape has it: the property, or a node, and the triples that say which path the node is."""

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
        """Say in one line where it is, what it is and what to do."""
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
        """Whether nothing of severity Violation was found, and all was checked that had to be."""
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
    # SHACL says that a report with any result does not conform, a warning too; ``conforms`` is the milder word.
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
    """Return the IRI of a local name of SHACL; what is an IRI, a severity of one's own, stays what it is."""
    return NamedNode(name if ":" in name else SH + name)
