"""What we state about identifiers of other vocabularies, gathered from the quads of ontology and records."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from her2ld.mappings.identifiers import Identifier, Kind, identifier_reader
from her2ld.vocabulary import model, standard, statement_model
from her2ld.vocabulary.prefixes import prefix_splitter

_DEMANDED = {
    model.DESCRIPTOR: Kind.DESCRIPTOR,
    model.QUALIFIER: Kind.QUALIFIER,
    model.QUALIFIED_DESCRIPTOR: Kind.PAIR,
    model.PUBLICATION_TYPE: Kind.PUBLICATION_TYPE,
}
_MAPPED = (*standard.MAPPING_RELATIONS, model.NOT_EXACT_MATCH)
_USES = frozenset({*_MAPPED, *_DEMANDED, model.SUBSTANCE, statement_model.EVIDENCE_TYPE})
_SAID = frozenset({standard.LABEL, model.CHECKED_AGAINST, standard.MESH_TREE_NUMBER})


@dataclass(frozen=True, slots=True)
class IdentifierUse:
    """One identifier that we use, and what we say of it.

    ``labels`` are the names that we show as those of its vocabulary, most often one; ``demands`` what it must be where
    it is used; ``tree_numbers`` those that we state, which need not be all; ``used`` where it is used, as ``subject
    property``, and ``checked_against`` the releases that we say we read it in.
    """

    identifier: Identifier
    iri: str
    labels: tuple[str, ...]
    demands: frozenset[Kind]
    tree_numbers: frozenset[str]
    used: tuple[str, ...]
    checked_against: tuple[str, ...]


def claims(quads: Iterable[Quad], prefixes: Mapping[str, str]) -> tuple[IdentifierUse, ...]:
    """Return what is stated about identifiers of other vocabularies, sorted by identifier.

    Stated about is what a term is mapped to, what a record names as heading, qualifier, pair of both, publication type
    or substance, what is named as type of evidence, and all that says which release it was checked against.

    >>> from her2ld.vocabulary.ontology import read_ontology
    >>> vocabulary = read_ontology()
    >>> one = next(each for each in claims(vocabulary.quads, vocabulary.prefixes) if each.identifier.local == "P04626")
    >>> str(one.identifier), one.used
    ('uniprot:P04626', ('her2:HER2 skos:exactMatch', 'her2:HER2Gene her2:notExactMatch'))
    """
    said: dict[tuple[str, NamedNode], list[str]] = defaultdict(list)
    used: dict[str, list[tuple[str, NamedNode]]] = defaultdict(list)
    for subject, predicate, value, _ in quads:
        if not isinstance(subject, NamedNode):
            continue
        if predicate in _USES and isinstance(value, NamedNode):
            used[value.value].append((subject.value, predicate))
        elif predicate in _SAID and isinstance(value, NamedNode | Literal):
            said[subject.value, predicate].append(value.value)
    checked = {subject for subject, predicate in said if predicate == model.CHECKED_AGAINST}
    read = identifier_reader(prefixes)
    short = _shortener(prefixes)
    found = {}
    for iri in {*used, *checked}:
        if iri.startswith(model.HER2LD):
            continue
        identifier = read(iri) or _unknown(iri)
        trees = said.get((iri, standard.MESH_TREE_NUMBER), ())
        found[identifier, iri] = IdentifierUse(
            identifier,
            iri,
            _distinct(said.get((iri, standard.LABEL), ())),
            frozenset(_DEMANDED[predicate] for _, predicate in used[iri] if predicate in _DEMANDED),
            frozenset(number.removeprefix(standard.MESH) for number in trees),
            _distinct(f"{short(subject)} {short(predicate.value)}" for subject, predicate in used[iri]),
            _distinct(said.get((iri, model.CHECKED_AGAINST), ())),
        )
    return tuple(found[key] for key in sorted(found))


def _unknown(iri: str) -> Identifier:
    """Cut an IRI for which there is no prefix after its last separator, so that it is counted as unproven."""
    end = max(iri.rfind(separator) for separator in "/#:") + 1
    return Identifier(iri[:end], iri[end:])


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(texts)))


def _shortener(prefixes: Mapping[str, str]) -> Callable[[str], str]:
    split = prefix_splitter(prefixes)

    def short(iri: str) -> str:
        parts = split(iri)
        return ":".join(parts) if parts and "/" not in parts[1] else iri

    return short
