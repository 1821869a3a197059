"""The queries that a store is asked: constraints in SPARQL, and how many nodes each constraint looks at.

A constraint is asked once for all focus nodes, not once for each. SHACL (5.3.1) evaluates the query of a constraint for
each focus node, with ``$this`` bound to it. Where the query is one group of patterns and filters, joining it with the
nodes that the targets select gives the same solutions, and a store finds them by its indexes. Every other constraint is
left to an engine that evaluates it node by node.
"""

import re
from collections.abc import Callable, Mapping, Sequence
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
# With this many focus nodes, or one to so many triples, a store knows better where to begin.
_MANY, _TRIPLES_TO_A_NODE = 500, 100
# How much leads to a node by any property, no store can tell: a class may be the object of most triples.
_TO_THIS = re.compile(r"\?\w+ \?\w+ [?$]this\b")
# With this many triples, a second thread is worth it: Oxigraph and shacl work outside Python's lock.
_ENOUGH_TO_SHARE = 100_000
_BIND = re.compile(r"\bBIND\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ConstraintQuery:
    """A query for all violations of one constraint: ``$this``, and ``?value`` if one is to blame.

    ``selected`` is the pattern of its selection of focus nodes.
    """

    shape: NamedNode
    constraint: NamedNode
    query: str
    selected: str


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
        selected = _selected(constraint)
        if query := _joined(text(by_subject[query_node], SELECT), _selection(selected)):
            found.append(
                ConstraintQuery(shape, query_node, prologue(by_subject[query_node], by_subject) + query, selected)
            )
    return tuple(found)


def answers(
    asked: Sequence[ConstraintQuery], data: SeenData, work: Callable[[], list[ShapeResult]] = list
) -> tuple[list[ShapeResult], set[NamedNode]]:
    """Return what ``work`` returns with a result for each solution in the data, and the shapes left without an answer.

    The store cannot answer where the solutions depend on how literals are written, which it does not know. Of much data
    it is asked by a second thread while ``work`` is done, and by both afterwards. Raises SyntaxError for what is no
    SPARQL.
    """
    by_form = {question for question in asked if data.tells_forms_apart(question.query)}  # rdflib reads one at a time
    unanswered = {question.shape for question in by_form}
    left = iter([question for question in asked if question not in by_form])
    selections: dict[str, str] = {}

    def take() -> list[ShapeResult]:
        """Answer questions until none is left; each is taken by one thread."""
        taken: list[ShapeResult] = []
        for question in left:
            results = _answer(question, data, selections)
            if results is None:
                unanswered.add(question.shape)
            else:
                taken += results
        return taken

    if data.size < _ENOUGH_TO_SHARE:
        return [*work(), *take()], unanswered
    with ThreadPoolExecutor(1) as pool:
        beside = pool.submit(take)
        results = [*work(), *take()]
        return [*results, *beside.result()], unanswered


def _answer(question: ConstraintQuery, data: SeenData, selections: dict[str, str]) -> list[ShapeResult] | None:
    """Return the results of one question; None where the store cannot answer it.

    ``selections`` keeps what ``_as_counted`` returned for the nodes of a question.
    """
    if question.selected not in selections:
        selections[question.selected] = _as_counted(question.selected, data)
    solutions = data.asked(_with_selection(question, selections[question.selected]))
    blames = "value" in {variable.value for variable in solutions.variables}
    found: list[ShapeResult] = []
    for solution in solutions:
        focus = solution["this"]
        value = data.as_written((solution["value"] if blames else None) or focus)
        if value is None:
            return None
        found.append(ShapeResult(focus, None, value, _COMPONENT, question.shape, question.constraint))
    return found


def _with_selection(question: ConstraintQuery, selection: str) -> str:
    """Return the query of a question with another form of its selection, unless a store should not begin with that."""
    is_limited = "LIMIT" in selection
    if is_limited and _TO_THIS.search(question.query):
        return question.query
    return question.query.replace(_selection(question.selected), selection, 1)


def _as_counted(selected: str, data: SeenData) -> str:
    """Return the selection of a pattern in the form that is the quickest for so many nodes.

    A store takes any path for one to millions of nodes, but it counts names, and believes a limit: it begins with few
    nodes where it is given one or the other. It need not look for what is selected twice where nothing is.
    """
    nodes, solutions = data.numbers_selected(selected)
    if nodes < _MANY:
        found = _nodes(selected, data)
        if all(isinstance(node, NamedNode) for node in found):
            return f"VALUES $this {{ {' '.join(map(str, found))} }}"
    selection = _selection(selected)
    if nodes * _TRIPLES_TO_A_NODE < data.size:
        return f"{selection.removesuffix('}')}LIMIT {nodes} }}"
    return selection.replace("SELECT DISTINCT", "SELECT", 1) if nodes == solutions else selection


def focus_counts(shapes: Shapes, data: SeenData) -> dict[NamedNode, int]:
    """Return the number of focus nodes of every constraint, which its targets select from the data (SHACL 2.1.3).

    Raises ValidationError where the query of a target cannot be asked.
    """
    found = {}
    for shape, constraint in shapes.constraints.items():
        selected = _selected(constraint)
        if by_query := nodes_of_queries(constraint, shapes, data):
            found[shape] = len(by_query | _nodes(selected, data))
        else:
            found[shape], _ = data.numbers_selected(selected)
    return found


def _nodes(selected: str, data: SeenData) -> set[Term]:
    return {solution["this"] for solution in data.asked(f"SELECT DISTINCT $this WHERE {{ {selected} }}")}


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
    patterns = [f"{{ {_SELECTED[kind] % node} }}" for kind, node in constraint.targets if kind in _SELECTED]
    return " UNION ".join(patterns) or "FILTER(false)"


def _selection(selected: str) -> str:
    """Return a group that selects each of the nodes of a pattern once."""
    return f"{{ SELECT DISTINCT $this WHERE {{ {selected} }} }}"


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
