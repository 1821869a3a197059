"""Several records of one paper, in one file or over many: the newest revision is kept, the others are taken out.

Records that get the same IRI would make one paper of two titles. Which recur is known once all files are read, from
what was noted of each record (:mod:`her2ld.exports.record_marks`). Only parts that hold a record that is superseded are
written again, without it; no text is held in memory.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import IO

from her2ld.exports.record_marks import NO_PAPER, read_marks
from her2ld.exports.record_parts import Part
from her2ld.files.streams import opened_source
from her2ld.files.writing import gzip_member, opened_to_write, removed
from her2ld.iris import NAMED_MESH
from her2ld.vocabulary import standard

# What MeSH terms are called is said once a file, by whichever record has them first; it stays when that one goes.
_OF_TERMS = tuple(f"<{base}".encode() for base in (standard.MESH, NAMED_MESH))
_BITS_A_RECORD = 16
_BUFFER = 1 << 17


def without_superseded(parts: Sequence[Part]) -> list[Part]:
    """Return the parts without the records that another one of the same paper supersedes, each counted in its part.

    The one that was revised last is kept; of those, the last in the order of the files. (A later version of a paper has
    an IRI of its own, and is no other record of the first.) A part that is written anew has a new place, and its old
    file is gone. Raises ExportError where it cannot be written.
    """
    recurring = _recurring(parts)
    if not recurring:
        return list(parts)
    kept: dict[int, tuple[int, int, int]] = {}
    superseded: list[set[int]] = [set() for _ in parts]
    for number, part in enumerate(parts):
        marks = read_marks(part.marks)
        for index, paper in enumerate(marks.papers):
            if paper in recurring:
                this = (marks.revisions[index], number, index)
                older, newer = sorted((kept.get(paper, this), this))
                if older != newer:
                    superseded[older[1]].add(older[2])
                kept[paper] = newer
    return [_without(part, indexes) if indexes else part for part, indexes in zip(parts, superseded, strict=True)]


def _recurring(parts: Sequence[Part]) -> set[int]:
    """Return the papers that recur, and a few that only seem to: each has a bit, which several share."""
    size = 1 << (sum(part.records + part.deletions for part in parts) * _BITS_A_RECORD).bit_length()
    bits = bytearray((size >> 3) + 1)
    recurring: set[int] = set()
    for part in parts:
        for paper in read_marks(part.marks).papers:
            place, bit = (paper & (size - 1)) >> 3, 1 << (paper & 7)
            if bits[place] & bit and paper != NO_PAPER:
                recurring.add(paper)
            bits[place] |= bit
    return recurring


def _without(part: Part, indexes: set[int]) -> Part:
    """Write a part anew without some of its records, and say how many of them it held."""
    starts = [*read_marks(part.marks).lines, part.quads]
    ranges = [(starts[index], starts[index + 1]) for index in sorted(indexes)]
    written = [(start, end) for start, end in ranges if start < end]  # what is not about the term was not written
    if not written:
        return part
    place = f"{part.place.removesuffix('.nq.gz')}-kept.nq.gz"
    with opened_source(part.place) as stream, opened_to_write(place) as file, gzip_member(file) as member:
        quads = part.quads - _copy_but(io.BufferedReader(stream, _BUFFER), written, member)
    removed(part.place)
    count = len(written)
    return replace(part, place=place, quads=quads, exported=part.exported - count, superseded=count)


def _copy_but(lines: Iterator[bytes], ranges: list[tuple[int, int]], output: IO[bytes]) -> int:
    """Copy lines but for those ranges, of which only what is said of MeSH terms stays; tell how many are left out."""
    at = left_out = 0
    for start, end in ranges:
        output.writelines(islice(lines, start - at))
        kept = [line for line in islice(lines, end - start) if line.startswith(_OF_TERMS)]
        output.writelines(kept)
        left_out += end - start - len(kept)
        at = end
    output.writelines(lines)
    return left_out
