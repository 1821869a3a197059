"""The content of the pages of claims and statements.

A claim has its status, the papers for and against it, its disagreements and its numbers. A statement has its stance,
setting, numbers and words.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from pyoxigraph import Literal, NamedNode

from her2ld.dataset.standing import MARKS
from her2ld.pages import stances
from her2ld.pages.forest import WIDTH
from her2ld.pages.knowledge import Knowledge, Term, View
from her2ld.pages.marked_texts import SETTING_MARK, Marking, Run, legend, marks_of, runs
from her2ld.pages.number_tables import Parts, differences, dose, number_groups, parts, table
from her2ld.pages.papers import Text, corrections_of, read_record, year_of
from her2ld.statements import Span, Statement
from her2ld.statements.disagreements import Disagreement
from her2ld.statements.paper_comparison import (
    Status,
    disagreement_words,
    opposing,
    part_names,
    patients,
    support_words,
    supports,
)
from her2ld.statements.plain import Licence, Obstacle, affirms, obstacle
from her2ld.statements.statement import FIELDS, SETTING, FieldPart
from her2ld.vocabulary import standard
from her2ld.vocabulary import statement_model as model

_WORDS = {
    Licence.ASSERTED: ("stated", "asserted", "At least one paper states it of at least one setting"),
    Licence.HEDGED: ("hedged", "hedged", "Papers state it, but none of them surely"),
    Licence.NONE: ("none", "no plain triple", "It is not among the plain triples"),
}
# The properties of a statement that have a place of their own on its page.
_KNOWN = frozenset({*(field.property for field in FIELDS), *MARKS})
_DISPUTED = "the claim is disputed in the same or a wider setting"


@dataclass(frozen=True, slots=True)
class PlainTriple:
    """The plain triple of a claim: a class of the style, a word and a sentence for it, and the reasons against it.

    ``status`` is the status of the claim; None if the claim lacks a part.
    """

    name: str
    word: str
    words: str
    reasons: tuple[str, ...]
    status: Status | None


@dataclass(frozen=True, slots=True)
class Witness:
    """A statement of a claim: its paper and year, its certainty and basis, and its setting."""

    statement: Statement
    year: str
    certainty: NamedNode | None
    basis: NamedNode | None
    setting: tuple[tuple[NamedNode, NamedNode | Literal], ...]


@dataclass(frozen=True, slots=True)
class SideStatement:
    """A statement on one side of a disagreement: its year, its setting, and its number of patients."""

    statement: Statement
    year: str
    where: Parts
    patients: int | None


@dataclass(frozen=True, slots=True)
class Opposed:
    """A disagreement in words, its two sides, and the names of the parts of the setting in which they differ."""

    words: str
    sides: tuple[tuple[SideStatement, ...], tuple[SideStatement, ...]]
    differs: tuple[str, ...]


def claim_view(knowledge: Knowledge, claim: NamedNode) -> View:
    """Return the content of a claim's page."""
    statements = knowledge.claims[claim]
    found = statements[0].claim
    words = (found and stances.claim_words(knowledge, found)) or knowledge.label(claim)
    groups = by_stance(knowledge, statements)
    return "claim.html", {
        "title": f"Claim: {words}",
        "iri": claim.value,
        "claim": found,
        "groups": [(stance, [_witness(knowledge, each) for each in group]) for stance, group in groups],
        "plain": plain_triple(knowledge, claim),
        "status": knowledge.comparison.statuses.get(claim),
        "support": _support(knowledge, statements),
        "opposed": [_opposed(knowledge, each, statements) for each in opposing(statements, knowledge.comparison)],
        "width": WIDTH,
        "numbers": number_groups(knowledge, statements),
        "differences": differences(knowledge, statements),
    }


def _support(knowledge: Knowledge, statements: tuple[Statement, ...]) -> str:
    """Return in words how many papers affirm, hedge or deny a claim."""
    found = supports(statements, knowledge.comparison, knowledge.judge, lambda claim: claim.iri.value)
    by_claim = (support_words(each, partial(year_of, knowledge), knowledge.judge) for each in found)
    return "; ".join(words for each in by_claim for words in each)


def _opposed(knowledge: Knowledge, disagreement: Disagreement, statements: tuple[Statement, ...]) -> Opposed:
    one, other = (_side(knowledge, side) for side in (disagreement.one_side, disagreement.other_side))
    words = disagreement_words(disagreement, statements, knowledge.vocabulary.label)
    return Opposed(words, (one, other), tuple(part_names(disagreement.differs)))


def _side(knowledge: Knowledge, side: tuple[NamedNode, ...]) -> tuple[SideStatement, ...]:
    return tuple(
        SideStatement(
            each,
            year_of(knowledge, each.paper),
            parts(knowledge, each),
            patients(each, knowledge.judge),
        )
        for each in map(knowledge.statement, side)
    )


def _witness(knowledge: Knowledge, statement: Statement) -> Witness:
    return Witness(
        statement,
        year_of(knowledge, statement.paper),
        statement.one(model.CERTAINTY),
        statement.one(model.BASIS),
        tuple((property_, value) for property_, value in statement.values if property_ in SETTING),
    )


def plain_triple(knowledge: Knowledge, claim: NamedNode) -> PlainTriple:
    """Return whether a claim has a plain triple, given all its statements, with the reasons against it."""
    statements = knowledge.claims[claim]
    licences = {knowledge.licences[statement.iri] for statement in statements}
    found = next(each for each in Licence if each in licences)
    reasons = tuple(dict.fromkeys(_reasons(knowledge, statements, found)))
    return PlainTriple(*_WORDS[found], reasons, knowledge.comparison.statuses.get(claim))


def _reasons(knowledge: Knowledge, statements: tuple[Statement, ...], found: Licence) -> Iterator[str]:
    if found is not Licence.NONE:
        return
    if not any(affirms(statement) for statement in statements):
        yield "no paper affirms it"
        return
    for statement in statements:
        reason = obstacle(statement, knowledge.judge)
        if reason is None:
            yield _DISPUTED
        elif reason is not Obstacle.NOT_AFFIRMED:
            yield reason.value


@dataclass(frozen=True, slots=True)
class FactRow:
    """A property of a statement, its values, and the words behind it with the name of their mark."""

    property: NamedNode
    values: tuple[Term, ...]
    words: tuple[Span, ...] = ()
    mark: str = SETTING_MARK.name


def statement_view(knowledge: Knowledge, statement: Statement) -> View:
    """Return the content of the page of a statement or of a knowledge gap."""
    record = read_record(knowledge, statement.paper) if statement.paper else None
    return "statement.html", {
        "title": stances.title(knowledge, statement),
        "statement": statement,
        "record": record,
        "excerpts": [each for text in (record.texts if record else ()) for each in _excerpts(statement, text)],
        "legend": legend(statement),
        "axes": list(_axes(statement)),
        "setting": list(_rows(statement, FieldPart.SETTING)),
        "told": [*_rows(statement, FieldPart.TOLD), *_others(statement)],
        "results": table(statement.results),
        "doses": [dose(each) for each in statement.doses],
        "plain": plain_triple(knowledge, statement.claim.iri) if statement.claim else None,
        "year": year_of(knowledge, statement.paper),
        "read": knowledge.once(_reading, statement.paper) if statement.paper else (),
        "corrections": [
            each for each in (corrections_of(knowledge, statement.paper) if statement.paper else ()) if each.standing
        ],
    }


@dataclass(frozen=True, slots=True)
class SentenceExcerpt:
    """A sentence with words of a statement: its start, its name, and its place on another page."""

    text: Text
    start: int
    words: str
    place: str
    runs: list[Run]


def _excerpts(statement: Statement, text: Text) -> Iterator[SentenceExcerpt]:
    """Yield the sentences with words of a statement; the whole text if words are in no sentence or in several."""
    marking = Marking([(1, statement)], [(mark, span) for mark, _, span in marks_of(statement)])
    spans = [span for span in (*statement.evidence, *(span for _, span in marking.words)) if span.text == text.iri]
    whole = Span(text.iri, text.iri, 0, len(text.characters), text.characters)
    holding: dict[Span, int] = {}
    for span in spans:
        numbers = (
            each for each in enumerate(text.sentences, 1) if each[1].start <= span.start and span.end <= each[1].end
        )
        number, sentence = next(numbers, (0, whole))
        holding[sentence] = number
    if whole in holding:
        holding = {whole: 0}
    for sentence, number in sorted(holding.items(), key=lambda item: item[0].start):
        part = "title" if text.is_title else "abstract"
        yield SentenceExcerpt(
            text,
            sentence.start,
            f"Sentence {number} of the {part}" if number and not text.is_title else f"The {part}",
            sentence.iri.value.partition("#")[2],
            runs(text, marking, lambda *_: None, (sentence.start, sentence.end)),
        )


def _axes(statement: Statement) -> Iterator[FactRow]:
    words = statement.spans(model.POLARITY_CUE, model.GAP_CUE)
    if statement.link and statement.claim:
        mark = "gap" if statement.is_gap else "polarity"
        yield FactRow(statement.link, (statement.claim.iri,), words, mark)
    elif statement.about:
        yield FactRow(model.ABOUT, statement.about, words, "gap")
    yield from _rows(statement, FieldPart.AXIS)
    if statement.evidence_types:
        yield FactRow(model.EVIDENCE_TYPE, statement.evidence_types)


def _rows(statement: Statement, part: FieldPart) -> Iterator[FactRow]:
    for field in FIELDS:
        values = statement.all(field.property)
        if field.part is part and values:
            words = statement.spans(field.words) if field.words else ()
            mark = field.name if part is FieldPart.AXIS else SETTING_MARK.name
            yield FactRow(field.property, values, words, mark)


def _others(statement: Statement) -> Iterator[FactRow]:
    """Yield the data on a statement with properties of other vocabularies."""
    for property_ in dict.fromkeys(each for each, _ in statement.values if each not in _KNOWN):
        yield FactRow(property_, statement.all(property_))


def _reading(knowledge: Knowledge, paper: NamedNode) -> tuple[FactRow, ...]:
    """Return the curator of a paper, and the date."""
    curations = [
        each
        for each in knowledge.subjects(standard.DERIVED_FROM, paper)
        if model.CURATION in knowledge.iris(each, standard.TYPE)
    ]
    rows = (
        FactRow(
            property_,
            tuple(value for value in knowledge.values(each, property_) if isinstance(value, NamedNode | Literal)),
        )
        for each in curations
        for property_ in (standard.ATTRIBUTED_TO, standard.CREATED)
    )
    return tuple(row for row in rows if row.values)


def statements_view(knowledge: Knowledge) -> View:
    """Return the content of the list of statements: the stated ones, and separately all others."""
    return "statements.html", {"title": "Statements", "groups": by_stance(knowledge, knowledge.statements.values())}


def by_stance(
    knowledge: Knowledge, statements: Iterable[Statement]
) -> list[tuple[stances.StanceWords, list[Statement]]]:
    """Return the statements by their stance, without stances that do not occur."""
    found: dict[stances.StanceWords, list[Statement]] = {each: [] for each in stances.STANCES}
    for statement in statements:
        found[stances.stance_words(knowledge, statement)].append(statement)
    return [(each, statements) for each, statements in found.items() if statements]
