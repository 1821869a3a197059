"""What papers say together as quads of ``graph:statements``, and read back from quads.

The status of a claim is written with the claim, by :mod:`her2ld.dataset.statements`; here are disagreements and
differences of numbers. What is read back may come from anyone: what a node lacks is left out with it.
"""

from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from typing import TypeVar

from pyoxigraph import Literal, NamedNode, Quad

from her2ld import iris
from her2ld.dataset.said import About, Said
from her2ld.statements.comparison import Compared, Status
from her2ld.statements.disagreements import Disagreement, NumberDifference, Opposition
from her2ld.vocabulary import model as graphs
from her2ld.vocabulary import standard
from her2ld.vocabulary import statement_model as model
from her2ld.vocabulary.ontology import Vocabulary

_Kind = TypeVar("_Kind", bound=Enum)

_OF_DISAGREEMENT = (
    (model.ONE_SIDE, "one_side"),
    (model.OTHER_SIDE, "other_side"),
    (model.DISPUTES, "disputed"),
    (model.LIMITS, "limited"),
    (model.DIFFERS_IN, "differs"),
)
_OF_DIFFERENCE = ((model.ONE_SIDE, "one_side"), (model.OTHER_SIDE, "other_side"), (model.DIFFERS_IN, "differs"))


def comparison_quads(comparison: Compared, vocabulary: Vocabulary) -> Iterator[Quad]:
    """Yield a node for each disagreement and for each difference of numbers."""
    for subject, property_, value in _describe(comparison, vocabulary.label):
        yield Quad(subject, property_, value, graphs.STATEMENTS_GRAPH)


def _describe(
    comparison: Compared, label: Callable[[NamedNode], str]
) -> Iterator[tuple[NamedNode, NamedNode, NamedNode | Literal]]:
    for each in comparison.disagreements:
        node = iris.disagreement(each.claim, each.digest)
        yield node, standard.TYPE, model.DISAGREEMENT
        yield node, standard.LABEL, Literal(f"disagreement: {label(each.why.value)}", language="en")
        yield node, model.OPPOSITION, each.why.value
        yield from _values(node, each, _OF_DISAGREEMENT)
    for difference in comparison.number_differences:
        node = iris.number_difference(difference.claim, difference.digest)
        yield node, standard.TYPE, model.NUMBER_DIFFERENCE
        yield node, standard.LABEL, Literal("numbers whose intervals do not meet", language="en")
        yield from _values(node, difference, _OF_DIFFERENCE)


def _values(
    node: NamedNode, whole: object, parts: Iterable[tuple[NamedNode, str]]
) -> Iterator[tuple[NamedNode, NamedNode, NamedNode]]:
    for property_, name in parts:
        for value in getattr(whole, name):
            yield node, property_, value


def read_comparison(said: Said) -> Compared:
    """Return what data say that papers say together, sorted by IRI.

    A claim with several statuses has none here, and neither is a disagreement read that does not say why it is one.
    """
    statuses = {
        claim: status
        for claim in sorted(said.instances(model.CLAIM), key=str)
        if (status := _one_of(Status, said.about(claim), model.CLAIM_STATUS))
    }
    disagreements = (
        Disagreement(
            *iris.claim_and_digest(node),
            why,
            *_read(node, said, _OF_DISAGREEMENT),
        )
        for node in sorted(said.instances(model.DISAGREEMENT), key=str)
        if (why := _one_of(Opposition, said.about(node), model.OPPOSITION))
    )
    differences = (
        NumberDifference(*iris.claim_and_digest(node), *_read(node, said, _OF_DIFFERENCE))
        for node in sorted(said.instances(model.NUMBER_DIFFERENCE), key=str)
    )
    return Compared(statuses, tuple(disagreements), tuple(differences))


def _one_of(kinds: type[_Kind], about: About, property_: NamedNode) -> _Kind | None:
    found = [each for each in kinds if each.value in about.get(property_, ())]
    return found[0] if len(found) == 1 else None


def _read(node: NamedNode, said: Said, parts: Iterable[tuple[NamedNode, str]]) -> Iterator[tuple[NamedNode, ...]]:
    about = said.about(node)
    for property_, _ in parts:
        yield tuple(value for value in about.get(property_, ()) if isinstance(value, NamedNode))
