"""Names for blank nodes that follow from what is said of them: the same graph has the same names, whoever wrote it.

Lists, axioms and whatever else hangs together like a tree are named in linear time. Nodes that hang on two things, or
in a circle, are told apart by their neighbours, round after round. Where nodes are still alike, one is chosen and the
rounds go on. Of all choices, the one with the least description is kept; a node that an automorphism maps to one that
was tried need not be tried. RDFC-1.0 (W3C, *RDF Dataset Canonicalization*) tries all of them,
which takes too long where many nodes are alike.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from pyoxigraph import BlankNode, Triple


def split_trees(triples: Iterable[Triple]) -> tuple[list[Triple], list[Triple]]:
    """Return the triples that hang together as trees, with lasting names, and the others as they are; each once.

    A tree holds a blank node and all that hangs on it by blank nodes; each of them is the object of one triple at most.
    """
    once = list(dict.fromkeys(triples))
    said: defaultdict[BlankNode, list[Triple]] = defaultdict(list)
    owners: dict[BlankNode, Triple] = {}
    referred: Counter[BlankNode] = Counter()
    for triple in once:
        if isinstance(triple.subject, BlankNode):
            said[triple.subject].append(triple)
        if isinstance(triple.object, BlankNode):
            owners[triple.object] = triple
            referred[triple.object] += 1
    nodes = list(dict.fromkeys((*said, *owners)))
    roots = [node for node in nodes if not (node in owners and isinstance(owners[node].subject, BlankNode))]
    names: dict[BlankNode, BlankNode] = {}
    twins: Counter[str] = Counter()
    for root in roots:
        tree = _tree(root, said)
        if tree and all(referred[node] <= 1 for node in tree):
            _name(tree, said, owners, names, twins)
    named: list[Triple] = []
    others: list[Triple] = []
    for triple in once:
        subject, value = triple.subject, triple.object
        blank = [node for node in (subject, value) if isinstance(node, BlankNode)]
        if all(node in names for node in blank):
            new_subject = names[subject] if isinstance(subject, BlankNode) else subject
            new_value = names[value] if isinstance(value, BlankNode) else value
            named.append(Triple(new_subject, triple.predicate, new_value))
        else:
            others.append(triple)
    return named, others


def named_by_search(triples: Iterable[Triple], most_steps: int) -> list[Triple] | None:
    """Return triples with lasting names of their blank nodes, each once; None where it takes too many steps.

    A step looks at one neighbour of one node.
    """
    once = list(dict.fromkeys(triples))
    names: dict[BlankNode, BlankNode] = {}
    twins: Counter[str] = Counter()
    steps = _Steps(most_steps)
    try:
        for graph in _connected(once):
            leaf = _search(graph, _first_cells(graph), steps)
            digest = _digest(repr(leaf.description))
            for node, place in leaf.places.items():
                names[graph.nodes[node]] = BlankNode("r" + _digest(f"{digest} {twins[digest]} {place}")[:32])
            twins[digest] += 1
    except _TooManyStepsError:
        return None

    def named(node: object) -> object:
        return names[node] if isinstance(node, BlankNode) else node

    return [Triple(named(subject), predicate, named(value)) for subject, predicate, value in once]  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class _Connected:
    """Blank nodes that hang together, by number: what each says beside the others, and its neighbours.

    A neighbour is an edge and a number. An edge is a predicate with the direction in which it leads.
    """

    nodes: list[BlankNode]
    contents: list[str]
    neighbours: list[list[tuple[str, int]]]


@dataclass(frozen=True, slots=True)
class _Leaf:
    """Nodes that are all told apart: the place of each, and a description of the graph by these places."""

    places: dict[int, int]
    description: list[tuple[str, list[tuple[str, int]]]]


class _TooManyStepsError(Exception):
    """The search has taken as many steps as it may."""


class _Steps:
    """Counts steps down."""

    def __init__(self, most: int) -> None:
        self._left = most

    def take(self, number: int) -> None:
        """Count some steps. Raises _TooManyStepsError where none is left."""
        self._left -= number
        if self._left < 0:
            raise _TooManyStepsError


# Which cell each node is in, and the nodes of each cell. A cell has the number of nodes in the cells before it.
_Cells = tuple[list[int], dict[int, set[int]]]


def _connected(triples: Sequence[Triple]) -> Iterator[_Connected]:
    """Yield the blank nodes of triples, those that hang together at a time."""
    said: defaultdict[BlankNode, list[str]] = defaultdict(list)
    linked: defaultdict[BlankNode, list[tuple[str, BlankNode]]] = defaultdict(list)
    for subject, predicate, value in triples:
        if isinstance(subject, BlankNode) and isinstance(value, BlankNode) and subject != value:
            linked[subject].append((f"> {predicate}", value))
            linked[value].append((f"< {predicate}", subject))
        elif isinstance(subject, BlankNode):
            said[subject].append(f"> {predicate} {'itself' if subject == value else value}")
        elif isinstance(value, BlankNode):
            said[value].append(f"< {predicate} {subject}")
    numbers: dict[BlankNode, int] = {}
    for first in dict.fromkeys((*said, *linked)):
        if first in numbers:
            continue
        numbers[first] = 0
        nodes = [first]
        for node in nodes:  # grows on the way
            for _, other in linked[node]:
                if other not in numbers:
                    numbers[other] = len(nodes)
                    nodes.append(other)
        neighbours = [sorted((edge, numbers[other]) for edge, other in linked[node]) for node in nodes]
        yield _Connected(nodes, _numbered([sorted(said[node]) for node in nodes], neighbours), neighbours)


def _numbered(contents: list[list[str]], neighbours: list[list[tuple[str, int]]]) -> list[str]:
    """Return what each node says, with a number for those that say the same and have the same neighbours.

    Whichever of them is the first, the graph is the same.
    """
    twins: Counter[str] = Counter()
    numbered: list[str] = []
    for content, own in zip(contents, neighbours, strict=True):
        description = repr((content, own))
        numbered.append(repr((content, twins[description])))
        twins[description] += 1
    return numbered


def _first_cells(graph: _Connected) -> _Cells:
    """Return the cells of nodes that say the same beside their neighbours."""
    members: defaultdict[str, set[int]] = defaultdict(set)
    for node, content in enumerate(graph.contents):
        members[content].add(node)
    cell_of = [0] * len(graph.nodes)
    cells: dict[int, set[int]] = {}
    begin = 0
    for content in sorted(members):
        cells[begin] = members[content]
        for node in members[content]:
            cell_of[node] = begin
        begin += len(members[content])
    return cell_of, cells


def _search(graph: _Connected, cells: _Cells, steps: _Steps) -> _Leaf:
    """Return the leaf with the least description below cells, of which none has been told apart by its neighbours."""
    return _below(graph, _told_apart(graph, cells, range(len(graph.nodes)), steps), steps)


def _below(graph: _Connected, cells: _Cells, steps: _Steps) -> _Leaf:
    """Return the leaf with the least description below cells."""
    alike = _alike(cells)
    if not alike:
        return _leaf(graph, cells[0], steps)
    best: _Leaf | None = None
    orbits = {node: node for node in alike}
    tried: set[int] = set()
    for node in alike:
        if _orbit(orbits, node) in {_orbit(orbits, each) for each in tried}:
            continue
        tried.add(node)
        chosen = _chosen(graph, cells, node, steps)
        if best is not None:
            some = _some_leaf(graph, chosen, steps)
            if some.description == best.description:
                there = {place: each for each, place in best.places.items()}
                for each in alike:  # an automorphism maps each to the one in its place
                    orbits[_orbit(orbits, each)] = _orbit(orbits, there[some.places[each]])
                continue
        leaf = _below(graph, chosen, steps)
        if best is None or leaf.description < best.description:
            best = leaf
    if best is None:
        raise ValueError(alike)
    return best


def _orbit(orbits: dict[int, int], node: int) -> int:
    while orbits[node] != node:
        orbits[node] = node = orbits[orbits[node]]
    return node


def _alike(cells: _Cells) -> set[int]:
    """Return the nodes of the first cell that has several."""
    several = [cell for cell, members in cells[1].items() if len(members) > 1]
    return cells[1][min(several)] if several else set()


def _chosen(graph: _Connected, cells: _Cells, node: int, steps: _Steps) -> _Cells:
    """Return the cells after a node has been chosen of those that are alike."""
    cell_of, members = list(cells[0]), {cell: set(nodes) for cell, nodes in cells[1].items()}
    steps.take(len(cell_of))
    cell = cell_of[node]
    members[cell].remove(node)
    cell_of[node] = cell + len(members[cell])
    members[cell_of[node]] = {node}
    return _told_apart(graph, (cell_of, members), [node], steps)


def _some_leaf(graph: _Connected, cells: _Cells, steps: _Steps) -> _Leaf:
    """Return a leaf below cells, whichever comes first."""
    while alike := _alike(cells):
        cells = _chosen(graph, cells, next(iter(alike)), steps)
    return _leaf(graph, cells[0], steps)


def _leaf(graph: _Connected, cell_of: Sequence[int], steps: _Steps) -> _Leaf:
    described: dict[int, tuple[str, list[tuple[str, int]]]] = {}
    for node, place in enumerate(cell_of):
        steps.take(len(graph.neighbours[node]) + 1)
        described[place] = graph.contents[node], sorted((edge, cell_of[each]) for edge, each in graph.neighbours[node])
    return _Leaf(dict(enumerate(cell_of)), [described[place] for place in range(len(cell_of))])


def _told_apart(graph: _Connected, cells: _Cells, changed: Iterable[int], steps: _Steps) -> _Cells:
    """Return the cells after nodes have been told apart by the cells of their neighbours, until nothing changes.

    ``changed`` are the nodes whose cell is new. The given cells are changed.
    """
    cell_of, members = cells
    while changed:
        seen: defaultdict[int, list[tuple[str, int]]] = defaultdict(list)
        for node in changed:
            steps.take(len(graph.neighbours[node]) + 1)
            for edge, other in graph.neighbours[node]:
                seen[other].append((edge, cell_of[node]))
        touched: defaultdict[int, dict[tuple[tuple[str, int], ...], list[int]]] = defaultdict(dict)
        for node, neighbours in seen.items():
            touched[cell_of[node]].setdefault(tuple(sorted(neighbours)), []).append(node)
        new: list[int] = []
        for cell, groups in touched.items():
            rest = len(members[cell]) - sum(map(len, groups.values()))
            # Those that stay keep the number of the cell: the untouched ones, or else the first group.
            moving = sorted(groups)[0 if rest else 1 :]
            begin = cell + (rest or len(groups[min(groups)]))
            for group in moving:
                members[begin] = set(groups[group])
                members[cell] -= members[begin]
                for node in groups[group]:
                    cell_of[node] = begin
                new += groups[group]
                begin += len(groups[group])
        changed = new
    return cell_of, members


def _tree(root: BlankNode, said: defaultdict[BlankNode, list[Triple]]) -> list[BlankNode]:
    """Return the root and all that hangs on it, owners before what they own; nothing where it is no tree."""
    tree = [root]
    seen = {root}
    for node in tree:  # grows on the way
        for triple in said.get(node, ()):
            if isinstance(triple.object, BlankNode):
                if triple.object in seen:
                    return []
                seen.add(triple.object)
                tree.append(triple.object)
    return tree


def _name(
    tree: Sequence[BlankNode],
    said: defaultdict[BlankNode, list[Triple]],
    owners: dict[BlankNode, Triple],
    names: dict[BlankNode, BlankNode],
    twins: Counter[str],
) -> None:
    """Name each node after what it says and where it hangs; twins, the same all through, are numbered."""
    contents: dict[BlankNode, str] = {}
    for node in reversed(tree):
        lines = [
            f"{triple.predicate} {contents[value] if isinstance(value, BlankNode) else value}"
            for triple in said.get(node, ())
            for value in (triple.object,)
        ]
        contents[node] = _digest("\n".join(sorted(lines)))
    for node in tree:
        owner = owners.get(node)
        place = ""
        if owner:
            subject = names[owner.subject] if isinstance(owner.subject, BlankNode) else owner.subject
            place = f"{subject} {owner.predicate}"
        description = f"{place} {contents[node]}"
        names[node] = BlankNode("t" + _digest(f"{description} {twins[description]}")[:32])
        twins[description] += 1


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
