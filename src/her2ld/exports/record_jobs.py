"""The records of many files, worked on one after the other, in several processes, or on a Dask cluster.

The parts come in the order of the files, whoever made them and when.
"""

import contextlib
import gc
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import Any

from her2ld.errors import ExportError, Problem
from her2ld.exports.record_parts import Note, Part, RecordOptions, write_part
from her2ld.files.streams import STANDARD_INPUT

_SECONDS_TO_CONNECT = 30
_TIMES_TO_RETRY = 3


def parts_of(
    options: RecordOptions, sources: Sequence[str], folder: str, executor: Executor | None, note: Note | None = None
) -> Iterator[Part]:
    """Write a part of each file into the folder, and yield them in the order of the files.

    Without an executor they are written here, one when the one before was taken; ``note`` is told of the progress as
    :func:`write_part` does. With one, all are handed over at once; standard input is read here when its turn comes, and
    ``note`` is told nothing. Raises ExportError where the work breaks down, and what :func:`write_part` raises.
    """
    if executor is None:
        for number, source in enumerate(sources):
            yield write_part(options, source, folder, number, note)
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
                what = "a process was ended while it worked on this file or one beside it"
                remedy = "see whether the system ran out of memory; use fewer --jobs"
                raise ExportError([Problem(source, what, remedy)]) from error
    finally:
        for future in futures.values():
            future.cancel()


@contextlib.contextmanager
def processes(count: int) -> Iterator[Executor | None]:
    """Return an executor with so many processes; None for one, which is this."""
    if count == 1:
        yield None
        return
    # Each process begins anew: a copy of this one could hold locks of its threads, and Windows has no copies.
    with ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=gc.disable) as executor:
        yield executor


@contextlib.contextmanager
def cluster(address: str) -> Iterator[Executor]:
    """Return an executor that works on the Dask cluster at that address; work of a worker that dies is done anew.

    Raises ExportError where Dask is missing or the cluster cannot be reached.
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
