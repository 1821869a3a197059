"""Validation with SHACL that can be believed: what was checked is counted, and what checked nothing is a finding."""

from collections.abc import Iterable, Mapping

from pyoxigraph import Dataset, Literal, Quad

from her2ld import assets
from her2ld.errors import Problem, ValidationError
from her2ld.graph import without_named_graphs
from her2ld.validate.engines import ENGINES, Result, default_engine, run_engine
from her2ld.validate.report import Finding, Report
from her2ld.validate.shapes import Constraint, Shapes, focus_counts, read_shapes
from her2ld.vocabulary import model, standard

__all__ = ["ENGINES", "Constraint", "Finding", "Report", "Shapes", "read_shapes", "validate"]

_NO_FOCUS_NODES = "NoFocusNodes"
_LONGEST_VALUE = 120


def validate(quads: Iterable[Quad], *, shapes: Shapes | None = None, engine: str | None = None) -> Report:
    """Validate quads, or a ``pyoxigraph.Dataset``, against shapes: by default those that travel with the package.

    All graphs but ``hedged`` are validated as one, and none is changed. A constraint that found no node to look at is a
    finding of its own, unless it says ``shape:mayBeEmpty``. Raises ValidationError where there is no data, and where
    the engine is unknown or not installed.

    >>> from her2ld import build, curation_folders, read_curation, read_ontology
    >>> vocabulary = read_ontology()
    >>> report = validate(build(vocabulary, [read_curation(curation_folders()[0], vocabulary)]))
    >>> report.conforms, len(report.focus_counts) > 100
    (True, True)
    """
    shapes = shapes or read_shapes(assets.SHAPE_FILES)
    if isinstance(quads, Dataset):
        quads = sorted(quads, key=model.graph_rank)
    triples = [quad.triple for quad in without_named_graphs(quads)]
    if not triples:
        raise ValidationError([Problem("data", "there is nothing to validate", "give data")])
    counts = focus_counts(shapes, triples)
    labels: dict[object, str] = {
        triple.subject: triple.object.value
        for triple in triples
        if triple.predicate == standard.LABEL and isinstance(triple.object, Literal)
    }
    results = run_engine(engine or default_engine(), triples, shapes.triples)
    findings = [_finding(result, shapes.constraints[result.shape], labels) for result in results]
    findings += [
        _empty(constraint)
        for shape, constraint in shapes.constraints.items()
        if not counts[shape] and not (constraint.may_be_empty and _targets_are_known(constraint, labels))
    ]
    findings.sort(key=lambda finding: (finding.severity, finding.shape.value, str(finding.focus), str(finding.value)))
    return Report(tuple(findings), {shape.value: count for shape, count in counts.items()}, len(triples))


def _targets_are_known(constraint: Constraint, labels: Mapping[object, str]) -> bool:
    """Tell whether the data defines each of our terms that the constraint looks for: a typing error is none of them."""
    ours = [target for _, target in constraint.targets if target.value.startswith(model.HER2LD)]
    return all(target in labels for target in ours)


def _finding(result: Result, constraint: Constraint, labels: Mapping[object, str]) -> Finding:
    value_label = ""
    if result.value is not None and result.value != result.focus:
        value_label = labels.get(result.value) or str(getattr(result.value, "value", result.value))
    if len(value_label) > _LONGEST_VALUE:
        value_label = value_label[: _LONGEST_VALUE - 1] + "…"
    return Finding(
        shape=constraint.shape,
        name=constraint.name,
        severity=constraint.severity,
        component=result.component,
        focus=result.focus,
        label=labels.get(result.focus) or str(getattr(result.focus, "value", result.focus)),
        path=result.path,
        value=result.value,
        value_label=value_label,
        message=constraint.message,
        remedy=constraint.remedy,
    )


def _empty(constraint: Constraint) -> Finding:
    targets = ", ".join(f"{kind} {value.value}" for kind, value in constraint.targets)
    return Finding(
        shape=constraint.shape,
        name=constraint.name,
        severity="Violation",
        component=_NO_FOCUS_NODES,
        focus=constraint.shape,
        label=f"the shape “{constraint.name}”",
        path=None,
        value=None,
        value_label="",
        message=f"It checked nothing: the data has no {targets}.",
        remedy="Give the data that it is for, mend its target, or let it say shape:mayBeEmpty.",
    )
