"""A server begins with one line, and leaves nothing behind: no process, no port, however it ends."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import urlencode

import pytest
from pyoxigraph import Quad, RdfFormat, Store, serialize

from tests.serving_process import (
    LONG,
    Answer,
    Server,
    all_end,
    descendants,
    linux_only,
    product,
    running,
    stopped_in,
    under_way,
    within,
)

COUNT = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"


def failing(*arguments: str | Path, cache: Path) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "her2ld", "serve", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env=os.environ | {"XDG_CACHE_HOME": str(cache)},
    )
    assert done.stdout == ""
    return done.returncode, done.stderr


def asked(server: Server, query: str, answers: list[Answer]) -> threading.Thread:
    """Ask in a thread that adds the answer to the list, and wait until a process works at it."""
    thread = threading.Thread(target=lambda: answers.append(server.query(query)))
    with under_way(server):
        thread.start()
    return thread


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_it_at_once(cache: Path, quads: tuple[Quad, ...], number: signal.Signals) -> None:
    def stopped() -> float:
        with running(cache=cache) as server:
            address = f"http://127.0.0.1:{server.port}/"
            assert server.first_line == f"serving {len(quads):,} quads at {address} (stop with Ctrl-C)\n"
            children = descendants(server.process.pid) if sys.platform == "linux" else set()
            status, seconds = stopped_in(server, number)
            assert status == 0
            assert all_end(children)
            assert server.process.communicate() == ("", "")
        return seconds

    assert within(2, stopped)


@linux_only
def test_a_signal_to_all_its_processes_stops_it_alike(cache: Path) -> None:
    with running(cache=cache) as server:
        for process in (*descendants(server.process.pid), server.process.pid):
            os.kill(process, signal.SIGTERM)
        assert server.process.wait(10) == 0
        assert server.process.communicate() == ("", "")


def test_an_origin_that_is_none_is_refused(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "her2ld", "serve", "--port", "0", "--cors", "yasgui.org"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, cwd=tmp_path)
    assert done.returncode == 2
    assert "write an origin as https://HOST, or * for all" in done.stderr


def test_slow_queries_do_not_keep_it(cache: Path) -> None:
    def stopped() -> float:
        answers: list[Answer] = []
        with running(cache=cache) as server:
            threads = [asked(server, f"{LONG} # {place}", answers) for place in range(6)]
            half_open = socket.create_connection(("127.0.0.1", server.port))
            half_open.sendall(b"GET / HTTP/1.1\r\n")
            children = descendants(server.process.pid) if sys.platform == "linux" else set()
            status, seconds = stopped_in(server, signal.SIGTERM)
            half_open.close()
            for thread in threads:
                thread.join()
            assert status == 0
            assert all_end(children)
            assert server.process.communicate() == ("", "")
        assert [(answer.status, answer.text) for answer in answers] == [
            (503, "query: the server is stopping. Remedy: ask again when it is back.\n")
        ] * 6
        return seconds

    assert within(3, stopped)


def test_what_is_nearly_done_is_answered_before_the_end(cache: Path) -> None:
    """A query of some hundred milliseconds is under way when the signal comes."""
    query = product("(COUNT(*) AS ?n)", 1_000)
    answers: list[Answer] = []
    with running(cache=cache) as server:
        thread = asked(server, query, answers)
        status, _ = stopped_in(server, signal.SIGTERM)
        thread.join()
    assert (status, [answer.status for answer in answers]) == (0, [200])


@linux_only
def test_a_kill_leaves_no_process_and_no_port(cache: Path) -> None:
    with running(cache=cache) as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.port)
        with under_way(server):
            connection.request("GET", f"/sparql?{urlencode({'query': LONG})}")
        children = descendants(server.process.pid)
        assert len(children) > 4
        server.process.kill()
        server.process.wait()
        connection.close()
        assert all_end(children)
        with socket.create_server(("127.0.0.1", server.port)):
            pass


@linux_only
def test_it_ends_with_an_error_if_the_data_are_lost(cache: Path) -> None:
    with running(cache=cache) as server:
        children = descendants(server.process.pid)
        first = min(children)
        os.kill(first, signal.SIGKILL)
        assert server.process.wait(10) == 2
        assert "the process that holds them has ended" in server.process.communicate()[1]
        assert all_end(children)


def test_a_port_that_is_taken_is_said(cache: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        status, said = failing("--port", port, cache=cache)
    assert (status, said) == (
        2,
        (
            f"127.0.0.1, port {port}\n  cannot be listened at (Address already in use)\n"
            "  remedy: choose another with --port, or 0 for one that is free\n"
        ),
    )


def test_a_source_with_mistakes_is_not_served(tmp_path: Path, cache: Path) -> None:
    broken = tmp_path / "broken.ttl"
    broken.write_text("<a:b> <a:c> .")
    status, said = failing("--port", "0", broken, cache=cache)
    assert status == 2
    assert said.startswith(f"{broken}, line 1\n  cannot be parsed (")
    status, said = failing("--port", "0", tmp_path / "none", cache=cache)
    assert status == 2
    assert said.startswith(f"{tmp_path / 'none'}\n  is not a curation folder\n")


def test_a_file_of_ones_own_is_served_with_the_ontology(tmp_path: Path, cache: Path) -> None:
    own = tmp_path / "own.ttl"
    own.write_text("<https://w3id.org/her2ld/Own> a <https://w3id.org/her2ld/SmallMolecule> .")
    with running(own, cache=cache) as server:
        assert server.ask("/Own", Accept="application/n-triples").text == (
            "<https://w3id.org/her2ld/Own> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
            "<https://w3id.org/her2ld/SmallMolecule> .\n"
        )
        assert server.ask("/HER2").status == 200
        assert server.ask("/statement/95a60bbbb907b84e").status == 404


def test_a_curation_folder_is_served(cache: Path, review_folder: Path, quads: tuple[Quad, ...]) -> None:
    with running(review_folder, cache=cache) as server:
        assert server.first_line.startswith(f"serving {len(quads):,} quads at ")
        assert server.ask("/statement/95a60bbbb907b84e").status == 200


def test_a_store_on_disk_is_served_and_not_changed(
    tmp_path: Path, cache: Path, quads: tuple[Quad, ...], server: Server
) -> None:
    folder = tmp_path / "store"
    store = Store(str(folder))
    store.bulk_extend(quads)
    store.flush()
    del store
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix == ".sst"}
    with running(folder, cache=cache) as from_disk:
        assert from_disk.first_line.startswith(f"serving the store {folder} at ")
        for query in (COUNT, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"):
            assert from_disk.query(query).body == server.query(query).body
        assert from_disk.ask("/health").text == '{"status":"ok"}'
        for path in ("/HER2", "/HER2.ttl", "/record/10.1007_BF02967477.nq"):
            assert from_disk.ask(path).body == server.ask(path).body
        assert from_disk.query("SELECT * { SERVICE <http://127.0.0.1:1/> {} }").status == 400
        # As many at once as there are workers, so that each reads from the disk by itself.
        answers: list[Answer] = []
        threads = [asked(from_disk, f"{LONG} # {place}", answers) for place in range(3)]
        assert from_disk.query(f"{COUNT} # again").status == 200
        stopped_in(from_disk, signal.SIGTERM)
        for thread in threads:
            thread.join()
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix == ".sst"} == before


def test_data_without_named_graphs_are_asked_too(tmp_path: Path, cache: Path, quads: tuple[Quad, ...]) -> None:
    triples = tmp_path / "own.nt"
    triples.write_bytes(serialize((quad.triple for quad in quads[:100]), format=RdfFormat.N_TRIPLES) or b"")
    with running(triples, cache=cache) as server:
        answer = server.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "text/csv")
        assert answer.text == "n\r\n100\r\n"
        assert server.ask("/.well-known/void").status == 200


def test_requests_are_told_of_in_plain_characters(cache: Path) -> None:
    with running("--verbose", cache=cache) as server:
        with socket.create_connection(("127.0.0.1", server.port)) as connection:
            connection.sendall(
                b"GET /\x1b[31m%0aX?a=%1b HTTP/1.1\r\nHost: localhost\r\n\r\n"
                b"GET /a%0d%0ab HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            )
            while connection.recv(65536):
                pass
        server.ask("/health")
        stopped_in(server, signal.SIGTERM)
        lines = server.process.communicate()[1].splitlines()
    assert all(line.isascii() and line.isprintable() for line in lines)
    assert lines[-1].startswith("GET /health 200 ")


def test_the_first_answer_comes_within_a_second(cache: Path) -> None:
    """Several of them here, as a busy machine is no failure; benchmarks/serving.py measures it."""
    with running(cache=cache):
        pass  # the data are prepared once

    def answered() -> float:
        begun = time.monotonic()
        with running(cache=cache) as server:
            assert server.query("ASK {}").status == 200
            return time.monotonic() - begun

    assert within(6, answered)
