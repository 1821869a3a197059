"""Identifiers as people paste them: from the address bar of a browser, from a paper, from a chat.

Identifiers in data are read strictly (:func:`her2ld.vocabulary.spellings.owner_iri`), because there an address with a
fragment or a suffix names something else. A person's input means the identifier that can be found in it.
"""

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import parse_qsl, unquote

_AROUND = "<>()[]{}\"'“”‘’«»`"
_BEHIND = ".,;:" + _AROUND
_ADDRESS = re.compile(
    r"(?:(?P<scheme>https?)://)?(?P<host>[a-z0-9-]+(?:\.[a-z0-9-]+)+)(?P<rest>[/?#]\S*)?", re.IGNORECASE
)
_WITHIN = re.compile(r"(?<=.)https?://[^\s&#]+", re.IGNORECASE)
# A name of a vocabulary, which may hold spaces, and an identifier, which has a digit.
_SPACED = re.compile(r"(?P<prefix>[A-Za-z][A-Za-z /-]*?)\s*[:_/\s]\s*(?P<identifier>(?=\S*\d)[\w.-]+)", re.ASCII)
_LONGEST = 2048  # the longest address that browsers accept
_RESOLVERS = ("bioregistry.io", "identifiers.org", "n2t.net")
_LAST_PARTS = 3
_SUFFIX = re.compile(r"\.[a-z]{2,6}$")
_MARKED = re.compile(r"[A-Za-z][\w.-]*[:_]\S+")


def readings(text: str) -> Iterator[str]:
    """Yield the possible readings of a pasted text, the likeliest first; the caller looks up each.

    >>> next(readings("(HGNC: 3430)."))
    'HGNC:3430'
    >>> "http://purl.obolibrary.org/obo/GO_0038128" in readings(
    ...     "www.ebi.ac.uk/ols4/ontologies/go/classes/http%253A%252F%252Fpurl.obolibrary.org%252Fobo%252FGO_0038128"
    ... )
    True
    """
    bare = _bare(text) if len(text) <= _LONGEST else ""
    found = _ADDRESS.fullmatch(bare)
    if found and (found["scheme"] or found["rest"]):
        decoded = unquote(unquote(bare))
        yield from (each[0] for each in _WITHIN.finditer(decoded))
        for written in dict.fromkeys((bare, decoded)):
            yield from _of_address(written)
    elif spaced := _SPACED.fullmatch(bare):
        whole = spaced["prefix"].replace(" ", "")
        for prefix in dict.fromkeys((whole, whole.partition("/")[0], whole.removesuffix("ID"))):
            for identifier in dict.fromkeys((spaced["identifier"], spaced["identifier"].upper())):
                yield f"{prefix}:{identifier}"
    elif _MARKED.fullmatch(bare):
        yield bare


def _bare(text: str) -> str:
    """Return a text without invisible characters, and without the marks around it."""
    visible = "".join(each for each in unicodedata.normalize("NFKC", text) if unicodedata.category(each) != "Cf")
    return visible.strip().lstrip(_AROUND).rstrip(_BEHIND).strip()


def _of_address(address: str) -> Iterator[str]:
    found = _ADDRESS.fullmatch(address)
    if found is None:
        return
    path, _, fragment = (found["rest"] or "").partition("#")
    path, _, query = path.partition("?")
    values = parse_qsl(query)
    yield from (value for _, value in values if _MARKED.fullmatch(value))
    parts = [part for part in path.split("/") if part]
    yield from (part for part in reversed(parts) if _MARKED.fullmatch(part))
    host = found["host"].lower()
    if host.removeprefix("www.") in _RESOLVERS and parts:
        yield ":".join(parts[-2:])
    for root in _roots(found["scheme"] or "https", host):
        if fragment:
            yield f"{root}{path}#{re.split('[&?]', fragment)[0]}"
        yield from (f"{root}{path.rstrip('/')}{end}?{key}={value}" for key, value in values for end in ("", "/"))
        for count in range(len(parts), max(0, len(parts) - _LAST_PARTS), -1):
            whole = f"{root}/{'/'.join(parts[:count])}"
            yield whole
            yield _SUFFIX.sub("", whole)


def _roots(scheme: str, host: str) -> Iterator[str]:
    """Yield a host with and without ``www``, and with the other scheme."""
    other = host.removeprefix("www.") if host.startswith("www.") else f"www.{host}"
    for each in (host, other):
        yield f"{scheme.lower()}://{each}"
        yield f"{'http' if scheme.lower() == 'https' else 'https'}://{each}"
