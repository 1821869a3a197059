"""Sharing work between processes: the others are copies of the first (fork) and have the same data."""

import contextlib
import multiprocessing
import os
import signal
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection
from typing import Any, Generic, TypeVar

from her2ld.errors import LimitError, Problem

if sys.platform == "linux":
    import fcntl

T = TypeVar("T")
Here = TypeVar("Here")
There = TypeVar("There")
Question = TypeVar("Question")
Answer = TypeVar("Answer")

# What a pipe holds that nobody has read yet; with the 64 KiB of other pipes, the second process would have to wait.
_PIPE_BYTES = 1 << 20
_PLACE_BYTES = 4


def has_second_processor() -> bool:
    """Tell whether a second process would have a processor of its own."""
    return processors() > 1


def processors() -> int:
    """Return the number of processors for copies of this process; 1 if the system cannot make copies safely."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


@contextlib.contextmanager
def taken_in_turn(items: Sequence[T]) -> Iterator[Callable[[], Iterator[tuple[int, T]]]]:
    """Yield a function that yields, in either process, the items that neither has taken, each with its index.

    >>> with taken_in_turn("ab") as left:
    ...     list(left()), list(left())
    ([(0, 'a'), (1, 'b')], [])
    """
    # Both processes read in one open file, each from the place to which either has read.
    with os.fdopen(os.memfd_create("items"), "r+b", buffering=0) as places:
        places.write(b"".join(place.to_bytes(_PLACE_BYTES, "big") for place in range(len(items))))
        places.seek(0)

        def left() -> Iterator[tuple[int, T]]:
            while place := places.read(_PLACE_BYTES):
                number = int.from_bytes(place, "big")
                yield number, items[number]

        yield left


def beside(what: str, there: Callable[[], There], here: Callable[[], Here]) -> tuple[There, Here]:
    """Return the results of both functions: a second process runs ``there`` while this one runs ``here``.

    An error of ``there`` is raised after ``here`` has ended. Raises LimitError if the second process crashes; ``what``
    is the name of its work in that error.
    """
    with _second_process(what, lambda send: send(there())) as second:
        own = here()
        return second.receive(), own


def shared_out(what: str, items: Sequence[T], work: Callable[[T], There], take: Callable[[int, There], object]) -> None:
    """Let two processes work on the items; this one takes each result, with the index of its item, in any order.

    Results of the second process are taken before this one works on another item. So the longer this process takes
    with results, the more items are left to the second. Raises LimitError like :func:`beside`.
    """
    with taken_in_turn(items) as left:

        def work_there(send: Callable[[object], None]) -> None:
            for number, item in left():
                send((number, work(item)))
            send(None)

        with _second_process(what, work_there) as second:

            def take_next() -> bool:
                """Take a result of the second process, and tell whether there was one."""
                result = second.receive()
                if result:
                    take(*result)
                return result is not None

            are_more = True
            for number, item in left():
                take(number, work(item))
                while are_more and second.has_sent():
                    are_more = take_next()
            while are_more:
                are_more = take_next()


class _Second:
    """The second process, as the first one sees it."""

    def __init__(self, what: str, process: multiprocessing.process.BaseProcess, receiving: Connection) -> None:
        self._what, self._process, self._receiving = what, process, receiving

    def has_sent(self) -> bool:
        """Tell whether there is something to receive."""
        return self._receiving.poll()

    def receive(self) -> Any:  # noqa: ANN401  # what was sent
        """Return the next thing that was sent; wait for it if necessary. Raises the error of the second process."""
        try:
            error, sent = self._receiving.recv()
        except (EOFError, OSError):  # the process ended between two things that it sent, or within one
            self._process.join()
            how = f"the second process crashed (exit status {self._process.exitcode})"
            remedy = "free memory, or use only one processor (taskset -c 0)"
            raise LimitError([Problem(self._what, how, remedy)]) from None
        if error:
            raise error
        return sent


@contextlib.contextmanager
def _second_process(what: str, run: Callable[[Callable[[object], None]], None]) -> Iterator[_Second]:
    """Start a second process, and yield it; it is killed at the end of the block.

    It calls ``run`` with the function that sends something to this process.
    """
    context = multiprocessing.get_context("fork")
    receiving, sending = context.Pipe(duplex=False)

    def be_second() -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process is interrupted too, and ends this one
        receiving.close()  # if the first process is gone, there is no reader, and this process also ends
        try:
            run(lambda result: sending.send((None, result)))
        except BrokenPipeError:
            return
        except Exception as error:  # noqa: BLE001  # any error is sent to the first process
            with contextlib.suppress(BrokenPipeError):
                sending.send((error, None))

    with contextlib.suppress(OSError):  # the number of such pipes is limited for each user
        fcntl.fcntl(sending.fileno(), fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
    second = context.Process(target=be_second, daemon=True)
    with warnings.catch_warnings():
        # Python 3.12 warns if there are threads: the copy has none of them, and ends with its work.
        warnings.simplefilter("ignore", DeprecationWarning)
        second.start()
    sending.close()
    try:
        yield _Second(what, second, receiving)
    finally:
        second.kill()
        second.join()
        receiving.close()


class Copy(Generic[Question, Answer]):
    """A copy of this process that answers questions, one after the other."""

    def __init__(self, second: _Second, asking: Connection) -> None:
        """Keep the process, and the end of the pipe to it."""
        self._second, self._asking = second, asking

    def ask(self, question: Question) -> None:
        """Send a question, after the answer to the one before is received."""
        with contextlib.suppress(OSError):  # if the copy has ended, the missing answer says so
            self._asking.send(question)

    def answer(self) -> Answer:
        """Wait for the answer. Raises the error of the copy if it has one, and LimitError if the copy crashes."""
        return self._second.receive()  # type: ignore[no-any-return]


@contextlib.contextmanager
def copy_that_answers(what: str, answer: Callable[[Question], Answer]) -> Iterator[Copy[Question, Answer]]:
    """Start a copy of this process that answers questions by a function, and end it after the block.

    An error of the function ends it, too. ``what`` is the name of its work in errors.
    """
    asked, asking = multiprocessing.get_context("fork").Pipe(duplex=False)

    def answer_all(send: Callable[[object], None]) -> None:
        asking.close()  # if the first process is gone, nobody asks, and this process also ends
        while True:
            try:
                question = asked.recv()
            except EOFError:
                return
            send(answer(question))

    with asking, _second_process(what, answer_all) as second:
        asked.close()
        yield Copy(second, asking)
