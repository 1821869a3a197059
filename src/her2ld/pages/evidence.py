"""What the pages of statements and of papers show: texts, with the words that are evidence marked in them."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from pyoxigraph import Literal, NamedNode

from her2ld.dataset.statements import SpanNode, StatementNode
from her2ld.pages import texts
from her2ld.pages.highlights import segments
from her2ld.pages.knowledge import Knowledge, Term
from her2ld.pages.names import Name
from her2ld.pages.records import Mention, Record, Text, characters_of, read_record
from her2ld.pages.views import View
from her2ld.statements.plain import Standing
from her2ld.vocabulary import standard

_HEADINGS = (
    ("What authors state", "stated", Standing.ASSERTED),
    ("What authors only suppose or suggest", "hedged", Standing.HEDGED),
    ("What authors deny", "denied", Standing.DENIED),
    ("What was read without saying whether, or how surely, it is so", "unclear", Standing.UNCLEAR),
)


def statement_view(knowledge: Knowledge, statement: StatementNode) -> View:
    """Give what the page of a statement or of a knowledge gap shows."""
    record = read_record(knowledge, statement.paper) if statement.paper else None
    iri = statement.evidence.text if statement.evidence else None
    text = next((text for text in (record.texts if record else ()) if text.iri == iri), None)
    rows: dict[NamedNode, list[Term]] = {}
    for property_, value in (*statement.parts, *_provenance(statement)):
        rows.setdefault(property_, []).append(value)
    return "statement.html", {
        "title": statement.label,
        "statement": statement,
        "text": text,
        "runs": texts.runs(text, {statement.iri: 1}, "", lambda *_: None) if text else [],
        "record": record,
        "rows": list(rows.items()),
    }


def _provenance(statement: StatementNode) -> Iterator[tuple[NamedNode, Term]]:
    yield from ((standard.DERIVED_FROM, paper) for paper in (statement.paper,) if paper)
    yield from ((standard.ATTRIBUTED_TO, curator) for curator in statement.curators)
    yield from ((standard.CREATED, Literal(date)) for date in (statement.date,) if date)


def statements_view(knowledge: Knowledge) -> View:
    """Give what the list of statements shows."""
    said = list(knowledge.statements.values())
    groups = [
        (heading, place, [each for each in said if each.standing is standing and not each.is_gap])
        for heading, place, standing in _HEADINGS
    ]
    groups.append(("What is not known", "gaps", [each for each in said if each.is_gap]))
    return "statements.html", {"title": "Statements", "groups": groups}


def record_view(knowledge: Knowledge, record: Record, name: Callable[[Term], Name], only: str | None = None) -> View:
    """Give what the page of a paper shows, or that of one of its texts, the one of the path ``only``."""
    shown = [text for text in record.texts if only in (None, text.path)]
    statements = [statement for text in shown for statement in text.statements]
    numbers = {statement.iri: number for number, statement in enumerate(statements, 1)}
    groups = [group for text in shown for group in _by_sentence(text, numbers)]
    # A title in which nothing is marked is read at the head of the page.
    marked = [text for text in shown if only or not text.is_title or text.statements or text.mentions]
    shown_texts = [
        {
            "text": text,
            "runs": texts.runs(
                text, numbers, "" if only else f"{text.path.rpartition('/')[2]}-", partial(_leads_to, name, text)
            ),
        }
        for text in marked
    ]
    named: dict[NamedNode, dict[str, None]] = {}
    for text in shown:
        for mention in text.mentions:
            for term in mention.terms:
                words = text.characters[mention.span.start : mention.span.end]
                said = [words, *(f"({knowledge.label(status)})" for status in mention.statuses)]
                named.setdefault(term, {})[" ".join(said)] = None
    return "record.html", {
        "title": record.title,
        "kind": "Paper" if only is None else "Title" if shown[0].is_title else "Abstract",
        "record": record,
        "is_whole": only is None,
        "shown_texts": shown_texts,
        "groups": groups,
        "count": len(statements),
        "named": sorted(
            ((term, list(words)) for term, words in named.items()), key=lambda item: knowledge.label(item[0]).casefold()
        ),
    }


def _by_sentence(text: Text, numbers: Mapping[NamedNode, int]) -> list[dict[str, object]]:
    grouped: dict[int, list[tuple[int, StatementNode]]] = {}
    for statement in text.statements:
        start = statement.evidence.start if statement.evidence else 0
        grouped.setdefault(_sentence(text, start), []).append((numbers[statement.iri], statement))
    part = "title" if text.is_title else "abstract"
    return [
        {
            "anchor": _group_anchor(text, number),
            "words": f"Sentence {number} of the {part}" if number and not text.is_title else f"In the {part}",
            "statements": statements,
        }
        for number, statements in sorted(grouped.items())
    ]


def _sentence(text: Text, start: int) -> int:
    """Give the number of the sentence in which a place lies, counted from 1; 0 where it lies in none."""
    return next((number for number, span in enumerate(text.sentences, 1) if span.start <= start < span.end), 0)


def _group_anchor(text: Text, number: int) -> str:
    return f"{text.path.rpartition('/')[2]}-sentence-{number}"


def _leads_to(
    name: Callable[[Term], Name],
    text: Text,
    statements: tuple[StatementNode, ...],
    mentions: tuple[Mention, ...],
    start: int,
) -> str | None:
    """Lead to the one statement, to the list of several, or to the term that is named."""
    if len(statements) == 1:
        return name(statements[0].iri).page
    if statements:
        return f"#{_group_anchor(text, _sentence(text, start))}"
    pages = (name(term).page for mention in mentions for term in mention.terms)
    return next(filter(None, pages), None)


def records_view(knowledge: Knowledge) -> View:
    """Give what the list of papers shows."""
    shown = [read_record(knowledge, paper) for paper in knowledge.papers]
    return "records.html", {"title": "Papers", "count": knowledge.paper_count, "papers": shown}


def words_of(knowledge: Knowledge, span: SpanNode) -> str:
    """Give the characters of a span, from its selector or else from the text."""
    return span.exact or (characters_of(knowledge, span.text) or "")[span.start : span.end]


def quoted(knowledge: Knowledge, statement: StatementNode) -> list[tuple[str, bool]]:
    """Give the evidence of a statement in pieces, each with whether it is of the words that hedge or back it."""
    span, cue = statement.evidence, statement.cue
    if span is None:
        return []
    inside = cue is not None and cue.text == span.text
    marks = [(cue.start - span.start, cue.end - span.start, True)] if cue and inside else []
    return [(piece.text, bool(piece.marks)) for piece in segments(words_of(knowledge, span), marks)]
