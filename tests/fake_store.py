"""A store on loopback: the Graph Store Protocol, SPARQL Update's MOVE and DROP, and misbehaviour if asked for."""

import contextlib
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

_MOVE = re.compile(r"MOVE GRAPH <([^>]*)> TO (?:GRAPH <([^>]*)>|DEFAULT)")
_DROP = re.compile(r"DROP SILENT GRAPH <([^>]*)>")
_INSERT = re.compile(r"INSERT DATA \{ GRAPH <([^>]*)> \{\n(.*)\} \}", re.DOTALL)
_COUNT = re.compile(r"SELECT \(COUNT\(\*\) AS \?n\) WHERE \{ GRAPH <([^>]*)>")
_CONSTRUCT = re.compile(r"CONSTRUCT \{ \?s \?p \?o \} WHERE \{ GRAPH <([^>]*)>")

Answer = tuple[int, dict[str, str], bytes]


@dataclass
class FakeStore:
    """What the store holds, what it was asked, and how it misbehaves.

    ``misbehave`` is told the method and the path of each request, and gives an answer in place of the right one, or
    None. ``losing`` is a word: a line with it is not kept.
    """

    address: str = ""
    graphs: dict[str, set[bytes]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    authorizations: set[str | None] = field(default_factory=set)
    misbehave: Callable[[str, str], Answer | None] = lambda _method, _path: None
    losing: bytes | None = None

    def answer(self, method: str, path: str, body: bytes) -> Answer:
        """Do what is asked."""
        self.asked.append(method)
        wrong = self.misbehave(method, path)
        if wrong is not None:
            return wrong
        parameters = parse_qs(urlsplit(path).query, keep_blank_values=True)
        form = parse_qs(body.decode()) if path.startswith("/sparql") else {}
        if "update" in form:
            self._update(form["update"][0])
            return 204, {}, b""
        if "query" in form:
            return self._query(form["query"][0])
        graph = parameters.get("graph", [""])[0]
        if method == "GET":
            return self._lines(graph) if graph in self.graphs else (404, {}, b"")
        if method == "PUT" or graph not in self.graphs:
            self.graphs[graph] = set()
        if method == "DELETE":
            del self.graphs[graph]
        self._keep(graph, body)
        return 204, {}, b""

    def _keep(self, graph: str, lines: bytes) -> None:
        kept = (line for line in lines.splitlines() if not self.losing or self.losing not in line)
        self.graphs.setdefault(graph, set()).update(kept)

    def _update(self, text: str) -> None:
        for name in _DROP.findall(text):
            self.graphs.pop(name, None)
        for name, lines in _INSERT.findall(text):
            self._keep(name, lines.encode())
        for source, target in _MOVE.findall(text):
            self.graphs[target] = self.graphs.pop(source)

    def _query(self, text: str) -> Answer:
        if found := _COUNT.search(text):
            count = len(self.graphs.get(found[1], ()))
            results = b'{"results": {"bindings": [{"n": {"value": "%d"}}]}}' % count
            return 200, {"Content-Type": "application/sparql-results+json"}, results
        found = _CONSTRUCT.search(text)
        return self._lines(found[1] if found else "")

    def _lines(self, graph: str) -> Answer:
        content = b"".join(line + b"\n" for line in self.graphs.get(graph, ()))
        return 200, {"Content-Type": "application/n-triples"}, content


@contextlib.contextmanager
def fake_store() -> Iterator[FakeStore]:
    """Run a store until the end of the block."""
    store = FakeStore()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            store.authorizations.add(self.headers.get("Authorization"))
            status, headers, content = store.answer(self.command, self.path, body)
            if not status:  # breaks off
                self.close_connection = True
                return
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(content))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_PUT = do_POST = do_DELETE = _answer  # noqa: N815  # as http.server names them

        def log_message(self, *_: object) -> None:
            """Write no log."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        store.address = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield store
        finally:
            server.shutdown()
            thread.join()
