"""What became of a paper since it appeared: its comments and corrections, and the standing that they give it."""

import re
from dataclasses import dataclass

from pyoxigraph import NamedNode

from her2ld.pages.knowledge import Knowledge
from her2ld.statements import Statement
from her2ld.vocabulary import model, standard


@dataclass(frozen=True, slots=True)
class Correction:
    """A comment on a paper or a correction of it: what it is, the standing that it gives, its text, the cited work."""

    words: str
    standing: NamedNode | None
    text: str
    work: NamedNode | None


def corrections_of(knowledge: Knowledge, paper: NamedNode) -> tuple[Correction, ...]:
    """Return the comments on a paper and its corrections, in the order of the record; first those that bear on it."""
    nodes = sorted(knowledge.iris(paper, model.RELATED_CITATION), key=lambda node: _order(knowledge, node))
    found = [_correction(knowledge, node) for node in nodes]
    return tuple(sorted(found, key=lambda each: each.standing is None))


def _correction(knowledge: Knowledge, node: NamedNode) -> Correction:
    name = next(iter(knowledge.texts(node, model.KIND)), "")
    kind = knowledge.vocabulary.steering.corrections.get(name)
    return Correction(
        kind.words[0] if kind else name,
        kind.standing if kind else None,
        next(iter(knowledge.texts(node, standard.CITATION)), ""),
        next(iter(knowledge.iris(node, model.CITED_WORK)), None),
    )


def standings_of(knowledge: Knowledge, paper: NamedNode) -> tuple[str, ...]:
    """Return the words for the standing of a paper; none where no correction of it is known."""
    said = knowledge.iris(paper, model.STANDING)
    given = [each.standing for each in corrections_of(knowledge, paper) if each.standing]
    return tuple(dict.fromkeys(map(knowledge.label, (*said, *given))))


def standings_said(knowledge: Knowledge, statement: Statement) -> tuple[str, ...]:
    """Return the words for the standing of the paper of a statement, as the statement has it."""
    return tuple(knowledge.label(each) for each in statement.all(model.STANDING) if isinstance(each, NamedNode))


def _order(knowledge: Knowledge, node: NamedNode) -> tuple[int, str]:
    order = next(iter(knowledge.texts(node, model.ORDER)), "")
    return int(order) if re.fullmatch(r"[0-9]{1,9}", order) else 0, node.value
