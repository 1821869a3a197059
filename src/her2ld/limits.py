"""Running work in a separate process with limits, because input from elsewhere can take any amount of time and memory.

Whatever happens to the work, this program continues and can report it. The process is a copy of this one (fork), so
that it has everything in memory. It is ended at the time limit, cannot use more memory than its limit, and by default
cannot open any file or connection.
"""

import os
import select
import signal
import time
import warnings
from collections.abc import Callable
from typing import NamedTuple, NoReturn

from her2ld.errors import LimitError, Problem

_ANSWER, _FAILURE = b"a", b"f"
_CHUNK = 1 << 20


class Limits(NamedTuple):
    """The limits of a process: seconds of wall-clock time, and bytes of memory beyond those in use when it starts."""

    seconds: float = 600
    memory: int = 8 << 30


def run_limited(what: str, work: Callable[[], bytes], limits: Limits, *, may_open: bool = False) -> bytes:
    """Return the result of ``work``, done in a separate process. ``what`` is the name of the work in errors.

    ``may_open`` allows it to open files and connections. Raises LimitError if the work reaches its limits, raises an
    error or crashes, and if the system cannot fork (Windows).
    """
    if not hasattr(os, "fork"):
        raise LimitError([Problem(what, "this system cannot limit it", "run it on Linux or macOS, or in a container")])
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        # Python 3.12 warns if there are threads: the copy has none of them, and ends with its work.
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
        raise LimitError([Problem(what, answer[1:].decode(), "correct it, or raise its limits")])
    ended = signal.Signals(os.WTERMSIG(status)).name if os.WIFSIGNALED(status) else f"exit status {status}"
    how = f"it crashed ({ended}) with up to {limits.memory:,} bytes of memory"
    raise LimitError([Problem(what, how, "ask for less at once, nest it less deeply, or allow it more memory")])


def _receive(reading: int, what: str, limits: Limits) -> bytes:
    """Read to the end, within the limits of time and memory."""
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
        except Exception as error:  # noqa: BLE001  # any error is reported to the other process
            answer = _FAILURE + (str(error) or type(error).__name__).encode()
        view = memoryview(answer)
        while view:
            view = view[os.write(writing, view) :]
    finally:
        os._exit(0)


def confine(memory: int, *, may_open: bool) -> None:
    """Limit this process permanently: bytes of memory beyond those in use and, by default, no opening of files.

    Open files stay open. Raises OSError if the system does not allow it.
    """
    import resource  # not on Windows, where this function is not called

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    allowed = _address_space() + memory
    resource.setrlimit(resource.RLIMIT_AS, (allowed, allowed))
    if not may_open:
        resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def _address_space() -> int:
    """Return the bytes of address space in use; 0 if the system does not report them."""
    try:
        with open("/proc/self/statm", "rb") as file:  # noqa: PTH123  # pathlib would be one import more
            return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0
