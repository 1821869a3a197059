"""A connection that cannot be held for nothing: a request that comes or an answer that goes too slowly ends it.

uvicorn itself waits for ever for the rest of a request's head, and for a client that does not read.
"""

import asyncio
from typing import Any, cast

from uvicorn.protocols.http.h11_impl import H11Protocol

MOST_CONNECTIONS = 256
_MOST_GATHERED = 16 << 10
_SECONDS_FOR_HEAD = 5.0
_SECONDS_WITHOUT_PROGRESS = 20.0


class _Gathering:
    """A transport that sends what is written at one time in one piece: a packet, and a waking of the client, less."""

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport, self._loop = transport, loop
        self._pieces: list[bytes] = []
        self._size = 0

    def write(self, data: bytes) -> None:
        if not self._pieces:
            self._loop.call_soon(self._send)
        self._pieces.append(data)
        self._size += len(data)
        if self._size > _MOST_GATHERED:
            self._send()

    def close(self) -> None:
        self._send()
        self._transport.close()

    def _send(self) -> None:
        content = b"".join(self._pieces)
        self._pieces, self._size = [], 0
        if content and not self._transport.is_closing():
            self._transport.write(content)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # whatever else a transport has
        return getattr(self._transport, name)


class Connection(H11Protocol):
    """An HTTP/1.1 connection with limits of time; too many of them make those go that ask nothing, the oldest first."""

    def __init__(self, *arguments: Any, **named: Any) -> None:  # noqa: ANN401  # as uvicorn has it
        """Begin without a limit: it comes with the first byte that is waited for."""
        super().__init__(*arguments, **named)
        self._since = self.loop.time()
        self._for_head: asyncio.TimerHandle | None = None
        self._for_progress: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a connection, if need be in the place of another."""
        super().connection_made(cast("asyncio.Transport", _Gathering(transport, self.loop)))
        # Of connections that come together, all are made before the first one is taken: it waits from here on.
        self._since = self.loop.time()
        if len(self.connections) > MOST_CONNECTIONS:
            others = (each for each in self.connections if isinstance(each, Connection) and each is not self)
            waiting = [each for each in others if each.is_waiting()]
            min(waiting, key=lambda each: each._since, default=self).transport.abort()  # noqa: SLF001
        self._watch()

    def data_received(self, data: bytes) -> None:
        """Take a part of a request."""
        super().data_received(data)
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """Let go of the timers with the connection."""
        super().connection_lost(exc)
        for timer in (self._for_head, self._for_progress):
            if timer:
                timer.cancel()

    def pause_writing(self) -> None:
        """Return a client some time to read what was sent."""
        super().pause_writing()
        self._for_progress = self.loop.call_later(_SECONDS_WITHOUT_PROGRESS, self.transport.abort)

    def resume_writing(self) -> None:
        """Go on with a client that has read."""
        super().resume_writing()
        if self._for_progress:
            self._for_progress.cancel()
            self._for_progress = None

    def is_waiting(self) -> bool:
        """Whether it waits for a request, or for the rest of its head, and is not about to end."""
        return (self.cycle is None or self.cycle.response_complete) and not self.transport.is_closing()

    def _watch(self) -> None:
        if self.is_waiting() and self._for_head is None:
            self._since = self.loop.time()
            self._for_head = self.loop.call_later(_SECONDS_FOR_HEAD, self.transport.abort)
        elif not self.is_waiting() and self._for_head is not None:
            self._for_head.cancel()
            self._for_head = None
