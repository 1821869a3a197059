"""her2.ttl as text: its sections, their blocks and the lines of a block, so that no other byte changes."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

_DASHES = re.compile(r"# -{10,}\s*")


@dataclass(frozen=True, slots=True)
class TextBlock:
    """The lines from ``start`` up to ``end`` (counted from 0, end exclusive) that describe one subject.

    ``subject_line`` is the one that begins with the subject; ``subject`` is written as in the file (``her2:HER2``).
    """

    subject: str
    start: int
    subject_line: int
    end: int


@dataclass(frozen=True, slots=True)
class TextSection:
    """A heading and the blocks below it; the part above the first heading has no title.

    ``end`` is the line (counted from 0) after its last line that is not empty.
    """

    title: str
    end: int
    blocks: tuple[TextBlock, ...]


def sections(text: str) -> tuple[TextSection, ...]:
    """Return the sections in their order.

    >>> dashes = "# " + "-" * 20
    >>> text = f"{dashes}{chr(10)}# Genes{chr(10)}{dashes}{chr(10)}{chr(10)}her2:A{chr(10)}    a owl:Class ;"
    >>> [(each.title, [block.subject for block in each.blocks]) for each in sections(text)]
    [('', []), ('Genes', ['her2:A'])]
    """
    lines = [line.rstrip("\r") for line in text.split("\n")]
    found = []
    title, body = "", 0
    number = 0
    while number < len(lines):
        closing = _closing(lines, number)
        if closing is None:
            number += 1
            continue
        found.append(_section(lines, title, body, number))
        title = " ".join(line.removeprefix("#").strip() for line in lines[number + 1 : closing])
        body = number = closing + 1
    found.append(_section(lines, title, body, len(lines)))
    return tuple(found)


def _closing(lines: Sequence[str], number: int) -> int | None:
    """Return the line of dashes that closes the heading beginning there, None if no heading begins there."""
    if not _DASHES.fullmatch(lines[number]):
        return None
    for place in range(number + 1, len(lines)):
        if not lines[place].startswith("#"):
            return None
        if _DASHES.fullmatch(lines[place]):
            return place if place > number + 1 else None
    return None


def _section(lines: Sequence[str], title: str, start: int, end: int) -> TextSection:
    blocks = []
    number = start
    last = start
    while number < end:
        if not lines[number].strip():
            number += 1
            continue
        first = number
        while number < end and lines[number].strip():
            number += 1
        last = number
        subjects = [place for place in range(first, number) if not lines[place].startswith(("#", " ", "\t", "@"))]
        starts = [first, *subjects[1:]]
        ends = [*subjects[1:], number]
        for begin, subject, stop in zip(starts, subjects, ends, strict=False):
            blocks.append(TextBlock(lines[subject].split(maxsplit=1)[0], begin, subject, stop))
    return TextSection(title, last, tuple(blocks))


def place_in_order(blocks: Sequence[TextBlock], subject: str) -> tuple[int, bool]:
    """Return the line before which the block of ``subject`` goes, and whether that is before another block.

    There is at least one block. If they are not sorted, it goes before the first greater one.
    """
    subjects = [block.subject for block in blocks]
    is_sorted = subjects == sorted(subjects)
    place = (
        bisect_left(subjects, subject)
        if is_sorted
        else next((number for number, each in enumerate(subjects) if each > subject), len(subjects))
    )
    return (blocks[place].start, True) if place < len(blocks) else (blocks[-1].end, False)


def with_lines(text: str, at: int, new: Sequence[str]) -> str:
    """Return the text with new lines before the line ``at``, counted from 0, with the text's own line ends."""
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = text.split("\n")
    if at == len(lines):  # the last line has no line end
        return newline.join([text, *new])
    return "\n".join([*lines[:at], *(line + newline.removesuffix("\n") for line in new), *lines[at:]])


def with_block(text: str, subject: str, block: Sequence[str], among: Sequence[TextBlock]) -> str:
    """Return the text with a block in its place among others, with an empty line between two blocks."""
    at, is_before = place_in_order(among, subject)
    return with_lines(text, at, [*block, ""] if is_before else ["", *block])


_PREDICATE = re.compile(r"    (?P<predicate>\S+)")
_CLOSED = re.compile(r"(?P<said>.*\S)\s*(?P<end>[;.])")


def with_values(block: Sequence[str], predicate: str, values: Sequence[str], order: Sequence[str]) -> list[str]:
    r"""Return the lines with more values, on the line of their predicate; a new one goes into its place in ``order``.

    >>> block = ["her2:A", "    rdfs:label \"a\"@en ;", "    skos:exactMatch mesh:D1 ;", "    ."]
    >>> with_values(block, "skos:exactMatch", ["go:1"], ["rdfs:label", "skos:altLabel", "skos:exactMatch"])[2]
    '    skos:exactMatch mesh:D1, go:1 ;'
    >>> with_values(block, "skos:altLabel", ['"b"@en'], ["rdfs:label", "skos:altLabel", "skos:exactMatch"])[2]
    '    skos:altLabel "b"@en ;'
    """
    lines = [*block]
    spans = _spans(block)
    added = ", ".join(values)
    if predicate in spans:
        last = spans[predicate][1] - 1
        if closed := _CLOSED.fullmatch(lines[last]):
            lines[last] = f"{closed['said']}, {added} {closed['end']}"
        return lines
    before = order[: order.index(predicate)]
    at = max((end for name, (_, end) in spans.items() if name in before), default=len(lines) - 1)
    return [*lines[:at], f"    {predicate} {added} ;", *lines[at:]]


def without_values(block: Sequence[str], predicate: str, values: Sequence[str], _order: Sequence[str]) -> list[str]:
    """Return the lines without the values, which hold no comma; a predicate without further values is left out.

    >>> block = ["her2:A", "    skos:exactMatch mesh:D1, go:1 ;", "    ."]
    >>> without_values(block, "skos:exactMatch", ["mesh:D1"], [])[1]
    '    skos:exactMatch go:1 ;'
    >>> without_values(block, "skos:exactMatch", ["mesh:D1", "go:1"], [])
    ['her2:A', '    .']
    """
    span = _spans(block).get(predicate)
    if span is None:
        return [*block]
    start, end = span
    said = " ".join(line.strip() for line in block[start:end])
    closed = _CLOSED.fullmatch(said)
    if closed is None:
        return [*block]
    kept = [each for each in re.split(r",\s*", closed["said"].removeprefix(predicate).strip()) if each not in values]
    line = [f"    {predicate} {', '.join(kept)} {closed['end']}"] if kept else []
    return [*block[:start], *line, *block[end:]]


def _spans(block: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Return the lines of each predicate, the first and the one after the last."""
    starts = [(number, found["predicate"]) for number, line in enumerate(block) if (found := _PREDICATE.match(line))]
    ends = [*(number for number, _ in starts[1:]), len(block)]
    return {predicate: (start, end) for (start, predicate), end in zip(starts, ends, strict=True) if predicate != "."}
