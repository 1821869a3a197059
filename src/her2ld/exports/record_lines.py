"""Parts of records put together: as the N-Quads that they are, as N-Triples, or as quads for other formats.

Lines are passed on as they are, without a parser; the quads for the other formats are parsed from them one at a time.
"""

import io
import shutil
from collections.abc import Iterable, Iterator
from typing import IO

from pyoxigraph import Quad, RdfFormat, parse

from her2ld.exports.record_parts import Part
from her2ld.files.streams import opened_bytes, opened_source

_BUFFER = 1 << 17
_BYTES_AT_ONCE = 1 << 20


def copy_compressed(parts: Iterable[Part], output: IO[bytes]) -> int:
    """Append the parts to a gzip file, a member each, and return the number of quads."""
    count = 0
    for part in parts:
        with opened_bytes(part.place) as file:
            shutil.copyfileobj(file, output, _BYTES_AT_ONCE)
        count += part.quads
    return count


def copy_quads(parts: Iterable[Part], output: IO[bytes]) -> int:
    """Write the parts as N-Quads, and return the number of quads."""
    count = 0
    for part in parts:
        with opened_source(part.place) as stream:
            shutil.copyfileobj(stream, output, _BYTES_AT_ONCE)
        count += part.quads
    return count


def copy_triples(parts: Iterable[Part], output: IO[bytes], known: frozenset[bytes]) -> int:
    """Write the parts as N-Triples but for the lines that are known already, and return the number of triples."""
    count = 0
    for part in parts:
        with opened_source(part.place) as stream:
            file = io.BufferedReader(stream, _BUFFER)
            while lines := file.readlines(_BYTES_AT_ONCE):
                # A quad ends with the IRI of its graph, and no IRI holds a space or a bracket.
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
