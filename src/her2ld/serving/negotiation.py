"""Which of several media types a client gets: the header Accept (RFC 9110, section 12.5.1)."""

from collections.abc import Iterable

from her2ld.exports.formats import ALSO_CALLED

_EVERYTHING = "*/*"


def choose(accept: str, offers: Iterable[str]) -> str | None:
    """Return the offer that a client likes best; of equals one that it names, and then the first. None: it takes none.

    A header that is empty, or that nothing can be understood of, takes everything.

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
    """Return how much a type is liked, by each name that it has, and whether the client says that name.

    What is said of it counts before what is said of its kind, and of all.
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
    """Return a quality, 0 to 1 with up to three decimals; 0 for anything else."""
    whole, _, decimals = text.partition(".")
    if (
        whole in {"", "0", "1"}  # older tools write .2
        and len(decimals) <= len("000")
        and (decimals or "0").isascii()
        and (decimals or "0").isdigit()
    ):
        return min(float(text), 1.0) if text.strip(".") else 0.0
    return 0.0
