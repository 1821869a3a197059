"""The comparison of papers as its quads give it: a reader of what her2ld writes, for round trips."""

from collections.abc import Iterator

from pyoxigraph import NamedNode

from her2ld.dataset.node_data import NodeData
from her2ld.statements.disagreements import Disagreement, NumberDifference, Opposition
from her2ld.statements.paper_comparison import Compared, Status
from her2ld.vocabulary import statement_model as model

SIDES = (model.ONE_SIDE, model.OTHER_SIDE)


def read_comparison(data: NodeData) -> Compared:
    """Return the comparison of papers that data contain, sorted by IRI."""
    return Compared(
        {claim: Status(only(data, claim, model.CLAIM_STATUS)) for claim in in_order(data, model.CLAIM)},
        tuple(
            Disagreement(
                *claim_and_digest(node),
                Opposition(only(data, node, model.OPPOSITION)),
                *named(data, node, *SIDES, model.DISPUTES, model.LIMITS, model.DIFFERS_IN),
            )
            for node in in_order(data, model.DISAGREEMENT)
        ),
        tuple(
            NumberDifference(*claim_and_digest(node), *named(data, node, *SIDES, model.DIFFERS_IN))
            for node in in_order(data, model.NUMBER_DIFFERENCE)
        ),
    )


def in_order(data: NodeData, kind: NamedNode) -> list[NamedNode]:
    return sorted(data.instances(kind), key=str)


def only(data: NodeData, node: NamedNode, property_: NamedNode) -> NamedNode:
    (value,) = data.about(node)[property_]
    assert isinstance(value, NamedNode)
    return value


def named(data: NodeData, node: NamedNode, *properties: NamedNode) -> Iterator[tuple[NamedNode, ...]]:
    about = data.about(node)
    for property_ in properties:
        yield tuple(value for value in about.get(property_, ()) if isinstance(value, NamedNode))


def claim_and_digest(iri: NamedNode) -> tuple[NamedNode, str]:
    """Return the claim and the digest in the IRI of a disagreement or a difference of numbers."""
    claim, _, fragment = iri.value.partition("#")
    return NamedNode(claim), fragment.rpartition("-")[2]
