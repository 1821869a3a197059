"""Validation with SHACL that can be believed: what was checked is counted, and what checked nothing is a finding."""

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from pyoxigraph import Dataset, DefaultGraph, Literal, NamedNode, Quad, Store, Triple

from her2ld import assets
from her2ld.errors import Problem, ValidationError
from her2ld.limits import Limits
from her2ld.validation.bounded import run_bounded
from her2ld.validation.engines import ENGINES, run_engine
from her2ld.validation.merged import PLAIN_TRIPLE, described, merged
from her2ld.validation.queries import focus_counts
from her2ld.validation.report import NO_FOCUS_NODES, Finding, Report, Result, Term
from her2ld.validation.shapes import Constraint, Shapes, read_shapes
from her2ld.vocabulary import model, standard, statement_model

__all__ = ["ENGINES", "Constraint", "Finding", "Report", "Shapes", "read_shapes", "validate"]

_LONGEST_VALUE = 120
_OF_RECORDS = (standard.ARTICLE, model.DELETED_RECORD)
_OF_READING = (
    statement_model.STATEMENT,
    statement_model.CLAIM,
    statement_model.KNOWLEDGE_GAP,
    statement_model.CURATION,
    model.SENTENCE,
)
_TERM = re.compile(re.escape(model.HER2LD) + r"\w+")


def validate(
    quads: Iterable[Quad], *, shapes: Shapes | None = None, engine: str = "native", limits: Limits | None = None
) -> Report:
    """Validate quads, or a ``pyoxigraph.Dataset``, against shapes: by default those that travel with the package.

    Other shapes, or whatever is given ``limits``, are run in a process of their own.

    All graphs but ``hedged`` and ``excerpts`` are validated as one, and none is changed; what an excerpt says is its
    owner's. Shapes find an ``rdf:Statement`` for each triple of ``graph:asserted``. A constraint that found no node to
    look at is a finding of its own, unless it says ``shape:mayBeEmpty``, or the shapes are ours and the data are
    records of PubMed alone, which have no statements.

    Raises ValidationError where there is no data, and where the engine is unknown, gives up or meets its limits.

    >>> from her2ld import build, curation_folders, read_curation, read_ontology
    >>> vocabulary = read_ontology()
    >>> report = validate(build(vocabulary, [read_curation(curation_folders()[0], vocabulary)]))
    >>> report.conforms, len(report.focus_counts) > 100
    (True, True)
    """
    if shapes is not None and limits is None:
        limits = Limits()
    are_ours = shapes is None
    shapes = shapes or _shipped_shapes()
    if isinstance(quads, Dataset):
        quads = sorted(quads, key=model.graph_rank)
    store, asserted = merged(quads)
    if not store:
        raise ValidationError([Problem("data", "there is nothing to validate", "give data")])
    size = len(store)
    if any(target == PLAIN_TRIPLE for each in shapes.constraints.values() for _, target in each.targets):
        store.extend(described(asserted))
    counts = focus_counts(shapes, store)
    labels: dict[object, str] = {}
    for quad in store.quads_for_pattern(None, standard.LABEL, None, DefaultGraph()):
        if isinstance(quad.object, Literal):  # a store has no order: of two labels, always the same one is shown
            labels[quad.subject] = min(quad.object.value, labels.get(quad.subject, quad.object.value))
    for node, triple in asserted.items():
        labels[node] = _label(triple, labels)
    results = run_bounded(engine, store, shapes, limits) if limits else run_engine(engine, store, shapes)
    findings = [_finding(result, shapes.reporting(result.shape), labels) for result in results]
    of_records_alone = are_ours and _are_records_alone(store)
    empty: dict[tuple[tuple[str, NamedNode], ...], list[Constraint]] = {}
    for shape, constraint in shapes.constraints.items():
        may_be_empty = constraint.may_be_empty or of_records_alone
        if not counts[shape] and not (may_be_empty and _targets_are_known(constraint, labels)):
            empty.setdefault(constraint.targets, []).append(constraint)
    findings += [_empty(constraints, labels) for constraints in empty.values()]
    findings.sort(key=lambda finding: (finding.severity, finding.shape.value, str(finding.focus), str(finding.value)))
    focus = {shape.value: count for shape, count in counts.items()}
    return Report(tuple(findings), focus, size, of_records_alone=of_records_alone)


@cache  # a file that travels with the package does not change under a process
def _shipped_shapes() -> Shapes:
    return read_shapes(assets.SHAPE_FILES)


def _are_records_alone(store: Store) -> bool:
    """Tell whether data hold records of PubMed, and nothing that was read in them."""

    def holds(kinds: Iterable[NamedNode]) -> bool:
        found = (store.quads_for_pattern(None, standard.TYPE, kind, DefaultGraph()) for kind in kinds)
        return any(next(quads, None) for quads in found)

    return holds(_OF_RECORDS) and not holds(_OF_READING)


def _label(triple: Triple, labels: Mapping[object, str]) -> str:
    """Say an asserted triple in words."""
    parts = (triple.subject, triple.predicate, triple.object)
    return " ".join(labels.get(each) or str(getattr(each, "value", each)) for each in parts)


def _targets_are_known(constraint: Constraint, labels: Mapping[object, str]) -> bool:
    """Tell whether the data defines each of our terms that the constraint looks for: a typing error is none of them."""
    ours = [target for _, target in constraint.targets if target.value.startswith(model.HER2LD)]
    return all(target in labels for target in ours)


def _finding(result: Result, constraint: Constraint, labels: Mapping[object, str]) -> Finding:
    value_label = ""
    if result.value is not None and result.value != result.focus:
        text = str(getattr(result.value, "value", result.value))
        value_label = f"{labels[result.value]} ({text})" if result.value in labels else text
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
        message=constraint.message or _unsaid(result),
        remedy=constraint.remedy + (_suggestion(result.value, labels) if result.value != result.focus else ""),
    )


def _unsaid(result: Result) -> str:
    """Say what is wrong where the shape does not."""
    where = f" of {result.path.value}" if result.path else ""
    return f"It does not satisfy the constraint {result.component.removesuffix('ConstraintComponent')}{where}."


def _suggestion(value: Term | None, labels: Mapping[object, str]) -> str:
    """Name the term that is nearest to one of ours that the data does not know; "" where there is none."""
    if not isinstance(value, NamedNode) or value in labels or not re.fullmatch(_TERM, value.value):
        return ""
    known = (iri.value for iri in labels if isinstance(iri, NamedNode) and re.fullmatch(_TERM, iri.value))
    nearest = difflib.get_close_matches(value.value, known, n=1)
    return f" Did you mean {nearest[0]}?" if nearest else ""


def _empty(constraints: Sequence[Constraint], labels: Mapping[object, str]) -> Finding:
    """Return one finding for the constraints that look for the same and found nothing."""
    constraint = constraints[0]
    others = len(constraints) - 1
    targets = ", ".join(f"{kind} {value.value}" for kind, value in constraint.targets)
    return Finding(
        shape=constraint.shape,
        name=constraint.name,
        severity="Violation",
        component=NO_FOCUS_NODES,
        focus=constraint.shape,
        label=f"the shape “{constraint.name}”" + (f" and {others} more" if others else ""),
        path=None,
        value=None,
        value_label="",
        message=f"{'They' if others else 'It'} checked nothing: the data has no {targets}.",
        remedy="Give the data that it is for, mend its target, or let it say shape:mayBeEmpty."
        + "".join(_suggestion(target, labels) for _, target in constraint.targets),
    )
