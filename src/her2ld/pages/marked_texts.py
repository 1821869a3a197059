"""Texts with marks, as pieces for a template, and the content of the pages of papers.

The words of a statement are marked by their kind: each kind has a name, a sign and a word for it. Marks may overlap.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby, pairwise
from typing import Generic, TypeVar

from pyoxigraph import NamedNode

from her2ld.pages.knowledge import Knowledge, Term, View
from her2ld.pages.links import LinkText
from her2ld.pages.papers import (
    StoredMention,
    StoredRecord,
    Text,
    characters_of,
    corrections_of,
    listed,
    places_in,
)
from her2ld.statements import Span, Statement
from her2ld.statements.statement import FIELDS
from her2ld.vocabulary import standard
from her2ld.vocabulary import statement_model as model


@dataclass(frozen=True, slots=True)
class Mark:
    """A kind of words: its name is a class of the style; the sign and the word identify it without colour."""

    name: str
    sign: str
    word: str


# On the page of a paper, all cues look alike, because there are too many statements.
CUE = Mark("cue", "", "cue")
SETTING_MARK = Mark("setting", "W", "where it holds")
NUMBER = Mark("number", "N", "number")
UNKNOWN = Mark("unknown", "U", "what is not known")
_OBJECT = Mark("object", "O", "object")
_SUBJECT = Mark("subject", "S", "subject")
_CUES = {
    model.POLARITY_CUE: Mark("polarity", "P", "polarity"),
    model.CERTAINTY_CUE: Mark("certainty", "C", "certainty"),
    model.BASIS_CUE: Mark("basis", "B", "basis"),
    model.ATTRIBUTION_CUE: Mark("attribution", "A", "attribution"),
    model.GAP_CUE: Mark("gap", "G", "that it is not known"),
}
_OF_PROPERTY = {
    **_CUES,
    model.SUBJECT_WORDS: _SUBJECT,
    model.SUBJECT_FROM: _SUBJECT,
    model.RELATION_WORDS: Mark("relation", "R", "relation"),
    model.OBJECT_WORDS: _OBJECT,
    model.OBJECT_FROM: _OBJECT,
}
_CALLED_AFTER = {field.words: field.property for field in FIELDS if field.words and field.words not in _CUES}


def marks_of(statement: Statement) -> Iterator[tuple[Mark, NamedNode | None, Span]]:
    """Yield the marked words of a statement, each with the property whose value they name, if any."""
    for property_, span in statement.words:
        yield _OF_PROPERTY.get(property_, SETTING_MARK), _CALLED_AFTER.get(property_), span
    if statement.unknown:
        yield UNKNOWN, None, statement.unknown
    for printed in (*(each.printed_at for each in statement.results), *(each.printed_at for each in statement.doses)):
        for span in printed:
            yield NUMBER, None, span


def cues(statement: Statement) -> tuple[Span, ...]:
    """Return the words that hedge, deny or support a statement, or attribute it."""
    return statement.spans(*_CUES)


def legend(statement: Statement) -> list[tuple[Mark, list[tuple[NamedNode | None, str]]]]:
    """Return the kinds of words that a statement has, each with the words themselves, in order and each once."""
    found: dict[Mark, dict[tuple[NamedNode | None, str], None]] = {}
    for mark, property_, span in marks_of(statement):
        found.setdefault(mark, {})[property_, span.exact] = None
    return [(mark, list(words)) for mark, words in found.items()]


Kind = TypeVar("Kind")


@dataclass(frozen=True, slots=True)
class Segment(Generic[Kind]):
    """A run of characters that the same marks cover: offsets in code points, ``end`` exclusive."""

    start: int
    end: int
    text: str
    marks: tuple[Kind, ...]


def segments(text: str, marks: Iterable[tuple[int, int, Kind]], cuts: Iterable[int] = ()) -> Iterator[Segment[Kind]]:
    """Yield the pieces of a text between the ends of marks, each with the marks that cover it, in the given order.

    A mark is a start, an end and its kind; ``cuts`` are further places to cut at. The pieces together are the text. A
    mark that is empty or outside the text covers nothing.

    >>> [(piece.text, piece.marks) for piece in segments("abcdef", [(0, 4, "x"), (2, 6, "y")])]
    [('ab', ('x',)), ('cd', ('x', 'y')), ('ef', ('y',))]
    """
    marks = [mark for mark in marks if 0 <= mark[0] < mark[1] <= len(text)]
    beginning: dict[int, list[int]] = {}
    ending: dict[int, list[int]] = {}
    for place, (start, end, _) in enumerate(marks):
        beginning.setdefault(start, []).append(place)
        ending.setdefault(end, []).append(place)
    bounds = sorted({0, len(text), *beginning, *ending, *(cut for cut in cuts if 0 < cut < len(text))})
    open_now: set[int] = set()
    for start, end in pairwise(bounds):
        open_now.difference_update(ending.get(start, ()))
        open_now.update(beginning.get(start, ()))
        yield Segment(start, end, text[start:end], tuple(marks[place][2] for place in sorted(open_now)))


Href = Callable[[tuple[Statement, ...], tuple[StoredMention, ...]], str | None]


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A run of characters with the same marks: as words of some kinds, as a name, or as neither.

    ``anchors`` are the names of the places that begin here; ``ending`` are the marks that end at its end.
    """

    text: str
    anchors: tuple[str, ...]
    marks: tuple[Mark, ...]
    ending: tuple[Mark, ...]
    is_mention: bool


@dataclass(frozen=True, slots=True)
class Run:
    """Pieces that are evidence of the same statements, given by numbers, and link to the same place."""

    statements: tuple[int, ...]
    href: str | None
    pieces: tuple[MarkedText, ...]

    @property
    def has_words(self) -> bool:
        """Whether it has words; white space alone is no link."""
        return any(not piece.text.isspace() for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Marking:
    """The marks in texts: the evidence of ``numbered`` statements, words, and places that can be linked to."""

    numbered: Sequence[tuple[int, Statement]]
    words: Sequence[tuple[Mark, Span]]
    places: Sequence[Span] = ()


def runs(text: Text, marking: Marking, href: Href, within: tuple[int, int] | None = None) -> list[Run]:
    """Return a text cut into runs; together they are its characters.

    ``href`` returns the link of a piece, from the statements and mentions that cover it. A place is linked to by the
    fragment of its IRI. ``within`` limits the text to the part between two places.
    """
    bounds = within or (0, len(text.characters))
    return [
        Run(statements, address, tuple(piece for _, _, piece in group))
        for (statements, address), group in groupby(_pieces(text, marking, href, bounds), key=lambda item: item[:2])
    ]


def _pieces(
    text: Text, marking: Marking, href: Href, bounds: tuple[int, int]
) -> Iterator[tuple[tuple[int, ...], str | None, MarkedText]]:
    statements = dict(marking.numbered)
    marks: list[tuple[int, int, int | StoredMention | Mark]] = [
        (span.start, span.end, number)
        for number, statement in marking.numbered
        for span in statement.evidence
        if span.text == text.iri
    ]
    ends: dict[int, dict[Mark, None]] = {}
    for mark, span in marking.words:
        if span.text == text.iri:
            marks.append((span.start, span.end, mark))
            ends.setdefault(span.end, {})[mark] = None
    marks += [(mention.span.start, mention.span.end, mention) for mention in text.mentions]
    anchors: dict[int, dict[str, None]] = {}
    for span in marking.places:
        fragment = span.iri.value.partition("#")[2] or f"char={span.start},{span.end}"
        anchors.setdefault(span.start, {})[fragment] = None
    for segment in segments(text.characters, marks, (*anchors, *bounds)):
        if not bounds[0] <= segment.start < bounds[1]:
            continue
        stated = tuple(dict.fromkeys(each for each in segment.marks if isinstance(each, int)))
        named = tuple(each for each in segment.marks if isinstance(each, StoredMention))
        kinds = tuple(dict.fromkeys(each for each in segment.marks if isinstance(each, Mark)))
        piece = MarkedText(
            segment.text,
            tuple(anchors.get(segment.start, ())),
            kinds,
            tuple(mark for mark in ends.get(segment.end, ()) if mark in kinds),
            bool(named),
        )
        yield stated, href(tuple(statements[each] for each in stated), named), piece


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
            "runs": runs(
                text,
                Marking(
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
                with_status = [characters, *(f"({knowledge.label(status)})" for status in mention.statuses)]
                named.setdefault(term, {})[" ".join(with_status)] = None
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
    """Return the target of a link: a single statement, the list of several, or the mentioned term."""
    if len(statements) == 1:
        return name(statements[0].iri).page
    if statements and statements[0].evidence[0].text == text.iri:
        return f"#{_group_anchor(text, _sentence(text, statements[0].evidence[0].start))}"
    pages = (name(term).page for mention in mentions for term in mention.terms)
    return next(filter(None, pages), None)


def records_view(knowledge: Knowledge) -> View:
    """Return the content of the list of papers."""
    shown = [listed(knowledge, paper) for paper in knowledge.papers]
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
