"""The queries that a store is asked: constraints in SPARQL, and how many nodes each constraint looks at.

A constraint is asked once for all focus nodes, not once for each. SHACL (5.3.1) evaluates the query of a constraint for
each focus node, with ``$this`` bound to it. Where the query is one group of patterns and filters, joining it with the
nodes that the targets select gives the same solutions, and a store finds them by its indexes. Every other constraint is
left to an engine that evaluates it node by node.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from pyoxigraph import NamedNode

from her2ld.errors import Problem, ValidationError
from her2ld.validation.merged import SeenData
from her2ld.validation.report import SH, ShapeResult, Term
from her2ld.validation.shapes import IMPORTS, MESSAGE, SELECT, SPARQL, TARGETS, Constraint, Properties, Shapes, text
from her2ld.vocabulary import standard

PREFIXES = NamedNode(SH + "prefixes")
DECLARE, _PREFIX, _NAMESPACE = (NamedNode(SH + name) for name in ("declare", "prefix", "namespace"))
_WORDS = {NamedNode(SH + name) for name in ("name", "description", "severity", "message")}
_SELECTED = {
    "targetClass": f"$this {standard.TYPE}/{standard.SUBCLASS_OF}* %s",
    "targetSubjectsOf": "$this %s []",
    "targetObjectsOf": "[] %s $this",
    "targetNode": "VALUES $this { %s }",
}

_COMPONENT = "SPARQLConstraintComponent"
_STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"|' + r"'(?:[^'\\\n]|\\.)*'")
_ONE_GROUP = re.compile(r"(\s*SELECT\s+(?:DISTINCT\s+)?\$this(?:\s+\?value)?\s+WHERE\s*\{)(.*)\}\s*", re.DOTALL)
# $this has no value inside these; a comment or a long string could hide one of them.
_NOT_ONE_GROUP = re.compile(
    r"\b(?:SELECT|OPTIONAL|MINUS|VALUES|GRAPH)\b|[$?](?:PATH|shapesGraph|currentShape)\b|#|\"\"\"|'''",
    re.IGNORECASE,
)
_DISTINCT = re.compile(r"\s*SELECT\s+DISTINCT\b", re.IGNORECASE)
_ANY_TRIPLE = re.compile(r"\?(\w+) \?(\w+) \?(\w+) \.")
_BRACE = re.compile(r"(\w*)\s*(\{)|\}")
_THIS = re.compile(r"[$?]this\b")
_FOLDED = re.compile(r"\bBIND\(LCASE\(STR\(([?$]\w+)\)\) AS \?(\w+)\)")
_FOLDED_ALIKE = re.compile(r"\bFILTER\(\?(\w+) = \?(\w+) &&")
# With this many focus nodes, a store knows better where to begin.
_MANY = 500
# With this many triples, a second thread is worth it: Oxigraph and shacl work outside Python's lock.
_ENOUGH_TO_SHARE = 100_000
_BIND = re.compile(r"\bBIND\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ConstraintQuery:
    """A query for all violations of one constraint: ``$this``, and ``?value`` if one is to blame.

    ``selection`` is the part of it that selects the focus nodes.
    """

    shape: NamedNode
    constraint: NamedNode
    query: str
    selection: str


def questions(shapes: Shapes) -> tuple[ConstraintQuery, ...]:
    """Return a question for every constraint that one query can answer."""
    by_subject = shapes.by_subject
    pointed_at = {triple.object for triple in shapes.triples}
    found = []
    for shape, constraint in shapes.constraints.items():
        asked = by_subject[shape].get(SPARQL, [])
        if (
            len(asked) != 1
            or shape in pointed_at
            or not _says_nothing_else(by_subject[shape], by_subject.get(asked[0], {}))
        ):
            continue
        query_node = asked[0]
        if not isinstance(query_node, NamedNode) or any(kind == "target" for kind, _ in constraint.targets):
            continue
        selection = f"{{ SELECT DISTINCT $this WHERE {{ {_selected(constraint)} }} }}"
        if query := _joined(text(by_subject[query_node], SELECT), selection):
            found.append(
                ConstraintQuery(shape, query_node, prologue(by_subject[query_node], by_subject) + query, selection)
            )
    return tuple(found)


def answers(
    asked: Iterable[ConstraintQuery], data: SeenData, work: Callable[[], list[ShapeResult]] = list
) -> tuple[list[ShapeResult], set[NamedNode]]:
    """Return what ``work`` returns with a result for each solution in the data, and the shapes left without an answer.

    The store cannot answer where the solutions depend on how literals are written, which it does not know. Of much data
    it is asked by a second thread while ``work`` is done, and by both afterwards. Raises SyntaxError for what is no
    SPARQL.
    """
    left = iter(tuple(asked))
    unanswered: set[NamedNode] = set()
    names: dict[str, str | None] = {}

    def take() -> list[ShapeResult]:
        """Answer questions until none is left; each is taken by one thread."""
        taken: list[ShapeResult] = []
        for question in left:
            results = _answer(question, data, names)
            if results is None:
                unanswered.add(question.shape)
            else:
                taken += results
        return taken

    if len(data.store) < _ENOUGH_TO_SHARE:
        return [*work(), *take()], unanswered
    with ThreadPoolExecutor(1) as pool:
        beside = pool.submit(take)
        results = [*work(), *take()]
        return [*results, *beside.result()], unanswered


def _answer(question: ConstraintQuery, data: SeenData, names: dict[str, str | None]) -> list[ShapeResult] | None:
    """Return the results of one question; None where the store cannot answer it.

    ``names`` keeps what ``_few`` found for a selection.
    """
    if data.tells_forms_apart(question.query):
        return None
    if question.selection not in names:
        names[question.selection] = _few(question.selection, data)
    named = names[question.selection]
    solutions = data.asked(question.query.replace(question.selection, named, 1) if named else question.query)
    blames = "value" in {variable.value for variable in solutions.variables}
    found: list[ShapeResult] = []
    for solution in solutions:
        focus = solution["this"]
        value = data.as_written((solution["value"] if blames else None) or focus)
        if value is None:
            return None
        found.append(ShapeResult(focus, None, value, _COMPONENT, question.shape, question.constraint))
    return found


def _few(selection: str, data: SeenData) -> str | None:
    """Return the names of the nodes of a selection, if they are few: a store then begins with them."""
    nodes = [solution["this"] for solution in data.asked(f"SELECT $this WHERE {{ {selection} }} LIMIT {_MANY}")]
    if len(nodes) == _MANY or not all(isinstance(node, NamedNode) for node in nodes):
        return None
    return f"VALUES $this {{ {' '.join(map(str, nodes))} }}"


def focus_counts(shapes: Shapes, data: SeenData) -> dict[NamedNode, int]:
    """Return the number of focus nodes of every constraint, which its targets select from the data (SHACL 2.1.3).

    Raises ValidationError where the query of a target cannot be asked.
    """
    counts: dict[str, int] = {}
    for constraint in shapes.constraints.values():
        selected = _selected(constraint)
        if selected and selected not in counts:
            (row,) = data.asked(f"SELECT (COUNT(DISTINCT $this) AS ?count) WHERE {{ {selected} }}")
            counts[selected] = int(row["count"].value)
    found = {}
    for shape, constraint in shapes.constraints.items():
        if by_query := nodes_of_queries(constraint, shapes, data):
            by_query |= _nodes(_selected(constraint), data)
        found[shape] = len(by_query) or counts.get(_selected(constraint), 0)
    return found


def _nodes(selected: str, data: SeenData) -> set[Term]:
    query = f"SELECT DISTINCT $this WHERE {{ {selected} }}"
    return {solution["this"] for solution in data.asked(query)} if selected else set()


def nodes_of_queries(constraint: Constraint, shapes: Shapes, data: SeenData) -> set[Term]:
    """Return the nodes that the queries among the targets of a constraint select.

    Raises ValidationError where one is no SPARQL, selects no ``?this``, or would select other nodes by the values of
    literals than by the literals.
    """
    found: set[Term] = set()
    for _, target in (each for each in constraint.targets if each[0] == "target"):
        own = shapes.by_subject[target]
        query = prologue(own, shapes.by_subject) + text(own, SELECT)
        try:
            found |= {solution["this"] for solution in data.asked_exactly(query)}
        except (KeyError, SyntaxError, TypeError, ValueError) as error:
            what = f"the query of its target cannot be asked: {error}"
            raise ValidationError(
                [Problem(f"shape {constraint.shape.value}", what, "select ?this in SPARQL 1.1")]
            ) from error
    return found


def _says_nothing_else(shape: Properties, constraint: Properties) -> bool:
    return (
        shape.get(standard.TYPE) == [NamedNode(SH + "NodeShape")]
        and all(each in TARGETS or each in _WORDS or each == SPARQL for each in shape if each.value.startswith(SH))
        and set(constraint) <= {standard.TYPE, PREFIXES, SELECT, MESSAGE}
        and len(constraint.get(SELECT, ())) == 1
    )


def _joined(query: str, selection: str) -> str | None:
    """Return the query with a selection at the beginning of its one group; None if it is not one group."""
    group = _ONE_GROUP.fullmatch(query)
    if group is None:
        return None
    select, body = group.groups()
    bare = _STRING.sub("''", body)
    if _NOT_ONE_GROUP.search(bare) or not _is_joined_by_names(bare):
        return None
    body = _joined_by_folded(body)
    return f"{select} {selection} {_with_each_property_once(body) if _DISTINCT.match(select) else body} }}"


def _joined_by_folded(body: str) -> str:
    """Return a body in which names that a filter demands to be equal are one, so that a store need not try all pairs.

    Both are the folded text of something, the second within a group of its own. A store joins by a name only where it
    is always bound: what has no text, such as a blank node, is given the empty one. The filter stays, and compares the
    texts themselves, so that nothing without a text is blamed.
    """
    for demanded in _FOLDED_ALIKE.finditer(body):
        bound = [each for each in _FOLDED.finditer(body) if each[2] in demanded.groups()]
        places = [_depth(body, each.start()) for each in (demanded, *bound)]
        if {each[2] for each in bound} != set(demanded.groups()) or places != [0, 0, 1]:
            continue
        one, other = (each[2] for each in bound)
        mentions = [len(re.findall(rf"[?$]{name}\b", body)) for name in (one, other)]
        if mentions == [2, 2]:  # where it is bound, and in the filter
            texts = " = ".join(f"LCASE(STR({each[1]}))" for each in bound)
            body = body.replace(demanded[0], f"FILTER({texts} &&")
            for each in bound:
                body = body.replace(each[0], f'BIND(COALESCE(LCASE(STR({each[1]})), "") AS ?{each[2]})')
            body = re.sub(rf"[?$]{other}\b", f"?{one}", body)
    return body


def _with_each_property_once(body: str) -> str:
    """Return a body in which a pattern that asks for properties alone yields each once, not once for each triple.

    The rows are the same where they are distinct.
    """
    for pattern in _ANY_TRIPLE.finditer(body):
        subject, value = (len(re.findall(rf"[?$]{name}\b", body)) for name in pattern.group(1, 3))
        if subject == value == 1 and not _depth(body, pattern.start()):
            body = body.replace(pattern[0], f"{{ SELECT DISTINCT ?{pattern[2]} WHERE {{ {pattern[0]} }} }}")
    return body


def _depth(body: str, place: int) -> int:
    """Return how many groups are open at a place of a body."""
    before = _STRING.sub("''", body[:place])
    return before.count("{") - before.count("}")


def _is_joined_by_names(body: str) -> bool:
    """Tell whether each group within a body has the same solutions joined with all focus nodes as with one.

    So does a condition (EXISTS) that binds nothing itself, and a group of its own, or a choice of several (UNION), that
    does not speak of ``$this``: a store makes it once and joins it with all of them.
    """
    open_groups: list[tuple[str, int]] = []
    for brace in _BRACE.finditer(body):
        if brace[2]:
            open_groups.append((brace[1].upper(), brace.end()))
            if brace[1].upper() not in ("", "UNION", "EXISTS"):
                return False
            continue
        if not open_groups:
            return False
        word, start = open_groups.pop()
        within = body[start : brace.start()]
        if (_BIND if word == "EXISTS" else _THIS).search(within):
            return False
    return not open_groups


def _selected(constraint: Constraint) -> str:
    """Return a pattern for the nodes that the targets of a constraint select, except for queries among them."""
    return " UNION ".join(f"{{ {_SELECTED[kind] % node} }}" for kind, node in constraint.targets if kind in _SELECTED)


def prologue(constraint: Properties, by_subject: Mapping[Term, Properties]) -> str:
    """Return the prefixes that a query may use (SHACL 5.2.1)."""
    declared = [each for owner in constraint.get(PREFIXES, ()) for each in declarations(owner, by_subject)]
    pairs = {(text(by_subject.get(each, {}), _PREFIX), text(by_subject.get(each, {}), _NAMESPACE)) for each in declared}
    return "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in sorted(pairs))


def declarations(owner: Term, by_subject: Mapping[Term, Properties]) -> list[Term]:
    """Return the declarations of prefixes of a node, and of the nodes that it imports."""
    owners = [owner]
    for each in owners:
        owners += (more for more in by_subject.get(each, {}).get(IMPORTS, ()) if more not in owners)
    return [declaration for each in owners for declaration in by_subject.get(each, {}).get(DECLARE, ())]
