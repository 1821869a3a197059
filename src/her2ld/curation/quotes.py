"""Finding quotes: a quote is one contiguous run of characters within one sentence of the record, or it is refused.

Blanks and hyphens match any kind of blank or hyphen in the record; the record's own characters are kept.
"""

import bisect
import difflib
import re

from her2ld.errors import Problem
from her2ld.pubmed import Place, Record
from her2ld.texts.folding import cuts_a_word, occurrences

_ELLIPSIS = re.compile(r"\.\.\.|…")
_GIVE = "only the words quoted before are known without the abstract: give the paper's record with --records"


def find_quote(quote: str, record: Record, where: str, field: str = "quote") -> Place | Problem:
    """Find the only place of ``quote`` in title or abstract; a Problem says why there is none, and the nearest match.

    ``field`` is the name of the curator's field.
    """
    where = f"{where}, {field}"
    found = [
        record.span(part, start, end) for part, text in record.texts.items() for start, end in occurrences(quote, text)
    ]
    if not found:
        what = "these words do not stand in the record"
        if _ELLIPSIS.search(quote):
            what += " (a quote is one contiguous run: “...” would hide what was cut, a hedge or a “not” perhaps)"
        return Problem(where, f"{what}: {quote!r}", _copy_from(quote, record))
    if len(found) > 1:
        return Problem(where, f"it stands {len(found)} times in the record: {quote!r}", "quote more words")
    if _cuts_a_word(found[0], record):
        return Problem(where, f"it begins or ends within a word: {quote!r}", "quote whole words")
    if sentence_of(found[0], record) is None:
        remedy = "quote from one of them" + (f", such as {_nearest(quote, record)!r}" if not record.withheld else "")
        return Problem(where, f"it runs over more than one sentence: {quote!r}", remedy)
    return found[0]


def find_words(words: str, near: Place, record: Record, where: str) -> Place | Problem:
    """Find ``words`` in the sentence that holds ``near``: within ``near`` if possible, else elsewhere in it."""
    sentence = sentence_of(near, record)
    if sentence is None:
        msg = f"{near} was not found by find_quote"
        raise ValueError(msg)
    places = [
        record.span(near.part, start, end)
        for start, end in occurrences(words, record.texts[near.part])
        if sentence.start <= start and end <= sentence.end
    ]
    whole = [place for place in places if not _cuts_a_word(place, record)]
    for within in (near, sentence):
        inside = [place for place in whole if within.start <= place.start and place.end <= within.end]
        if len(inside) == 1:
            return inside[0]
        if inside:
            return Problem(where, f"{words!r} stands {len(inside)} times in the sentence", "write more of the words")
    if places:
        return Problem(where, f"{words!r} begins or ends within a word", "write whole words")
    remedy = _GIVE if record.withheld else f"copy from {sentence.exact!r}"
    return Problem(where, f"{words!r} does not stand in the sentence of the quote", remedy)


def find_anywhere(words: str, record: Record, where: str) -> Place | Problem:
    """Find the first place of ``words`` in the record."""
    for part, text in record.texts.items():
        for start, end in occurrences(words, text):
            place = record.span(part, start, end)
            if not _cuts_a_word(place, record):
                return place
    return Problem(where, f"these words do not stand in the record: {words!r}", _copy_from(words, record))


def sentence_of(span: Place, record: Record) -> Place | None:
    """Return the sentence that holds the whole of ``span``; None if it crosses the end of a sentence."""
    bounds = record.bounds(span.part)
    place = bisect.bisect_left(bounds, (span.start + 1,)) - 1
    if place < 0 or span.end > bounds[place][1]:
        return None
    return record.span(span.part, *bounds[place])


def _cuts_a_word(span: Place, record: Record) -> bool:
    text = record.abstract if span.part == "abstract" else record.title
    return cuts_a_word(text, span.start, span.end)


def _copy_from(words: str, record: Record) -> str:
    return _GIVE if record.withheld else f"copy from the nearest sentence: {_nearest(words, record)!r}"


def _nearest(quote: str, record: Record) -> str:
    sentences = [sentence.exact for sentence in record.sentences()]
    return max(sentences, key=lambda sentence: _shared_words(quote, sentence))


def _shared_words(quote: str, sentence: str) -> float:
    matcher = difflib.SequenceMatcher(None, quote.split(), sentence.split(), autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks()) - len(sentence.split()) / 1000
