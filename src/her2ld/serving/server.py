"""Start and stop the server: its settings, its socket and its processes."""

import contextlib
import os
import signal
import socket
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from her2ld.errors import Problem, ServingError
from her2ld.limits import Limits
from her2ld.serving import messages
from her2ld.serving.nursery import Preparation, start_nurseries

if TYPE_CHECKING:
    from pyoxigraph import Store

    from her2ld.query.rewritten import Rewritten
    from her2ld.serving.nursery import Work
    from her2ld.vocabulary.ontology import Vocabulary

_BACKLOG = 256
_SECONDS_TO_END = 0.5


@dataclass(frozen=True, slots=True)
class Settings:
    """The address of the server, the clients that may send requests, and the limits of queries.

    ``port`` 0 chooses a free port. ``host_names``: further host names that requests may use. ``origins``: other origins
    whose pages may send requests. ``limits`` apply to each query. ``queries``: the number of long queries that run at a
    time.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    host_names: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    limits: Limits = field(default_factory=lambda: Limits(seconds=30, memory=512 << 20))
    queries: int = 4


@dataclass(frozen=True, slots=True)
class Data:
    """The functions that read the dataset and the ontology, which are called in other processes.

    ``load`` counts in its argument the literals whose form the store changes. ``folder``: the folder of a store on
    disk, which is read while queries are answered; None for a store in memory.
    """

    load: "Callable[[Rewritten], Store]"
    read_ontology: "Callable[[], Vocabulary]"
    folder: Path | None = None


def serve(
    data: Data, settings: Settings, ready: Callable[[int | None, str], None], log: Callable[[str], None] | None = None
) -> None:
    """Serve a dataset until a signal ends it (SIGTERM, SIGINT). Call this in a process that has no other threads.

    When queries can be answered, ``ready`` is called with the count of quads and the address. The count is None for a
    store on disk, which would take seconds to count. ``log`` receives a line for each request. Raises ServingError if
    the system cannot fork, if the address cannot be used, if the data cannot be read, and if a process that holds them
    ends.
    """
    if not hasattr(os, "fork"):
        raise ServingError([Problem("her2ld serve", "this system cannot fork", "run it on Linux or macOS")])
    rewritten: Rewritten = Counter()  # filled while the data are read, before the processes that answer are forked
    with _listening(settings) as listener:
        kinds = (
            Preparation(
                lambda store: _questions(store, data.folder),
                may_open=data.folder is not None,
                count=(lambda _: 0) if data.folder else len,
            ),
            Preparation(
                lambda store: _documents(store, data, rewritten),
                may_open=True,
                count=lambda _: 0,
            ),
        )
        process, controls = start_nurseries(lambda: data.load(rewritten), kinds, settings.limits)
        try:
            from her2ld.serving.running import run  # imported while the data are read

            told = _count_when_ready(controls[0])
            count = None if data.folder else told
            host, port = listener.getsockname()[:2]
            address = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
            run(listener, controls, settings, count, lambda: ready(count, address), log)
        finally:
            for control in controls:
                control.close()
            _end(process)


def _questions(store: "Store", folder: Path | None) -> "Work":
    from her2ld.query.default_graph import Choice, add_merge, all_but_hedged  # needed only in the process that answers
    from her2ld.query.on_disk import kept_merge
    from her2ld.serving.questions import questions_of

    if folder is None:
        import her2ld.exports.formats  # noqa: F401  # workers that cannot open files cannot import it later

        return questions_of(store, Choice(add_merge(store)))
    return questions_of(store, Choice(all_but_hedged(store), on_disk=True, merge=kept_merge(folder).store))


def _documents(store: "Store", data: Data, rewritten: "Rewritten") -> "Work":
    from her2ld.query.on_disk import kept_counts  # as above
    from her2ld.query.rewritten import described
    from her2ld.serving.documents import documents_of

    counts = kept_counts(data.folder) if data.folder else None
    return documents_of(store, data.read_ontology(), described(rewritten), counts)


@contextlib.contextmanager
def _listening(settings: Settings) -> Iterator[socket.socket]:
    where = f"{settings.host}, port {settings.port}"
    try:
        family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
        listener = socket.create_server((settings.host, settings.port), family=family, backlog=_BACKLOG)
    except (OSError, OverflowError) as error:
        what = f"cannot be listened at ({os.strerror(error.errno or 0) if isinstance(error, OSError) else error})"
        remedy = "choose another with --port, or 0 for one that is free"
        raise ServingError([Problem(where, what, remedy)]) from error
    with listener:
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # send at once, without Nagle's algorithm
        yield listener


def _count_when_ready(control: socket.socket) -> int:
    received = messages.receive_order(control)
    if received is None:
        remedy = "serve less, or where there is more memory"
        raise ServingError([Problem("the data", "the process that reads them has ended", remedy)])
    notice, _, value, _ = received
    if notice == messages.FAILED:
        raise ServingError(messages.receive_failure(control, value))
    return value


def _end(process: int) -> None:
    """Wait for the first nursery, which ends when its socket is closed. Kill it if that takes too long."""
    deadline = time.monotonic() + _SECONDS_TO_END
    while os.waitpid(process, os.WNOHANG) == (0, 0):
        if time.monotonic() > deadline:
            os.kill(process, signal.SIGKILL)
        time.sleep(0.01)
