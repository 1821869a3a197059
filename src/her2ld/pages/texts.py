"""Texts with what is marked in them, as pieces that a template writes one after another."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from her2ld.pages.highlights import segments
from her2ld.pages.marks import Mark
from her2ld.pages.records import Mention, Text
from her2ld.statements import Span, Statement

Href = Callable[[tuple[Statement, ...], tuple[Mention, ...]], str | None]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters that is marked alike: as words of some kinds, as a name, or as neither.

    ``anchors`` are the names of the places that begin here; ``ending`` are the marks that end where it ends.
    """

    text: str
    anchors: tuple[str, ...]
    marks: tuple[Mark, ...]
    ending: tuple[Mark, ...]
    is_mention: bool


@dataclass(frozen=True, slots=True)
class Run:
    """Pieces that are evidence of the same statements, given by their numbers, and lead to the same place."""

    statements: tuple[int, ...]
    href: str | None
    pieces: tuple[Piece, ...]

    @property
    def has_words(self) -> bool:
        """Whether there is something to be read: what is only space is no link."""
        return any(not piece.text.isspace() for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Marking:
    """What is marked in texts: the evidence of ``numbered`` statements, words, and places that can be linked to."""

    numbered: Sequence[tuple[int, Statement]]
    words: Sequence[tuple[Mark, Span]]
    places: Sequence[Span] = ()


def runs(text: Text, marking: Marking, href: Href, within: tuple[int, int] | None = None) -> list[Run]:
    """Return a text cut into runs; together they are its characters.

    ``href`` says where a piece leads, by the statements and mentions that cover it. A place is linked to by the
    fragment of its IRI. ``within`` leaves out what does not lie between those two places.
    """
    bounds = within or (0, len(text.characters))
    return [
        Run(statements, address, tuple(piece for _, _, piece in group))
        for (statements, address), group in groupby(_pieces(text, marking, href, bounds), key=lambda item: item[:2])
    ]


def _pieces(
    text: Text, marking: Marking, href: Href, bounds: tuple[int, int]
) -> Iterator[tuple[tuple[int, ...], str | None, Piece]]:
    statements = dict(marking.numbered)
    marks: list[tuple[int, int, int | Mention | Mark]] = [
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
        named = tuple(each for each in segment.marks if isinstance(each, Mention))
        kinds = tuple(dict.fromkeys(each for each in segment.marks if isinstance(each, Mark)))
        piece = Piece(
            segment.text,
            tuple(anchors.get(segment.start, ())),
            kinds,
            tuple(mark for mark in ends.get(segment.end, ()) if mark in kinds),
            bool(named),
        )
        yield stated, href(tuple(statements[each] for each in stated), named), piece
