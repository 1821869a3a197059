"""How the processes of the server speak with each other: frames over a pair of sockets; and answers that are kept.

The data do not change while they are served, so neither does the answer to a question.
"""

import json
import socket
import struct
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
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
    """What a worker is asked: the kind of work, a text such as the query, and parameters, which have several values."""

    kind: str
    text: str = ""
    accept: str = ""
    parameters: tuple[tuple[str, str], ...] = ()

    def values(self, name: str) -> list[str]:
        """Return the values of a parameter."""
        return [value for each, value in self.parameters if each == name]


@dataclass(frozen=True, slots=True)
class Reply:
    """What is answered over HTTP: status, media type, body, further headers.

    ``lasts``: the same job will always have this reply. ``is_spent``: the worker should not work again.
    """

    status: int
    media_type: str
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)
    lasts: bool = False
    is_spent: bool = False


def refusal(status: int, error: Her2ldError, headers: dict[str, str] | None = None) -> Reply:
    """Return a reply that says each problem in its line: where, what, and what to do."""
    return Reply(status, "text/plain; charset=utf-8", f"{error}\n".encode(), headers or {})


def send_order(control: socket.socket, order: bytes, process: int = 0, value: int = 0) -> None:
    """Send an order or a notice about a process."""
    control.sendall(_ORDER.pack(order, process, value))


def receive_order(control: socket.socket) -> tuple[bytes, int, int, int | None] | None:
    """Receive an order or a notice: what, which process, a value, an open file that came along. None at the end."""
    content, files, _, _ = socket.recv_fds(control, _ORDER.size, 1)
    if not content:
        return None
    while len(content) < _ORDER.size:
        content += control.recv(_ORDER.size - len(content))
    order, process, value = _ORDER.unpack(content)
    return order, process, value, files[0] if files else None


def send_worker(control: socket.socket, process: int, end: socket.socket) -> None:
    """Hand over the socket by which a new worker is spoken with."""
    socket.send_fds(control, [_ORDER.pack(WORKER, process, 0)], [end.fileno()])


def send_failure(control: socket.socket, problems: Iterable[Problem]) -> None:
    """Return notice that the data could not be made ready, and why."""
    told = json.dumps([asdict(problem) for problem in problems]).encode()
    send_order(control, FAILED, value=len(told))
    control.sendall(told)


def receive_failure(control: socket.socket, length: int) -> tuple[Problem, ...]:
    """Receive the problems that follow the notice FAILED."""
    control.setblocking(True)  # noqa: FBT003  # as socket has it
    return tuple(Problem(**problem) for problem in json.loads(_receive(control, length)))


def receive_job(connection: socket.socket) -> Job | None:
    """Wait for a job. None where there will be none any more."""
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
    """Return the reply that was received; None where some of it is missing. Raises ValueError where it is none."""
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
    """Return what is sent for a job."""
    return _framed([job.kind, job.accept, job.parameters], job.text.encode())


def _framed(head: object, body: bytes) -> bytes:
    coded = json.dumps(head).encode()
    return _LENGTHS.pack(len(coded), len(body)) + coded + body


def _receive(connection: socket.socket, length: int) -> bytes:
    """Receive so many bytes, or fewer where the other end is closed before."""
    content = bytearray()
    while len(content) < length and (more := connection.recv(min(length - len(content), _PIECE))):
        content += more
    return bytes(content)


_MOST_BYTES = 32 << 20
_LONGEST_KEPT = 1 << 20


class Answers(Protocol):
    """What answers jobs (her2ld.serving.pool)."""

    async def answer(self, job: Job) -> Reply:
        """Return the reply to a job."""
        ...


class Memory:
    """Answers jobs by what was answered before, or by another; keeps what was used last, up to so many bytes."""

    def __init__(self, answers: Answers, most_bytes: int = _MOST_BYTES) -> None:
        """Begin with nothing."""
        self._answers, self._left = answers, most_bytes
        self._kept: OrderedDict[Job, Reply] = OrderedDict()

    def recall(self, job: Job) -> Reply | None:
        """Return the reply that is kept for a job."""
        reply = self._kept.get(job)
        if reply:
            self._kept.move_to_end(job)
        return reply

    async def answer(self, job: Job) -> Reply:
        """Have a job answered, and keep the reply if it lasts."""
        reply = await self._answers.answer(job)
        size = _size(job, reply)
        if reply.lasts and reply.status == HTTPStatus.OK and size <= _LONGEST_KEPT and job not in self._kept:
            self._kept[job] = reply
            self._left -= size
            while self._left < 0:
                self._left += _size(*self._kept.popitem(last=False))
        return reply


def _size(job: Job, reply: Reply) -> int:
    """Return about how many bytes are kept for a job and its reply."""
    return len(job.text) + len(job.accept) + len(reply.body) + 1024
