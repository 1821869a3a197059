"""Names of blank nodes follow from the graph alone, and two graphs have the same lines only if they are the same."""

import random

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from her2ld.loading.lines import Summing
from her2ld.rdf.canonical_names import by_rdfc, split_trees

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
    return {str(triple) for triple in (*named, *by_rdfc(others))}


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
    """By RDFC-1.0 alone this took most of a minute."""
    text = f"<x:s> <x:p> ({'true ' * 1000}) ."
    summing = Summing()
    summing.sum_up(parse(text, format=RdfFormat.TURTLE))
    (total,) = summing.result().values()
    assert total.triples == 2001
