"""The content of a statement's page and of the list of all: stance, setting, numbers and words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from her2ld.dataset.standing import MARKS
from her2ld.pages import sayings, side_by_side, texts
from her2ld.pages.claims import plain_triple
from her2ld.pages.knowledge import Knowledge, Term, View
from her2ld.pages.records import Text, corrections_of, read_record, year_of
from her2ld.statements import Span, Statement
from her2ld.statements.statement import FIELDS, FieldPart
from her2ld.vocabulary import standard
from her2ld.vocabulary import statement_model as model


@dataclass(frozen=True, slots=True)
class FactRow:
    """A property of a statement, its values, and the words behind it with the name of their mark."""

    property: NamedNode
    values: tuple[Term, ...]
    words: tuple[Span, ...] = ()
    mark: str = texts.SETTING.name


def statement_view(knowledge: Knowledge, statement: Statement) -> View:
    """Return the content of the page of a statement or of a knowledge gap."""
    record = read_record(knowledge, statement.paper) if statement.paper else None
    return "statement.html", {
        "title": sayings.title(knowledge, statement),
        "statement": statement,
        "record": record,
        "excerpts": [each for text in (record.texts if record else ()) for each in _excerpts(statement, text)],
        "legend": texts.legend(statement),
        "axes": list(_axes(statement)),
        "setting": list(_rows(statement, FieldPart.SETTING)),
        "told": [*_rows(statement, FieldPart.TOLD), *_others(statement)],
        "results": side_by_side.table(statement.results),
        "doses": [side_by_side.dose(dose) for dose in statement.doses],
        "plain": plain_triple(knowledge, statement.claim.iri) if statement.claim else None,
        "year": year_of(knowledge, statement.paper) if statement.paper else "",
        "read": list(_reading(knowledge, statement)),
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
    runs: list[texts.Run]


def _excerpts(statement: Statement, text: Text) -> Iterator[SentenceExcerpt]:
    """Yield the sentences with words of a statement; the whole text if words are in no sentence or in several."""
    marking = texts.Marking([(1, statement)], [(mark, span) for mark, _, span in texts.marks_of(statement)])
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
            texts.runs(text, marking, lambda *_: None, (sentence.start, sentence.end)),
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
            mark = field.name if part is FieldPart.AXIS else texts.SETTING.name
            yield FactRow(field.property, values, words, mark)


def _others(statement: Statement) -> Iterator[FactRow]:
    """Yield the data on a statement with properties of other vocabularies."""
    known = {*(field.property for field in FIELDS), *MARKS}
    for property_ in dict.fromkeys(each for each, _ in statement.values if each not in known):
        yield FactRow(property_, statement.all(property_))


def _reading(knowledge: Knowledge, statement: Statement) -> Iterator[FactRow]:
    """Yield the curator of a statement's paper, and the date."""
    if statement.paper is None:
        return
    for each in knowledge.subjects(standard.DERIVED_FROM, statement.paper):
        if model.CURATION in knowledge.iris(each, standard.TYPE):
            for property_ in (standard.ATTRIBUTED_TO, standard.CREATED):
                values = [
                    value for value in knowledge.values(each, property_) if isinstance(value, NamedNode | Literal)
                ]
                if values:
                    yield FactRow(property_, tuple(values))


def statements_view(knowledge: Knowledge) -> View:
    """Return the content of the list of statements: the stated ones, and separately all others."""
    return "statements.html", {"title": "Statements", "groups": by_standing(knowledge, knowledge.statements.values())}


def by_standing(
    knowledge: Knowledge, statements: Iterable[Statement]
) -> list[tuple[sayings.Standing, list[Statement]]]:
    """Return the statements by their stance, without stances that do not occur."""
    found: dict[sayings.Standing, list[Statement]] = {each: [] for each in sayings.STANDINGS}
    for statement in statements:
        found[sayings.standing(knowledge, statement)].append(statement)
    return [(each, said) for each, said in found.items() if said]
