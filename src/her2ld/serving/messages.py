"""The messages between the server's processes, as frames over socket pairs, and a cache of replies.

The data do not change while they are served. So a reply can be reused, unless the query asks for the time or for
something random; ``Reply.lasts`` tells the two apart.
"""

import json
import socket
import struct
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Protocol

from her2ld.errors import Her2ldError, Problem

LONGEST_REPLY = 64 << 20
GRAPH_PARAMETERS = ("default-graph-uri", "named-graph-uri")  # the parameters of a job that is a query
_PIECE = 1 << 18
_LONGEST_HEAD = 1 << 20
_LENGTHS = struct.Struct("!II")
_ORDER = struct.Struct("!cii")
FORK, KILL, DEMOTE, STOP, CONTINUE = b"f", b"k", b"d", b"s", b"c"
WORKER, ENDED, READY, FAILED = b"w", b"e", b"r", b"x"


@dataclass(frozen=True, slots=True)
class Job:
    """A job for a worker: the kind of work, a text such as the query, the Accept header, and parameters.

    A parameter can have several values.
    """

    kind: str
    text: str = ""
    accept: str = ""
    parameters: tuple[tuple[str, str], ...] = ()

    def values(self, name: str) -> list[str]:
        """Return all values of a parameter."""
        return [value for each, value in self.parameters if each == name]


@dataclass(frozen=True, slots=True)
class Reply:
    """An HTTP response: its status, media type, body and further headers.

    ``lasts``: the same job always has this reply. ``is_spent``: the worker should not get another job.
    """

    status: int
    media_type: str
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)
    lasts: bool = False
    is_spent: bool = False


def refusal(status: int, error: Her2ldError, headers: dict[str, str] | None = None) -> Reply:
    """Return a reply with one line for each problem: where it is, what it is, and the remedy."""
    return Reply(status, "text/plain; charset=utf-8", f"{error}\n".encode(), headers or {})


def send_order(control: socket.socket, order: bytes, process: int = 0, value: int = 0) -> None:
    """Send an order or a notice about a process."""
    control.sendall(_ORDER.pack(order, process, value))


def receive_order(control: socket.socket) -> tuple[bytes, int, int, int | None] | None:
    """Receive an order or a notice: its kind, the process, a value, and a file descriptor or None.

    Return None if the other end is closed.
    """
    content, files, _, _ = socket.recv_fds(control, _ORDER.size, 1)
    if not content:
        return None
    while len(content) < _ORDER.size:
        content += control.recv(_ORDER.size - len(content))
    order, process, value = _ORDER.unpack(content)
    return order, process, value, files[0] if files else None


def send_worker(control: socket.socket, process: int, end: socket.socket) -> None:
    """Send the notice of a new worker, with the socket that is connected to it."""
    socket.send_fds(control, [_ORDER.pack(WORKER, process, 0)], [end.fileno()])


def send_failure(control: socket.socket, problems: Iterable[Problem]) -> None:
    """Send the notice FAILED, with the problems for which the data could not be prepared."""
    told = json.dumps([problem._asdict() for problem in problems]).encode()
    send_order(control, FAILED, value=len(told))
    control.sendall(told)


def receive_failure(control: socket.socket, length: int) -> tuple[Problem, ...]:
    """Return the problems that follow the notice FAILED."""
    control.setblocking(True)  # noqa: FBT003  # socket's signature
    return tuple(Problem(**problem) for problem in json.loads(_receive(control, length)))


def receive_job(connection: socket.socket) -> Job | None:
    """Wait for a job and return it; None if the other end is closed."""
    content = connection.recv(_PIECE)
    if len(content) < _LENGTHS.size:
        return None
    head, body = _LENGTHS.unpack_from(content)
    start = _LENGTHS.size + head
    content += _receive(connection, start + body - len(content))
    kind, accept, parameters = json.loads(content[_LENGTHS.size : start])
    return Job(kind, content[start:].decode(), accept, tuple((name, value) for name, value in parameters))


def send_reply(connection: socket.socket, reply: Reply) -> None:
    """Send a reply."""
    head = [reply.status, reply.media_type, reply.headers, reply.lasts, reply.is_spent]
    connection.sendall(_framed(head, reply.body))


def read_reply(content: bytearray) -> Reply | None:
    """Return the reply in ``content``; None if it is incomplete. Raises ValueError if ``content`` is not a reply."""
    if len(content) < _LENGTHS.size:
        return None
    head, body = _LENGTHS.unpack_from(content)
    if head > _LONGEST_HEAD or body > LONGEST_REPLY:
        raise ValueError(f"a reply of {head} and {body} bytes")
    start = _LENGTHS.size + head
    if len(content) < start + body:
        return None
    status, media_type, headers, lasts, is_spent = json.loads(content[_LENGTHS.size : start])
    return Reply(status, media_type, bytes(memoryview(content)[start:]), headers, lasts=lasts, is_spent=is_spent)


def framed_job(job: Job) -> bytes:
    """Return the bytes to send for a job."""
    return _framed([job.kind, job.accept, job.parameters], job.text.encode())


def _framed(head: object, body: bytes) -> bytes:
    coded = json.dumps(head).encode()
    return _LENGTHS.pack(len(coded), len(body)) + coded + body


def _receive(connection: socket.socket, length: int) -> bytes:
    """Receive ``length`` bytes, or fewer if the other end is closed before."""
    content = bytearray()
    while len(content) < length and (more := connection.recv(min(length - len(content), _PIECE))):
        content += more
    return bytes(content)


_MOST_BYTES = 32 << 20
_LONGEST_KEPT = 4 << 20


class Answers(Protocol):
    """An object that answers jobs, such as her2ld.serving.pool.Pool."""

    async def answer(self, job: Job) -> Reply:
        """Return the reply to a job."""
        ...


class Memory:
    """A cache of the replies of ``answers``. It keeps those that were used last, up to ``most_bytes``."""

    def __init__(self, answers: Answers, most_bytes: int = _MOST_BYTES) -> None:
        """Begin with an empty cache."""
        self._answers, self._left = answers, most_bytes
        self._kept: OrderedDict[Job, Reply] = OrderedDict()

    def recall(self, job: Job) -> Reply | None:
        """Return the reply that is kept for a job; None if there is none."""
        reply = self._kept.get(job)
        if reply:
            self._kept.move_to_end(job)
        return reply

    async def answer(self, job: Job) -> Reply:
        """Return the reply of ``answers`` to a job. Keep it if it lasts, has status 200 and takes at most 4 MiB."""
        reply = await self._answers.answer(job)
        size = _size(job, reply)
        if reply.lasts and reply.status == HTTPStatus.OK and size <= _LONGEST_KEPT and job not in self._kept:
            self._kept[job] = reply
            self._left -= size
            while self._left < 0:
                self._left += _size(*self._kept.popitem(last=False))
        return reply


def _size(job: Job, reply: Reply) -> int:
    """Return the approximate number of bytes that a job and its reply take in memory."""
    return len(job.text) + len(job.accept) + len(reply.body) + 1024
