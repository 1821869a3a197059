"""Runs of characters marked in a text, though they overlap."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, TypeVar

Kind = TypeVar("Kind")


@dataclass(frozen=True, slots=True)
class Segment(Generic[Kind]):
    """A run of characters that the same marks cover: offsets in code points, ``end`` exclusive."""

    start: int
    end: int
    text: str
    marks: tuple[Kind, ...]


def segments(text: str, marks: Iterable[tuple[int, int, Kind]], cuts: Iterable[int] = ()) -> Iterator[Segment[Kind]]:
    """Cut a text wherever a mark begins or ends, and say which marks cover each piece, in the order given.

    A mark is a start, an end and what it stands for; ``cuts`` are further places to cut at. The pieces together are the
    text. A mark that is empty or does not lie in the text covers nothing.

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
