"""The parts of the server by themselves: what a client likes best, what is kept, how processes speak."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store

from her2ld.errors import LimitError, Problem
from her2ld.limits import Limits
from her2ld.serving import messages
from her2ld.serving.messages import Job, Memory, Reply
from her2ld.serving.nursery import Preparation, Work, start_nurseries
from her2ld.serving.pool import Lanes, Pool
from her2ld.serving.protocol import choose

OFFERS = ("text/html", "text/turtle", "application/ld+json")
QUALITIES = st.sampled_from(["", ";q=0", ";q=0.0", ";q=0.3", "; q=0.31", ";q=1", ";q=1.000", ";v=1;q=0.5"])
RANGES = st.sampled_from([*OFFERS, "text/*", "application/*", "*/*", "image/png"])


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", "text/html"),
        (",,;", "text/html"),
        ("text/turtle;q=nonsense, text/html;q=0.1", "text/html"),
        ("text/turtle;q=7", None),
        ("text/turtle;q=0.1234", None),
        ("text/turtle;q=\u0660.\u0665", None),
        ("text/turtle;q=", None),
        ("TEXT/TURTLE", "text/turtle"),
        ("text/turtle;q=0.5, text/turtle;q=0.1", "text/turtle"),
        ("*/*;q=0", None),
        ("*/*, text/html;q=0", "text/turtle"),
        ("text/*;q=0.1, */*;q=0.2", "application/ld+json"),
    ],
)
def test_the_best_liked_is_chosen(accept: str, chosen: str | None) -> None:
    assert choose(accept, OFFERS) == chosen


@given(st.lists(st.tuples(RANGES, QUALITIES), max_size=6), st.permutations(OFFERS))
def test_what_is_chosen_is_liked_no_less_than_any_other(said: list[tuple[str, str]], offers: list[str]) -> None:
    accept = ", ".join(name + quality for name, quality in said)
    chosen = choose(accept, offers)
    liked = {offer for offer in offers if choose(accept, [offer])}
    assert (chosen in liked) if liked else chosen is None
    for other in liked:
        assert choose(accept, [chosen, other]) == chosen  # type: ignore[list-item]


@given(st.text())
def test_any_header_is_read(accept: str) -> None:
    assert choose(accept, OFFERS) in {*OFFERS, None}


class Counting:
    """Answers with how often it was asked."""

    def __init__(self, *, lasts: bool = True, status: int = 200) -> None:
        """Begin with nothing asked."""
        self.asked, self.lasts, self.status = 0, lasts, status

    async def answer(self, job: Job) -> Reply:
        """Count."""
        self.asked += 1
        return Reply(self.status, "text/plain", f"{job.text} {self.asked}".encode(), lasts=self.lasts)


def answers(memory: Memory, *jobs: Job) -> list[str]:
    """Return the answer to each job, in turn, from the memory if it is there."""

    async def ask() -> list[str]:
        return [(memory.recall(job) or await memory.answer(job)).body.decode() for job in jobs]

    return asyncio.run(ask())


def test_an_answer_that_lasts_is_kept_for_just_that_job() -> None:
    same, other, elsewhere = Job("query", "a"), Job("query", "a", "text/csv"), Job("query", "a", "", (("p", "x"),))
    memory = Memory(Counting())
    assert answers(memory, same, same, other, elsewhere, Job("query", "a"), other) == [
        "a 1", "a 1", "a 2", "a 3", "a 1", "a 2",
    ]  # fmt: skip


def test_what_does_not_last_and_what_failed_is_not_kept() -> None:
    for counting in (Counting(lasts=False), Counting(status=504)):
        assert answers(Memory(counting), Job("query", "a"), Job("query", "a")) == ["a 1", "a 2"]


def test_what_was_not_used_for_longest_is_forgotten_first() -> None:
    first, second, third = (Job("query", text) for text in "abc")
    memory = Memory(Counting(), most_bytes=2500)
    assert answers(memory, first, second, first, third, first, second) == ["a 1", "b 2", "a 1", "c 3", "a 1", "b 4"]


@pytest.mark.parametrize(("length", "is_kept"), [(3 << 19, True), (5 << 20, False)])
def test_an_answer_as_long_as_the_longest_page_is_kept(length: int, *, is_kept: bool) -> None:
    long = Job("document", "x" * length)
    assert len(set(answers(Memory(Counting()), long, long))) == (1 if is_kept else 2)


LIMITS = Limits(seconds=20, memory=64 << 20)


def echo(_: Store) -> Work:
    """Prepare work that says back what it was asked, or does what it is told."""

    def work(job: Job) -> Reply:
        if job.kind == "raise":
            raise ValueError(job.text)
        if job.kind == "refuse":
            raise LimitError([Problem("here", "is too much", "ask for less")])
        if job.kind == "grow":
            return Reply(200, "text/plain", bytes(len(bytearray(100 << 20))))
        if job.kind == "open":
            return Reply(200, "text/plain", str(os.open(os.devnull, os.O_RDONLY)).encode())
        if job.kind == "crash":
            os.abort()
        return Reply(200, job.accept, repr(job).encode(), {"Process": str(os.getpid())}, lasts=True)

    return work


def unready(_: Store) -> Work:
    raise LimitError([Problem("the ontology", "is missing", "bring it")])


def replies(*jobs: Job, preparation: Callable[[Store], Work] = echo) -> list[Reply]:
    """Return the replies of a pool to jobs, one after the other."""
    process, (control,) = start_nurseries(Store, [Preparation(preparation, may_open=False)], LIMITS)

    async def ask() -> list[Reply]:
        pool = Pool(control, LIMITS, Lanes(fast=2, slow=1, running=1), lambda: None)
        while not (pool._failure or pool._idle.qsize()):  # noqa: ASYNC110, SLF001  # what the nursery has said by now
            await asyncio.sleep(0.01)
        try:
            return [await asyncio.create_task(pool.answer(job)) for job in jobs]
        finally:
            pool.close()

    try:
        return asyncio.run(ask())
    finally:
        os.waitpid(process, 0)


def test_jobs_and_replies_arrive_as_they_were_sent() -> None:
    texts = ["", "a" * 3_000_000, "é\u2028\x00\U0001d4b3", '"\\', "\r\n"]
    jobs = [
        Job("echo", text, accept, ((text[:9], accept),)) for text, accept in zip(texts, reversed(texts), strict=True)
    ]
    jobs = [job for job in jobs if len(job.accept) < 100]
    given = replies(*jobs)
    assert [reply.body.decode() for reply in given] == [repr(job) for job in jobs]
    assert [reply.media_type for reply in given] == [job.accept for job in jobs]
    assert len({reply.headers["Process"] for reply in given}) < len(jobs), "a worker works again"
    assert all(reply.lasts for reply in given)


def test_a_worker_answers_whatever_happens() -> None:
    said = {
        "raise": "raise: cannot be worked with (ValueError: no good). Remedy: see whether her2ld query can, which says",
        "refuse": "here: is too much. Remedy: ask for less.\n",
        "grow": "grow: it needs more than 67,108,864 bytes of memory. Remedy: ask for less at once, or start the",
        "open": "open: cannot be worked with (OSError: [Errno 24] Too many open files: '/dev/null'). Remedy: see",
        "crash": "crash: it crashed (SIGABRT) with up to 67,108,864 bytes of memory. Remedy: ask for less",
    }
    *failed, last = replies(*(Job(kind, "no good") for kind in (*said, "echo")))
    assert [reply.status for reply in failed] == [500] * len(said)
    for reply, begin in zip(failed, said.values(), strict=True):
        assert reply.body.decode().startswith(begin)
    assert last.status == 200


def test_what_could_not_be_prepared_is_said_to_whoever_asks() -> None:
    (reply,) = replies(Job("echo"), preparation=unready)
    assert (reply.status, reply.body) == (500, b"the ontology: is missing. Remedy: bring it.\n")


def test_processes_that_hold_the_data_load_no_libraries_of_the_network() -> None:
    """The server loads these after it has started the processes that read the data."""
    program = "import sys, her2ld.serving.server, her2ld.serving.documents; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) & {"asyncio", "starlette", "uvicorn"} == set()


def test_the_process_that_answers_requests_reads_none_of_the_modules_for_data() -> None:
    """Neither does the process that starts all others: the first answer would come later."""
    program = "import sys, her2ld.cli, her2ld.serving.server, her2ld.serving.running; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    ours = {name.split(".")[1] for name in done.stdout.split() if name.startswith("her2ld.")}
    assert ours & {"dataset", "exports", "pages", "pubmed", "query", "statements", "vocabulary"} == set()


def test_what_is_not_needed_at_the_start_is_prepared_at_the_first_order(tmp_path: Path) -> None:
    prepared = tmp_path / "prepared"

    def prepare(store: Store) -> Work:
        prepared.touch()
        return echo(store)

    kinds = [Preparation(echo, may_open=False), Preparation(prepare, may_open=True)]
    process, controls = start_nurseries(Store, kinds, LIMITS)
    try:
        assert messages.receive_order(controls[0])
        time.sleep(0.1)
        assert not prepared.exists()
        messages.send_order(controls[1], messages.FORK)
        assert messages.receive_order(controls[1])
        assert prepared.exists()
    finally:
        for control in controls:
            control.close()
        os.waitpid(process, 0)
