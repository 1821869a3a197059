"""A server for the tests: the command itself, in a process of its own, at a free port of this machine."""

import contextlib
import http.client
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from urllib.parse import urlencode

import pytest

SECONDS = 60
TRIES = 5
_AT_WORK = 0.01  # seconds of processor time, which a worker that waits for its first job has not had


def product(select: str, rows: int, end: str = "") -> str:
    """Return a query that pairs so many rows with as many: it ends by itself, and costs what the rows say."""
    pairs = f"{{ SELECT * {{ ?a ?b ?c }} LIMIT {rows} }} {{ SELECT * {{ ?d ?e ?f }} LIMIT {rows} }}"
    return f"SELECT {select} {{ {pairs} }} {end}"


# Some seconds of work, so that it meets a limit that a test sets low.
LONG = product("(COUNT(*) AS ?n)", 10_000)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: Message
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()

    @property
    def media_type(self) -> str:
        """The media type, without parameters."""
        return self.headers.get_content_type()


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs."""

    process: subprocess.Popen[str]
    first_line: str
    port: int

    def ask(self, path: str, method: str = "GET", body: bytes | str | None = None, **headers: str) -> Answer:
        """Ask; a header's name is written with _ for -."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        with contextlib.closing(connection):
            content = body.encode() if isinstance(body, str) else body
            connection.request(
                method, path, content, {name.replace("_", "-"): value for name, value in headers.items()}
            )
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read())

    def query(self, query: str, accept: str = "application/sparql-results+json, text/turtle") -> Answer:
        """Ask a query by POST."""
        return self.ask("/sparql", "POST", query, Content_Type="application/sparql-query", Accept=accept)

    def get(self, query: str, **headers: str) -> Answer:
        """Ask a query by GET."""
        return self.ask(f"/sparql?{urlencode({'query': query})}", **headers)


@contextlib.contextmanager
def running(*arguments: str | Path, cache: Path) -> Iterator[Server]:
    """Start a server and wait until it says that it serves; stop it in the end."""
    command = [sys.executable, "-m", "her2ld", "serve", "--port", "0", *map(str, arguments)]
    environment = os.environ | {"XDG_CACHE_HOME": str(cache)}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            match = re.search(r"http://[^ ]*:(\d+)/", line)
            assert match, process.communicate(timeout=SECONDS)
            yield Server(process, line, int(match[1]))
        finally:
            process.terminate()
            try:
                process.wait(SECONDS)
            finally:
                process.kill()


def descendants(process: int) -> set[int]:
    """Return the processes that a process has begun, and those begun by them (Linux)."""
    parents = {}
    for folder in Path("/proc").iterdir():
        with contextlib.suppress(OSError, ValueError):
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            if fields[0] != "Z":
                parents[int(folder.name)] = int(fields[1])
    found: set[int] = set()
    while new := {child for child, parent in parents.items() if parent in found | {process}} - found:
        found |= new
    return found


@contextlib.contextmanager
def under_way(server: Server) -> Iterator[None]:
    """Leave the block, in which something is asked, once one more process of the server works at it."""
    if sys.platform != "linux":
        yield
        time.sleep(0.5)
        return
    server.ask("/HER2")  # the processes that draw pages are ready when there is one
    before = at_work(server)
    yield
    assert until(lambda: not at_work(server) <= before), "no process works at it"


def at_work(server: Server) -> set[int]:
    """Return the processes of a server that have done some work, be it only their share of the start (Linux)."""
    return {process for process in descendants(server.process.pid) if _processor_time(process) > _AT_WORK}


def _processor_time(process: int) -> float:
    """Return the seconds for which a process has had a processor; 0 where it has ended."""
    with contextlib.suppress(OSError):
        return time.clock_gettime(~process << 3 | 2)  # as clock_getcpuclockid(3) makes the number
    return 0.0


def until(holds: Callable[[], bool], seconds: float = SECONDS) -> bool:
    """Wait until something holds. False where it does not within so many seconds."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.005)
    return True


def within(seconds: float, tried: Callable[[], float]) -> bool:
    """Tell whether one of several tries took less than so many seconds.

    What else runs on the machine only adds to the time that a try takes, so the quickest one is nearest to the truth.
    """
    return any(tried() < seconds for _ in range(TRIES))


def all_end(processes: set[int]) -> bool:
    """Tell whether all processes end: soon, also on a busy machine, and before a query would end at its limit."""
    return until(lambda: not any(_lives(process) for process in processes), 10)


def _lives(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def stopped_in(server: Server, number: signal.Signals) -> tuple[int, float]:
    """Stop a server by a signal: give its exit status, and the seconds that it took."""
    begun = time.monotonic()
    server.process.send_signal(number)
    return server.process.wait(SECONDS), time.monotonic() - begun


linux_only = pytest.mark.skipif(sys.platform != "linux", reason="the processes are looked for in /proc")
