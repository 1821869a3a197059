"""Finding quotes: a quote is one contiguous run of characters inside one sentence of the record, or it is refused."""

import difflib
import re
from collections.abc import Iterator

from her2ld.errors import Problem
from her2ld.pubmed import Record, Span, sentence_bounds

_ELLIPSIS = re.compile(r"\.\.\.|…")


def find_quote(quote: str, record: Record, where: str) -> Span | Problem:
    """Find the only place of ``quote`` in title or abstract; a Problem says why it has none and what comes nearest."""
    found = [
        record.span(part, start, start + len(quote))
        for part, text in record.texts.items()
        for start in _occurrences(quote, text)
    ]
    if not found:
        what = "these words do not stand in the record"
        if _ELLIPSIS.search(quote):
            what += " (a quote is one contiguous run: “...” would hide what was cut, a hedge or a “not” perhaps)"
        return Problem(
            f"{where}, quote", f"{what}: {quote!r}", f"copy from the nearest sentence: {_nearest(quote, record)!r}"
        )
    if len(found) > 1:
        return Problem(f"{where}, quote", f"it stands {len(found)} times in the record: {quote!r}", "quote more words")
    if _cuts_a_word(found[0], record):
        return Problem(f"{where}, quote", f"it begins or ends within a word: {quote!r}", "quote whole words")
    if sentence_of(found[0], record) is None:
        remedy = f"quote from one of them, such as {_nearest(quote, record)!r}"
        return Problem(f"{where}, quote", f"it runs over more than one sentence: {quote!r}", remedy)
    return found[0]


def find_words(words: str, near: Span, record: Record, where: str) -> Span | Problem:
    """Find ``words`` in the sentence that holds ``near``: inside ``near`` if they stand there, else elsewhere in it."""
    sentence = sentence_of(near, record)
    if sentence is None:
        msg = f"{near} was not found by find_quote"
        raise ValueError(msg)
    text = record.texts[near.part]
    for within in (near, sentence):
        starts = [start for start in _occurrences(words, text) if within.start <= start <= within.end - len(words)]
        if len(starts) == 1:
            return record.span(near.part, starts[0], starts[0] + len(words))
        if starts:
            return Problem(where, f"{words!r} stands {len(starts)} times in the sentence", "write more of the words")
    return Problem(where, f"{words!r} does not stand in the sentence of the quote", f"copy from {sentence.exact!r}")


def sentence_of(span: Span, record: Record) -> Span | None:
    """Give the sentence that holds the whole of ``span``; None where it runs over the end of one."""
    for start, end in sentence_bounds(record.texts[span.part]):
        if start <= span.start and span.end <= end:
            return record.span(span.part, start, end)
    return None


def _cuts_a_word(span: Span, record: Record) -> bool:
    text = record.texts[span.part]
    return any(0 < edge < len(text) and text[edge - 1 : edge + 1].isalnum() for edge in (span.start, span.end))


def _occurrences(words: str, text: str) -> Iterator[int]:
    start = text.find(words)
    while start >= 0:
        yield start
        start = text.find(words, start + 1)


def _nearest(quote: str, record: Record) -> str:
    sentences = [sentence.exact for sentence in record.sentences()]
    return max(sentences, key=lambda sentence: _shared_words(quote, sentence))


def _shared_words(quote: str, sentence: str) -> float:
    matcher = difflib.SequenceMatcher(None, quote.split(), sentence.split(), autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks()) - len(sentence.split()) / 1000
