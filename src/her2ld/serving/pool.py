"""The pool of workers: assign jobs to them, and share the processors among the jobs in two lanes.

A job begins in the fast lane. If it is not done within its slice, it moves to the slow lane, where jobs take turns at a
lower priority and on all processors but one. If the slow lane is full, the job waits in a short queue. If the queue is
full too, the job is ended and the client is told to ask again. So a cheap query waits for a few slices at most,
whatever other clients ask.
"""

import asyncio
import contextlib
import signal
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from her2ld.errors import LimitError, Problem
from her2ld.limits import Limits
from her2ld.serving import messages
from her2ld.serving.messages import Job, Reply

_TURN, _SHORTEST_TURN = 0.2, 0.01  # seconds
_SPARE = 6  # idle workers beside those at work, so that a job need not wait for a fork
_PATIENCE = 2.0  # seconds before a client is refused, so that a client that asks again at once gains nothing
_MOST_SLICES_WAITED = 20
_PIECE = 1 << 18
_UNTIL_ITS_END_IS_KNOWN = 1.0  # seconds


class _GoneError(Exception):
    """A worker has ended without a reply, or has sent one that cannot be read."""


@dataclass(frozen=True, slots=True)
class Lanes:
    """The maximum number of jobs in each lane, and of jobs that wait for a place in it.

    ``running``: the number of jobs in the slow lane that run at a time. ``slice``: the seconds of processor time after
    which a job leaves the fast lane.
    """

    fast: int
    slow: int
    running: int
    waiting_fast: int = 256
    waiting_slow: int = 8
    slice: float = 0.015


@dataclass(frozen=True, slots=True)
class _Worker:
    process: int
    connection: socket.socket
    ended: asyncio.Future[int]


class _Lane:
    """A limited number of places, and a queue of limited length for them."""

    def __init__(self, places: int, longest_line: int) -> None:
        self._places, self._longest_line, self._waiting = asyncio.Semaphore(places), longest_line, 0
        self.leave = self._places.release

    async def enter(self, deadline: float) -> bool:
        """Wait for a place. Return False if the queue is full, or if the deadline comes first."""
        if self._places.locked() and self._waiting >= self._longest_line:
            return False
        self._waiting += 1
        try:
            async with asyncio.timeout_at(deadline):
                await self._places.acquire()
        except TimeoutError:
            return False
        finally:
            self._waiting -= 1
        return True


class Pool:
    """The workers of one nursery (her2ld.serving.nursery), in one event loop."""

    def __init__(self, control: socket.socket, limits: Limits, lanes: Lanes, on_loss: Callable[[], None]) -> None:
        """Order the first workers. ``on_loss`` is called if the nursery ends, because no job can be answered then."""
        self._control, self._limits, self._on_loss = control, limits, on_loss
        self._slice = lanes.slice
        self._fast, self._slow = _Lane(lanes.fast, lanes.waiting_fast), _Lane(lanes.slow, lanes.waiting_slow)
        self._turns = _Lane(lanes.running, lanes.slow)
        self._loop = asyncio.get_running_loop()
        self._workers: dict[int, _Worker] = {}
        self._idle: asyncio.LifoQueue[_Worker] = asyncio.LifoQueue()
        self._busy: set[int] = set()
        self._answering: set[asyncio.Task[object]] = set()
        self._stopping = False
        self._failure: tuple[Problem, ...] = ()
        control.setblocking(False)  # noqa: FBT003  # socket's signature
        self._loop.add_reader(control, self._take_notice)
        for _ in range(lanes.fast + _SPARE):
            messages.send_order(control, messages.FORK)

    async def answer(self, job: Job) -> Reply:
        """Return the reply of a worker, or a refusal that states why there is none: status 500, 503 or 504.

        Await this in a task of its own: if the task is cancelled, the worker is ended.
        """
        if self._failure:
            return messages.refusal(_FAILED, LimitError(self._failure))
        task = asyncio.current_task()
        assert task is not None  # noqa: S101  # a coroutine runs in a task
        self._answering.add(task)
        try:
            reply = await self._answered(job, self._loop.time() + self._limits.seconds)
            if reply.status == _BUSY and not self._stopping:
                await asyncio.sleep(_PATIENCE)
        except asyncio.CancelledError:
            if not self._stopping:
                raise
            return _refused(_BUSY, job, "the server is stopping", "ask again when it is back")
        finally:
            self._answering.discard(task)
        return reply

    def stop(self) -> None:
        """End the jobs that still run. Their clients are told that the server is stopping."""
        self._stopping = True
        for task in self._answering:
            task.cancel()

    def close(self) -> None:
        """Close the sockets, so that the nursery and all workers end."""
        self._loop.remove_reader(self._control)
        self._control.close()
        for worker in self._workers.values():
            worker.connection.close()

    async def _answered(self, job: Job, deadline: float) -> Reply:
        if not await self._fast.enter(deadline):
            return _busy(job)
        lane: _Lane | None = self._fast
        worker: _Worker | None = None
        working: asyncio.Task[Reply] | None = None
        is_fit = False
        try:
            worker = await self._hired(deadline)
            if worker is None:
                return _busy(job)
            working = asyncio.create_task(_exchange(worker.connection, job))
            await self._spend_slice(worker, working)
            if not working.done():
                self._fast.leave()
                lane = None
                if not await self._demoted(worker, deadline):
                    return _busy(job)
                lane = self._slow
                await self._take_turns(worker, working, deadline)
                if not working.done():
                    return _too_long(job, self._limits.seconds)
            reply = await self._result(worker, working, job)
            is_fit = lane is self._fast and not reply.is_spent and not worker.ended.done()
        finally:
            if lane:
                lane.leave()
            if worker and is_fit:
                self._busy.discard(worker.process)
                self._idle.put_nowait(worker)
            elif worker:
                self._end(worker, working, replace=lane is self._fast)
        return reply

    async def _hired(self, deadline: float) -> _Worker | None:
        """Return a live worker; None if there is none by the deadline, for example because the data are not ready."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout_at(deadline):
                while True:
                    worker = await self._idle.get()
                    if not worker.ended.done():
                        self._busy.add(worker.process)
                        return worker
                    worker.connection.close()
        return None

    async def _spend_slice(self, worker: _Worker, working: asyncio.Task[Reply]) -> None:
        """Wait until a job is done or has used its slice, which takes longer than the slice on a busy machine."""
        used = _processor_time(worker.process)
        for _ in range(_MOST_SLICES_WAITED):
            await asyncio.wait((working,), timeout=self._slice)
            if working.done() or _processor_time(worker.process) - used >= self._slice:
                return

    async def _demoted(self, worker: _Worker, deadline: float) -> bool:
        """Demote a worker and order a new one in its place. Return whether the worker gets into the slow lane."""
        for order in (messages.STOP, messages.DEMOTE):
            messages.send_order(self._control, order, worker.process)
        messages.send_order(self._control, messages.FORK)
        return await self._slow.enter(deadline)

    async def _take_turns(self, worker: _Worker, working: asyncio.Task[Reply], deadline: float) -> None:
        """Let a worker run in turns, until its job is done or the deadline has come."""
        while not working.done() and self._loop.time() < deadline - _SHORTEST_TURN:
            if not await self._turns.enter(deadline):
                return
            try:
                messages.send_order(self._control, messages.CONTINUE, worker.process)
                left = deadline - self._loop.time()
                await asyncio.wait((working,), timeout=max(_SHORTEST_TURN, min(_TURN, left)))
                if not working.done():
                    messages.send_order(self._control, messages.STOP, worker.process)
            finally:
                self._turns.leave()

    async def _result(self, worker: _Worker, working: asyncio.Task[Reply], job: Job) -> Reply:
        try:
            return await working
        except _GoneError:
            ended, _ = await asyncio.wait((worker.ended,), timeout=_UNTIL_ITS_END_IS_KNOWN)
            code = worker.ended.result() if ended else 0
            if -code == signal.SIGXCPU:
                return _too_long(job, self._limits.seconds)
            how = f"it crashed ({signal.Signals(-code).name})" if code < 0 else "it crashed"
            what = f"{how} with up to {self._limits.memory:,} bytes of memory"
            return _refused(500, job, what, "ask for less at once, or use fewer nested brackets")

    def _end(self, worker: _Worker, working: asyncio.Task[Reply] | None, *, replace: bool) -> None:
        self._busy.discard(worker.process)
        if self._workers.pop(worker.process, None):
            messages.send_order(self._control, messages.KILL, worker.process)
        if replace:
            messages.send_order(self._control, messages.FORK)
        if working is None or working.done():
            worker.connection.close()
        else:
            # The event loop still uses the connection, so it is closed after the task has ended.
            working.add_done_callback(lambda _: worker.connection.close())
            working.cancel()

    def _take_notice(self) -> None:
        with contextlib.suppress(BlockingIOError):
            while (received := messages.receive_order(self._control)) is not None:
                notice, process, value, file = received
                if notice == messages.WORKER and file is not None:
                    connection = socket.socket(fileno=file)
                    connection.setblocking(False)  # noqa: FBT003  # socket's signature
                    worker = _Worker(process, connection, self._loop.create_future())
                    self._workers[process] = worker
                    self._idle.put_nowait(worker)
                elif notice == messages.ENDED and (gone := self._workers.pop(process, None)):
                    gone.ended.set_result(value)
                    if process not in self._busy and not self._stopping:
                        messages.send_order(self._control, messages.FORK)
                elif notice == messages.FAILED:
                    self._failure = messages.receive_failure(self._control, value)
                    self._loop.remove_reader(self._control)
                    return
            self._loop.remove_reader(self._control)
            self._on_loss()


async def _exchange(connection: socket.socket, job: Job) -> Reply:
    """Send a job to a worker and return its reply. Raises _GoneError if the worker ends without a valid reply."""
    loop = asyncio.get_running_loop()
    content = bytearray()
    try:
        await loop.sock_sendall(connection, messages.framed_job(job))
        while (reply := messages.read_reply(content)) is None:
            more = await loop.sock_recv(connection, _PIECE)
            if not more:
                raise _GoneError
            content += more
    except (OSError, ValueError) as error:
        raise _GoneError from error
    return reply


def _processor_time(process: int) -> float:
    """Return the processor time of a process in seconds; a monotonic time if it cannot be read (macOS)."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):  # the process has ended
            return time.clock_gettime(~process << 3 | 2)  # the number that clock_getcpuclockid(3) would return
    return time.monotonic()


_FAILED, _BUSY, _LATE = 500, 503, 504


def _refused(status: int, job: Job, what: str, remedy: str) -> Reply:
    headers = {"Retry-After": "5"} if status == _BUSY else {}
    return messages.refusal(status, LimitError([Problem(job.kind, what, remedy)]), headers)


def _busy(job: Job) -> Reply:
    return _refused(_BUSY, job, "the server is busy with other questions", "ask again in some seconds, or ask for less")


def _too_long(job: Job, seconds: float) -> Reply:
    remedy = "ask for less, or start the server with a larger --timeout"
    return _refused(_LATE, job, f"it took more than {seconds:g} s", remedy)
