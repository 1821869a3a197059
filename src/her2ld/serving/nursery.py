"""Nurseries: the processes that hold the data and fork workers.

A nursery has one thread and no connection to the outside. The process that answers requests (her2ld.serving.pool)
orders a worker and receives a socket that is connected to it. The worker is a copy of the nursery, so the data need not
be read again, and it runs in a sandbox. If a worker crashes or is ended at its limit, only its own job is lost.
"""

import contextlib
import gc
import itertools
import os
import select
import signal
import socket
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import NoReturn

from pyoxigraph import Store

from her2ld.errors import Her2ldError, LimitError, Problem
from her2ld.limits import Limits
from her2ld.serving import messages
from her2ld.serving.messages import Job, Reply
from her2ld.serving.sandbox import end_with_parent, enter_sandbox, limit_processor_time

Work = Callable[[Job], Reply]
_SIGNALS = {messages.KILL: signal.SIGKILL, messages.STOP: signal.SIGSTOP, messages.CONTINUE: signal.SIGCONT}
# Added to the nice value of each worker. The nursery forks the workers one after another. On a busy machine, it would
# otherwise get no more processor time than each of the many workers.
_WORKING = 5
# Added when a worker has used up its slice: it then gets a tenth of the processor time of the others. With less time, a
# worker that ends holds kernel locks for so long that the next cannot be forked (measured with SCHED_IDLE: seconds).
_DEMOTED = 10
_MUCH_GROWN = 64 << 10  # KiB of growth in memory, after which a worker is replaced


@dataclass(frozen=True, slots=True)
class Preparation:
    """A kind of work: ``work_with`` makes the function that a worker applies to each job.

    ``may_open``: workers can open files, which a store on disk and the drawing of pages require. ``count`` returns the
    number of quads that is reported when the work is prepared.
    """

    work_with: Callable[[Store], Work]
    may_open: bool
    count: Callable[[Store], int] = len


def start_nurseries(
    load: Callable[[], Store], preparations: Sequence[Preparation], limits: Limits
) -> tuple[int, list[socket.socket]]:
    """Fork a nursery for each kind of work. Return the process ID of the first, and a socket for orders to each.

    The first nursery calls ``load``, and forks the others when it has the data. The first prepares its work at once,
    the others at their first order. Each sends a notice when its work is prepared: READY with the count of quads, or
    FAILED with the length of the problems that follow.
    """
    pairs = [socket.socketpair() for _ in preparations]
    theirs = [pair[1] for pair in pairs]
    parent = os.getpid()
    process = _fork()
    if process == 0:
        _in_its_own_way(lambda: _be_the_first(parent, theirs, load, preparations, limits))
    for end in theirs:
        end.close()
    return process, [ours for ours, _ in pairs]


def _be_the_first(
    parent: int,
    controls: list[socket.socket],
    load: Callable[[], Store],
    preparations: Sequence[Preparation],
    limits: Limits,
) -> None:
    end_with_parent(parent)
    _close_all_but(controls)
    # All processes of a group receive these signals, but the server decides when a nursery ends.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    try:
        store = load()
    except Exception as error:  # noqa: BLE001  # any error is reported to the process that serves
        messages.send_failure(controls[0], _problems_of(error))
        return
    for place in range(1, len(controls)):
        _be_another(place, controls, store, preparations[place], limits)
    _tend(controls[0], store, preparations[0], limits)


def _be_another(
    place: int, controls: list[socket.socket], store: Store, preparation: Preparation, limits: Limits
) -> None:
    """Fork a nursery for another kind of work."""
    first = os.getpid()

    def live() -> None:
        end_with_parent(first)
        for other in controls[:place] + controls[place + 1 :]:
            other.close()
        # The first order comes when the server answers queries. Until then, it needs the processors for itself.
        select.select([controls[place]], [], [])
        _tend(controls[place], store, preparation, limits)

    if _fork() == 0:
        _in_its_own_way(live)


def _tend(control: socket.socket, store: Store, preparation: Preparation, limits: Limits) -> None:
    """Prepare the work, and fork workers for it until the server is gone."""
    gc.disable()  # what is prepared stays, so there is nothing to collect
    quads = preparation.count(store)
    try:
        work = preparation.work_with(store)
    except Exception as error:  # noqa: BLE001  # as above
        messages.send_failure(control, _problems_of(error))
        return
    gc.freeze()
    messages.send_order(control, messages.READY, value=quads)
    children: set[int] = set()

    def live(end: socket.socket) -> None:
        control.close()
        _work(end, work, limits, may_open=preparation.may_open)

    try:
        _obey(control, children, live)
    finally:
        for child in children:
            os.kill(child, signal.SIGKILL)


def _problems_of(error: Exception, where: str = "the data") -> tuple[Problem, ...]:
    if isinstance(error, Her2ldError):
        return error.problems
    what = f"cannot be worked with ({type(error).__name__}: {error})"
    return (Problem(where, what, "see whether her2ld query can, which says more"),)


def _obey(control: socket.socket, children: set[int], live: Callable[[socket.socket], None]) -> None:
    """Follow orders until the server closes its socket, and send a notice of each worker that ends."""
    waking, waker = os.pipe()
    os.set_blocking(waker, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(waker, warn_on_full_buffer=False)

    def live_alone(end: socket.socket) -> None:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.close(waking)
        os.close(waker)
        live(end)

    while True:
        readable, _, _ = select.select([control.fileno(), waking], [], [])
        if waking in readable:
            os.read(waking, 4096)
            _reap(control, children)
        if control.fileno() in readable:
            received = messages.receive_order(control)
            if received is None:
                return
            order, process, _, _ = received
            if order == messages.FORK:
                _bear(control, children, live_alone)
            elif process in children:
                _treat(order, process)


def _bear(control: socket.socket, children: set[int], live: Callable[[socket.socket], None]) -> None:
    ours, theirs = socket.socketpair()
    nursery = os.getpid()

    def live_no_longer() -> None:
        end_with_parent(nursery)
        ours.close()
        live(theirs)

    process = _fork()
    if process == 0:
        _in_its_own_way(live_no_longer)
    theirs.close()
    children.add(process)
    messages.send_worker(control, process, ours)
    ours.close()


def _treat(order: bytes, process: int) -> None:
    if order in _SIGNALS:
        os.kill(process, _SIGNALS[order])
    elif order == messages.DEMOTE:
        with contextlib.suppress(ProcessLookupError):  # the worker has just ended
            os.setpriority(os.PRIO_PROCESS, process, os.getpriority(os.PRIO_PROCESS, process) + _DEMOTED)


def _reap(control: socket.socket, children: set[int]) -> None:
    with contextlib.suppress(ChildProcessError):
        while (ended := os.waitpid(-1, os.WNOHANG)) != (0, 0):
            process, status = ended
            children.discard(process)
            messages.send_order(control, messages.ENDED, process, os.waitstatus_to_exitcode(status))


def _work(connection: socket.socket, work: Work, limits: Limits, *, may_open: bool) -> None:
    """Do one job after another as a worker, until there are no more or the process has grown too large."""
    import resource  # every system with fork has this module

    _be_silent()
    os.nice(_WORKING)
    enter_sandbox(limits.memory, may_open=may_open)
    at_first = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    while (job := messages.receive_job(connection)) is not None:
        limit_processor_time(limits.seconds)
        reply = _worked(work, job, limits)
        is_spent = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - at_first > _MUCH_GROWN
        messages.send_reply(connection, replace(reply, is_spent=is_spent))
        if is_spent:
            return


def _worked(work: Work, job: Job, limits: Limits) -> Reply:
    try:
        reply = work(job)
    except MemoryError:
        what = f"it needs more than {limits.memory:,} bytes of memory"
        remedy = "ask for less at once, or start the server with more --memory"
        return messages.refusal(500, LimitError([Problem(job.kind, what, remedy)]))
    except Exception as error:  # noqa: BLE001  # a worker replies after any error
        return messages.refusal(500, LimitError(_problems_of(error, job.kind)))
    if len(reply.body) > messages.LONGEST_REPLY:
        what = f"the answer would be longer than {messages.LONGEST_REPLY:,} bytes, and is never cut"
        remedy = "ask for less, with LIMIT and OFFSET for example, or export the data with her2ld export"
        return messages.refusal(500, LimitError([Problem(job.kind, what, remedy)]))
    return reply


def _fork() -> int:
    with warnings.catch_warnings():
        # Python 3.12 warns if there are threads. Only a store on disk has some; they are idle, as it is only read.
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def _in_its_own_way(live: Callable[[], None]) -> NoReturn:
    """Run ``live`` in a forked process, and exit without the cleanup of the parent process."""
    try:
        live()
    finally:
        os._exit(0)


def _be_silent() -> None:
    """Discard the output of a worker that crashes, because the server reports the crash."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in range(3):
        os.dup2(nowhere, standard)
    os.close(nowhere)


def _close_all_but(ends: list[socket.socket]) -> None:
    """Close the files that were opened before the fork, such as the server's sockets, but not ``ends``."""
    kept = sorted(end.fileno() for end in ends)
    for before, after in itertools.pairwise((2, *kept, os.sysconf("SC_OPEN_MAX"))):
        os.closerange(before + 1, after)
