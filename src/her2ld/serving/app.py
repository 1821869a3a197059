"""The web application: the addresses of the server and the responses at each."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import cache
from http import HTTPStatus
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from her2ld.errors import Problem, ServingError
from her2ld.rdf.syntaxes import N_TRIPLES, OFFERED
from her2ld.serving.messages import Answers, Job, Memory, Reply, refusal
from her2ld.serving.protocol import RefusedError, choose, read_question

_HTML = "text/html"
_RDF = tuple(each.media_type for each in OFFERED)
_MOST_BYTES_UNDER_WAY = 256 << 20
# The formats of an answer that is written into the query page, for browsers without scripts.
_FOR_PAGE = f"application/sparql-results+json, {N_TRIPLES.media_type}"
_LONGEST_ON_PAGE = 2 << 20
_PIECE = 64 << 10
_SECONDS_UNWATCHED = 0.05  # most answers are ready within this time, so watching for a disconnect is not worthwhile
_MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
}


def application(questions: Answers, documents: Answers, quads: int | None) -> Starlette:
    """Return the application: ``questions`` answers SPARQL, ``documents`` answers for pages and descriptions."""
    kept_questions, kept_documents = Memory(questions), Memory(documents)
    not_kept = Memory(documents, 0)

    async def sparql(request: Request) -> Response:
        asked = await read_question(request)
        if asked:
            return await answered(request, kept_questions, asked)
        if choose(_accept(request), (_HTML, *_RDF)) == _HTML:
            return RedirectResponse("/query", 303, {"Vary": "Accept"})
        return await answered(request, kept_documents, _document(request, "sparql"))

    async def document(request: Request) -> Response:
        job = _document(request, request.scope["raw_path"].decode("ascii")[1:])
        memory = kept_documents
        if "query" in request.query_params and job.text == "query":
            job, memory = await _with_answer(request, job, kept_questions), not_kept
        return await answered(request, memory, job)

    async def health(_: Request) -> Response:
        counted = {} if quads is None else {"quads": quads}
        return JSONResponse({"status": "ok", **counted}, headers={"Cache-Control": "no-store"})

    under_way = 0

    async def answered(request: Request, memory: Memory, job: Job) -> Response:
        nonlocal under_way
        reply = memory.recall(job) or await _unless_gone(request, memory.answer(job))
        if under_way + len(reply.body) > _MOST_BYTES_UNDER_WAY:
            reply = _refused(503, f"/{job.kind}", "too many long answers are under way", "ask again in some seconds")
        length = len(reply.body)
        under_way += length

        def done() -> None:
            nonlocal under_way
            under_way -= length

        return _response(request, reply, done)

    return Starlette(
        routes=[
            Route("/sparql", sparql, methods=["GET", "POST"]),
            Route("/health", health),
            Route("/assets/{name:path}", asset),
            Route("/{path:path}", document),
        ],
        exception_handlers={RefusedError: _refuse},
    )


def _refuse(request: Request, error: Exception) -> Response:
    """Return the response for a refused request."""
    assert isinstance(error, RefusedError)  # noqa: S101  # Starlette calls this for RefusedError only
    return _response(request, error.reply)


async def asset(request: Request) -> Response:
    """Return a file that the pages need, such as a style sheet."""
    found = _assets().get(request.path_params["name"])
    if found is None:
        return _response(request, _refused(404, request.url.path, "there is no such file", "see the pages"))
    return _response(request, found)


@cache
def _assets() -> dict[str, Reply]:
    """Return the asset files of the package, read at the first request for one."""
    from her2ld.pages import assets  # imported here, so that the first query does not wait for it

    return {name: _file(path) for name, path in assets().items()}


def _file(path: Path) -> Reply:
    content = path.read_bytes()
    headers = {"ETag": f'"{hashlib.sha256(content).hexdigest()[:32]}"', "Cache-Control": "no-cache"}
    return Reply(200, _MEDIA_TYPES.get(path.suffix, "application/octet-stream"), content, headers)


def _document(request: Request, path: str) -> Job:
    base = f"{request.scope['scheme']}://{request.headers['host']}/"  # as request.base_url, which takes 12 µs
    parameters = (("base", base), ("search", request.query_params.get("q", "")))
    return Job("document", path, _accept(request), parameters)


async def _with_answer(request: Request, page: Job, questions: Memory) -> Job:
    """Return the job that draws the query page with an answer. Raises RefusedError if none can be shown."""
    query = request.query_params["query"]
    question = Job("query", query, _FOR_PAGE)
    found = questions.recall(question) or await _unless_gone(request, questions.answer(question))
    if found.status != HTTPStatus.OK:
        raise RefusedError(found)
    if len(found.body) > _LONGEST_ON_PAGE:
        what, remedy = f"has an answer of {len(found.body):,} bytes, too long for a page", "ask for less with LIMIT"
        raise RefusedError(_refused(413, "query", what, remedy))
    asked = (("query", query), ("answer_type", found.media_type), ("answer", found.body.decode()))
    return replace(page, parameters=(*page.parameters, *asked))


def _accept(request: Request) -> str:
    return ", ".join(request.headers.getlist("accept"))


async def _unless_gone(request: Request, answering: Awaitable[Reply]) -> Reply:
    """Return a reply, or a refusal as soon as the client disconnects."""
    work = asyncio.ensure_future(answering)
    try:
        await asyncio.wait((work,), timeout=_SECONDS_UNWATCHED)
        if work.done():
            return work.result()
        gone = asyncio.ensure_future(_gone(request))
        try:
            await asyncio.wait((work, gone), return_when=asyncio.FIRST_COMPLETED)
        finally:
            gone.cancel()
        return work.result() if work.done() else _refused(499, "request", "its sender has gone", "ask again")
    finally:
        work.cancel()


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _response(request: Request, reply: Reply, done: Callable[[], None] = lambda: None) -> Response:
    known = [tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")]
    etag = reply.headers.get("ETag")
    if reply.status == HTTPStatus.OK and etag and (etag in known or "*" in known):
        done()
        return Response(
            b"",
            304,
            {
                name: reply.headers[name]
                for name in ("ETag", "Vary", "Content-Security-Policy")
                if name in reply.headers
            },
        )
    return _WholeResponse(reply, done)


class _WholeResponse(Response):
    """A response whose body is complete, sent in pieces so that the server notices a client that does not read."""

    def __init__(self, reply: Reply, done: Callable[[], None]) -> None:
        super().__init__(reply.body, reply.status, reply.headers | {"Content-Type": reply.media_type})
        self._done = done

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002  # ASGI's signature
        try:
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            view = memoryview(self.body)
            for start in range(0, max(1, len(view)), _PIECE):
                is_last = start + _PIECE >= len(view)
                piece = bytes(view[start : start + _PIECE])
                await send({"type": "http.response.body", "body": piece, "more_body": not is_last})
        finally:
            self._done()


def _refused(status: int, where: str, what: str, remedy: str) -> Reply:
    return refusal(status, ServingError([Problem(where, what, remedy)]))
