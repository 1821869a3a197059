"""Close connections whose clients send a request or read an answer too slowly.

uvicorn itself waits without limit for the rest of a request's head, and for a client that does not read.
"""

import asyncio
from typing import Any, cast

from uvicorn.protocols.http.h11_impl import H11Protocol

MOST_CONNECTIONS = 256
_MOST_GATHERED = 16 << 10
_SECONDS_FOR_HEAD = 5.0
_SECONDS_WITHOUT_PROGRESS = 20.0


class _Gathering:
    """A transport that joins consecutive writes, which saves a packet and wakes the client once instead of twice."""

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

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # any other attribute of a transport
        return getattr(self._transport, name)


class Connection(H11Protocol):
    """An HTTP/1.1 connection with time limits. Beyond MOST_CONNECTIONS, the longest-waiting one is closed."""

    def __init__(self, *arguments: Any, **named: Any) -> None:  # noqa: ANN401  # uvicorn's signature
        """Begin without a time limit; the first one starts when the connection is made."""
        super().__init__(*arguments, **named)
        self._since = self.loop.time()
        self._for_head: asyncio.TimerHandle | None = None
        self._for_progress: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Accept a connection. If there are too many, close the longest-waiting one, or this one if none waits."""
        super().connection_made(cast("asyncio.Transport", _Gathering(transport, self.loop)))
        # asyncio creates all connections that arrive together before it calls this method for the first of them, so the
        # waiting time starts here and not in the constructor.
        self._since = self.loop.time()
        if len(self.connections) > MOST_CONNECTIONS:
            others = (each for each in self.connections if isinstance(each, Connection) and each is not self)
            waiting = [each for each in others if each.is_waiting()]
            min(waiting, key=lambda each: each._since, default=self).transport.abort()  # noqa: SLF001
        self._watch()

    def data_received(self, data: bytes) -> None:
        """Receive a part of a request."""
        super().data_received(data)
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """Cancel the timers of a connection that has ended."""
        super().connection_lost(exc)
        for timer in (self._for_head, self._for_progress):
            if timer:
                timer.cancel()

    def pause_writing(self) -> None:
        """Close the connection unless the client reads enough of the answer within the time limit."""
        super().pause_writing()
        self._for_progress = self.loop.call_later(_SECONDS_WITHOUT_PROGRESS, self.transport.abort)

    def resume_writing(self) -> None:
        """Continue sending to a client that has read."""
        super().resume_writing()
        if self._for_progress:
            self._for_progress.cancel()
            self._for_progress = None

    def is_waiting(self) -> bool:
        """Return whether the connection waits for a request or for the rest of its head, and is not being closed."""
        return (self.cycle is None or self.cycle.response_complete) and not self.transport.is_closing()

    def _watch(self) -> None:
        if self.is_waiting() and self._for_head is None:
            self._since = self.loop.time()
            self._for_head = self.loop.call_later(_SECONDS_FOR_HEAD, self.transport.abort)
        elif not self.is_waiting() and self._for_head is not None:
            self._for_head.cancel()
            self._for_head = None
