"""How fast ``her2ld serve`` answers: beside rdflib-endpoint on the same data, and beside 45 greedy clients.

    python benchmarks/serving.py [questions | pages | greedy | start] …        (without a word: all)
    python benchmarks/serving.py start FOLDER                                  (of a store on disk)

All runs on this machine, over loopback. The clients are the same for both servers, one process of them, and each asks
all questions of the package over a connection that it keeps. "Anew" makes every query text another one, by a comment at
its end; "again" repeats the same texts, which rdflib-endpoint has parsed before and her2ld has answered before.

A greedy client asks for millions of pairs, counted, sorted, joined to one text or each once, in other words each time,
and asks again as soon as it has an answer. The polite one asks cheap queries, each another one, 20 ms after the last
answer. The pages are those of the menu and 500 of all kinds, asked for by 32 clients: first each once, when it is
drawn, and then again and again, when it is given as it is. They are asked for once there is a first page; how long that
takes from the start of the process is printed, too.
"""

import asyncio
import contextlib
import itertools
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlencode

from pyoxigraph import RdfFormat, Store, serialize

from her2ld import build, curation_folders, find_question, read_curation, read_ontology, read_questions
from her2ld.dataset import without_named_graphs
from her2ld.pages import page_paths, read_knowledge
from her2ld.pages.links import FIXED

CLIENTS, SECONDS, STARTS, GREEDY, GREEDY_SECONDS, PAGES = (1, 8, 32), 10, 7, 45, 20, 500
OK = HTTPStatus.OK
QUESTIONS = [each.query for each in read_questions() if not (each.services or each.excerpts or each.needs_inference)]
PAIRS = "{{ SELECT * {{ ?a ?b ?c }} LIMIT {0} }} {{ SELECT * {{ ?d ?e ?f }} LIMIT {0} }}"
# Each ends by itself, after more time or memory than the server gives.
COSTLY = [
    f"SELECT (COUNT(*) AS ?n) {{ {PAIRS.format(20_000)} }}",
    f"SELECT * {{ {PAIRS.format(3_000)} }} ORDER BY ?c ?f ?a",
    f"SELECT (GROUP_CONCAT(CONCAT(STR(?b), STR(?e))) AS ?x) {{ {PAIRS.format(4_000)} }}",
    f"SELECT DISTINCT * {{ {PAIRS.format(3_000)} }}",
]
CHEAP = (
    "SELECT ?label ({} AS ?x) {{ <https://w3id.org/her2ld/HER2> <http://www.w3.org/2000/01/rdf-schema#label> ?label }}"
)


@contextlib.contextmanager
def started(command: list[str], port: int | None) -> Iterator[int]:
    """Start a server, and give the port at which it answers: the one given, or the one that it says."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            if port is None and process.stdout:
                port = int(process.stdout.readline().partition("/ (")[0].rpartition(":")[2])
            yield _reachable(port or 0)
        finally:
            process.terminate()


def _reachable(port: int) -> int:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return port
        time.sleep(0.05)
    raise TimeoutError(port)


def ours(*sources: str) -> list[str]:
    """Return the command of our server."""
    return [sys.executable, "-m", "her2ld", "serve", "--port", "0", *sources]


@contextlib.contextmanager
def theirs() -> Iterator[int]:
    """Start rdflib-endpoint on the same data."""
    vocabulary = read_ontology()
    quads = build(vocabulary, [read_curation(folder, vocabulary) for folder in curation_folders()])
    with tempfile.TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0)) as free:
        file, port = Path(folder) / "her2.nt", free.getsockname()[1]
        triples = (quad.triple for quad in without_named_graphs(quads))
        file.write_bytes(serialize(triples, format=RdfFormat.N_TRIPLES) or b"")
        free.close()
        script = Path(__file__).with_name("serving_with_rdflib.py")
        with started([sys.executable, "-W", "ignore", str(script), str(file), str(port)], port):
            yield port


class Client:
    """A connection that is kept."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, port: int) -> None:
        """Keep the two ends."""
        self._reader, self._writer, self._port = reader, writer, port

    async def ask(self, query: str) -> tuple[int, float]:
        """Ask a query: give the status, and the seconds to the end of the answer."""
        begun = time.perf_counter()
        body = urlencode({"query": query})
        self._writer.write(
            f"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\n"
            "Accept: application/sparql-results+json, text/turtle\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode()
        )
        return await self._answer(), time.perf_counter() - begun

    async def look(self, path: str) -> tuple[int, float]:
        """Ask for a page: give the status, and the seconds to its end."""
        begun = time.perf_counter()
        self._writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\nAccept: text/html\r\n\r\n".encode())
        return await self._answer(), time.perf_counter() - begun

    async def _answer(self) -> int:
        head = await self._reader.readuntil(b"\r\n\r\n")
        length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
        await self._reader.readexactly(int(length.partition(b":")[2]))
        return int(head.split(b" ")[1])


@contextlib.asynccontextmanager
async def connected(port: int) -> AsyncIterator[Client]:
    """Connect to a server."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        yield Client(reader, writer, port)
    finally:
        writer.close()


async def load(port: int, clients: int, *, anew: bool) -> tuple[float, float]:
    """Ask all questions with so many clients for some seconds, in whole rounds: give queries a second and the p99."""
    numbers = itertools.count()
    seconds: list[float] = []
    begun = time.perf_counter()

    async def work(first: int) -> None:
        async with connected(port) as client:
            while time.perf_counter() - begun < SECONDS:
                for place in range(len(QUESTIONS)):
                    query = QUESTIONS[(first + place) % len(QUESTIONS)]
                    status, taken = await client.ask(f"{query}# {next(numbers)}" if anew else query)
                    if status != OK:
                        raise RuntimeError(f"answered {status}: {query}")
                    seconds.append(taken)

    await asyncio.gather(*(work(place) for place in range(clients)))
    return len(seconds) / (time.perf_counter() - begun), percentile(seconds, 99)


def percentile(values: list[float], percent: int) -> float:
    """Return the value that so many percent of the values do not exceed."""
    return sorted(values)[min(len(values) - 1, len(values) * percent // 100)]


def questions() -> None:
    """Print queries a second and the p99 of both servers."""
    results = {}
    for name, server in (("her2ld", started(ours(), None)), ("rdflib-endpoint", theirs())):
        with server as port:
            asyncio.run(load(port, 1, anew=False))  # both are warm
            for anew, clients in itertools.product((True, False), CLIENTS):
                results[name, anew, clients] = asyncio.run(load(port, clients, anew=anew))
    for anew, clients in itertools.product((True, False), CLIENTS):
        (fast, fast99), (slow, slow99) = (results[name, anew, clients] for name in ("her2ld", "rdflib-endpoint"))
        print(
            f"{'anew ' if anew else 'again'} {clients:2} clients: her2ld {fast:6.0f} queries/s, "
            f"p99 {1e3 * fast99:5.1f} ms; "
            f"rdflib-endpoint {slow:5.1f} queries/s, p99 {1e3 * slow99:6.0f} ms; ratio {fast / slow:.1f}",
            flush=True,
        )


def paths() -> list[str]:
    """Return the addresses of the pages of the menu and of PAGES others of all kinds, at even distances."""
    store = Store()
    vocabulary = read_ontology()
    store.bulk_extend(build(vocabulary, [read_curation(folder, vocabulary) for folder in curation_folders()]))
    others = [path for path in page_paths(read_knowledge(store, vocabulary)) if path not in FIXED]
    return [f"/{path}" for path in (*FIXED, *(others[place * len(others) // PAGES] for place in range(PAGES)))]


async def first_page(port: int) -> None:
    """Ask for the page of questions."""
    async with connected(port) as client:
        await client.look("/query")


async def look_around(port: int, asked: list[str], times: int) -> tuple[float, float, float]:
    """Ask for pages with many clients, each so many times: give pages a second, the p50 and the p99."""
    seconds: list[float] = []
    begun = time.perf_counter()

    async def work(first: int) -> None:
        async with connected(port) as client:
            for place in range(first, times * len(asked), CLIENTS[-1]):
                status, taken = await client.look(asked[place % len(asked)])
                if status not in {OK, HTTPStatus.NOT_FOUND}:
                    raise RuntimeError(f"answered {status}: {asked[place % len(asked)]}")
                seconds.append(taken)

    await asyncio.gather(*(work(place) for place in range(CLIENTS[-1])))
    return len(seconds) / (time.perf_counter() - begun), percentile(seconds, 50), percentile(seconds, 99)


def pages() -> None:
    """Print how many pages a second are drawn, and given again."""
    asked = paths()
    begun = time.perf_counter()
    with started(ours(), None) as port:
        asyncio.run(first_page(port))
        print(f"start to first page: {1e3 * (time.perf_counter() - begun):.0f} ms")
        for what, times in (("drawn", 1), ("given again", 20)):
            rate, p50, p99 = asyncio.run(look_around(port, asked, times))
            print(
                f"{len(asked)} pages {what}, {CLIENTS[-1]} clients: {rate:.0f} a second, "
                f"p50 {1e3 * p50:.1f} ms, p99 {1e3 * p99:.1f} ms"
            )


async def be_greedy(port: int, first: int, seen: Counter[int]) -> None:
    """Ask costly queries for ever."""
    for place in itertools.count(first):
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            async with connected(port) as client:
                status, _ = await client.ask(f"{COSTLY[place % len(COSTLY)]} # {random.random()}")  # noqa: S311
                seen[status] += 1


async def be_polite(port: int, seconds: float) -> str:
    """Ask cheap queries for some seconds, and say how they were answered."""
    taken: list[float] = []
    statuses: Counter[int] = Counter()
    begun = time.perf_counter()
    async with connected(port) as client:
        while time.perf_counter() - begun < seconds:
            status, each = await client.ask(CHEAP.format(random.getrandbits(40)))
            statuses[status] += 1
            taken.append(each)
            await asyncio.sleep(0.02)
    answered = 100 * statuses[OK] / len(taken)
    times = (1e3 * statistics.median(taken), 1e3 * percentile(taken, 99))
    return f"{len(taken)} queries, {answered:.1f} % answered, median {times[0]:.1f} ms, p99 {times[1]:.1f} ms"


async def beside(port: int) -> None:
    """Print how a polite client fares before, beside and after greedy ones."""
    print("alone:          ", await be_polite(port, 3), flush=True)
    seen: Counter[int] = Counter()
    asking = [asyncio.create_task(be_greedy(port, place, seen)) for place in range(GREEDY)]
    await asyncio.sleep(0)
    print(f"beside {GREEDY}:      ", await be_polite(port, GREEDY_SECONDS), flush=True)
    for each in asking:
        each.cancel()
    await asyncio.gather(*asking, return_exceptions=True)
    await asyncio.sleep(2)
    print("2 s after:      ", await be_polite(port, 3))
    print("the others got: ", ", ".join(f"{status}: {count}" for status, count in sorted(seen.items())))


def greedy() -> None:
    """Run the greedy clients against our server, with queries of 10 s at most."""
    with started([*ours(), "--timeout", "10"], None) as port:
        asyncio.run(beside(port))


async def first_answer(port: int) -> None:
    """Ask a selective question."""
    async with connected(port) as client:
        await client.ask(find_question("evidence_of").query)


def start(*sources: str) -> None:
    """Print how long it takes from the start of the process until it is ready, and to the end of the first answer."""
    ready, answered = [], []
    for _ in range(STARTS):
        begun = time.perf_counter()
        with started(ours(*sources), None) as port:
            ready.append(time.perf_counter() - begun)
            asyncio.run(first_answer(port))
            answered.append(time.perf_counter() - begun)
    medians = [1e3 * statistics.median(seconds) for seconds in (ready, answered)]
    print(f"start to ready: {medians[0]:.0f} ms; to the first answer: {medians[1]:.0f} ms; medians of {STARTS} starts")


if __name__ == "__main__":
    names = sys.argv[1:]
    if names[:1] == ["start"] and len(names) > 1 and Path(names[1]).is_dir():
        start(names[1])
        sys.exit()
    for name in names or ("start", "questions", "pages", "greedy"):
        {"start": start, "questions": questions, "pages": pages, "greedy": greedy}[name]()
