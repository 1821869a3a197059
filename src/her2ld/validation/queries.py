"""What is asked of a store in SPARQL: the constraints that are queries, and how many nodes each constraint looks at.

Constraints are asked once for all focus nodes, not once for each. SHACL (5.3.1) evaluates the query of a constraint for
each focus node, with ``$this`` bound to it. Where the query is one group of patterns and filters, joining it with the
nodes that the targets select gives the same solutions, and a store finds them by its indexes. Every other constraint is
left to an engine that goes node by node.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode, QuerySolutions, Store

from her2ld.validation.report import SH, Result, Term
from her2ld.validation.shapes import TARGETS, Constraint, Properties, Shapes, properties_by_subject, text
from her2ld.vocabulary import standard

_SPARQL, _PREFIXES, _SELECT = (NamedNode(SH + name) for name in ("sparql", "prefixes", "select"))
_DECLARE, _PREFIX, _NAMESPACE = (NamedNode(SH + name) for name in ("declare", "prefix", "namespace"))
_WORDS = {NamedNode(SH + name) for name in ("name", "description", "severity", "message")}
_SELECTED = {
    "targetClass": f"$this {standard.TYPE}/{standard.SUBCLASS_OF}* %s",
    "targetSubjectsOf": "$this %s []",
    "targetObjectsOf": "[] %s $this",
    "targetNode": "VALUES $this { %s }",
}

_STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"|' + r"'(?:[^'\\\n]|\\.)*'")
_ONE_GROUP = re.compile(r"(\s*SELECT\s+(?:DISTINCT\s+)?\$this(?:\s+\?value)?\s+WHERE\s*\{)(.*)\}\s*", re.DOTALL)
# What stands inside of these would not know $this; a comment or a long string could hide one.
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
# From so many focus nodes on, a store decides better than we where it begins.
_MANY = 500
_BIND = re.compile(r"\bBIND\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Question:
    """A query that gives all violations of one constraint: ``$this``, and ``?value`` where there is one to blame.

    ``selection`` is the part of it that selects the focus nodes.
    """

    shape: NamedNode
    query: str
    selection: str


def questions(shapes: Shapes) -> tuple[Question, ...]:
    """Return a question for every constraint that can be asked in one."""
    said = properties_by_subject(shapes.triples)
    pointed_at = {triple.object for triple in shapes.triples}
    found = []
    for shape, constraint in shapes.constraints.items():
        asked = said[shape].get(_SPARQL, [])
        if len(asked) != 1 or shape in pointed_at or not _says_nothing_else(said[shape], said[asked[0]]):
            continue
        selection = f"{{ SELECT DISTINCT $this WHERE {{ {_selected(constraint)} }} }}"
        if query := _joined(text(said[asked[0]], _SELECT), selection):
            found.append(Question(shape, _prologue(said[asked[0]], said) + query, selection))
    return tuple(found)


def answers(asked: Iterable[Question], store: Store) -> Iterator[Result]:
    """Yield a result for each solution in the default graph of the store. Raises SyntaxError for what is no SPARQL."""
    few: dict[str, str | None] = {}
    for question in asked:
        if question.selection not in few:
            few[question.selection] = _few(question.selection, store)
        named = few[question.selection]
        solutions = store.query(question.query.replace(question.selection, named, 1) if named else question.query)
        if not isinstance(solutions, QuerySolutions):
            raise TypeError("a constraint is asked with SELECT")
        blames = "value" in {variable.value for variable in solutions.variables}
        for solution in solutions:
            focus = solution["this"]
            value = (solution["value"] if blames else None) or focus
            yield Result(focus, None, value, "SPARQLConstraintComponent", question.shape)


def _few(selection: str, store: Store) -> str | None:
    """Return the nodes of a selection by name, where they are few: a store then goes from them to what they touch."""
    solutions = store.query(f"SELECT $this WHERE {{ {selection} }} LIMIT {_MANY}")
    nodes = [solution["this"] for solution in solutions]  # type: ignore[union-attr]  # a SELECT has solutions
    if len(nodes) == _MANY or not all(isinstance(node, NamedNode) for node in nodes):
        return None
    return f"VALUES $this {{ {' '.join(map(str, nodes))} }}"


def focus_counts(shapes: Shapes, store: Store) -> dict[NamedNode, int]:
    """Count the focus nodes of every constraint: the nodes that its targets select from the data (SHACL 2.1.3)."""
    counts: dict[str, int] = {}
    for constraint in shapes.constraints.values():
        selected = _selected(constraint)
        if selected not in counts:
            solutions = store.query(f"SELECT DISTINCT $this WHERE {{ {selected} }}")
            counts[selected] = sum(1 for _ in solutions)  # type: ignore[misc, union-attr]  # a SELECT has solutions
    return {shape: counts[_selected(constraint)] for shape, constraint in shapes.constraints.items()}


def _says_nothing_else(shape: Properties, constraint: Properties) -> bool:
    return (
        shape.get(standard.TYPE) == [NamedNode(SH + "NodeShape")]
        and all(each in TARGETS or each in _WORDS or each == _SPARQL for each in shape if each.value.startswith(SH))
        and set(constraint) <= {standard.TYPE, _PREFIXES, _SELECT}
        and len(constraint[_SELECT]) == 1
    )


def _joined(query: str, selection: str) -> str | None:
    """Put the nodes that the targets select before the one group of the query; None where it is not one group."""
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
    """Return two names that a filter demands to be equal one name, so that a store need not compare all pairs.

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
    """Let a pattern that asks for nothing but properties give each of them once, not once for each triple.

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
    """Tell whether each group within a body gives the same joined with all focus nodes as with one of them.

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
    return " UNION ".join(f"{{ {_SELECTED[kind] % target} }}" for kind, target in constraint.targets)


def _prologue(constraint: Properties, said: Mapping[Term, Properties]) -> str:
    declared = [each for prefixes in constraint.get(_PREFIXES, ()) for each in said[prefixes].get(_DECLARE, ())]
    return "".join(f"PREFIX {text(said[each], _PREFIX)}: <{text(said[each], _NAMESPACE)}>\n" for each in declared)
