"""One identifier, many spellings: each is recognised, and converted to the form that the vocabulary's owner publishes.

``UniProtKB:P04626``, ``https://www.uniprot.org/uniprotkb/P04626/entry`` and ``https://identifiers.org/uniprot:P04626``
are all ``http://purl.uniprot.org/uniprot/P04626``. The spellings are in ontology/prefix_map.json, an extended prefix
map (the JSON that ``curies.load_extended_prefix_map`` reads) drawn from Bioregistry; each owner's form is the namespace
that ontology/her2.ttl declares.
"""

import json
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from her2ld.assets import PREFIX_MAP
from her2ld.errors import IdentifierError, Problem
from her2ld.vocabulary.pasted import readings

if TYPE_CHECKING:
    from curies import Converter

_KEPT = 1 << 17
_CURIE = re.compile(r"(?P<prefix>[A-Za-z][^:]*):(?P<identifier>(?!//)\S.*)")
# The form of OBO ontologies within an IRI, which some tools also write alone: GO_0038128.
_SHORT_FORM = re.compile(r"(?P<prefix>[A-Za-z]+)_(?P<identifier>\d+)", re.ASCII)
# These resolvers take the prefix of any vocabulary, in any case, and a colon or a slash after it.
_RESOLVER = re.compile(r"https?://(?:identifiers\.org|bioregistry\.io)/(?P<prefix>[\w.-]+)[:/](?P<identifier>.+)")
# The endings that an address may have: UniProt's page of an entry, NLM's .html, and a slash.
_TAIL = re.compile(r"(/entry|\.html)?/?$")
_ANY = ".+"
_REPEATED = re.compile(r"(?P<name>[A-Za-z-]+)[:_]")


@dataclass(frozen=True, slots=True)
class _Map:
    """The prefix map in use: curies' converter, prefixes by any of their names in lower case, and patterns."""

    converter: "Converter"
    namespaces: dict[str, str]
    prefixes: dict[str, str]
    patterns: dict[str, re.Pattern[str]]
    examples: dict[str, str]


@cache
def _map() -> _Map:
    import curies  # it takes longer to import than most questions to answer

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
    """Return the IRI that the owner of an identifier publishes for it; None if no spelling is recognised.

    A spelling is a CURIE with any of the names of its vocabulary, in any case, or an address that shows or resolves the
    identifier. A text whose identifier does not fit the pattern of the vocabulary is not recognised.

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
    """Return the identifier with the prefix of her2.ttl for its vocabulary; None if none is recognised.

    >>> owner_curie("https://www.genenames.org/data/gene-symbol-report/#!/hgnc_id/3430")
    'hgnc:3430'
    """
    return ":".join(_recognise(text) or ()) if owner_iri(text) else None


@lru_cache(_KEPT)
def pasted_iri(text: str) -> NamedNode | None:
    """Return the IRI that the owner publishes for the identifier in what a person pastes; None where none is found.

    >>> pasted_iri("https://www.uniprot.org/uniprotkb/P04626/entry#function")
    <NamedNode value=http://purl.uniprot.org/uniprot/P04626>
    """
    if (exact := owner_iri(text)) or _is_name(text):
        return exact
    # Of a vocabulary without a pattern any word would be an identifier.
    loose = tuple(f"{prefix}:" for prefix, pattern in _map().patterns.items() if pattern.pattern == _ANY)
    found = (owner_iri(each) for each in readings(text) if not each.casefold().startswith(loose))
    return next((each for each in found if each), None)


def _is_name(text: str) -> bool:
    """Tell whether a text is an IRI in the namespace of an owner that names things, not pages: with ``http``.

    What stands behind such a name makes it the name of something else.
    """
    return text.strip().startswith(tuple(each for each in _map().namespaces.values() if each.startswith("http:")))


def identify(text: str) -> NamedNode:
    """Return the IRI that the owner of an identifier publishes for it; ``text`` is what a person gives.

    Raises IdentifierError if the prefix is unknown, with the most similar known one; if the identifier does not fit the
    pattern of its vocabulary, with the pattern and an example; and if the text is no identifier at all.
    """
    iri = pasted_iri(text)
    if iri is None:
        raise IdentifierError([_problem(text)])
    return iri


def is_vocabulary(prefix: str) -> bool:
    """Tell whether a prefix, in any case, is one of the names of a vocabulary."""
    return prefix.casefold() in _map().prefixes


def _recognise(text: str) -> tuple[str, str] | None:
    """Split a text into a prefix of the map and the rest, which may still not fit the pattern."""
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
    """Return an identifier without the endings of some addresses, and without a repeated name of the vocabulary."""
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
        what = f"{identifier!r} is no identifier of {prefix}, which are written {map_.patterns[prefix].pattern}"
        return Problem(text, what, f"give one such as {prefix}:{map_.examples[prefix]}")
    curie = _CURIE.fullmatch(text.strip())
    if curie is None:
        remedy = f"give one with its prefix: {', '.join(sorted(map_.examples))}"
        return Problem(text, "is no identifier of a vocabulary that is known here", remedy)
    import difflib  # loaded only for a mistyped prefix

    nearest = difflib.get_close_matches(curie["prefix"].casefold(), map_.prefixes, n=1)
    known = ", ".join(sorted(map_.examples))
    remedy = f"did you mean {map_.prefixes[nearest[0]]}:{curie['identifier']}?" if nearest else f"the prefixes: {known}"
    return Problem(text, f"no vocabulary is known by the prefix {curie['prefix']}", remedy)
