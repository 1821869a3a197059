"""A file of lines into an Oxigraph store, both halves at once: its bulk loader puts a million quads into one thread.

Each half comes to it through a pipe, which it opens by its name in ``/dev/fd``.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Thread

from pyoxigraph import NamedNode, Store

from her2ld.dataset.rdf_files import format_of_rdf, holds

_LEAST_BYTES = 16 << 20
_CHUNK = 1 << 20
_PIPES = Path("/dev/fd")


def load_lines(store: Store, file: Path, graph: NamedNode | None) -> None:
    """Load N-Triples or N-Quads; triples without a graph go into ``graph``, if there is one.

    A file that may have blank nodes is loaded by one loader, which gives each of them one name. Raises SyntaxError or
    ValueError where it cannot be parsed, and OSError where it cannot be read.
    """
    size = file.stat().st_size
    if size < _LEAST_BYTES or not _PIPES.is_dir() or holds(file, b"_:"):
        store.bulk_load(path=file, format=format_of_rdf(file), to_graph=graph)
        return
    with file.open("rb") as lines:
        lines.seek(size // 2)
        lines.readline()
        middle = lines.tell()

    def load_half(begin: int, end: int) -> None:
        reading, writing = os.pipe()
        feeding = Thread(target=_feed, args=(writing, file, begin, end))
        feeding.start()
        try:
            store.bulk_load(path=_PIPES / str(reading), format=format_of_rdf(file), to_graph=graph)
        finally:
            os.close(reading)
            feeding.join()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(load_half, (0, middle), (middle, size)))


def _feed(pipe: int, file: Path, begin: int, end: int) -> None:
    """Write a part of a file into a pipe, until nobody reads it."""
    with open(pipe, "wb", buffering=0) as output, file.open("rb") as content:  # it has no path
        content.seek(begin)
        while begin < end and (some := content.read(min(_CHUNK, end - begin))):
            begin += len(some)
            rest = memoryview(some)
            try:
                while rest:
                    rest = rest[output.write(rest) :]
            except BrokenPipeError:
                return
