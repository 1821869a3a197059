"""Names for blank nodes that follow from what is said of them: the same graph has the same names, whoever wrote it.

RDFC-1.0 (W3C, *RDF Dataset Canonicalization*) names every graph, but takes the third power of its length for a list of
equal members. Lists, axioms and whatever else hangs together like a tree are named here in linear time; what hangs on
two things, or in a circle, is left to RDFC-1.0.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from hashlib import sha256

from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, Quad, Triple


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


def by_rdfc(triples: Iterable[Triple]) -> list[Triple]:
    """Return triples with the names that RDFC-1.0 gives; some small graphs take it longer than anyone waits."""
    dataset = Dataset(Quad(*triple) for triple in triples)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return [quad.triple for quad in dataset]


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
