"""Sharing work between two processes: the second is a copy of the first (fork) and has the same data."""

import contextlib
import multiprocessing
import os
import signal
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from her2ld.errors import LimitError, Problem

T = TypeVar("T")
Here = TypeVar("Here")
There = TypeVar("There")


def has_second_processor() -> bool:
    """Tell whether a second process would have a processor of its own."""
    return sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1


def taken_in_turn(items: Sequence[T]) -> Callable[[], Iterator[tuple[int, T]]]:
    """Return a function that yields, in either process, the items that neither has taken, each with its index.

    >>> left = taken_in_turn("ab")
    >>> list(left()), list(left())
    ([(0, 'a'), (1, 'b')], [])
    """
    place, first = multiprocessing.get_context("fork").Value("i", 0), os.getpid()

    def left() -> Iterator[tuple[int, T]]:
        while True:
            # The first process may be killed while it has the lock, so that the lock is never released.
            while not place.get_lock().acquire(timeout=1):
                if first not in (os.getpid(), os.getppid()):
                    raise BrokenPipeError
            number, place.value = place.value, place.value + 1
            place.get_lock().release()
            if number >= len(items):
                return
            yield number, items[number]

    return left


def beside(what: str, there: Callable[[], There], here: Callable[[], Here]) -> tuple[There, Here]:
    """Return the results of both functions: a second process runs ``there`` while this one runs ``here``.

    An error of ``there`` is raised after ``here`` has ended. Raises LimitError if the second process crashes; ``what``
    is the name of its work in that error.
    """
    context = multiprocessing.get_context("fork")
    receiving, sending = context.Pipe(duplex=False)

    def be_second() -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process is interrupted too, and ends this one
        receiving.close()  # if the first process is gone, there is no reader, and this process also ends
        error, result = None, None
        try:
            result = there()
        except Exception as raised:  # noqa: BLE001  # any error is sent to the first process
            error = raised
        with contextlib.suppress(BrokenPipeError):
            sending.send((error, result))

    second = context.Process(target=be_second, daemon=True)
    with warnings.catch_warnings():
        # Python 3.12 warns if there are threads: the copy has none of them, and ends with its work.
        warnings.simplefilter("ignore", DeprecationWarning)
        second.start()
    sending.close()
    try:
        own = here()
        error, others = receiving.recv()
    except EOFError:
        second.join()
        how = f"the second process crashed (exit status {second.exitcode})"
        remedy = "free memory, or use only one processor (taskset -c 0)"
        raise LimitError([Problem(what, how, remedy)]) from None
    finally:
        second.kill()
        second.join()
        receiving.close()
    if error:
        raise error
    return others, own
