"""Releases of ontologies in OWL (any RDF syntax) or OBO, such as GO, Mondo, ChEBI, NCIt, EFO and SIO.

The properties are those of OWL 2, oboInOwl, the Information Artifact Ontology (term replaced by), SKOS, and NCI
Thesaurus (P90 FULL_SYN, P108 Preferred_Name). OBO files have the OBO Flat File Format 1.4.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from pyoxigraph import Literal, NamedNode, Quad

from her2ld.mappings.releases.release_files import Release, ReleaseEntry, Source, Wanted, lines
from her2ld.mappings.used_identifiers import NCIT, Identifier, identifier_reader
from her2ld.vocabulary import standard

FORM_OWL, FORM_OBO = "OWL ontology", "OBO ontology"

_NAMES = (standard.LABEL.value, f"{NCIT}P108")
_SCOPES = {
    "BROAD": "a broad synonym",
    "NARROW": "a narrow synonym",
    "RELATED": "a related synonym",
    "EXACT": "an exact synonym",
}
_SYNONYMS = {
    **{f"{standard.OBO_IN_OWL}has{scope.capitalize()}Synonym": is_what for scope, is_what in _SCOPES.items()},
    **dict.fromkeys(("http://www.ebi.ac.uk/efo/alternative_term", standard.ALT_LABEL.value, f"{NCIT}P90"), "a synonym"),
}
_DEPRECATED = f"{standard.OWL}deprecated"
_REPLACED_BY, _CONSIDER = f"{standard.OBO}IAO_0100001", f"{standard.OBO_IN_OWL}consider"
_VERSION_IRI = f"{standard.OWL}versionIRI"
_ABOUT_A_TERM = frozenset({*_NAMES, *_SYNONYMS, _DEPRECATED, _REPLACED_BY, _CONSIDER, standard.TYPE.value})
_ABOUT_THE_ONTOLOGY = frozenset({_VERSION_IRI, standard.OWL_VERSION.value})

_OBO_SYNONYM = re.compile(r'"((?:[^"\\]|\\.)*)"\s*(\w*)')
_EDITION = re.compile(r"-(?:base|basic|full|merged|model|plus|simple)$")
_OBO_TERMS = ("[Term]", "[Typedef]")
_MERGED = "it was merged into another term"


def read_owl(source: Source, wanted: Wanted, quads: Iterable[Quad], prefixes: Mapping[str, str]) -> Release:
    """Look up the identifiers in the quads of an ontology.

    An ontology covers the vocabulary in its name (go.owl covers GO) or, for NCI Thesaurus, the one whose namespace is
    its IRI with ``#``. Raises ReleaseError if there is no ontology.
    """
    read = _remembering(identifier_reader(prefixes))
    ontology = ""
    versions: dict[tuple[str, str], str] = {}
    records: dict[Identifier, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, value, _ in quads:
        if not isinstance(subject, NamedNode) or _is_foreign(value):
            continue
        name = predicate.value
        if name in _ABOUT_THE_ONTOLOGY:
            versions.setdefault((subject.value, name), str(value.value))
        elif value == standard.OWL_ONTOLOGY:
            ontology = ontology or subject.value
        elif name in _ABOUT_A_TERM:
            identifier = read(subject.value)
            if identifier is not None and identifier in wanted:
                records[identifier][name].append(str(value.value))
    if not ontology:
        raise source.problem("has no owl:Ontology", "give the ontology as its owner released it")
    version = versions.get((ontology, standard.OWL_VERSION.value))
    name = versions.get((ontology, _VERSION_IRI)) or (f"{_stem(ontology)} {version}" if version else "")
    entries = {identifier: _owl_entry(record, read) for identifier, record in records.items()}
    own = read(ontology.rstrip("#") + "#")
    vocabulary = own.vocabulary if own and not own.local else _stem(ontology)
    return Release(source.path.name, FORM_OWL, name, source.sha256, frozenset({vocabulary}), entries)


def _stem(ontology: str) -> str:
    """Return the vocabulary in the name of an ontology, without the edition.

    >>> _stem("http://purl.obolibrary.org/obo/go/extensions/go-plus.owl")
    'go'
    """
    return _EDITION.sub("", ontology.rstrip("/#").rpartition("/")[2].removesuffix(".owl").lower())


def _is_foreign(value: object) -> bool:
    """Tell whether a term is a text in a language other than English."""
    return isinstance(value, Literal) and value.language is not None and not value.language.startswith("en")


def _remembering(read: Callable[[str], Identifier | None]) -> Callable[[str], Identifier | None]:
    """Return a function that repeats the last answer for the same IRI: the triples of a term come together."""
    last: tuple[str, Identifier | None] = ("", None)

    def again(iri: str) -> Identifier | None:
        nonlocal last
        if iri != last[0]:
            last = iri, read(iri)
        return last[1]

    return again


def _owl_entry(record: dict[str, list[str]], read: Callable[[str], Identifier | None]) -> ReleaseEntry:
    label = next((min(record[property_]) for property_ in _NAMES if property_ in record), None)
    synonyms = {
        name: is_what
        for property_, is_what in (*_SYNONYMS.items(), *dict.fromkeys(_NAMES, "another name").items())
        for name in sorted(record.get(property_, ()))
        if name != label
    }
    is_deprecated = any(each in ("true", "1") for each in record.get(_DEPRECATED, ()))
    replaced, considered = (
        sorted({str(read(each) or each) for each in record.get(property_, ())})
        for property_ in (_REPLACED_BY, _CONSIDER)
    )
    retired = _retired("it is deprecated", considered) if is_deprecated else ""
    return ReleaseEntry(label, synonyms, retired=retired, replaced_by=tuple(replaced))


def _retired(why: str, considered: Iterable[str]) -> str:
    """Return the reason not to use a term, with the terms that its ontology says to consider."""
    return "; it says to consider ".join(filter(None, (why, ", ".join(considered))))


def read_obo(source: Source, wanted: Wanted) -> Release:
    """Look up the identifiers in an OBO file.

    It covers the vocabulary in its header (``ontology: go``), or else the vocabulary of most of its terms. Raises
    ReleaseError if it has no term, or is truncated.
    """
    header: dict[str, list[str]] = {}
    entries: dict[Identifier, ReleaseEntry] = {}
    counts: Counter[str] = Counter()
    with source.open() as stream:
        for kind, stanza in _stanzas(lines(source, stream)):
            if not kind:
                header = stanza
            if kind in _OBO_TERMS and "id" in stanza:
                identifier = _obo_identifier(stanza["id"][0])
                counts[identifier.vocabulary] += 1
                if identifier in wanted:
                    entries[identifier] = _obo_entry(stanza)
                for merged in map(_obo_identifier, stanza.get("alt_id", ())):
                    if merged in wanted:
                        entries.setdefault(merged, ReleaseEntry(retired=_MERGED, replaced_by=(str(identifier),)))
    if not counts:
        raise source.problem("has no [Term]", "give the ontology as its owner released it")
    vocabulary = _stem(header.get("ontology", [""])[0]) or counts.most_common(1)[0][0]
    name = f"{vocabulary} {header['data-version'][0]}" if "data-version" in header else ""
    return Release(source.path.name, FORM_OBO, name, source.sha256, frozenset({vocabulary}), entries)


def _stanzas(numbered: Iterable[tuple[int, str]]) -> Iterator[tuple[str, dict[str, list[str]]]]:
    """Yield each stanza with its kind, such as ``[Term]``; the header comes first and has no kind."""
    kind = ""
    tags: dict[str, list[str]] = defaultdict(list)
    for _, line in numbered:
        if line.startswith("["):
            yield kind, tags
            kind, tags = line.strip(), defaultdict(list)
        else:
            tag, _, value = line.partition(": ")
            tags[tag].append(value)
    yield kind, tags


def _obo_identifier(text: str) -> Identifier:
    prefix, _, local = text.partition(" ")[0].partition(":")
    return Identifier(prefix.lower(), local)


def _obo_entry(stanza: dict[str, list[str]]) -> ReleaseEntry:
    label = _unescaped(stanza["name"][0]) if stanza.get("name") else None
    matches = (_OBO_SYNONYM.match(text) for text in stanza.get("synonym", ()))
    synonyms = {_unescaped(match[1]): _SCOPES.get(match[2], "a synonym") for match in matches if match}
    synonyms.pop(label or "", None)
    is_obsolete = any(each.startswith("true") for each in stanza.get("is_obsolete", ()))
    replaced, considered = (
        sorted({str(_obo_identifier(each)) for each in stanza.get(tag, ())}) for tag in ("replaced_by", "consider")
    )
    retired = _retired("it is obsolete", considered) if is_obsolete else ""
    return ReleaseEntry(label, synonyms, retired=retired, replaced_by=tuple(replaced))


def _unescaped(text: str) -> str:
    """Return a text without the escapes of OBO: a backslash before a character."""
    return re.sub(r"\\(.)", r"\1", text).strip()
