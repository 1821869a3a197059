"""Work with limits ends in time, takes no more memory than it is given, opens nothing, and says what happened."""

import os
import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from her2ld import LimitError, Limits
from her2ld.limits import run_limited


def problem_of(work: Callable[[], bytes], limits: Limits | None = None, *, may_open: bool = False) -> str:
    with pytest.raises(LimitError) as raised:
        run_limited("work", work, limits or Limits(seconds=30, memory=1 << 30), may_open=may_open)
    (problem,) = raised.value.problems
    assert problem.where == "work"
    assert problem.remedy
    return problem.what


def test_what_the_work_gives_comes_back_whole() -> None:
    content = os.urandom(3 << 20)
    assert run_limited("work", lambda: content, Limits(seconds=30)) == content
    assert run_limited("work", lambda: b"", Limits(seconds=30)) == b""


def test_it_ends_in_time() -> None:
    begun = time.monotonic()

    def forever() -> bytes:
        while True:
            pass

    assert problem_of(forever, Limits(seconds=0.5)) == "it took more than 0.5 s"
    assert time.monotonic() - begun < 5


def test_it_takes_no_more_memory_than_it_is_given() -> None:
    what = problem_of(lambda: bytes(len(bytearray(512 << 20))), Limits(seconds=30, memory=64 << 20))
    assert what == "it needs more than 67,108,864 bytes of memory"


def test_an_answer_is_no_longer_than_the_memory() -> None:
    chunk = bytes(1 << 20)
    assert problem_of(lambda: chunk * 3, Limits(seconds=30, memory=2 << 20)).startswith(("its answer", "it needs"))


def test_a_crash_is_said_by_its_name() -> None:
    def crash() -> bytes:
        os.abort()

    assert problem_of(crash) == "it crashed (SIGABRT) with up to 1,073,741,824 bytes of memory"


def test_an_exception_is_said_in_its_words() -> None:
    def fail() -> bytes:
        raise ValueError("no good")

    assert problem_of(fail) == "no good"


def test_it_opens_no_file_and_no_connection(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_bytes(b"secret")
    assert "Too many open files" in problem_of(file.read_bytes)
    assert "Too many open files" in problem_of(lambda: bytes(socket.socket().fileno()))
    assert run_limited("work", file.read_bytes, Limits(seconds=30), may_open=True) == b"secret"


def test_no_process_is_left_over(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[int] = []
    fork = os.fork

    def counting() -> int:
        process = fork()
        if process:
            begun.append(process)
        return process

    monkeypatch.setattr(os, "fork", counting)
    for _ in range(3):
        run_limited("work", lambda: b"done", Limits(seconds=30))
    assert len(begun) == 3
    for process in begun:
        with pytest.raises(ChildProcessError):
            os.waitpid(process, os.WNOHANG)


def test_where_nothing_can_be_limited_nothing_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork")
    assert problem_of(lambda: b"done") == "this system cannot limit it"
