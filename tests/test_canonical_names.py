"""Names of blank nodes follow from the graph alone, and two graphs have the same lines only if they are the same."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from her2ld.errors import LimitError
from her2ld.loading.lines import Summing
from her2ld.rdf.canonical_names import named_by_search, split_trees

NODES = [BlankNode(f"n{number}") for number in range(5)]
SUBJECTS = st.sampled_from([*NODES, NamedNode("x:a")])
TRIPLES = st.builds(
    Triple,
    SUBJECTS,
    st.sampled_from([NamedNode("x:p"), NamedNode("x:q")]),
    st.one_of(SUBJECTS, st.sampled_from([Literal("1"), NamedNode("x:b")])),
)
GRAPHS = st.lists(TRIPLES, max_size=10)


def lines(triples: list[Triple]) -> set[str]:
    named, others = split_trees(triples)
    return {str(triple) for triple in (*named, *by_search(others))}


def by_search(triples: list[Triple]) -> list[Triple]:
    found = named_by_search(triples, 1_000_000)
    assert found is not None
    return found


def reference(triples: list[Triple]) -> Dataset:
    dataset = Dataset(Quad(*triple) for triple in triples)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


@given(GRAPHS, st.randoms(use_true_random=False))
def test_order_and_labels_do_not_matter(triples: list[Triple], chance: random.Random) -> None:
    labels = [BlankNode() for _ in NODES]
    chance.shuffle(labels)
    renamed = dict(zip(NODES, labels, strict=True))

    def other(node: object) -> object:
        return renamed.get(node, node)  # type: ignore[call-overload]

    shuffled = [Triple(other(each.subject), each.predicate, other(each.object)) for each in triples]  # type: ignore[arg-type]
    chance.shuffle(shuffled)
    assert lines(shuffled) == lines(triples)
    assert len(lines(triples)) == len(set(triples))


@given(GRAPHS, GRAPHS)
def test_other_graphs_have_other_lines(one: list[Triple], other: list[Triple]) -> None:
    assert (lines(one) == lines(other)) == (reference(one) == reference(other))


def test_what_is_a_tree_needs_no_other_names() -> None:
    text = '<x:s> <x:p> ("a" "a" [ <x:q> [] , [] ]), [ <x:p> () ] . [] <x:p> 1 . [] <x:p> 1 .'
    named, others = split_trees(quad.triple for quad in parse(text, format=RdfFormat.TURTLE))
    assert (len(named), len(set(named)), others) == (13, 13, [])


def test_a_list_of_equal_members_is_named_at_once() -> None:
    text = f"<x:s> <x:p> ({'true ' * 1000}) ."
    summing = Summing()
    summing.sum_up(parse(text, format=RdfFormat.TURTLE))
    (total,) = summing.result().values()
    assert total.triples == 2001


P, Q = NamedNode("x:p"), NamedNode("x:q")


def ring(size: int, label: str = "r") -> list[Triple]:
    nodes = [BlankNode(f"{label}{number}") for number in range(size)]
    return [Triple(node, P, after) for node, after in zip(nodes, nodes[1:] + nodes[:1], strict=True)]


def test_nodes_of_a_ring_are_named_in_few_steps() -> None:
    """A node that an automorphism maps to one that was tried is not tried again."""
    triples = ring(8)
    shuffled = [Triple(BlankNode(f"a{each.subject.value}"), P, BlankNode(f"a{each.object.value}")) for each in triples]  # type: ignore[union-attr]
    shuffled.sort(key=lambda each: str(each)[::-1])
    assert lines(triples) == lines(shuffled)
    assert len(lines(triples)) == 8
    assert lines([*ring(4), *ring(4, "s")]) != lines(triples)
    assert named_by_search(triples, 40 * 8) is not None


def test_a_graph_in_which_no_node_differs_from_another_is_named() -> None:
    """Both are regular, of eight nodes with three neighbours each, and not the same: a cube, and a Möbius ladder."""

    def both_ways(pairs: list[tuple[int, int]], order: list[int]) -> list[Triple]:
        nodes = [BlankNode(f"m{number}") for number in order]
        return [Triple(nodes[a], P, nodes[b]) for one, other in pairs for a, b in ((one, other), (other, one))]

    cube = [(one, one ^ bit) for one in range(8) for bit in (1, 2, 4) if one < one ^ bit]
    ladder = [*((one, (one + 1) % 8) for one in range(8)), *((one, one + 4) for one in range(4))]
    orders = [[*range(8)], [7, 2, 5, 0, 1, 6, 3, 4], [3, 1, 0, 2, 7, 5, 6, 4], [4, 0, 6, 2, 1, 5, 3, 7]]
    cubes, ladders = ({frozenset(lines(both_ways(pairs, order))) for order in orders} for pairs in (cube, ladder))
    assert (len(cubes), len(ladders), cubes & ladders) == (1, 1, set())


def test_members_that_say_the_same_are_named() -> None:
    hub = BlankNode("hub")
    pairs = ((hub, BlankNode(f"m{number}")) for number in range(6))
    triples = [each for hub, member in pairs for each in (Triple(hub, P, member), Triple(member, Q, hub))]
    assert len(lines(triples)) == 12
    assert lines(triples) == lines(triples[::-1])


def test_too_many_steps_are_refused() -> None:
    assert named_by_search(ring(8), 20) is None
    summing = Summing()
    summing.sum_up(Quad(*triple) for triple in ring(8))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("her2ld.loading.lines._MOST_STEPS", 20)
        with pytest.raises(LimitError, match="the default graph: has blank nodes that 20 steps do not tell apart"):
            summing.result()
