"""The quads of her2ld in pieces, each with its blocks and their texts: those of a paper are made once it is read.

Blocks of pieces are the blocks of the whole if no block runs on from one piece into the next.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain, pairwise

from pyoxigraph import Quad

from her2ld.dataset import in_order, quads_of_record, quads_of_statements
from her2ld.errors import ExportError
from her2ld.exports.blocks import Block, blocks
from her2ld.exports.turtle import TurtleWriter
from her2ld.iris import record_key
from her2ld.statements import Curation
from her2ld.vocabulary.ontology import Vocabulary

# A block, and its text in Turtle and TriG.
Written = tuple[Block, str]


class DataPiece:
    """Quads that follow one another, and their blocks with texts; None if these cannot be made of the quads alone."""

    def __init__(self, quads: Iterable[Quad], turtle: TurtleWriter) -> None:
        """Hold the quads, and write their blocks with a writer."""
        self.quads = tuple(quads)
        try:
            self.written: list[Written] | None = [(block, turtle.block(block)) for block in blocks(self.quads)]
        except ExportError:
            self.written = None


class PiecesOfData:
    """The pieces of the ontology and of curated papers."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Begin without papers."""
        self._vocabulary = vocabulary
        self._turtle = TurtleWriter(vocabulary.prefixes)
        self._statements: dict[str, DataPiece] = {}
        self._records: dict[str, DataPiece] = {}

    def add(self, curation: Curation) -> None:
        """Make the pieces of a paper, and those of the ontology with the first one."""
        self._ontology  # noqa: B018  # a cached property: there is time for it while other papers are read
        key = record_key(curation.record)
        self._statements[key] = self._piece(quads_of_statements(self._vocabulary, curation))
        self._records[key] = self._piece(quads_of_record(self._vocabulary, curation))

    def in_order(self, curations: Sequence[Curation]) -> Iterator[DataPiece]:
        """Yield the pieces of :func:`her2ld.build` for papers that were added."""
        yield self._ontology
        yield from in_order(
            curations,
            self._vocabulary,
            self._piece,
            lambda curation: self._statements[record_key(curation.record)],
            lambda curation: self._records[record_key(curation.record)],
        )

    @cached_property
    def _ontology(self) -> DataPiece:
        return self._piece(self._vocabulary.quads)

    def _piece(self, quads: Iterable[Quad]) -> DataPiece:
        return DataPiece(quads, self._turtle)


def joined(pieces: Sequence[DataPiece]) -> list[Written] | None:
    """Return the blocks of all pieces with their texts; None if the whole may have other blocks."""
    found = [piece.written for piece in pieces if piece.written is not None]
    with_blank_nodes = [each for each in found if any(block.has_blank_nodes for block, _ in each)]
    if len(found) < len(pieces) or len(with_blank_nodes) > 1:
        return None
    for before, after in pairwise(filter(None, found)):
        (last, _), (first, _) = before[-1], after[0]
        if last.graph == first.graph and (last.subject == first.subject or last.has_blank_nodes):
            return None
    return list(chain.from_iterable(found))
