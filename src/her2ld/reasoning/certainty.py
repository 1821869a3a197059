"""Conclusions from statements that are not all sure: none is surer than what it rests on.

A conclusion is as sure as the least sure of its premises; of several ways to it, the surest counts. So it has the
highest rank at which it follows from the statements of that rank and above, and one closure for each rank finds them.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad, Triple

from her2ld import iris
from her2ld.dataset.statements import StatementNode
from her2ld.reasoning.closure import closure
from her2ld.reasoning.explanation import explain
from her2ld.vocabulary import model, standard


@dataclass(frozen=True, slots=True)
class Stated:
    """What a statement says, how sure its author is (the rank of its modality), and its node."""

    triple: Triple
    rank: int
    node: NamedNode


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What follows, the rank of its least sure premise, and the statements that it follows from."""

    triple: Triple
    rank: int
    premises: tuple[NamedNode, ...]


def conclusions(axioms: Iterable[Triple | Quad], statements: Iterable[Stated]) -> tuple[Conclusion, ...]:
    """Give what follows from statements and axioms, but not from axioms alone, and is not stated as surely itself."""
    axioms = tuple(Triple(each.subject, each.predicate, each.object) for each in axioms)
    statements = tuple(statements)
    nodes: Mapping[Triple, list[Stated]] = defaultdict(list)
    for stated in statements:
        nodes[stated.triple].append(stated)
    known = set(axioms) | set(closure(axioms).rounds)
    found = []
    for rank in sorted({stated.rank for stated in statements}, reverse=True):
        sure = {stated.triple for stated in statements if stated.rank >= rank}
        followed = closure([*axioms, *sorted(sure, key=str)])
        for triple in sorted(followed.new(), key=str):
            if triple in known:
                continue
            reason = explain(followed, triple)
            leaves = list(reason.leaves()) if reason else []
            premises = [stated.node for leaf in leaves for stated in nodes.get(leaf, ()) if stated.rank >= rank]
            found.append(Conclusion(triple, rank, tuple(dict.fromkeys(premises))))
        known |= set(followed.rounds) | sure
    return tuple(found)


def stated_in(statements: Iterable[StatementNode]) -> tuple[Stated, ...]:
    """Return what statements affirm, other than what is unknown.

    Statements that lack a part of it say nothing here; validation reports them.
    """
    return tuple(
        Stated(Triple(each.subject, each.relation, each.object), each.certainty.rank, each.iri)
        for each in statements
        if isinstance(each.subject, NamedNode) and each.relation and each.object
        if each.standing.affirms and each.certainty
    )


def conclusion_quads(
    found: Iterable[Conclusion], label: Callable[[NamedNode], str], modality: Callable[[int], NamedNode]
) -> Iterator[Quad]:
    """Yield a node for every conclusion, with its modality and the statements that it was derived from.

    ``label`` names a term, ``modality`` gives the modality of a rank.
    """
    for each in found:
        node = iris.conclusion(each.triple, each.rank, each.premises)
        subject, predicate, value = each.triple
        name = " ".join(label(term) for term in each.triple if isinstance(term, NamedNode))
        described = (
            (standard.TYPE, model.CONCLUSION),
            (standard.LABEL, Literal(name, language="en")),
            (standard.SUBJECT, subject),
            (standard.PREDICATE, predicate),
            (standard.OBJECT, value),
            (model.MODALITY, modality(each.rank)),
            *((standard.DERIVED_FROM, premise) for premise in each.premises),
        )
        for property_, term in described:
            yield Quad(node, property_, term, model.CONCLUSIONS_GRAPH)
