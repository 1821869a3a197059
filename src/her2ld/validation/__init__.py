"""Validation with SHACL. The report counts what was checked, and names what had to be checked and was not."""

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial

from pyoxigraph import BlankNode, Dataset, DefaultGraph, Literal, NamedNode, Quad, Store, Triple

from her2ld import assets
from her2ld.errors import Problem, ValidationError
from her2ld.limits import Limits
from her2ld.validation.author_report import path_of
from her2ld.validation.engines import run_bounded, run_engine
from her2ld.validation.merged import PLAIN_TRIPLE, described, merged
from her2ld.validation.queries import focus_counts
from her2ld.validation.report import Finding, Path, Report, ShapeResult, Term
from her2ld.validation.shapes import Constraint, Shapes, read_shapes
from her2ld.vocabulary import model, standard, statement_model

__all__ = ["Finding", "Report", "Shapes", "read_shapes", "validate"]

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
    """Validate quads, or a ``pyoxigraph.Dataset``, against shapes: by default those of the package.

    Other shapes, or whatever is given ``limits``, are run in a process of their own.

    All graphs but ``hedged`` and ``excerpts`` are validated as one, and none is changed; what an excerpt says is its
    owner's. Terms are judged as they are written. Shapes find an ``rdf:Statement`` for each triple of
    ``graph:asserted``. The report tells what was ``unchecked``: a constraint of ours that found no node to look at,
    unless it says ``shape:mayBeEmpty``, or the data are records of PubMed alone, which have no statements; other shapes
    only where none of them found a node; and targets that cannot be understood.

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
    data, asserted = merged(quads)
    if not data.size:
        raise ValidationError([Problem("data", "there is nothing to validate", "give data")])
    if any(target == PLAIN_TRIPLE for each in shapes.constraints.values() for _, target in each.targets):
        data = data.extended(described(asserted))
    results = run_bounded(engine, data, shapes, limits) if limits else run_engine(engine, data, shapes)
    counts = focus_counts(shapes, data)  # most were counted for the engine, by two threads
    of_records_alone = are_ours and _are_records_alone(data.store)
    missed = [each for shape, each in shapes.constraints.items() if not counts[shape]]
    if are_ours or not any(counts.values()):
        excused = [each for each in missed if of_records_alone or (are_ours and each.may_be_empty)]
    else:
        excused = missed
    amiss = [each for each in missed if each not in excused or _is_misspelt(each, data.store)]
    labels = _labels(data.store, asserted) if results or amiss else {}
    suggestion = cache(partial(_suggestion, labels=labels))  # one misspelt term may be in a thousand places
    findings = sorted((_finding(result, shapes, labels, suggestion) for result in results), key=_place)
    return Report(
        findings=tuple(findings),
        focus_counts={_name(shapes.original(shape)): count for shape, count in counts.items()},
        triples=data.size,
        of_records_alone=of_records_alone,
        unchecked=(*shapes.unclear, *_unchecked(amiss, labels)) or _switched_off(shapes),
        idle=tuple(each.name for each in excused if not (are_ours or each.may_be_empty) and each not in amiss),
        deactivated=tuple(_name(shapes.original(shape)) for shape in shapes.deactivated),
        imports=shapes.imports,
    )


def _place(finding: Finding) -> tuple[str, ...]:
    """Return the key by which findings are sorted. Labels of blank nodes are left out, as they change each time."""
    whole = "" if isinstance(finding.whole, BlankNode) else str(finding.whole)
    return finding.severity, whole, str(finding.focus), str(finding.path), finding.component, str(finding.value)


def _name(node: Term) -> str:
    """Return an IRI as it is, a blank node by its label."""
    return node.value if isinstance(node, NamedNode) else str(node)


@cache  # the files of the package do not change while a process runs
def _shipped_shapes() -> Shapes:
    return read_shapes(assets.SHAPE_FILES)


def _are_records_alone(store: Store) -> bool:
    """Tell whether data hold records of PubMed, and no statements."""

    def holds(kinds: Iterable[NamedNode]) -> bool:
        found = (store.quads_for_pattern(None, standard.TYPE, kind, DefaultGraph()) for kind in kinds)
        return any(next(quads, None) for quads in found)

    return holds(_OF_RECORDS) and not holds(_OF_READING)


def _labels(store: Store, asserted: Mapping[NamedNode, Triple]) -> dict[object, str]:
    """Return what each node is called; the node of an asserted triple is called what the triple says."""
    labels: dict[object, str] = {}
    for quad in store.quads_for_pattern(None, standard.LABEL, None, DefaultGraph()):
        if isinstance(quad.object, Literal):  # a store has no order, and the same label should be shown each time
            labels[quad.subject] = min(quad.object.value, labels.get(quad.subject, quad.object.value))
    for node, triple in asserted.items():
        labels[node] = _label(triple, labels)
    return labels


def _label(triple: Triple, labels: Mapping[object, str]) -> str:
    """Return an asserted triple in words."""
    parts = (triple.subject, triple.predicate, triple.object)
    return " ".join(labels.get(each) or str(getattr(each, "value", each)) for each in parts)


def _is_misspelt(constraint: Constraint, store: Store) -> bool:
    """Tell whether a constraint looks for a term of ours that data with our ontology do not define."""

    def is_defined(node: NamedNode) -> bool:
        labels = store.quads_for_pattern(node, standard.LABEL, None, DefaultGraph())
        return any(isinstance(quad.object, Literal) for quad in labels)

    ours = [node for _, node in constraint.targets if isinstance(node, NamedNode) and _TERM.fullmatch(node.value)]
    return is_defined(statement_model.STATEMENT) and not all(map(is_defined, ours))


def _finding(
    result: ShapeResult, shapes: Shapes, labels: Mapping[object, str], suggestion: Callable[[Term | None], str]
) -> Finding:
    constraint = shapes.reporting(result.shape)
    value_label = ""
    if result.value is not None and result.value != result.focus:
        text = str(getattr(result.value, "value", result.value))
        value_label = f"{labels[result.value]} ({text})" if result.value in labels else text
    if len(value_label) > _LONGEST_VALUE:
        value_label = value_label[: _LONGEST_VALUE - 1] + "…"
    way = Path(result.path) if result.path else path_of(result.shape, shapes)
    path = way.root if way and isinstance(way.root, NamedNode) else None
    return Finding(
        shape=shapes.original(result.shape),
        name=constraint.name,
        severity=constraint.severity,
        component=result.component,
        focus=result.focus,
        label=labels.get(result.focus) or str(getattr(result.focus, "value", result.focus)),
        path=path,
        value=result.value,
        value_label=value_label,
        message=_in_english(result.messages) or constraint.message or _unsaid(result, path),
        remedy=constraint.remedy + (suggestion(result.value) if result.value != result.focus else ""),
        way=way,
        constraint=shapes.original(result.constraint) if result.constraint else None,
        messages=result.messages,
        details=tuple(_finding(each, shapes, labels, suggestion) for each in result.details),
        whole=shapes.original(shapes.parts.get(result.shape, result.shape)),
    )


def _in_english(messages: Sequence[Literal]) -> str:
    """Return one of the messages, preferably in English or without a language; "" if there is none."""
    best = min(messages, key=lambda each: (each.language or "en").partition("-")[0] != "en", default=None)
    return best.value if best else ""


def _unsaid(result: ShapeResult, path: NamedNode | None) -> str:
    """Return a message for a shape that has none."""
    where = f" of {path.value}" if path else ""
    return f"It does not satisfy the constraint {result.component.removesuffix('ConstraintComponent')}{where}."


def _suggestion(value: Term | None, labels: Mapping[object, str]) -> str:
    """Return a question with the known term that is nearest to an unknown one of ours; "" if there is none."""
    if not isinstance(value, NamedNode) or value in labels or not re.fullmatch(_TERM, value.value):
        return ""
    known = (iri.value for iri in labels if isinstance(iri, NamedNode) and re.fullmatch(_TERM, iri.value))
    nearest = difflib.get_close_matches(value.value, known, n=1)
    return f" Did you mean {nearest[0]}?" if nearest else ""


def _switched_off(shapes: Shapes) -> tuple[Problem, ...]:
    if shapes.constraints:
        return ()
    return (Problem("shapes", "all that have a target are deactivated: nothing was checked", "activate one"),)


def _unchecked(constraints: Iterable[Constraint], labels: Mapping[object, str]) -> Iterator[Problem]:
    """Yield one problem for all constraints that have the same targets and found no node."""
    alike: dict[tuple[tuple[str, Term], ...], list[Constraint]] = {}
    for each in constraints:
        alike.setdefault(each.targets, []).append(each)
    for targets, group in alike.items():
        others = len(group) - 1
        sought = ", ".join(
            "node of its query" if kind == "target" else f"{kind} {_name(node)}" for kind, node in targets
        )
        yield Problem(
            f"the shape “{group[0].name}”" + (f" and {others} more" if others else ""),
            f"{'They' if others else 'It'} checked nothing: the data has no {sought}",
            "give the data that it is for, correct its target, or add shape:mayBeEmpty to it"
            + "".join(_suggestion(node, labels) for _, node in targets),
        )
