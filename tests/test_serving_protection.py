"""Nobody brings the server down or turns it against anyone: a bad request costs its sender an error, nobody else."""

import contextlib
import http.client
import itertools
import json
import os
import random
import select
import socket
import statistics
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from her2ld.limits import Limits, run_limited
from her2ld.serving.connections import MOST_CONNECTIONS
from her2ld.serving.guard import LONGEST_HEAD
from her2ld.serving.protocol import LONGEST_BODY
from her2ld.serving.sandbox import enter_sandbox
from tests.serving_process import (
    LONG,
    SECONDS,
    Answer,
    Server,
    descendants,
    linux_only,
    product,
    running,
    until,
    within,
)

LIMIT = 2.0
# Each asks for more time or memory than the servers of these tests give.
COSTLY = {
    "count": LONG,
    "order by all": product("*", 1_500, "ORDER BY ?c ?f ?a"),
    "long text": product("(GROUP_CONCAT(CONCAT(STR(?b), STR(?e))) AS ?x)", 1_500),
    "distinct": product("DISTINCT *", 1_000),
}


def doubled(times: int) -> str:
    """Return a query that makes a text of ten characters twice as long, again and again."""
    steps = " ".join(f"BIND(CONCAT(?x{step}, ?x{step}) AS ?x{step + 1})" for step in range(times))
    return f'SELECT (?x{times} AS ?x) {{ BIND("0123456789" AS ?x0) {steps} }}'


# Two ways of telling where a request ends; the server takes neither, and closes the connection.
BOTH = b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nASK{}\r\n0\r\n\r\n"
CHEAP = "SELECT ({} AS ?x) {{ <https://w3id.org/her2ld/HER2> a ?c }}"


@pytest.fixture(scope="module")
def guarded(cache: Path) -> Iterator[Server]:
    """Return a server with tight limits."""
    limits = ("--timeout", str(LIMIT), "--memory", "128", "--queries", "2")
    names = ("--host-name", "her2.example.org", "--cors", "https://yasgui.example.org")
    with running(*limits, *names, cache=cache) as started:
        yield started


@pytest.fixture(scope="module")
def narrow(cache: Path) -> Iterator[Server]:
    """Return a server with little memory for a query, and time enough to fill it on a busy machine."""
    with running("--memory", "128", cache=cache) as started:
        yield started


def timed(server: Server, query: str, **headers: str) -> tuple[Answer, float]:
    begun = time.monotonic()
    return server.get(query, **headers), time.monotonic() - begun


@pytest.mark.parametrize("name", COSTLY)
def test_a_query_that_asks_for_too_much_gets_an_error_in_time(guarded: Server, name: str) -> None:
    def answered() -> float:
        answer, seconds = timed(guarded, COSTLY[name])
        assert answer.status in {500, 504}
        assert answer.media_type == "text/plain"
        assert answer.text.startswith(("query: it took more than 2 s. Remedy: ask for less", "query: it crashed (SIG"))
        assert guarded.get(CHEAP.format(1)).status == 200
        return seconds

    assert within(LIMIT + 0.5, answered)


def test_a_query_that_takes_too_long_is_ended_at_the_limit(guarded: Server) -> None:
    def answered() -> float:
        answer, seconds = timed(guarded, LONG)
        assert (answer.status, answer.text) == (
            504,
            "query: it took more than 2 s. Remedy: ask for less, or start the server with a larger --timeout.\n",
        )
        assert seconds > LIMIT - 0.1
        return seconds

    assert within(LIMIT + 0.5, answered)


def test_a_query_takes_no_more_memory_than_it_is_given(narrow: Server) -> None:
    answer = narrow.get(doubled(24))
    assert (answer.status, answer.text) == (
        500,
        (
            "query: it crashed (SIGABRT) with up to 134,217,728 bytes of memory. Remedy: ask for less at once, "
            "or use fewer nested brackets.\n"
        ),
    )


def test_an_answer_that_would_be_too_long_is_refused_and_never_cut(cache: Path) -> None:
    with running("--memory", "2048", cache=cache) as server:
        answer = server.get(doubled(23))
    assert answer.status == 500
    assert answer.text == (
        "query: the answer would be longer than 67,108,864 bytes, and is never cut. Remedy: ask for less, with LIMIT "
        "and OFFSET for example, or export the data with her2ld export.\n"
    )


def test_a_long_answer_comes_whole(server: Server) -> None:
    answer = server.get("SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 40000", Accept="text/csv")
    assert answer.status == 200
    assert answer.body.count(b"\r\n") == 40_001
    assert answer.headers["Content-Length"] == str(len(answer.body))


@linux_only
def test_a_query_reaches_no_other_server_whatever_hides_it(server: Server) -> None:
    """SERVICE is refused by its name; a worker could not connect if it were not."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        assert server.query(f"SELECT * {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}").status == 400

        def reach_out() -> bytes:
            enter_sandbox(1 << 30, may_open=True)
            told = []
            try:
                socket.create_connection(("127.0.0.1", port), 1)
            except OSError as error:
                told.append(error.strerror)
            try:
                os.execv("/bin/true", ["true"])  # noqa: S606
            except OSError as error:
                told.append(error.strerror)
            return json.dumps(told).encode()

        told = json.loads(run_limited("reaching out", reach_out, Limits(seconds=30), may_open=True))
        assert told == ["Operation not permitted"] * 2
        listener.settimeout(0.1)
        with pytest.raises(TimeoutError):
            listener.accept()


def settled(server: Server) -> set[int]:
    """Return the processes of a server once they have been the same ones for half a second."""
    now = descendants(server.process.pid)
    for _ in range(SECONDS):
        time.sleep(0.5)
        before, now = now, descendants(server.process.pid)
        if before == now:
            break
    return now


@linux_only
def test_who_leaves_takes_the_query_along(narrow: Server) -> None:
    """Long before the limit of time, which is thirty seconds there."""
    assert narrow.ask("/HER2").status == 200  # what draws pages is ready, too
    before = settled(narrow)
    connection = http.client.HTTPConnection("127.0.0.1", narrow.port)
    connection.request("GET", f"/sparql?{urlencode({'query': LONG})}")
    assert until(lambda: len(descendants(narrow.process.pid)) > len(before)), "another takes the place of one at work"
    connection.close()
    assert until(lambda: len(descendants(narrow.process.pid)) == len(before), 10)
    assert len(settled(narrow)) == len(before)


def test_when_all_places_are_taken_one_is_told_to_come_again(guarded: Server) -> None:
    """Two run, eight wait in line, and whoever comes then is sent away."""
    answers: list[Answer] = []

    def ask() -> None:
        answers.append(guarded.get(LONG))

    threads = [threading.Thread(target=ask) for _ in range(14)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    statuses = Counter(answer.status for answer in answers)
    assert set(statuses) == {503, 504}
    busy = next(answer for answer in answers if answer.status == 503)
    assert busy.headers["Retry-After"] == "5"
    assert busy.text.startswith("query: the server is busy with other questions. Remedy: ask again in some seconds")
    numbers = itertools.count(200)

    def answered() -> float:
        answer, seconds = timed(guarded, CHEAP.format(next(numbers)))
        assert answer.status == 200
        return seconds

    assert within(2, answered)


def ask_again_and_again(port: int, stop: threading.Event) -> None:
    """Be an impolite client: ask something costly, and ask again at once."""
    while not stop.is_set():
        query = f"{LONG} # {random.random()}"  # noqa: S311
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        with contextlib.closing(connection), contextlib.suppress(OSError, http.client.HTTPException):
            connection.request("GET", f"/sparql?{urlencode({'query': query})}")
            while not stop.is_set():
                connection.sock.settimeout(0.2)
                with contextlib.suppress(TimeoutError):
                    connection.getresponse().read()
                    break


def test_a_polite_client_is_answered_beside_impolite_ones(guarded: Server) -> None:
    """A small copy of what benchmarks/serving.py does with 45 of them, with some leave for a busy machine."""
    stop = threading.Event()
    impolite = [threading.Thread(target=ask_again_and_again, args=(guarded.port, stop)) for _ in range(20)]
    for thread in impolite:
        thread.start()
    numbers = itertools.count(1_000)

    def answered(times: int) -> float:
        """Return the median of the seconds that a polite query takes."""
        polite = [timed(guarded, CHEAP.format(next(numbers))) for _ in range(times)]
        assert sum(answer.status == 200 for answer, _ in polite) >= 0.95 * times
        return statistics.median(seconds for _, seconds in polite)

    time.sleep(1)  # they have asked by now
    try:
        beside = within(0.5, lambda: answered(60))
    finally:
        stop.set()
        for thread in impolite:
            thread.join()
    assert beside
    assert within(0.1, lambda: answered(11))


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:{port}", 200),
        ("localhost:{port}", 200),
        ("LOCALHOST", 200),
        ("[::1]:{port}", 200),
        ("her2.example.org", 200),
        ("her2.example.org:443", 200),
        ("evil.example.org:{port}", 421),
        ("127.0.0.1.evil.example.org:{port}", 421),
        ("her2.example.org@evil.example.org", 421),
        ("127.0.0.1:{port}/", 421),
        ("", 421),
        ("0x7f000001:{port}", 421),
    ],
)
def test_a_request_must_name_this_server(guarded: Server, host: str, status: int) -> None:
    answer = guarded.ask("/health", Host=host.format(port=guarded.port))
    assert answer.status == status
    if status == 421:
        assert answer.text.endswith("Remedy: start it with --host-name NAME.\n")


@pytest.mark.parametrize(
    ("origin", "status", "allowed"),
    [
        ("http://127.0.0.1:{port}", 200, None),
        ("https://yasgui.example.org", 200, "https://yasgui.example.org"),
        ("https://evil.example.org", 403, None),
        ("http://127.0.0.1:1", 403, None),
        ("null", 403, None),
        ("https://yasgui.example.org.evil.example.org", 403, None),
    ],
)
def test_a_page_from_elsewhere_may_ask_only_if_it_is_let(
    guarded: Server, origin: str, status: int, allowed: str | None
) -> None:
    origin = origin.format(port=guarded.port)
    form = urlencode({"query": "ASK {}"})
    posted = guarded.ask("/sparql", "POST", form, Content_Type="application/x-www-form-urlencoded", Origin=origin)
    assert (posted.status, posted.headers["Access-Control-Allow-Origin"]) == (status, allowed)
    looked = guarded.get("ASK {}", Origin=origin)
    assert (looked.status, looked.headers["Access-Control-Allow-Origin"]) == (200, allowed)
    asked = guarded.ask("/sparql", "OPTIONS", Origin=origin, Access_Control_Request_Method="POST")
    assert (asked.status, asked.headers["Access-Control-Allow-Origin"]) == (204, allowed)


def test_no_other_origin_may_read_unless_it_is_let(server: Server) -> None:
    answer = server.get("ASK {}", Origin="https://yasgui.example.org")
    assert not [name for name in answer.headers if name.lower().startswith("access-control")]


def raw(server: Server, content: bytes, seconds: float = 20) -> bytes:
    """Send bytes as they are, and give what comes until the server closes."""
    received = b""
    with (
        socket.create_connection(("127.0.0.1", server.port), seconds) as connection,
        contextlib.suppress(ConnectionError),
    ):
        connection.sendall(content)
        while more := connection.recv(1 << 16):
            received += more
    return received


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX: " + b"x" * LONGEST_HEAD + b"\r\n\r\n", b"431"),
        (b"GET /" + b"x" * 2 * LONGEST_HEAD, b"400"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example.org\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\n\r\n", b"400"),
        (b"\x16\x03\x01\x02\x00\x01", b"400"),
        (b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx", b"400"),
        (b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n" + BOTH, b"400"),
        (b"GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", b"200"),
    ],
)
def test_a_request_that_is_none_is_refused(server: Server, request_: bytes, status: bytes) -> None:
    assert raw(server, request_).split(b" ")[1] == status


def test_a_body_is_no_longer_than_is_taken(server: Server) -> None:
    whole = b"ASK{}" + b" " * (LONGEST_BODY - 5)
    assert server.query(whole.decode()).status == 200
    answer = server.query(whole.decode() + " ")
    assert (answer.status, answer.text) == (413, "request: has more than 1,048,576 bytes. Remedy: ask for less.\n")


def test_who_sends_a_request_too_slowly_is_left(server: Server) -> None:
    """Half a head, a byte of a head now and then, and a body that does not come: none holds its connection for long."""
    begun = time.monotonic()
    halves = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(3)]
    halves[0].sendall(b"GET / HTTP/1.1\r\nHost: local")
    halves[1].sendall(b"G")
    halves[2].sendall(
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
        b"Content-Length: 9\r\n\r\nASK"
    )
    trickling = list(b"ET / HTTP/1.1\r\nHost: localhost")
    ended: dict[int, bytes] = {}
    while len(ended) < 3:
        assert time.monotonic() - begun < 15
        with contextlib.suppress(OSError):
            halves[1].sendall(bytes([trickling.pop(0)]))
        for place, half in enumerate(halves):
            half.settimeout(0.2)
            with contextlib.suppress(TimeoutError):
                try:
                    ended.setdefault(place, half.recv(4096))
                except ConnectionError:
                    ended.setdefault(place, b"")
    for half in halves:
        half.close()
    assert ended[0] == ended[1] == b""
    assert ended[2].startswith(b"HTTP/1.1 408")


def test_idle_connections_give_way_to_new_ones(server: Server) -> None:
    """All are held within the five seconds after which each would go by itself."""
    held = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(MOST_CONNECTIONS + 20)]
    try:
        assert server.get(CHEAP.format(3)).status == 200
        assert until(lambda: set(held[:20]) <= set(select.select(held, [], [], 0)[0]), 2)
        assert held[-1] not in select.select(held, [], [], 0)[0]
    finally:
        for connection in held:
            connection.close()


@linux_only
def test_crashes_leave_no_process_behind(narrow: Server) -> None:
    assert narrow.get(doubled(24)).status == 500
    before = settled(narrow)
    for _ in range(4):
        assert narrow.get(doubled(24)).status == 500
    after = settled(narrow)
    assert len(after) == len(before)
    assert after != before
