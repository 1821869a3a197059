"""Requests to a store, repeated where it is busy or cannot be reached for a moment, and the meaning of its answers."""

import email.utils
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from pyoxigraph import NamedNode

from her2ld.errors import LoadError, Problem
from her2ld.loading.lines import Graph
from her2ld.loading.stores import HOW_TO_GIVE_THEM, Preset, authentication, checked_address

if TYPE_CHECKING:
    import httpx

_TRIES = 6
_FIRST_WAIT, _LONGEST_WAIT = 0.5, 30.0
_BUSY = (429, 502, 503, 504)
_BY_A_GATEWAY = (502, 504)
_SECONDS_TO_CONNECT = 10
_UNAUTHORIZED, _FORBIDDEN, _NOT_FOUND = 401, 403, 404
_N_TRIPLES = "application/n-triples"
_ANSWERS_IN_N_TRIPLES = (_N_TRIPLES, "text/plain")
_MOST_OF_AN_ANSWER = 300
_MOST_IN_MEMORY = 1 << 20
_CHUNK = 1 << 20


class StoreClient:
    """Sends requests to one store, within a ``with``. Every method raises LoadError where the store does not comply."""

    def __init__(self, preset: Preset, address: str, update_address: str | None = None, seconds: float = 600) -> None:
        """Prepare requests to the store at ``address``; ``seconds`` limits how long it may be silent.

        Raises LoadError where an address carries secrets, or the credentials cannot be understood.
        """
        import httpx  # heavy, and only for stores on the network

        self.preset = preset
        base = checked_address(address)
        update = preset.update.replace("{}", base) if preset.update else None
        self._query = preset.query.replace("{}", base)
        self._update = checked_address(update_address) if update_address else update
        self._graph_store = preset.graph_store.replace("{}", base) if preset.graph_store else None
        self.where = base
        timeout = httpx.Timeout(seconds, connect=_SECONDS_TO_CONNECT)
        self._http = httpx.Client(auth=authentication(base, preset.authentication), timeout=timeout)
        self.sleep: Callable[[float], None] = time.sleep

    def __enter__(self) -> Self:
        """Open nothing yet: the first request does."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the connections."""
        self._http.close()

    @property
    def has_graph_store(self) -> bool:
        """Whether the store speaks the Graph Store Protocol."""
        return self._graph_store is not None

    @property
    def moves(self) -> bool:
        """Whether graphs can be staged and moved."""
        return self._update is not None and self.preset.moves

    @property
    def can_query(self) -> bool:
        """Whether queries can be asked."""
        return bool(self._query)

    def put(self, graph: Graph, content: bytes | Path) -> None:
        """Replace a graph by lines, or by those of a file, in one request."""
        self._send("PUT", graph, content)

    def post(self, graph: Graph, content: bytes) -> None:
        """Add lines to a graph. They have no blank nodes, so the request can be repeated."""
        self._send("POST", graph, content)

    def delete(self, graph: Graph) -> None:
        """Remove a graph, if it is there."""
        self._ask(_Request("DELETE", self._graph_store, params=self._naming(graph), may_be=_NOT_FOUND))

    def update(self, text: str, *, repeatable: bool = True, tries: int = _TRIES) -> None:
        """Run a SPARQL Update. One that is not repeatable is repeated only if the store has certainly not begun it."""
        data = {self.preset.update_parameter: text}
        self._ask(_Request("POST", self._update, data=data, repeatable=repeatable, tries=tries))

    def count(self, graph: Graph) -> int:
        """Return the number of triples of a graph, by a query."""
        data = {"query": f"SELECT (COUNT(*) AS ?n) WHERE {{ {_pattern(graph)} }}"}
        answer, content = self._ask(_Request("POST", self._query, data=data, accept="application/sparql-results+json"))
        try:
            return int(json.loads(content)["results"]["bindings"][0]["n"]["value"])
        except (ValueError, LookupError, TypeError):
            raise self._no_answer(answer, "SPARQL results in JSON") from None

    def download(self, graph: Graph, file: Path, most: int) -> None:
        """Write the graph that the store holds into a file, as N-Triples; an empty file if there is no such graph.

        Raises LoadError where the answer is longer than ``most`` bytes: it need not have an end.
        """
        if self._graph_store:
            parameters = self._naming(graph)
            request = _Request(
                "GET", self._graph_store, params=parameters, accept=_N_TRIPLES, may_be=_NOT_FOUND, into=file, most=most
            )
        else:
            data = {"query": f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {_pattern(graph)} }}"}
            request = _Request("POST", self._query, data=data, accept=_N_TRIPLES, into=file, most=most)
        self._ask(request)

    def _naming(self, graph: Graph) -> dict[str, str]:
        return {self.preset.graph_parameter: graph.value} if isinstance(graph, NamedNode) else {"default": ""}

    def _send(self, method: str, graph: Graph, content: bytes | Path) -> None:
        self._ask(_Request(method, self._graph_store, params=self._naming(graph), content=content))

    def _ask(self, request: "_Request") -> "tuple[httpx.Response, bytes]":
        """Return the answer to a request, which is repeated after longer and longer waits while the store is busy."""
        import httpx

        wait = _FIRST_WAIT
        for attempt in range(1, request.tries + 1):
            try:
                return self._ask_once(request)
            except _BusyError as error:
                problem, waiting, begun = error.problem, error.seconds, error.begun
            except httpx.TransportError as error:
                problem, waiting = self._unreachable(error), None
                begun = not isinstance(error, (httpx.ConnectError, httpx.ConnectTimeout))
            if begun and not request.repeatable:
                break
            if attempt < request.tries:
                self.sleep(min(_LONGEST_WAIT, wait if waiting is None else waiting))
                wait *= 2
        raise LoadError([problem])

    def _ask_once(self, request: "_Request") -> "tuple[httpx.Response, bytes]":
        if request.address is None:
            raise TypeError(request)  # asked of a store that does not have it
        with self._http.stream(
            request.method,
            request.address,
            params=request.params,
            data=request.data,
            content=request.body(),
            headers=request.headers(),
        ) as answer:
            if answer.status_code == request.may_be:
                if request.into:
                    request.into.touch()
                return answer, b""
            if not answer.is_success:
                raise self._refusal(answer, _beginning(answer))
            if request.into is None:
                return answer, _beginning(answer)
            kind = answer.headers.get("Content-Type", "").partition(";")[0].strip()
            if kind not in _ANSWERS_IN_N_TRIPLES:
                raise self._no_answer(answer, "N-Triples")
            size = 0
            with request.into.open("wb") as file:
                for some in answer.iter_bytes():
                    size += len(some)
                    if size > request.most:
                        what = f"gives back more than {request.most:,} bytes, far more than was sent"
                        raise LoadError([Problem(self.where, what, "see what else is in the graph, or in the store")])
                    file.write(some)
            return answer, b""

    def _refusal(self, answer: "httpx.Response", content: bytes) -> Exception:
        status = answer.status_code
        text = content.decode(answer.encoding or "utf-8", "replace")
        words = " ".join(text.split())[:_MOST_OF_AN_ANSWER]
        what = f"answers {status} {answer.reason_phrase}" + (f": {words}" if words else "")
        if status in _BUSY:
            problem = Problem(self.where, what, "try again later")
            return _BusyError(problem, _seconds(answer.headers.get("Retry-After")), begun=status in _BY_A_GATEWAY)
        remedy = "see the log of the store"
        if status in {_UNAUTHORIZED, _FORBIDDEN}:
            remedy = f"give the user and password of someone who may write there: {HOW_TO_GIVE_THEM}"
        elif status == _NOT_FOUND:
            remedy = f"check the address; {self.preset.title} is at {self.preset.address}"
        elif answer.is_redirect:
            remedy = f"use the address that it names: {answer.headers.get('Location', '')}"
        return LoadError([Problem(self.where, what, remedy)])

    def _no_answer(self, answer: "httpx.Response", expected: str) -> LoadError:
        kind = answer.headers.get("Content-Type", "what it does not name")
        remedy = f"check the address; {self.preset.title} is at {self.preset.address}"
        return LoadError([Problem(self.where, f"answers with {kind}, not with {expected}", remedy)])

    def _unreachable(self, error: Exception) -> Problem:
        what = f"cannot be reached, or breaks off ({str(error) or type(error).__name__})"
        return Problem(self.where, what, "start it, check the address, or give it more time with --timeout")


class _BusyError(Exception):
    """The store is busy, for so many seconds if it says so. It may have begun to do what was asked."""

    def __init__(self, problem: Problem, seconds: float | None, *, begun: bool) -> None:
        super().__init__(problem.what)
        self.problem, self.seconds, self.begun = problem, seconds, begun


def _seconds(retry_after: str | None) -> float | None:
    """Return the seconds that Retry-After (RFC 9110, section 10.2.3) names, as a number or as a date."""
    if retry_after is None:
        return None
    if retry_after.strip().isdecimal():
        return float(retry_after)
    try:
        return max(0.0, email.utils.parsedate_to_datetime(retry_after).timestamp() - time.time())
    except ValueError:
        return None


def _beginning(answer: "httpx.Response") -> bytes:
    """Return the beginning of an answer that should be short."""
    content = b""
    for some in answer.iter_bytes():
        content += some
        if len(content) > _MOST_IN_MEMORY:
            break
    return content[:_MOST_IN_MEMORY]


def _pattern(graph: Graph) -> str:
    return f"GRAPH {graph} {{ ?s ?p ?o }}" if isinstance(graph, NamedNode) else "?s ?p ?o"


@dataclass(frozen=True, slots=True)
class _Request:
    """A request that can be repeated.

    ``may_be`` is a status that is no error; ``into`` takes the answer, which has ``most`` bytes at most.
    """

    method: str
    address: str | None
    params: dict[str, str] | None = None
    data: dict[str, str] | None = None
    content: bytes | Path | None = None
    accept: str = "*/*"
    may_be: int | None = None
    into: Path | None = None
    most: int = 0
    repeatable: bool = True
    tries: int = _TRIES

    def headers(self) -> dict[str, str]:
        headers = {"Accept": self.accept}
        if self.content is not None:
            headers["Content-Type"] = _N_TRIPLES
        if isinstance(self.content, Path):
            headers["Content-Length"] = str(self.content.stat().st_size)
        return headers

    def body(self) -> "bytes | _FileBody | None":
        return _FileBody(self.content) if isinstance(self.content, Path) else self.content


class _FileBody:
    """The content of a file, read anew for each request: some requests are sent twice, to authenticate."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def __iter__(self) -> Iterator[bytes]:
        with self._file.open("rb") as stream:
            while content := stream.read(_CHUNK):
                yield content
