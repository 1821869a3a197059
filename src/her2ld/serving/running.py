"""The event loop of a server, with the connections and the pools of workers."""

import asyncio
import os
import signal
import socket
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import uvicorn

from her2ld.errors import Problem, ServingError
from her2ld.serving.app import application
from her2ld.serving.connections import Connection
from her2ld.serving.guard import LONGEST_HEAD, Rules, guarded
from her2ld.serving.pool import Lanes, Pool

if TYPE_CHECKING:
    from her2ld.serving.server import Settings

_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
_SECONDS_TO_FINISH, _SECONDS_TO_CLOSE = 1.5, 2
_SECONDS_KEPT_ALIVE = 15
_PAGES = Lanes(fast=2, slow=2, running=1, slice=0.05)


def run(  # noqa: PLR0913, PLR0917  # the parts of the server
    listener: socket.socket,
    controls: list[socket.socket],
    settings: "Settings",
    quads: int | None,
    ready: Callable[[], None],
    log: Callable[[str], None] | None,
) -> None:
    """Answer requests at the socket until a signal comes. Then stop within three seconds, whatever is under way.

    Raises ServingError if a process that holds the data ends before the signal.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: None)  # uvicorn raises it again at its end, which must do nothing
    lost = asyncio.run(_run(listener, controls, settings, quads, ready, log))
    if lost:
        remedy = "start the server again; if it was for lack of memory, with less data"
        raise ServingError([Problem("the data", "the process that holds them has ended", remedy)])


async def _run(  # noqa: PLR0913, PLR0917  # as above
    listener: socket.socket,
    controls: list[socket.socket],
    settings: "Settings",
    quads: int | None,
    ready: Callable[[], None],
    log: Callable[[str], None] | None,
) -> bool:
    lost = asyncio.Event()

    def lose() -> None:
        lost.set()
        server.should_exit = True

    processors = os.cpu_count() or 1
    lanes = Lanes(fast=4 * processors, slow=settings.queries, running=max(1, processors - 1))
    questions = Pool(controls[0], settings.limits, lanes, lose)
    documents = Pool(controls[1], settings.limits, _PAGES, lose)
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    names = (*_LOOPBACK, host, *settings.host_names)
    rules = Rules(frozenset(name.lower() for name in names), frozenset(settings.origins))
    config = uvicorn.Config(
        guarded(application(questions, documents, quads), rules, log),
        http=Connection,
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="error",
        access_log=False,
        server_header=False,
        timeout_keep_alive=_SECONDS_KEPT_ALIVE,
        timeout_graceful_shutdown=_SECONDS_TO_CLOSE,
        h11_max_incomplete_event_size=LONGEST_HEAD,
    )
    server = _Server(config, (questions, documents), ready)
    await server.serve(sockets=[listener])
    for pool in (questions, documents):
        pool.close()
    return lost.is_set()


class _Server(uvicorn.Server):
    """A server that calls ``ready`` when it has started, and ends the jobs that still run when it stops."""

    def __init__(self, config: uvicorn.Config, pools: Sequence[Pool], ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._pools, self._ready = pools, ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for pool in self._pools:
            asyncio.get_running_loop().call_later(_SECONDS_TO_FINISH, pool.stop)
        await super().shutdown(sockets)
