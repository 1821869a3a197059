"""A SPARQL endpoint on this machine that answers from a recorded excerpt, so that no test needs the public one."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from pyoxigraph import QueryResultsFormat, QueryTriples, Store

_JSON = "application/sparql-results+json"
_QUERY = "application/sparql-query"
_FORM = "application/x-www-form-urlencoded"


@contextmanager
def endpoint(excerpt: Path) -> Iterator[str]:
    """Serve an excerpt by the SPARQL 1.1 protocol on the loopback interface while the context lasts; give the URL."""
    store = Store()
    store.load(path=excerpt)
    with _Server(store) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/sparql"
        finally:
            server.shutdown()
            thread.join()


class _Server(ThreadingHTTPServer):
    """A server with a store, on a port that the system chooses."""

    def __init__(self, store: Store) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.store = store


class _Handler(BaseHTTPRequestHandler):
    """The three ways in which the protocol lets a query arrive; SELECT and ASK are answered, in JSON."""

    server: _Server

    def do_GET(self) -> None:
        """Answer a query in the URL."""
        self._answer(_query_in(urlsplit(self.path).query))

    def do_POST(self) -> None:
        """Answer a query in the body, as it is or as a field of a form."""
        body = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
        content_type = self.headers.get_content_type()
        if content_type == _QUERY:
            self._answer(body)
        elif content_type == _FORM:
            self._answer(_query_in(body))
        else:
            self._send(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "text/plain", f"send {_QUERY} or {_FORM}".encode())

    def _answer(self, query: str) -> None:
        try:
            results = self.server.store.query(query)
        except SyntaxError as error:
            self._send(HTTPStatus.BAD_REQUEST, "text/plain", str(error).encode())
            return
        if isinstance(results, QueryTriples):
            self._send(HTTPStatus.BAD_REQUEST, "text/plain", b"only SELECT and ASK are answered")
        else:
            self._send(HTTPStatus.OK, _JSON, results.serialize(format=QueryResultsFormat.JSON) or b"")

    def _send(self, status: HTTPStatus, content_type: str, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing of a request: the test says what went wrong."""


def _query_in(fields: str) -> str:
    """Return the query among the fields of a URL or a form; where there is none, nothing, which is not SPARQL."""
    return parse_qs(fields).get("query", [""])[0]
