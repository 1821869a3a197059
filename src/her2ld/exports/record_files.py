"""The records of many files: made as parts in one or several processes or on a Dask cluster, and joined.

The parts come in the order of the files. If several records have the same IRI, in one file or in several, only the
newest revision is kept, because together they would be one paper with two titles. They are found by the marks of the
parts after all files are read; only parts with a superseded record are written again, and no text is kept in memory.

N-Quads and N-Triples are joined as lines, without a parser; for other formats, the quads are parsed one at a time.
"""

import contextlib
import gc
import io
import shutil
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from itertools import islice
from multiprocessing import get_context
from typing import IO, Any

from pyoxigraph import Quad, RdfFormat, parse

from her2ld.errors import ExportError, Problem
from her2ld.exports.record_parts import Note, Part, read_marks, write_part
from her2ld.exports.record_sections import NO_PAPER, RecordOptions
from her2ld.files.streams import STANDARD_INPUT, opened_bytes, opened_source
from her2ld.files.writing import gzip_member, opened_to_write, removed
from her2ld.iris import NAMED_MESH
from her2ld.vocabulary import standard

_SECONDS_TO_CONNECT = 30
_TIMES_TO_RETRY = 3


def parts_of(  # noqa: PLR0913  # the note and the processes are about how they are made
    options: RecordOptions,
    sources: Sequence[str],
    folder: str,
    executor: Executor | None,
    *,
    note: Note | None = None,
    processes: int = 1,
) -> Iterator[Part]:
    """Write a part for each file into a folder, and yield the parts in the order of the files.

    Without an executor, each part is written when it is requested, and ``note`` and ``processes`` are those of
    :func:`write_part`. With an executor, all files are submitted at once, except that standard input is read here, and
    ``note`` is not called. Raises ExportError if a process crashes, and the errors of :func:`write_part`.
    """
    if executor is None:
        for number, source in enumerate(sources):
            yield write_part(options, source, folder, number, note=note, processes=processes)
        return
    futures = {
        number: executor.submit(write_part, options, source, folder, number)
        for number, source in enumerate(sources)
        if source != STANDARD_INPUT
    }
    try:
        for number, source in enumerate(sources):
            if source == STANDARD_INPUT:
                yield write_part(options, source, folder, number)
                continue
            try:
                yield futures[number].result()
            except BrokenProcessPool as error:
                what = "a process was killed while it worked on this file or another one"
                remedy = "check whether the system ran out of memory; use fewer --jobs"
                raise ExportError([Problem(source, what, remedy)]) from error
    finally:
        for future in futures.values():
            future.cancel()


@contextlib.contextmanager
def executor_of(count: int) -> Iterator[Executor | None]:
    """Yield an executor with ``count`` processes, each of which takes a file; None for a count of 1."""
    if count == 1:
        yield None
        return
    # Each process is started anew: a fork could have locks of other threads, and Windows has no fork.
    with ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=gc.disable) as executor:
        yield executor


@contextlib.contextmanager
def cluster(address: str) -> Iterator[Executor]:
    """Yield an executor for the Dask cluster at an address; the work of a worker that dies is repeated.

    Raises ExportError if Dask is not installed or the cluster cannot be reached.
    """
    try:
        import distributed  # an extra
    except ImportError as error:
        raise ExportError([Problem("--dask", "Dask is not installed", "install her2ld[cluster]")]) from error
    dask: Any = distributed
    try:
        client = dask.Client(address, timeout=_SECONDS_TO_CONNECT, set_as_default=False)
    except (OSError, ValueError) as error:
        what = f"no Dask scheduler answers there ({error})"
        raise ExportError([Problem(address, what, "give its address, tcp://HOST:8786")]) from error
    with client:
        yield client.get_executor(retries=_TIMES_TO_RETRY)


# The label of a MeSH term is written once for each file, with its first record; it is kept if that record is removed.
_OF_TERMS = tuple(f"<{base}".encode() for base in (standard.MESH, NAMED_MESH))
_BITS_A_RECORD = 16
_BUFFER = 1 << 17


def without_superseded(parts: Sequence[Part]) -> list[Part]:
    """Return the parts without the records that are superseded by another record of the same paper.

    The record with the latest revision is kept or, of several, the last one in the order of the files. (A later version
    of a paper has an IRI of its own, and does not supersede the first.) A part that is written again has a new place,
    and its old file is removed. Raises ExportError if it cannot be written.
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
    """Return the papers with several records, and a few others, because several papers can share a bit."""
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
    """Write a part again without some of its records, and return it with their number."""
    starts = [*read_marks(part.marks).lines, part.quads]
    ranges = [(starts[index], starts[index + 1]) for index in sorted(indexes)]
    written = [(start, end) for start, end in ranges if start < end]  # a record not about the term was not written
    if not written:
        return part
    place = f"{part.place.removesuffix('.nq.gz')}-kept.nq.gz"
    with opened_source(part.place) as stream, opened_to_write(place) as file, gzip_member(file) as member:
        quads = part.quads - _copy_but(io.BufferedReader(stream, _BUFFER), written, member)
    removed(part.place)
    count = len(written)
    return replace(part, place=place, quads=quads, exported=part.exported - count, superseded=count)


def _copy_but(lines: Iterator[bytes], ranges: list[tuple[int, int]], output: IO[bytes]) -> int:
    """Copy lines except for ranges, of which only the lines of MeSH terms are kept; return how many are left out."""
    at = left_out = 0
    for start, end in ranges:
        output.writelines(islice(lines, start - at))
        kept = [line for line in islice(lines, end - start) if line.startswith(_OF_TERMS)]
        output.writelines(kept)
        left_out += end - start - len(kept)
        at = end
    output.writelines(lines)
    return left_out


_BYTES_AT_ONCE = 1 << 20


def copy_quads(parts: Iterable[Part], output: IO[bytes], *, compressed: bool = False) -> int:
    """Write the parts as N-Quads, or append them to a gzip file, a member each; return the number of quads."""
    count = 0
    for part in parts:
        with opened_bytes(part.place) if compressed else opened_source(part.place) as stored:
            shutil.copyfileobj(stored, output, _BYTES_AT_ONCE)
        count += part.quads
    return count


def copy_triples(parts: Iterable[Part], output: IO[bytes], known: frozenset[bytes]) -> int:
    """Write the parts as N-Triples without the known lines, and return the number of triples."""
    count = 0
    for part in parts:
        with opened_source(part.place) as stream:
            file = io.BufferedReader(stream, _BUFFER)
            while lines := file.readlines(_BYTES_AT_ONCE):
                # A quad ends with the IRI of its graph, and no IRI contains a space or a bracket.
                triples = [line[: line.rindex(b" <")] + b" .\n" for line in lines]
                new = [triple for triple in triples if triple not in known]
                output.writelines(new)
                count += len(new)
    return count


def quads_of(parts: Iterable[Part]) -> Iterator[Quad]:
    """Yield the quads of the parts."""
    for part in parts:
        with opened_source(part.place) as stream:
            yield from parse(io.BufferedReader(stream, _BUFFER), format=RdfFormat.N_QUADS)
