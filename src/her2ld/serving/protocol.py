"""Read the query of a request by the SPARQL 1.1 Protocol, and choose the media type of the answer.

Sources: "SPARQL 1.1 Protocol" (W3C, 2013), section 2.1; RFC 9110, section 12.5.1, for the Accept header.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from pyoxigraph import NamedNode

from her2ld.errors import Problem, ServingError
from her2ld.rdf.syntaxes import ALSO_CALLED
from her2ld.serving.messages import GRAPH_PARAMETERS, Job, Reply, refusal

if TYPE_CHECKING:
    from starlette.requests import Request

_EVERYTHING = "*/*"


def choose(accept: str, offers: Iterable[str]) -> str | None:
    """Return the offer that the client prefers; None if it accepts none of them.

    Among equally preferred offers, one that the client names wins over one that it only admits; otherwise the first
    offer wins. An Accept header that is empty or has no valid part accepts everything.

    >>> choose("text/html;q=0.5, text/*", ["text/html", "text/turtle"])
    'text/turtle'
    >>> choose("*/*, text/turtle", ["text/html", "text/turtle"])
    'text/turtle'
    >>> choose("image/png", ["text/html", "text/turtle"]) is None
    True
    """
    ranges = _ranges(accept) or {_EVERYTHING: 1.0}
    best, liking = None, (0.0, True)
    for offer in offers:
        likings = _likings(offer, ranges)
        if max(likings) > liking:
            best, liking = offer, max(likings)
    return best


def _likings(offer: str, ranges: dict[str, float]) -> list[tuple[float, bool]]:
    """Return the quality of a media type by each of its names, and whether the client gives that name.

    A quality for the type itself overrides one for its range, such as ``text/*``, which overrides one for ``*/*``.
    """
    named = [(ranges[name], True) for name in (offer, *ALSO_CALLED.get(offer, ())) if name in ranges]
    if offer in ranges:
        return named
    wide = ranges.get(offer.partition("/")[0] + "/*", ranges.get(_EVERYTHING, 0.0))
    return [*named, (wide, False)]


def _ranges(accept: str) -> dict[str, float]:
    ranges: dict[str, float] = {}
    for part in accept.split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        if "/" not in name:
            continue
        quality = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip() == "q":
                quality = _number(value.strip())
        ranges[name] = max(quality, ranges.get(name, 0.0))
    return ranges


def _number(text: str) -> float:
    """Return a quality value from 0 to 1 with up to three decimals; 0 for any other text."""
    whole, _, decimals = text.partition(".")
    if (
        whole in {"", "0", "1"}  # older clients write .2 for 0.2
        and len(decimals) <= len("000")
        and (decimals or "0").isascii()
        and (decimals or "0").isdigit()
    ):
        return min(float(text), 1.0) if text.strip(".") else 0.0
    return 0.0


LONGEST_BODY = 1 << 20
_SECONDS_FOR_BODY = 5.0
_MOST_PARAMETERS = 100
_OF_CHANGES = ("update", "using-graph-uri", "using-named-graph-uri")
_CHARSETS = {"utf-8", "utf8", "us-ascii"}
_FORM, _QUERY, _UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"


class RefusedError(Exception):
    """A request that is refused; ``reply`` states why."""

    def __init__(self, reply: Reply) -> None:
        """Keep the reply."""
        self.reply = reply
        super().__init__(reply.body.decode())


def _refused(status: int, where: str, what: str, remedy: str) -> RefusedError:
    return RefusedError(refusal(status, ServingError([Problem(where, what, remedy)])))


async def read_question(request: "Request") -> Job | None:
    """Return the job of a request; None for a GET request without a query. Raises RefusedError if it is invalid."""
    parameters = _parameters(request.scope["query_string"])
    if request.method == "POST":
        for name, values in (await _posted(request)).items():
            parameters[name] = parameters.get(name, []) + values
    elif not parameters.keys() & {"query", *GRAPH_PARAMETERS, *_OF_CHANGES}:
        return None
    for name in _OF_CHANGES:
        if name in parameters:
            what, remedy = "this endpoint only answers questions", "change the sources, and serve them again"
            raise _refused(400, name, what, remedy)
    queries = parameters.get("query", [])
    if len(queries) != 1:
        raise _refused(400, "query", f"is given {len(queries)} times", "give it once")
    graphs = tuple((name, _iri(name, iri)) for name in GRAPH_PARAMETERS for iri in parameters.get(name, ()))
    return Job("query", queries[0], ", ".join(request.headers.getlist("accept")), graphs)


async def _posted(request: "Request") -> dict[str, list[str]]:
    """Return the parameters in the body of a request."""
    media_type, _, parameters = request.headers.get("content-type", "").partition(";")
    if media_type.strip().lower() not in {_FORM, _QUERY, _UPDATE}:
        what, remedy = f"a query is not sent as {media_type.strip()!a}", f"send it as {_QUERY} or {_FORM}"
        raise _refused(415, "Content-Type", what, remedy)
    charset = parameters.strip().lower().removeprefix("charset=").strip('"')
    if parameters.strip().lower().startswith("charset=") and charset not in _CHARSETS:
        raise _refused(415, "Content-Type", f"has the charset {charset!a}", "send UTF-8")
    body = await _body(request)
    if media_type.strip().lower() == _FORM:
        return _parameters(body)
    return {"query" if media_type.strip().lower() == _QUERY else "update": [_text(body)]}


def _iri(name: str, text: str) -> str:
    try:
        return NamedNode(text).value
    except ValueError as error:
        raise _refused(400, name, f"{text!a} is no IRI ({error})", "give the IRI of a graph in full") from error


async def _body(request: "Request") -> bytes:
    import asyncio  # not needed in processes without connections

    content = bytearray()
    try:
        async with asyncio.timeout(_SECONDS_FOR_BODY):
            async for piece in request.stream():
                content += piece
                if len(content) > LONGEST_BODY:
                    raise _refused(413, "request", f"has more than {LONGEST_BODY:,} bytes", "ask for less")
    except TimeoutError:
        what = f"took more than {_SECONDS_FOR_BODY:g} s to come"
        raise _refused(408, "request", what, "send it faster") from None
    return bytes(content)


def _text(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise _refused(400, "request", f"is not UTF-8 ({error})", "send UTF-8") from error


def _parameters(encoded: bytes) -> dict[str, list[str]]:
    try:
        pairs = parse_qsl(_text(encoded), keep_blank_values=True, errors="strict", max_num_fields=_MOST_PARAMETERS)
    except ValueError as error:
        raise _refused(400, "request", f"cannot be read ({error})", "send UTF-8, with few parameters") from error
    parameters: dict[str, list[str]] = {}
    for name, value in pairs:
        parameters.setdefault(name, []).append(value)
    return parameters
