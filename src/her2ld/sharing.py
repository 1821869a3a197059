"""Work shared by two processes: the second one is a copy of the first (fork) and has the data that it has."""

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
    """Return what yields, in either process, the items that neither has taken, each with its place among them.

    >>> left = taken_in_turn("ab")
    >>> list(left()), list(left())
    ([(0, 'a'), (1, 'b')], [])
    """
    place, first = multiprocessing.get_context("fork").Value("i", 0), os.getpid()

    def left() -> Iterator[tuple[int, T]]:
        while True:
            # The first process may be ended while it has the lock, and never gives it back.
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
    """Return what both give: a second process does ``there``, while this one does ``here``.

    What ``there`` raises is raised here, once this process has done its own. Raises LimitError where the second
    process breaks down; ``what`` names its work in the words of that error.
    """
    context = multiprocessing.get_context("fork")
    receiving, sending = context.Pipe(duplex=False)

    def be_second() -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process, which is interrupted with it, ends it
        receiving.close()  # where the first process is gone, nobody is left to read, and this one ends, too
        error, result = None, None
        try:
            result = there()
        except Exception as raised:  # noqa: BLE001  # whatever it is, the first process has to know of it
            error = raised
        with contextlib.suppress(BrokenPipeError):
            sending.send((error, result))

    second = context.Process(target=be_second, daemon=True)
    with warnings.catch_warnings():
        # Python 3.12 warns where threads run: the copy has none of them, and ends with its work.
        warnings.simplefilter("ignore", DeprecationWarning)
        second.start()
    sending.close()
    try:
        own = here()
        error, others = receiving.recv()
    except EOFError:
        second.join()
        how = f"the second process broke down (exit status {second.exitcode})"
        remedy = "free memory, or give it one processor alone (taskset -c 0)"
        raise LimitError([Problem(what, how, remedy)]) from None
    finally:
        second.kill()
        second.join()
        receiving.close()
    if error:
        raise error
    return others, own
