"""Texts with what is marked in them, as pieces that a template writes one after another."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from pyoxigraph import NamedNode

from her2ld.dataset.statements import SpanNode, StatementNode
from her2ld.pages.highlights import segments
from her2ld.pages.records import Mention, Text


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters that is marked alike: as words that hedge or back, as a name, or as neither.

    ``anchors`` are the names of the places that begin here.
    """

    text: str
    anchors: tuple[str, ...]
    is_cue: bool
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


def runs(
    text: Text,
    numbers: Mapping[NamedNode, int],
    prefix: str,
    href: Callable[[tuple[StatementNode, ...], tuple[Mention, ...], int], str | None],
) -> list[Run]:
    """Give a text cut into runs; together they are its characters.

    ``numbers`` has the number of each statement that is to be marked, ``prefix`` goes before the names of places, and
    ``href`` says where a piece leads: by the statements and mentions that cover it, and by where it begins.
    """
    pieces = _pieces(text, numbers, prefix, href)
    return [
        Run(statements, address, tuple(piece for _, _, piece in group))
        for (statements, address), group in groupby(pieces, key=lambda item: item[:2])
    ]


def _pieces(
    text: Text,
    numbers: Mapping[NamedNode, int],
    prefix: str,
    href: Callable[[tuple[StatementNode, ...], tuple[Mention, ...], int], str | None],
) -> Iterator[tuple[tuple[int, ...], str | None, Piece]]:
    marked = [statement for statement in text.statements if statement.iri in numbers]
    marks: list[tuple[int, int, StatementNode | Mention | SpanNode]] = []
    for statement in marked:
        marks += [(span.start, span.end, statement) for span in (statement.evidence,) if span]
        marks += [(span.start, span.end, span) for span in (statement.cue,) if span]
    marks += [(mention.span.start, mention.span.end, mention) for mention in text.mentions]
    anchors: dict[int, list[str]] = {}
    for span in _spans(text, marked):
        fragment = span.iri.value.partition("#")[2] or f"char={span.start},{span.end}"
        names = anchors.setdefault(span.start, [])
        if prefix + fragment not in names:
            names.append(prefix + fragment)
    # Every place that can be linked to must begin a piece, marked or not.
    places = [(start, len(text.characters), None) for start in anchors]
    for segment in segments(text.characters, [*marks, *places]):
        stated = tuple(each for each in segment.marks if isinstance(each, StatementNode))
        named = tuple(each for each in segment.marks if isinstance(each, Mention))
        piece = Piece(
            segment.text,
            tuple(anchors.get(segment.start, ())),
            any(isinstance(each, SpanNode) for each in segment.marks),
            bool(named),
        )
        yield tuple(numbers[each.iri] for each in stated), href(stated, named, segment.start), piece


def _spans(text: Text, statements: Iterable[StatementNode]) -> Iterable[SpanNode]:
    yield from text.sentences
    for statement in statements:
        yield from (span for span in (statement.evidence, statement.cue, statement.unknown) if span)
    yield from (mention.span for mention in text.mentions)
