"""Answers that are kept: the data do not change while they are served, so neither does the answer to a question."""

from collections import OrderedDict
from http import HTTPStatus
from typing import Protocol

from her2ld.serving.messages import Job, Reply

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
