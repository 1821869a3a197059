"""Work in a process of its own, with limits: what comes from elsewhere may ask for any amount of time and memory.

Whatever the work does, the program that asked for it goes on, and can say what became of it. The process is a copy of
this one (fork), so what is in memory need not be handed over; it is ended at the limit of time, cannot take more memory
than it is given, and, unless it may, opens nothing: no file and no connection.
"""

import os
import select
import signal
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

from her2ld.errors import LimitError, Problem

_ANSWER, _FAILURE = b"a", b"f"
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What the process may use: seconds of wall-clock time, bytes of memory besides what is in use when it starts."""

    seconds: float = 600
    memory: int = 8 << 30


def run_limited(what: str, work: Callable[[], bytes], limits: Limits, *, may_open: bool = False) -> bytes:
    """Return what ``work`` gives, done in a process of its own. ``what`` names the work in the words of an error.

    ``may_open`` lets it open files and connections. Raises LimitError where the work meets its limits, raises, or
    breaks down, and where the system cannot fork (Windows).
    """
    if not hasattr(os, "fork"):
        raise LimitError([Problem(what, "this system cannot limit it", "run it on Linux or macOS, or in a container")])
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        # Python 3.12 warns where threads run: the copy has none of them and ends with its work.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        os.close(reading)
        _be_the_process(writing, work, limits, may_open=may_open)
    os.close(writing)
    try:
        answer = _receive(reading, what, limits)
    finally:
        os.close(reading)
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
    if answer[:1] == _ANSWER:
        return answer[1:]
    if answer[:1] == _FAILURE:
        raise LimitError([Problem(what, answer[1:].decode(), "mend it, or allow it more")])
    ended = signal.Signals(os.WTERMSIG(status)).name if os.WIFSIGNALED(status) else f"exit status {status}"
    how = f"it broke down ({ended}), having up to {limits.memory:,} bytes of memory"
    raise LimitError([Problem(what, how, "ask for less at once, write it flatter, or allow it more memory")])


def _receive(reading: int, what: str, limits: Limits) -> bytes:
    """Read to the end, but no longer than the limit of time and no more than that of memory."""
    deadline = time.monotonic() + limits.seconds
    chunks: list[bytes] = []
    size = 0
    while True:
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([reading], [], [], left)[0]:
            raise LimitError(
                [Problem(what, f"it took more than {limits.seconds:g} s", "ask for less, or allow it more")]
            )
        chunk = os.read(reading, _CHUNK)
        if not chunk:
            return b"".join(chunks)
        chunks.append(chunk)
        size += len(chunk)
        if size > limits.memory:
            raise LimitError([Problem(what, f"its answer is longer than {limits.memory:,} bytes", "ask for less")])


def _be_the_process(writing: int, work: Callable[[], bytes], limits: Limits, *, may_open: bool) -> NoReturn:
    try:
        try:
            confine(limits.memory, may_open=may_open)
            answer = _ANSWER + work()
        except MemoryError:
            answer = _FAILURE + f"it needs more than {limits.memory:,} bytes of memory".encode()
        except Exception as error:  # noqa: BLE001  # whatever it is, it is told to the process that asked
            answer = _FAILURE + (str(error) or type(error).__name__).encode()
        view = memoryview(answer)
        while view:
            view = view[os.write(writing, view) :]
    finally:
        os._exit(0)


def confine(memory: int, *, may_open: bool) -> None:
    """Limit this process for good: so many bytes of memory besides those in use, nothing opened unless it may.

    What is open stays open. Raises OSError where the system does not let it.
    """
    import resource  # Windows has none, and does not come here

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    allowed = _address_space() + memory
    resource.setrlimit(resource.RLIMIT_AS, (allowed, allowed))
    if not may_open:
        resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def _address_space() -> int:
    """Return the bytes of address space in use, where the system tells."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123  # pathlib would be one import more
            return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0
