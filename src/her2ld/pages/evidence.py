"""The content of the pages of papers: texts, with the words that are evidence marked in them."""

from collections.abc import Callable, Iterable
from functools import partial

from pyoxigraph import NamedNode

from her2ld.pages import texts
from her2ld.pages.knowledge import Knowledge, Term, View
from her2ld.pages.records import (
    StoredMention,
    StoredRecord,
    Text,
    characters_of,
    corrections_of,
    places_in,
    read_record,
)
from her2ld.pages.sayings import LinkText
from her2ld.pages.texts import CUE, cues, segments
from her2ld.statements import Span, Statement
from her2ld.vocabulary import standard


def record_view(
    knowledge: Knowledge, record: StoredRecord, name: Callable[[Term], LinkText], only: str | None = None
) -> View:
    """Return the content of the page of a paper, or of the page of its text with the path ``only``."""
    shown = [text for text in record.texts if only in (None, text.path)]
    numbered = list(enumerate((statement for text in shown for statement in text.statements), 1))
    # A title without marks is already at the head of the page.
    marked = [text for text in shown if only or not text.is_title or text.statements or text.mentions]
    words = [(CUE, span) for _, statement in numbered for span in cues(statement)]
    shown_texts = [
        {
            "text": text,
            "runs": texts.runs(
                text,
                texts.Marking(
                    [
                        (number, each)
                        for number, each in numbered
                        if any(span.text == text.iri for span in each.evidence)
                    ],
                    words,
                    tuple(places_in(knowledge, text)) if only else (),
                ),
                partial(_leads_to, name, text),
            ),
        }
        for text in marked
    ]
    named: dict[NamedNode, dict[str, None]] = {}
    for text in shown:
        for mention in text.mentions:
            for term in mention.terms:
                characters = text.characters[mention.span.start : mention.span.end]
                said = [characters, *(f"({knowledge.label(status)})" for status in mention.statuses)]
                named.setdefault(term, {})[" ".join(said)] = None
    return "record.html", {
        "title": record.title,
        "kind": "Paper" if only is None else "Title" if shown[0].is_title else "Abstract",
        "record": record,
        "corrections": corrections_of(knowledge, record.paper),
        "is_whole": only is None,
        "shown_texts": shown_texts,
        "groups": [group for text in shown for group in _by_sentence(text, numbered)],
        "count": len(numbered),
        "named": sorted(
            ((term, list(words)) for term, words in named.items()), key=lambda item: knowledge.label(item[0]).casefold()
        ),
        "studies": _of_paper(record.paper, knowledge) if only is None else [],
    }


def _of_paper(paper: NamedNode, knowledge: Knowledge) -> list[NamedNode]:
    """Return the studies that a paper reports, and their groups."""
    described = [*knowledge.judge.studies, *knowledge.judge.groups]
    of_paper = set(knowledge.subjects(standard.DERIVED_FROM, paper)) if described else set()
    return [each for each in described if each in of_paper]


def _by_sentence(text: Text, numbered: Iterable[tuple[int, Statement]]) -> list[dict[str, object]]:
    grouped: dict[int, list[tuple[int, Statement]]] = {}
    for number, statement in numbered:
        if statement.evidence and statement.evidence[0].text == text.iri:
            sentence = _sentence(text, statement.evidence[0].start)
            grouped.setdefault(sentence, []).append((number, statement))
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
    """Return the number of the sentence that contains a place, counted from 1; 0 if there is none."""
    return next((number for number, span in enumerate(text.sentences, 1) if span.start <= start < span.end), 0)


def _group_anchor(text: Text, number: int) -> str:
    return f"{text.path.rpartition('/')[2]}-sentence-{number}"


def _leads_to(
    name: Callable[[Term], LinkText],
    text: Text,
    statements: tuple[Statement, ...],
    mentions: tuple[StoredMention, ...],
) -> str | None:
    """Return the target of a link: the one statement, the list of several, or the term that is named."""
    if len(statements) == 1:
        return name(statements[0].iri).page
    if statements and statements[0].evidence[0].text == text.iri:
        return f"#{_group_anchor(text, _sentence(text, statements[0].evidence[0].start))}"
    pages = (name(term).page for mention in mentions for term in mention.terms)
    return next(filter(None, pages), None)


def records_view(knowledge: Knowledge) -> View:
    """Return the content of the list of papers."""
    shown = [read_record(knowledge, paper) for paper in knowledge.papers]
    return "records.html", {"title": "Papers", "count": knowledge.paper_count, "papers": shown}


def words_of(knowledge: Knowledge, span: Span) -> str:
    """Return the characters of a span, from its selector or else from the text."""
    return span.exact or (characters_of(knowledge, span.text) or "")[span.start : span.end]


def quoted(knowledge: Knowledge, spans: Iterable[Span], words: Iterable[Span]) -> list[tuple[str, bool]]:
    """Return the first of some quotes in pieces, each with whether it belongs to the given words."""
    span = next(iter(spans), None)
    if span is None:
        return []
    marks = [(word.start - span.start, word.end - span.start, True) for word in words if word.text == span.text]
    return [(piece.text, bool(piece.marks)) for piece in segments(words_of(knowledge, span), marks)]
