"""Identifiers: IRIs and their prefixes, and the many spellings of one identifier of another vocabulary.

``UniProtKB:P04626``, ``https://www.uniprot.org/uniprotkb/P04626/entry`` and ``https://identifiers.org/uniprot:P04626``
are all ``http://purl.uniprot.org/uniprot/P04626``, the form of the vocabulary's owner. The spellings are in
ontology/prefix_map.json, an extended prefix map (the JSON that ``curies.load_extended_prefix_map`` reads) from
Bioregistry; the owner's form has the namespace that ontology/her2.ttl declares.

Identifiers in data are read strictly (:func:`owner_iri`), because an address with a fragment or a suffix identifies
something else. In the input of a person (:func:`pasted_iri`), the identifier is searched for.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qsl, unquote

from pyoxigraph import NamedNode

from her2ld.assets import PREFIX_MAP
from her2ld.errors import IdentifierError, Problem

if TYPE_CHECKING:
    from curies import Converter


_FOLDERS_KEPT = 65536


def prefix_splitter(prefixes: Mapping[str, str]) -> Callable[[str], tuple[str, str] | None]:
    """Return a function that splits an IRI after its longest known namespace, or returns None if there is none.

    >>> split = prefix_splitter({"obo": "http://purl.obolibrary.org/obo/", "go": "http://purl.obolibrary.org/obo/GO_"})
    >>> split("http://purl.obolibrary.org/obo/GO_0038128")
    ('go', '0038128')
    >>> split("http://example.org/x") is None
    True
    """
    by_namespace = {namespace: prefix for prefix, namespace in prefixes.items()}

    @lru_cache(_FOLDERS_KEPT)
    def lengths_in(folder: str) -> list[int]:
        """Return the lengths of the namespaces that an IRI in a folder can begin with, the longest first."""
        possible = {len(each) for each in by_namespace if each.startswith(folder) or folder.startswith(each)}
        return sorted(possible, reverse=True)

    def split(iri: str) -> tuple[str, str] | None:
        for length in lengths_in(iri[: max(iri.rfind("/"), iri.rfind("#")) + 1]):
            prefix = by_namespace.get(iri[:length])
            if prefix is not None:
                return prefix, iri[length:]
        return None

    return split


def curie_writer(prefixes: Mapping[str, str]) -> Callable[[str], str]:
    """Return a function that writes an IRI with the prefix of its longest known namespace, or in full.

    >>> curie_writer({"go": "http://purl.obolibrary.org/obo/GO_"})("http://purl.obolibrary.org/obo/GO_0038128")
    'go:0038128'
    """
    split = prefix_splitter(prefixes)
    return lambda iri: ":".join(split(iri) or (iri,))


_KEPT = 1 << 17
_CURIE = re.compile(r"(?P<prefix>[A-Za-z][^:]*):(?P<identifier>(?!//)\S.*)")
# The local name of OBO ontologies, which some tools also write alone: GO_0038128.
_SHORT_FORM = re.compile(r"(?P<prefix>[A-Za-z]+)_(?P<identifier>\d+)", re.ASCII)
# These resolvers accept the prefix of any vocabulary, in any case, followed by a colon or a slash.
_RESOLVER = re.compile(r"https?://(?:identifiers\.org|bioregistry\.io)/(?P<prefix>[\w.-]+)[:/](?P<identifier>.+)")
# Optional endings of an address: UniProt's page of an entry, NLM's .html, and a slash.
_TAIL = re.compile(r"(/entry|\.html)?/?$")
_ANY = ".+"
_REPEATED = re.compile(r"(?P<name>[A-Za-z-]+)[:_]")


class _Map(NamedTuple):
    """The prefix map: the converter of curies, prefixes by any of their names in lower case, and patterns."""

    converter: "Converter"
    namespaces: dict[str, str]
    prefixes: dict[str, str]
    patterns: dict[str, re.Pattern[str]]
    examples: dict[str, str]


@cache
def _map() -> _Map:
    import json  # few questions need these two

    import curies

    records = json.loads(PREFIX_MAP.read_text(encoding="utf-8"))
    names = {name.casefold(): each["prefix"] for each in records for name in (each["prefix"], *each["prefix_synonyms"])}
    return _Map(
        curies.load_extended_prefix_map(records),
        {each["prefix"]: each["uri_prefix"] for each in records},
        names,
        {each["prefix"]: re.compile(each.get("pattern", _ANY), re.ASCII) for each in records},
        {each["prefix"]: each["example"] for each in records},
    )


@lru_cache(_KEPT)
def owner_iri(text: str) -> NamedNode | None:
    """Return the IRI of an identifier in the form of its owner; None if the text is no known spelling.

    A spelling is a CURIE with any of the names of its vocabulary, in any case, or an address that shows or resolves the
    identifier. The identifier must match the pattern of the vocabulary.

    >>> owner_iri("https://identifiers.org/mesh/D018719")
    <NamedNode value=http://id.nlm.nih.gov/mesh/D018719>
    >>> owner_iri("hgnc:HGNC:3430").value.endswith("/HGNC:3430")
    True
    >>> owner_iri("http://id.nlm.nih.gov/mesh/vocab#Concept") is None
    True
    """
    found = _recognise(text)
    if found is None or not _map().patterns[found[0]].fullmatch(found[1]) or found[1].split() != [found[1]]:
        return None
    try:
        return NamedNode(_map().namespaces[found[0]] + found[1])
    except ValueError:  # a character that no IRI has
        return None


def owner_curie(text: str) -> str | None:
    """Return the CURIE of an identifier with the prefix in her2.ttl; None if the text is no known spelling.

    >>> owner_curie("https://www.genenames.org/data/gene-symbol-report/#!/hgnc_id/3430")
    'hgnc:3430'
    """
    return ":".join(_recognise(text) or ()) if owner_iri(text) else None


@lru_cache(_KEPT)
def pasted_iri(text: str) -> NamedNode | None:
    """Return the IRI of the identifier in a pasted text, in the form of its owner; None if none is found.

    >>> pasted_iri("https://www.uniprot.org/uniprotkb/P04626/entry#function")
    <NamedNode value=http://purl.uniprot.org/uniprot/P04626>
    """
    if (exact := owner_iri(text)) or _is_name(text):
        return exact
    # Any word would be an identifier of a vocabulary without a pattern.
    loose = tuple(f"{prefix}:" for prefix, pattern in _map().patterns.items() if pattern.pattern == _ANY)
    found = (owner_iri(each) for each in readings(text) if not each.casefold().startswith(loose))
    return next((each for each in found if each), None)


def _is_name(text: str) -> bool:
    """Tell whether a text is an IRI in a namespace for things rather than pages, with ``http``.

    Any addition to such an IRI makes it the IRI of something else.
    """
    return text.strip().startswith(tuple(each for each in _map().namespaces.values() if each.startswith("http:")))


def identify(text: str) -> NamedNode:
    """Return the IRI of the identifier in the input of a person, in the form of its owner.

    Raises IdentifierError if the prefix is unknown, with the most similar known one; if the identifier does not match
    the pattern of its vocabulary, with the pattern and an example; and if the text is not an identifier.
    """
    iri = pasted_iri(text)
    if iri is None:
        raise IdentifierError([_problem(text)])
    return iri


def is_vocabulary(prefix: str) -> bool:
    """Tell whether a prefix, in any case, is one of the names of a vocabulary."""
    return prefix.casefold() in _map().prefixes


def _recognise(text: str) -> tuple[str, str] | None:
    """Return the prefix and the identifier in a text; the identifier may not match the pattern."""
    map_ = _map()
    text = text.strip().removeprefix("<").removesuffix(">").strip()
    found = map_.converter.parse_uri(text)
    curie = None if found else _RESOLVER.fullmatch(text) or _CURIE.fullmatch(text) or _SHORT_FORM.fullmatch(text)
    if curie and (prefix := map_.prefixes.get(curie["prefix"].casefold())):
        # obo:GO_0038128 is an identifier of go, whose namespace is within that of obo.
        bare = _bare(prefix, curie["identifier"])
        found = map_.converter.parse_uri(map_.namespaces[prefix] + bare)
    return (found.prefix, _bare(found.prefix, found.identifier)) if found else None


def _bare(prefix: str, identifier: str) -> str:
    """Return an identifier without the ending of an address, and without a repeated name of the vocabulary."""
    map_ = _map()
    if map_.patterns[prefix].fullmatch(identifier):
        return identifier
    identifier = _TAIL.sub("", identifier)
    repeated = _REPEATED.match(identifier)
    if repeated and map_.prefixes.get(repeated["name"].casefold()) == prefix:
        return identifier[repeated.end() :]
    return identifier


def _problem(text: str) -> Problem:
    map_ = _map()
    found = _recognise(text)
    if found:
        prefix, identifier = found
        what = f"{identifier!r} is not an identifier of {prefix}, whose pattern is {map_.patterns[prefix].pattern}"
        return Problem(text, what, f"give one such as {prefix}:{map_.examples[prefix]}")
    curie = _CURIE.fullmatch(text.strip())
    if curie is None:
        remedy = f"give one with its prefix: {', '.join(sorted(map_.examples))}"
        return Problem(text, "is not an identifier of a known vocabulary", remedy)
    import difflib  # loaded only for a mistyped prefix

    nearest = difflib.get_close_matches(curie["prefix"].casefold(), map_.prefixes, n=1)
    known = ", ".join(sorted(map_.examples))
    remedy = f"did you mean {map_.prefixes[nearest[0]]}:{curie['identifier']}?" if nearest else f"use one of {known}"
    return Problem(text, f"the prefix {curie['prefix']} is not known", remedy)


_AROUND = "<>()[]{}\"'“”‘’«»`"
_BEHIND = ".,;:" + _AROUND
_ADDRESS = re.compile(
    r"(?:(?P<scheme>https?)://)?(?P<host>[a-z0-9-]+(?:\.[a-z0-9-]+)+)(?P<rest>[/?#]\S*)?", re.IGNORECASE
)
_WITHIN = re.compile(r"(?<=.)https?://[^\s&#]+", re.IGNORECASE)
# A name of a vocabulary, which may contain spaces, and an identifier, which contains a digit.
_SPACED = re.compile(r"(?P<prefix>[A-Za-z][A-Za-z /-]*?)\s*[:_/\s]\s*(?P<identifier>(?=\S*\d)[\w.-]+)", re.ASCII)
_LONGEST = 2048  # the longest address that browsers accept
_RESOLVERS = ("bioregistry.io", "identifiers.org", "n2t.net")
_LAST_PARTS = 3
_SUFFIX = re.compile(r"\.[a-z]{2,6}$")
_MARKED = re.compile(r"[A-Za-z][\w.-]*[:_]\S+")


def readings(text: str) -> Iterator[str]:
    """Yield the possible spellings in a pasted text, the likeliest first; the caller looks up each.

    >>> next(readings("(HGNC: 3430)."))
    'HGNC:3430'
    >>> "http://purl.obolibrary.org/obo/GO_0038128" in readings(
    ...     "www.ebi.ac.uk/ols4/ontologies/go/classes/http%253A%252F%252Fpurl.obolibrary.org%252Fobo%252FGO_0038128"
    ... )
    True
    """
    bare = _without_marks(text) if len(text) <= _LONGEST else ""
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


def _without_marks(text: str) -> str:
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
