"""Check each request before it is answered, and add the security headers to each response.

A web page of another site must not use a server on the user's own machine. So the Host header must name this server,
against DNS rebinding. A request other than GET, HEAD or OPTIONS must not come from a page of another origin, unless the
rules allow that origin.
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
    """The host names of this server, and the other origins whose pages may send requests (``*``: all origins)."""

    host_names: frozenset[str]
    origins: frozenset[str] = frozenset()


def guarded(app: ASGIApp, rules: Rules, log: Callable[[str], None] | None) -> ASGIApp:
    """Return ``app`` behind a check of the rules. ``log`` receives one line of ASCII text for each request."""

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
    """Return the response to a request that breaks the rules, or that is an OPTIONS request; None for others."""
    if sum(len(name) + len(value) for name, value in headers.raw) > LONGEST_HEAD:
        return PlainTextResponse("request: its headers are too long. Remedy: send a long query by POST.\n", 431)
    if "content-length" in headers and "transfer-encoding" in headers:
        text = "request: has a Content-Length beside Transfer-Encoding. Remedy: send one of them.\n"
        return PlainTextResponse(text, 400, {"Connection": "close"})  # a proxy may see the request end elsewhere
    host, origin = headers.get("host", ""), headers.get("origin")
    if _name(host) not in rules.host_names:
        text = f"Host: this server is not known as {ascii(host)[1:-1]}. Remedy: start it with --host-name NAME.\n"
        return PlainTextResponse(text, 421)
    if method == "OPTIONS":
        return PlainTextResponse("", 204, {"Allow": _METHODS})
    if method not in _LOOKING and origin and not _is_own(origin, host) and not _may_read(origin, rules):
        text = "Origin: pages of other origins may not ask. Remedy: start the server with --cors ORIGIN.\n"
        return PlainTextResponse(text, 403)
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
    """Return the name in a Host header, without the port and in lower case; "" if the header is invalid."""
    match = _HOST.fullmatch(host.lower())
    return match["name"].rstrip(".") if match else ""


def _is_own(origin: str, host: str) -> bool:
    return origin.partition("://")[2].lower() == host.lower()


def _may_read(origin: str, rules: Rules) -> bool:
    return "*" in rules.origins or origin in rules.origins
