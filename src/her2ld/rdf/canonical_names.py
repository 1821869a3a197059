"""Canonical names for blank nodes, made from their triples: equal graphs have equal names.

Trees of blank nodes, such as lists and axioms, are named in linear time. Other blank nodes, which are objects of
several triples or are in a cycle, are distinguished by partition refinement: nodes stay in one cell until their
neighbours are in different cells. If a cell still has several nodes after refinement, the search gives one of them a
cell of its own and refines again. It tries each node of the cell and keeps the result with the smallest description. It
skips a node if a known automorphism maps it to a node that was tried. RDFC-1.0 (W3C, *RDF Dataset Canonicalization*)
tries all nodes, which takes too long if many nodes are alike.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from pyoxigraph import BlankNode, Triple


def split_trees(triples: Iterable[Triple]) -> tuple[list[Triple], list[Triple]]:
    """Return the triples whose blank nodes are in trees, with canonical names, and the other triples unchanged.

    A tree consists of a blank node and all blank nodes that can be reached from it through blank nodes. Each of them is
    the object of at most one triple. Triples without blank nodes are in the first list. Both lists have no duplicates.
    """
    once = list(dict.fromkeys(triples))
    by_subject: defaultdict[BlankNode, list[Triple]] = defaultdict(list)
    owners: dict[BlankNode, Triple] = {}
    referred: Counter[BlankNode] = Counter()
    for triple in once:
        if isinstance(triple.subject, BlankNode):
            by_subject[triple.subject].append(triple)
        if isinstance(triple.object, BlankNode):
            owners[triple.object] = triple
            referred[triple.object] += 1
    nodes = list(dict.fromkeys((*by_subject, *owners)))
    roots = [node for node in nodes if not (node in owners and isinstance(owners[node].subject, BlankNode))]
    names: dict[BlankNode, BlankNode] = {}
    twins: Counter[str] = Counter()
    for root in roots:
        tree = _tree(root, by_subject)
        if tree and all(referred[node] <= 1 for node in tree):
            _name(tree, by_subject, owners, names, twins)
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
    """Return the triples, without duplicates, with canonical names; None if the search takes more than ``most_steps``.

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
    """A connected component of blank nodes, which are numbered: the content and the neighbours of each.

    The content of a node is its triples without other blank nodes. A neighbour is given by an edge and a number. An
    edge is a predicate and its direction.
    """

    nodes: list[BlankNode]
    contents: list[str]
    neighbours: list[list[tuple[str, int]]]


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A partition with one node in each cell: the place of each node, and a description of the graph by places."""

    places: dict[int, int]
    description: list[tuple[str, list[tuple[str, int]]]]


class _TooManyStepsError(Exception):
    """The search has taken more steps than allowed."""


class _Steps:
    """The number of steps that are left."""

    def __init__(self, most: int) -> None:
        self._left = most

    def take(self, number: int) -> None:
        """Subtract a number of steps. Raises _TooManyStepsError if fewer are left."""
        self._left -= number
        if self._left < 0:
            raise _TooManyStepsError


# A partition: the cell of each node, and the nodes of each cell. A cell has the number of nodes in the cells before it.
_Cells = tuple[list[int], dict[int, set[int]]]


def _connected(triples: Sequence[Triple]) -> Iterator[_Connected]:
    """Yield the connected components of the blank nodes of triples."""
    by_subject: defaultdict[BlankNode, list[str]] = defaultdict(list)
    linked: defaultdict[BlankNode, list[tuple[str, BlankNode]]] = defaultdict(list)
    for subject, predicate, value in triples:
        if isinstance(subject, BlankNode) and isinstance(value, BlankNode) and subject != value:
            linked[subject].append((f"> {predicate}", value))
            linked[value].append((f"< {predicate}", subject))
        elif isinstance(subject, BlankNode):
            by_subject[subject].append(f"> {predicate} {'itself' if subject == value else value}")
        elif isinstance(value, BlankNode):
            by_subject[value].append(f"< {predicate} {subject}")
    numbers: dict[BlankNode, int] = {}
    for first in dict.fromkeys((*by_subject, *linked)):
        if first in numbers:
            continue
        numbers[first] = 0
        nodes = [first]
        for node in nodes:  # the list grows during the loop
            for _, other in linked[node]:
                if other not in numbers:
                    numbers[other] = len(nodes)
                    nodes.append(other)
        neighbours = [sorted((edge, numbers[other]) for edge, other in linked[node]) for node in nodes]
        yield _Connected(nodes, _numbered([sorted(by_subject[node]) for node in nodes], neighbours), neighbours)


def _numbered(contents: list[list[str]], neighbours: list[list[tuple[str, int]]]) -> list[str]:
    """Return the content of each node, with a number that distinguishes nodes with equal content and neighbours.

    The order of these nodes is arbitrary, because exchanging two of them is an automorphism of the graph.
    """
    twins: Counter[str] = Counter()
    numbered: list[str] = []
    for content, own in zip(contents, neighbours, strict=True):
        description = repr((content, own))
        numbered.append(repr((content, twins[description])))
        twins[description] += 1
    return numbered


def _first_cells(graph: _Connected) -> _Cells:
    """Return the initial partition, in which the nodes of a cell have the same content."""
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
    """Return the leaf with the smallest description below a partition that has not been refined."""
    return _below(graph, _told_apart(graph, cells, range(len(graph.nodes)), steps), steps)


def _below(graph: _Connected, cells: _Cells, steps: _Steps) -> _Leaf:
    """Return the leaf with the smallest description below a refined partition."""
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
                for each in alike:  # an automorphism maps each to the node at the same place
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
    """Return the nodes of the first cell that has several, or no nodes."""
    several = [cell for cell, members in cells[1].items() if len(members) > 1]
    return cells[1][min(several)] if several else set()


def _chosen(graph: _Connected, cells: _Cells, node: int, steps: _Steps) -> _Cells:
    """Return the refined partition after a node has been given a cell of its own."""
    cell_of, members = list(cells[0]), {cell: set(nodes) for cell, nodes in cells[1].items()}
    steps.take(len(cell_of))
    cell = cell_of[node]
    members[cell].remove(node)
    cell_of[node] = cell + len(members[cell])
    members[cell_of[node]] = {node}
    return _told_apart(graph, (cell_of, members), [node], steps)


def _some_leaf(graph: _Connected, cells: _Cells, steps: _Steps) -> _Leaf:
    """Return an arbitrary leaf below a partition."""
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
    """Return the partition, refined by the cells of neighbours until it is stable. The given partition is modified.

    ``changed`` are the nodes whose cell is new.
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
            # The nodes without a changed neighbour, or else the first group, keep the number of the cell.
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


def _tree(root: BlankNode, by_subject: defaultdict[BlankNode, list[Triple]]) -> list[BlankNode]:
    """Return the root and its descendants, each node after its owner; an empty list if they are not a tree."""
    tree = [root]
    seen = {root}
    for node in tree:  # the list grows during the loop
        for triple in by_subject.get(node, ()):
            if isinstance(triple.object, BlankNode):
                if triple.object in seen:
                    return []
                seen.add(triple.object)
                tree.append(triple.object)
    return tree


def _name(
    tree: Sequence[BlankNode],
    by_subject: defaultdict[BlankNode, list[Triple]],
    owners: dict[BlankNode, Triple],
    names: dict[BlankNode, BlankNode],
    twins: Counter[str],
) -> None:
    """Add names of the nodes of a tree, made from their content and position. Identical nodes are numbered."""
    contents: dict[BlankNode, str] = {}
    for node in reversed(tree):
        lines = [
            f"{triple.predicate} {contents[value] if isinstance(value, BlankNode) else value}"
            for triple in by_subject.get(node, ())
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
