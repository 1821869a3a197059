"""The lines of a block of her2.ttl, with values more or fewer: no line that says nothing of them moves.

A predicate begins on a line of its own, four spaces in, as ``her2ld term add`` writes it, and may go on in deeper ones.
"""

import re
from collections.abc import Sequence

_PREDICATE = re.compile(r"    (?P<predicate>\S+)")
_CLOSED = re.compile(r"(?P<said>.*\S)\s*(?P<end>[;.])")


def with_values(block: Sequence[str], predicate: str, values: Sequence[str], order: Sequence[str]) -> list[str]:
    r"""Return the lines with values more, on the line of their predicate; a new one goes into its place in ``order``.

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
    """Return the lines without values that hold no comma; a predicate that had no others is left out.

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
