"""A shapes graph as data: its constraints, what each looks at, and what makes it unfit to be run."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from her2ld.errors import Problem, ValidationError
from her2ld.validation.report import SH, VIOLATION, Term
from her2ld.vocabulary import model, standard

_SHAPE = model.HER2LD + "shape/"
_PROPERTY, _NODE_SHAPE = NamedNode(SH + "property"), NamedNode(SH + "NodeShape")
_CLASSES = (NamedNode(standard.RDFS + "Class"), standard.OWL_CLASS)
_REMEDY = "Mend the data, or the shape."
TARGETS = {NamedNode(SH + name): name for name in ("targetClass", "targetSubjectsOf", "targetObjectsOf", "targetNode")}
_REACHES_OUT = re.compile(r"(?<![\w?$:])(SERVICE|FROM|LOAD)(?!\w)", re.IGNORECASE)
_IN_QUERIES = {
    NamedNode(SH + name) for name in ("select", "ask", "construct", "update", "prefix", "namespace")
}  # fmt: skip
# SPARQL 19.2: these stand for a character anywhere in a query, within a keyword too.
_ESCAPED = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U(000[0-9A-Fa-f]{5})")
_FORBIDDEN = re.compile(re.escape(SH) + r"(js\w*|JS\w*)$")


@dataclass(frozen=True, slots=True)
class Constraint:
    """One constraint: a named shape with a target of its own, and what it says of itself."""

    shape: NamedNode
    name: str
    description: str
    severity: str
    message: str
    remedy: str
    may_be_empty: bool
    targets: tuple[tuple[str, NamedNode], ...]


@dataclass(frozen=True, slots=True, eq=False)  # what is worked out of shapes is kept by their identity
class Shapes:
    """A shapes graph: its triples, its constraints, and the property shapes that are parts of them, by their IRIs."""

    triples: tuple[Triple, ...]
    constraints: Mapping[NamedNode, Constraint]
    parts: Mapping[NamedNode, Constraint]

    def reporting(self, shape: NamedNode) -> Constraint:
        """Return the constraint that a result of this shape is reported as."""
        return self.constraints.get(shape) or self.parts[shape]

    def without(self, shapes: Iterable[NamedNode]) -> "Shapes":
        """Return the shapes graph without some of its constraints."""
        gone = set(shapes)
        return constraints_of(triple for triple in self.triples if triple.subject not in gone)


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
    shapes = constraints_of(triples)
    if not shapes.constraints and not problems:
        problems.append(Problem("shapes", "there is no shape with a target", "give a file of SHACL shapes"))
    if problems:
        raise ValidationError(problems)
    return shapes


def _reaching_out(triples: Iterable[Triple]) -> Iterable[str]:
    for triple in triples:
        if triple.predicate.value == standard.OWL + "imports":
            yield f"imports {triple.object}"
        if _FORBIDDEN.match(triple.predicate.value) or (
            isinstance(triple.object, NamedNode) and _FORBIDDEN.match(triple.object.value)
        ):
            yield f"uses JavaScript ({triple.predicate.value.removeprefix(SH)})"
        if triple.predicate in _IN_QUERIES and isinstance(triple.object, Literal):
            query = _ESCAPED.sub(lambda escaped: chr(int(escaped[1] or escaped[2], 16)), triple.object.value)
            if word := _REACHES_OUT.search(query):
                yield f"a query uses {word[0].upper()}"


Properties = Mapping[NamedNode, list[Term]]


def properties_by_subject(triples: Iterable[Triple]) -> Mapping[Term, Properties]:
    """Return for each subject its properties, and for each property its values."""
    said: dict[Term, dict[NamedNode, list[Term]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, value in triples:
        said[subject][predicate].append(value)
    return said


def text(properties: Properties, predicate: NamedNode) -> str:
    """Return the text or IRI of the first value of a property, and "" where it has none."""
    return next((str(getattr(value, "value", "")) for value in properties.get(predicate, ())), "")


def constraints_of(triples: Iterable[Triple]) -> Shapes:
    """Find the constraints among the triples of a shapes graph: the named shapes that have a target.

    Shapes without a name are given one, by which a result is traced to the constraint that it is a part of.
    """
    triples = tuple(_with_named_shapes(triples))
    said = properties_by_subject(triples)
    constraints: dict[NamedNode, Constraint] = {}
    parts: dict[NamedNode, Constraint] = {}
    for shape, properties in said.items():
        targets = tuple(
            (kind, value)
            for predicate, kind in TARGETS.items()
            for value in properties.get(predicate, ())
            if isinstance(value, NamedNode)
        )
        if isinstance(shape, NamedNode) and _NODE_SHAPE in properties.get(standard.TYPE, ()):
            is_class = any(each in properties[standard.TYPE] for each in _CLASSES)
            targets += (("targetClass", shape),) if is_class else ()  # SHACL 2.1.3.3
        if targets and isinstance(shape, NamedNode):
            nothing = Constraint(shape, shape.value, "", "", "", _REMEDY, may_be_empty=False, targets=targets)
            constraints[shape] = _constraint(properties, nothing)
            parts |= _parts(shape, constraints[shape], said)
    return Shapes(triples, constraints, parts)


def _with_named_shapes(triples: Iterable[Triple]) -> Iterable[Triple]:
    triples = tuple(triples)
    shapes = [triple.object for triple in triples if triple.predicate == _PROPERTY]
    shapes += [triple.subject for triple in triples if triple.predicate in TARGETS]
    nameless = (shape for shape in dict.fromkeys(shapes) if isinstance(shape, BlankNode))
    names = {shape: NamedNode(f"urn:her2ld:shape:{number}") for number, shape in enumerate(nameless)}
    for subject, predicate, value in triples:
        yield Triple(names.get(subject, subject), predicate, names.get(value, value))


def _constraint(properties: Properties, whole: Constraint) -> Constraint:
    """Return what a shape says of itself, and where it is silent, what the constraint says that it is a part of."""

    def said(namespace: str, name: str) -> str:
        return text(properties, NamedNode(namespace + name))

    return Constraint(
        shape=whole.shape,
        name=said(SH, "name") or whole.name,
        description=said(SH, "description") or whole.description,
        severity=said(SH, "severity").removeprefix(SH) or VIOLATION,
        message=said(SH, "message") or whole.message,
        remedy=said(_SHAPE, "remedy") or whole.remedy,
        may_be_empty=said(_SHAPE, "mayBeEmpty") == "true",
        targets=whole.targets,
    )


def _parts(shape: Term, whole: Constraint, said: Mapping[Term, Properties]) -> dict[NamedNode, Constraint]:
    """Return the property shapes below a shape, whichever way they hang there."""
    found: dict[NamedNode, Constraint] = {}
    seen: set[Term] = {shape}
    waiting = [(shape, whole)]
    while waiting:
        owner, described = waiting.pop()
        for predicate, values in said[owner].items() if owner in said else ():
            for part in values:
                if part in seen or part not in said:
                    continue
                seen.add(part)
                own = described
                if predicate == _PROPERTY and isinstance(part, NamedNode):
                    own = found[part] = _constraint(said[part], described)
                waiting.append((part, own))
    return found
