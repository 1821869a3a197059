"""What is asked of every request before it is looked at, and said with every answer.

A browser's page from elsewhere must not use a server that listens on the user's own machine: the header Host must name
this server (DNS rebinding), and a request that is more than a look must not come from a page of another origin.
"""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LONGEST_HEAD = 32 << 10
_LOOKING = frozenset(("GET", "HEAD", "OPTIONS"))
_ALWAYS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
)
_NOTHING_BUT_TEXT = "default-src 'none'; frame-ancestors 'none'"
_HOST = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:[0-9]{1,5})?")
_METHODS = "GET, HEAD, POST, OPTIONS"


@dataclass(frozen=True, slots=True)
class Rules:
    """Who may ask: the names that this server is reached by, the origins of pages elsewhere (``*``: all of them)."""

    host_names: frozenset[str]
    origins: frozenset[str] = frozenset()


def guarded(app: ASGIApp, rules: Rules, log: Callable[[str], None] | None) -> ASGIApp:
    """Let only requests through that follow the rules; ``log`` is told of each, in one line of plain characters."""

    async def guard(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        headers = Headers(scope=scope)
        begun, status = time.perf_counter(), 0

        async def send_guarded(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                _complete(MutableHeaders(scope=message), headers.get("origin"), rules)
            await send(message)

        answer = refused(scope["method"], headers, rules) or app
        await answer(scope, receive, send_guarded)
        if log:
            milliseconds = 1000 * (time.perf_counter() - begun)
            asked = ascii(scope["raw_path"].decode("ascii", "replace"))[1:-1]
            log(f"{scope['method']} {asked} {status or 'gone'} {milliseconds:.0f} ms")

    return guard


def refused(method: str, headers: Headers, rules: Rules) -> PlainTextResponse | None:
    """Return the answer to a request that breaks the rules or asks about them; None for others."""
    if sum(len(name) + len(value) for name, value in headers.raw) > LONGEST_HEAD:
        return PlainTextResponse("request: its headers are too long. Remedy: send a long query by POST.\n", 431)
    if "content-length" in headers and "transfer-encoding" in headers:
        said = "request: has a Content-Length beside Transfer-Encoding. Remedy: send one of them.\n"
        return PlainTextResponse(said, 400, {"Connection": "close"})  # a proxy may see another end of it
    host, origin = headers.get("host", ""), headers.get("origin")
    if _name(host) not in rules.host_names:
        said = f"Host: this server is not known as {ascii(host)[1:-1]}. Remedy: start it with --host-name NAME.\n"
        return PlainTextResponse(said, 421)
    if method == "OPTIONS":
        return PlainTextResponse("", 204, {"Allow": _METHODS})
    if method not in _LOOKING and origin and not _is_own(origin, host) and not _may_read(origin, rules):
        said = "Origin: pages of other origins may not ask. Remedy: start the server with --cors ORIGIN.\n"
        return PlainTextResponse(said, 403)
    return None


def _complete(headers: MutableHeaders, origin: str | None, rules: Rules) -> None:
    headers.raw.extend(_ALWAYS)
    headers.setdefault("Content-Security-Policy", _NOTHING_BUT_TEXT)
    if rules.origins:
        headers.add_vary_header("Origin")
    if origin and _may_read(origin, rules):
        headers["Access-Control-Allow-Origin"] = origin
        headers["Access-Control-Allow-Methods"] = _METHODS
        headers["Access-Control-Allow-Headers"] = "Accept, Content-Type"
        headers["Access-Control-Max-Age"] = "600"


def _name(host: str) -> str:
    """Return a host without its port, in lower case; nothing where it is none."""
    match = _HOST.fullmatch(host.lower())
    return match["name"].rstrip(".") if match else ""


def _is_own(origin: str, host: str) -> bool:
    return origin.partition("://")[2].lower() == host.lower()


def _may_read(origin: str, rules: Rules) -> bool:
    return "*" in rules.origins or origin in rules.origins
