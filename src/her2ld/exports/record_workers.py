"""The sections of one file, written by several processes that are copies of this one.

This process divides the file into batches of records, a small part of the work, and puts the sections together. The
copies take the batches in turn. Each finishes its last draft and begins the next one in one step, so that it waits only
once for this process, which has the names of MeSH terms of all sections.
"""

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import ExitStack
from itertools import chain, cycle, islice, repeat

from her2ld.exports.record_sections import Draft, RecordSection, SectionWriter
from her2ld.pubmed.forms import Stored
from her2ld.sharing import Copy, copy_that_answers

# A few sections are written before there are copies, so that a small file never waits for one to start.
_BEFORE_COPIES = 8

Batch = Sequence[Stored]
# The names of the last draft that are written already, and the next batch with its number.
_Question = tuple[Sequence[str], tuple[int, Batch] | None]
# The section of the last draft, and the number and the names of the next one.
_Answer = tuple[RecordSection | None, int, Sequence[str]]


def sections(
    writer: SectionWriter, batches: Iterator[Batch], source: str, processes: int
) -> Generator[RecordSection, None, None]:
    """Yield the sections of the batches of records, in their order.

    With several ``processes``, all but the first sections are written by so many copies of this one. Raises LimitError
    if a copy crashes, with the name of the ``source``, and the errors of the copies.
    """
    numbered = enumerate(batches)
    for number, batch in islice(numbered, _BEFORE_COPIES) if processes > 1 else numbered:
        yield writer.write(number, batch)
    if first := next(numbered, None):
        with ExitStack() as stack:
            copies = [stack.enter_context(copy_that_answers(source, _answerer(writer))) for _ in range(processes)]
            yield from _by_copies(writer, chain([first], numbered), copies)


def _by_copies(
    writer: SectionWriter, numbered: Iterable[tuple[int, Batch]], copies: Sequence[Copy[_Question, _Answer]]
) -> Iterator[RecordSection]:
    count = len(copies)
    # After the last batch, each copy finishes its draft, and then tells the section.
    turns = enumerate(chain(numbered, repeat(None, 2 * count)))
    for copy, (turn, batch) in zip(cycle(copies), turns, strict=False):
        written: Sequence[str] = ()
        if turn >= count:
            section, number, names = copy.answer()
            if section:
                yield section
            written = writer.settle(number, names) if names else ()
        copy.ask((written, batch))


def _answerer(writer: SectionWriter) -> Callable[[_Question], _Answer]:
    """Return the work of a copy."""
    draft: Draft | None = None

    def answer(question: _Question) -> _Answer:
        nonlocal draft
        written, numbered = question
        section = draft.finished(written) if draft else None
        draft = writer.draft(*numbered) if numbered else None
        return (section, draft.number, list(draft.names)) if draft else (section, 0, ())

    return answer
