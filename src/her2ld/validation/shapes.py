"""A shapes graph: its constraints, what each of them looks at, and which parts of the graph are not run."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from her2ld.dataset import read_rdf
from her2ld.dataset.rdf_files import AS_THEY_ARE, Reading
from her2ld.errors import Problem, RecordError, ValidationError
from her2ld.validation.reaching_out import query_form, reaching_out
from her2ld.validation.report import SH, VIOLATION, Term
from her2ld.vocabulary import model, standard

_SHAPE = model.HER2LD + "shape/"
_NAME = "urn:her2ld:shape:"
_REMEDY = "Correct the data, or the shape."
_NODE_SHAPE, _PROPERTY_SHAPE = (NamedNode(SH + name) for name in ("NodeShape", "PropertyShape"))
_RDFS_CLASS = NamedNode(standard.RDFS + "Class")
PATH, SPARQL, SELECT, MESSAGE = (NamedNode(SH + name) for name in ("path", "sparql", "select", "message"))
_FORMS = {SELECT: "SELECT", NamedNode(SH + "ask"): "ASK"}
_DEACTIVATED = NamedNode(SH + "deactivated")
IMPORTS = NamedNode(standard.OWL + "imports")
TARGETS = {NamedNode(SH + name): name for name in ("targetClass", "targetSubjectsOf", "targetObjectsOf", "targetNode")}
_TARGET_CLASS = NamedNode(SH + "targetClass")
# SHACL Advanced Features 3: a node with a query that selects nodes.
TARGET = NamedNode(SH + "target")
PROPERTY = NamedNode(SH + "property")
_OF_ONE_SHAPE = {NamedNode(SH + name) for name in ("node", "not", "qualifiedValueShape")} | {PROPERTY}
_OF_SHAPES = {NamedNode(SH + name) for name in ("and", "or", "xone")}

Properties = Mapping[NamedNode, list[Term]]


@dataclass(frozen=True, slots=True)
class Constraint:
    """One constraint: a shape with a target of its own, and its properties."""

    shape: NamedNode
    name: str
    description: str
    severity: str
    message: str
    remedy: str
    may_be_empty: bool
    targets: tuple[tuple[str, Term], ...]


@dataclass(frozen=True, slots=True, eq=False)  # what is worked out of shapes is kept by their identity
class Shapes:
    """A shapes graph: its triples, and its constraints, the shapes with a target, by their IRIs.

    Blank nodes that are shapes or queries are named in all of these; ``blank`` gives them back. ``by_subject`` has the
    properties of each subject. ``unclear`` says which targets cannot be understood, ``deactivated`` are the shapes that
    their author switched off, ``imports`` what was not read, ``parts`` the constraint that another shape hangs below.
    """

    triples: tuple[Triple, ...]
    constraints: Mapping[NamedNode, Constraint]
    by_subject: Mapping[Term, Properties]
    blank: Mapping[NamedNode, BlankNode]
    unclear: tuple[Problem, ...] = ()
    deactivated: tuple[NamedNode, ...] = ()
    imports: tuple[str, ...] = ()
    parts: Mapping[Term, NamedNode] = field(default_factory=dict)

    def reporting(self, shape: NamedNode) -> Constraint:
        """Return the properties of a shape; missing ones are those of the constraint that it is a part of."""
        if shape in self.constraints:
            return self.constraints[shape]
        whole = self.constraints[self.parts[shape]] if shape in self.parts else _silent(shape, ())
        return _constraint(self.by_subject.get(shape, {}), whole)

    def without(self, shapes: Iterable[NamedNode]) -> "Shapes":
        """Return the shapes graph without some of its constraints, which no other shape points to."""
        gone = set(shapes)
        return constraints_of(triple for triple in self.triples if triple.subject not in gone)

    def aimed(self, targets: Iterable[Triple], *, keeping: Iterable[NamedNode] = ()) -> "Shapes":
        """Return the shapes graph with these targets, and of its own only those of some constraints.

        Queries that are targets are never kept: what they select is given.
        """
        kept = set(keeping)
        bare = (each for each in self.triples if each.predicate != TARGET and not (self._aims(each) - kept))
        return constraints_of([*bare, *targets])

    def _aims(self, triple: Triple) -> set[NamedNode]:
        """Return the constraint that a triple is a target of, if it is one."""
        subject = triple.subject
        if not isinstance(subject, NamedNode) or subject not in self.constraints:
            return set()
        is_class = triple.predicate == standard.TYPE and triple.object not in (_NODE_SHAPE, _PROPERTY_SHAPE)
        return {subject} if is_class or triple.predicate in TARGETS else set()

    def members(self, node: Term) -> Iterator[Term]:
        """Yield the members of a list."""
        seen: set[Term] = set()
        while node in self.by_subject and node not in seen:
            seen.add(node)
            yield from self.by_subject[node].get(standard.FIRST, ())
            node = next(iter(self.by_subject[node].get(standard.REST, ())), node)

    def original(self, shape: NamedNode) -> NamedNode | BlankNode:
        """Return a shape or a query as the shapes graph has it."""
        return self.blank.get(shape, shape)


def read_shapes(paths: Iterable[Path], reading: Reading = AS_THEY_ARE) -> Shapes:
    """Return the shapes of several files as one graph; the suffix of a file names its syntax.

    Names are relative to the address of the file, or to the base of the ``reading``. What owl:imports names is not
    read; the report of a validation lists it. Raises ValidationError where a file cannot be read, where there is no
    constraint, where a shape has more than one path, where sh:select or sh:ask holds a query of another form, and where
    a shape would reach out of the data: by JavaScript, or by SERVICE, FROM or LOAD in a query.
    """
    triples: list[Triple] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            read = [quad.triple for quad in read_rdf(path, reading)]
        except RecordError as error:
            problems += error.problems
        else:
            problems += [Problem(str(path), what, "leave it out") for what in reaching_out(read)]
            triples += read
    problems += _with_two_paths(triples)
    problems += _with_other_queries(triples)
    shapes = constraints_of(triples)
    if not (shapes.constraints or shapes.unclear or shapes.deactivated or problems):
        problems.append(Problem("shapes", "there is no shape with a target", "give a file of SHACL shapes"))
    if problems:
        raise ValidationError(problems)
    return shapes


def _with_two_paths(triples: Iterable[Triple]) -> Iterator[Problem]:
    """Yield a problem for each shape that has several paths: an engine would silently take one of them."""
    for shape, properties in properties_by_subject(triples).items():
        paths = dict.fromkeys(properties.get(PATH, ()))
        if len(paths) > 1:
            name = "a shape without a name" if isinstance(shape, BlankNode) else f"the shape {shape}"
            what = f"{name} has {len(paths)} sh:path ({', '.join(map(str, paths))})"
            yield Problem("shapes", what, "write a shape for each, or one sh:alternativePath")


def _with_other_queries(triples: Iterable[Triple]) -> Iterator[Problem]:
    """Yield a problem for each query of another form than its property takes: an engine may run it all the same."""
    owners = {triple.object: triple.subject for triple in triples if isinstance(triple.object, BlankNode)}
    for subject, predicate, value in triples:
        form = query_form(value.value) if isinstance(value, Literal) and predicate in _FORMS else None
        if form is None or form == _FORMS[predicate]:
            continue
        seen: set[Term] = set()
        while subject in owners and subject not in seen:
            seen.add(subject)
            subject = owners[subject]  # noqa: PLW2901
        name = "a shape without a name" if isinstance(subject, BlankNode) else f"the shape {subject}"
        takes, other = f"sh:{_FORMS[predicate].lower()}", "ASK" if predicate == SELECT else "SELECT"
        what = f"{takes} of {name} holds a query of the form {form}, and takes {_FORMS[predicate]} alone"
        remedy = f"write a query that begins with {_FORMS[predicate]}; {other} is for sh:{other.lower()}"
        yield Problem("shapes", what, remedy)


def properties_by_subject(triples: Iterable[Triple]) -> Mapping[Term, Properties]:
    """Return for each subject its properties, and for each property its values."""
    by_subject: dict[Term, dict[NamedNode, list[Term]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, value in triples:
        by_subject[subject][predicate].append(value)
    return by_subject


def text(properties: Properties, predicate: NamedNode) -> str:
    """Return a value of a property as text, an English one before others; "" where there is none."""
    values = properties.get(predicate, ())
    best = min(values, key=lambda each: (getattr(each, "language", None) or "en").partition("-")[0] != "en", default="")
    return str(getattr(best, "value", ""))


def constraints_of(triples: Iterable[Triple]) -> Shapes:
    """Return the shapes graph of triples, with its constraints: the shapes that have a target.

    Shapes without a name are given one, by which a result is traced to them.
    """
    triples, blank = _with_named_shapes(tuple(dict.fromkeys(triples)))
    by_subject = properties_by_subject(triples)
    classes = _classes(by_subject)
    constraints: dict[NamedNode, Constraint] = {}
    unclear: list[Problem] = []
    deactivated: list[NamedNode] = []
    implicit: list[Triple] = []
    for shape, properties in by_subject.items():
        if not isinstance(shape, NamedNode):
            continue
        if _is_true(properties.get(_DEACTIVATED, ())):
            deactivated.append(shape)
            continue
        targets, strange = _targets(shape, properties, by_subject, classes)
        unclear += strange
        if ("targetClass", shape) in targets:  # engines differ in what they take for a class
            implicit.append(Triple(shape, _TARGET_CLASS, shape))
        if targets:
            constraints[shape] = _constraint(properties, _silent(shape, targets))
    imported = dict.fromkeys(value for each in by_subject.values() for value in each.get(IMPORTS, ()))
    imports = tuple(str(each) for each in imported if each not in by_subject)
    parts = _parts(constraints, by_subject)
    return Shapes(
        (*triples, *(each for each in implicit if each not in triples)),
        constraints,
        by_subject,
        blank,
        tuple(unclear),
        tuple(deactivated),
        imports,
        parts,
    )


def _parts(constraints: Mapping[NamedNode, Constraint], by_subject: Mapping[Term, Properties]) -> dict[Term, NamedNode]:
    """Return for each node below a constraint, whichever way it hangs there, the first such constraint."""
    found: dict[Term, NamedNode] = {}
    for constraint in constraints:
        waiting: list[Term] = [constraint]
        while waiting:
            below = (value for values in by_subject.get(waiting.pop(), {}).values() for value in values)
            for part in below:
                if part in by_subject and part not in found and part not in constraints:
                    found[part] = constraint
                    waiting.append(part)
    return found


def _targets(
    shape: NamedNode, properties: Properties, by_subject: Mapping[Term, Properties], classes: frozenset[Term]
) -> tuple[tuple[tuple[str, Term], ...], list[Problem]]:
    """Return the targets of a shape (SHACL 2.1.3), and what is wrong with others."""
    found: list[tuple[str, Term]] = []
    unclear: list[Problem] = []

    def refuse(what: str) -> None:
        remedy = "give it a target of SHACL, or one with sh:select"
        unclear.append(Problem(f"shape {shape.value}", f"its target is not understood: {what}", remedy))

    for predicate, kind in TARGETS.items():
        for value in properties.get(predicate, ()):
            if isinstance(value, NamedNode) or (kind == "targetNode" and isinstance(value, Literal)):
                found.append((kind, value))
            else:
                refuse(f"sh:{kind} {value}")
    for value in properties.get(TARGET, ()):
        own = by_subject.get(value, {})
        if len(own.get(SELECT, ())) == 1:
            found.append(("target", value))
        else:
            kinds = " ".join(str(each) for each in own.get(standard.TYPE, ()))
            refuse(f"sh:target of the kind {kinds}" if kinds else f"sh:target {value}")
    types = properties.get(standard.TYPE, ())
    if any(each in types for each in (_NODE_SHAPE, _PROPERTY_SHAPE)) and not classes.isdisjoint(types):
        found.append(("targetClass", shape))
    return tuple(dict.fromkeys(found)), unclear


def _classes(by_subject: Mapping[Term, Properties]) -> frozenset[Term]:
    """Return the kinds of classes: rdfs:Class, owl:Class, and what the shapes graph says is below."""
    found: set[Term] = {_RDFS_CLASS, standard.OWL_CLASS}
    above = {each: own[standard.SUBCLASS_OF] for each, own in by_subject.items() if standard.SUBCLASS_OF in own}
    while more := {each for each, classes in above.items() if each not in found and not found.isdisjoint(classes)}:
        found |= more
    return frozenset(found)


def _is_true(values: Iterable[Term]) -> bool:
    return any(isinstance(each, Literal) and each.value in ("true", "1") for each in values)


def _with_named_shapes(triples: tuple[Triple, ...]) -> tuple[tuple[Triple, ...], dict[NamedNode, BlankNode]]:
    by_subject = properties_by_subject(triples)
    shapes: list[Term] = []
    for subject, predicate, value in triples:
        if predicate in _OF_ONE_SHAPE or predicate == SPARQL:
            shapes.append(value)
        elif predicate in TARGETS or predicate == TARGET:
            shapes.append(subject)
        elif predicate in _OF_SHAPES:
            shapes += Shapes((), {}, by_subject, {}).members(value)
        elif predicate == standard.TYPE and value in (_NODE_SHAPE, _PROPERTY_SHAPE):
            shapes.append(subject)
    nameless = (shape for shape in dict.fromkeys(shapes) if isinstance(shape, BlankNode))
    names = {shape: NamedNode(f"{_NAME}{shape.value}") for shape in nameless}

    def named(node: Term) -> Term:
        return names.get(node, node) if isinstance(node, BlankNode) else node

    renamed = tuple(Triple(named(subject), predicate, named(value)) for subject, predicate, value in triples)  # type: ignore[arg-type]
    return renamed if names else triples, {name: node for node, name in names.items()}


def _silent(shape: NamedNode, targets: tuple[tuple[str, Term], ...]) -> Constraint:
    """Return a constraint without properties of its own."""
    return Constraint(shape, shape.value, "", VIOLATION, "", _REMEDY, may_be_empty=False, targets=targets)


def _constraint(properties: Properties, whole: Constraint) -> Constraint:
    """Return the properties of a shape; missing ones are those of the constraint that it is a part of."""

    def value_of(namespace: str, name: str) -> str:
        return text(properties, NamedNode(namespace + name))

    return replace(
        whole,
        name=value_of(SH, "name") or whole.name,
        description=value_of(SH, "description") or whole.description,
        severity=value_of(SH, "severity").removeprefix(SH) or VIOLATION,
        message=value_of(SH, "message") or whole.message,
        remedy=value_of(_SHAPE, "remedy") or whole.remedy,
        may_be_empty=value_of(_SHAPE, "mayBeEmpty") == "true",
    )
