"""Conclusions from statements that are not all sure: none is surer than what it rests on.

A conclusion is as sure as the least sure of its premises; of several ways to it, the surest counts. So it has the
highest rank at which it follows from the statements of that rank and above, and one closure for each rank finds them.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad, Triple

from her2ld import iris
from her2ld.reasoning.closure import closure
from her2ld.reasoning.explanation import explain
from her2ld.statements import Statement, plain
from her2ld.statements.paper_comparison import licences
from her2ld.statements.plain import Judge, Licence
from her2ld.vocabulary import model as graphs
from her2ld.vocabulary import standard
from her2ld.vocabulary import statement_model as model


@dataclass(frozen=True, slots=True)
class Stated:
    """What a statement says, how sure its author is (the rank of its certainty), and its node."""

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
    """Return what follows from statements and axioms, but not from axioms alone, and is not stated as surely itself."""
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


def stated_in(statements: Iterable[Statement], by: Judge) -> tuple[Stated, ...]:
    """Return what statements license as a triple, asserted or hedged.

    What is denied, not found, left open, disputed or only investigated says nothing here, nor does a statement that
    lacks a part; validation reports those.
    """
    return tuple(
        Stated(Triple(claim.subject, claim.relation, claim.object), sure, each.iri)
        for each, licence in licences(tuple(statements), by)
        if licence is not Licence.NONE
        if (claim := each.claim) and claim.subject and claim.relation and claim.object
        if (sure := plain.rank(each, by.steering)) is not None
    )


def conclusion_quads(
    found: Iterable[Conclusion], label: Callable[[NamedNode], str], certainty: Callable[[int], NamedNode]
) -> Iterator[Quad]:
    """Yield a node for every conclusion, with its claim, its certainty and the statements that it was derived from.

    ``label`` names a term, ``certainty`` gives the value of a rank. No paper says what only follows: a conclusion is
    about its claim (``her2:hasClaim``) and affirms nothing.
    """
    for each in found:
        subject, predicate, value = each.triple
        if not (isinstance(subject, NamedNode) and isinstance(value, NamedNode)):
            continue
        node, claim = iris.conclusion(each.triple, each.rank, each.premises), iris.claim(subject, predicate, value)
        name = Literal(" ".join(map(label, (subject, predicate, value))), language="en")
        described = (
            (node, standard.TYPE, model.CONCLUSION),
            (node, standard.LABEL, name),
            (node, model.HAS_CLAIM, claim.iri),
            (node, model.CERTAINTY, certainty(each.rank)),
            *((node, standard.DERIVED_FROM, premise) for premise in each.premises),
            (claim.iri, standard.TYPE, model.CLAIM),
            (claim.iri, standard.LABEL, name),
            (claim.iri, model.SUBJECT, subject),
            (claim.iri, model.RELATION, predicate),
            (claim.iri, model.OBJECT, value),
        )
        for about, property_, term in described:
            yield Quad(about, property_, term, graphs.CONCLUSIONS_GRAPH)
