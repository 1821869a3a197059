"""A shapes graph as data: its constraints, what each looks at, and what makes it unfit to be run."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse

from her2ld.errors import Problem, ValidationError
from her2ld.validate.report import SH
from her2ld.vocabulary import model, standard

_SHAPE = model.HER2LD + "shape/"
_KINDS = (NamedNode(SH + "NodeShape"), NamedNode(SH + "PropertyShape"))
_TARGETS = {NamedNode(SH + name): name for name in ("targetClass", "targetSubjectsOf", "targetObjectsOf", "targetNode")}
_REACHES_OUT = re.compile(r"(?<![\w?$:])(SERVICE|FROM|LOAD)(?!\w)", re.IGNORECASE)
_FORBIDDEN = re.compile(re.escape(SH) + r"(js\w*|JS\w*)$")


@dataclass(frozen=True, slots=True)
class Constraint:
    """One constraint: a named shape with a target of its own and a single thing that it demands."""

    shape: NamedNode
    name: str
    description: str
    severity: str
    message: str
    remedy: str
    may_be_empty: bool
    targets: tuple[tuple[str, NamedNode], ...]


@dataclass(frozen=True, slots=True)
class Shapes:
    """A shapes graph: its triples, and its constraints by the IRI of their shape."""

    triples: tuple[Triple, ...]
    constraints: Mapping[NamedNode, Constraint]


def read_shapes(paths: Iterable[Path]) -> Shapes:
    """Read shapes in Turtle from several files as one graph.

    Raises ValidationError where a file cannot be read, where there is no constraint, and where a shape would reach out
    of the data: by owl:imports, by JavaScript, or by SERVICE, FROM or LOAD in a query.
    """
    triples: list[Triple] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            read = [each.triple for each in parse(path.read_bytes(), format=RdfFormat.TURTLE)]
        except OSError as error:
            problems.append(Problem(str(path), f"cannot be read ({error.strerror})", "give a file of SHACL shapes"))
        except SyntaxError as error:
            problems.append(Problem(f"{path}, line {error.lineno}", f"not Turtle ({error.msg})", "mend it there"))
        else:
            problems += [Problem(str(path), what, "leave it out") for what in _reaching_out(read)]
            triples += read
    constraints = _constraints(triples)
    if not constraints and not problems:
        problems.append(Problem("shapes", "there is no shape with a target", "give a file of SHACL shapes"))
    if problems:
        raise ValidationError(problems)
    return Shapes(tuple(triples), constraints)


def _reaching_out(triples: Iterable[Triple]) -> Iterable[str]:
    for triple in triples:
        if triple.predicate.value == standard.OWL + "imports":
            yield f"imports {triple.object}"
        if _FORBIDDEN.match(triple.predicate.value) or (
            isinstance(triple.object, NamedNode) and _FORBIDDEN.match(triple.object.value)
        ):
            yield f"uses JavaScript ({triple.predicate.value.removeprefix(SH)})"
        is_query = triple.predicate.value in (SH + "select", SH + "ask", SH + "construct", SH + "update")
        if is_query and isinstance(triple.object, Literal) and (word := _REACHES_OUT.search(triple.object.value)):
            yield f"a query uses {word[0].upper()}"


def _constraints(triples: Iterable[Triple]) -> dict[NamedNode, Constraint]:
    said: dict[NamedNode, dict[NamedNode, list[object]]] = defaultdict(lambda: defaultdict(list))
    for triple in triples:
        if isinstance(triple.subject, NamedNode):
            said[triple.subject][triple.predicate].append(triple.object)
    constraints = {}
    for shape, properties in said.items():
        targets = tuple(
            (kind, value)
            for predicate, kind in _TARGETS.items()
            for value in properties.get(predicate, ())
            if isinstance(value, NamedNode)
        )
        if targets and any(kind in properties.get(standard.TYPE, ()) for kind in _KINDS):

            def text(predicate: str, properties: Mapping[NamedNode, list[object]] = properties) -> str:
                values = properties.get(NamedNode(predicate), ())
                return next((str(getattr(value, "value", "")) for value in values), "")

            constraints[shape] = Constraint(
                shape=shape,
                name=text(SH + "name") or shape.value,
                description=text(SH + "description"),
                severity=text(SH + "severity").removeprefix(SH) or "Violation",
                message=text(SH + "message"),
                remedy=text(_SHAPE + "remedy"),
                may_be_empty=text(_SHAPE + "mayBeEmpty") == "true",
                targets=targets,
            )
    return constraints


def focus_counts(shapes: Shapes, triples: Iterable[Triple | Quad]) -> dict[NamedNode, int]:
    """Count the focus nodes of every constraint: the nodes that its targets select from the data (SHACL 2.1.3)."""
    subjects: dict[NamedNode, set[object]] = defaultdict(set)
    objects: dict[NamedNode, set[object]] = defaultdict(set)
    members: dict[object, set[object]] = defaultdict(set)
    below: dict[object, set[object]] = defaultdict(set)
    properties = {
        value for each in shapes.constraints.values() for kind, value in each.targets if kind != "targetClass"
    }
    for subject, predicate, value, *_ in triples:
        if predicate == standard.TYPE:
            members[value].add(subject)
        elif predicate == standard.SUBCLASS_OF:
            below[value].add(subject)
        if predicate in properties:
            subjects[predicate].add(subject)
            objects[predicate].add(value)

    def selected(kind: str, target: NamedNode) -> set[object]:
        if kind == "targetClass":
            return {member for each in _with_subclasses(target, below) for member in members.get(each, ())}
        if kind == "targetNode":
            return {target}
        return (subjects if kind == "targetSubjectsOf" else objects).get(target, set())

    return {
        shape: len({node for kind, target in constraint.targets for node in selected(kind, target)})
        for shape, constraint in shapes.constraints.items()
    }


def _with_subclasses(name: NamedNode, below: Mapping[object, set[object]]) -> set[object]:
    found: set[object] = {name}
    waiting: list[object] = [name]
    while waiting:
        more = below.get(waiting.pop(), set()) - found
        found |= more
        waiting += more
    return found
