"""MeSH as NLM releases it in RDF: one file of N-Triples with descriptors, qualifiers, pairs and supplementary records.

Terms as in NLM's vocabulary of MeSH RDF, http://id.nlm.nih.gov/mesh/vocab#.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from pyoxigraph import NamedNode

from her2ld.mappings.identifiers import MESH, MESH_SECTIONS, Identifier, Kind
from her2ld.mappings.releases.entry import Release, ReleaseEntry, Wanted
from her2ld.mappings.releases.files import NTriples, Source
from her2ld.vocabulary import standard

FORM = "MeSH RDF"
ENTRY_TERM = "an entry term"

_KINDS = {
    "TopicalDescriptor": {Kind.DESCRIPTOR},
    "GeographicalDescriptor": {Kind.DESCRIPTOR},
    "CheckTag": {Kind.DESCRIPTOR},
    "PublicationType": {Kind.DESCRIPTOR, Kind.PUBLICATION_TYPE},
    "Qualifier": {Kind.QUALIFIER},
    "SCR_Chemical": {Kind.SUPPLEMENTARY},
    "SCR_Disease": {Kind.SUPPLEMENTARY},
    "SCR_Organism": {Kind.SUPPLEMENTARY},
    "SCR_Protocol": {Kind.SUPPLEMENTARY},
    "AllowedDescriptorQualifierPair": {Kind.PAIR},
    "DisallowedDescriptorQualifierPair": {Kind.PAIR},
}
_FORBIDDEN = "DisallowedDescriptorQualifierPair"
_CONCEPTS, _TERMS, _NAMES = ("preferredConcept", "concept"), ("preferredTerm", "term"), ("prefLabel", "altLabel")

Said = dict[str, dict[str, list[str]]]


def read(source: Source, wanted: Wanted) -> Release:
    """Look the identifiers up, in one pass; in two more their entry terms, if one is shown under another name.

    Raises ReleaseError where the file is no N-Triples, or holds none of the identifiers as a record of MeSH.
    """
    file = NTriples(source)
    ours = {standard.MESH + each.local: each for each in wanted if each.vocabulary == MESH}
    said = _said(file, ours)
    renamed = {
        iri: concepts
        for iri, identifier in ours.items()
        if iri in said and any(name != _label(said[iri]) for name in wanted[identifier])
        if (concepts := _values(said[iri], _CONCEPTS))
    }
    synonyms = _synonyms(file, renamed) if renamed else {}
    entries = {ours[iri]: _entry(said[iri], synonyms.get(iri, frozenset())) for iri in ours if iri in said}
    if not any(entry.kinds for entry in entries.values()):
        raise source.problem(
            "holds no MeSH record that we name", "give NLM's file of a year, mesh2024.nt.gz or another"
        )
    return Release(source.path.name, FORM, "", source.sha256, MESH_SECTIONS, entries)


def _said(file: NTriples, subjects: Iterable[str]) -> Said:
    """Return what is said of each subject, by property: those of MeSH by their local names, others by their IRIs."""
    said: Said = defaultdict(lambda: defaultdict(list))
    for subject, predicate, value, _ in file.about(frozenset(subjects)):
        if isinstance(subject, NamedNode) and isinstance(value.value, str):
            said[subject.value][predicate.value.removeprefix(standard.MESHV)].append(value.value)
    return said


def _label(record: dict[str, list[str]]) -> str | None:
    return min(record.get(standard.LABEL.value, ()), default=None)


def _synonyms(file: NTriples, concepts: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """Return the entry terms of records, whose concepts are given: the names of all terms of all of them."""
    of_concepts = _said(file, {each for found in concepts.values() for each in found})
    terms = {
        iri: frozenset[str]().union(*(_values(of_concepts[each], _TERMS) for each in found))
        for iri, found in concepts.items()
    }
    of_terms = _said(file, {each for found in terms.values() for each in found})
    return {
        iri: frozenset[str]().union(
            *(_values(of_terms[each], _NAMES) for each in terms[iri] if _is_active(of_terms[each])),
            *(_values(of_concepts[each], (standard.LABEL.value,)) for each in concepts[iri]),
        )
        for iri in concepts
    }


def _is_active(record: dict[str, list[str]]) -> bool:
    """Tell whether NLM does not say that it is inactive; before it said so of anything, all was active."""
    return "false" not in record.get("active", ())


def _values(record: dict[str, list[str]], properties: Iterable[str]) -> frozenset[str]:
    return frozenset(value for property_ in properties for value in record.get(property_, ()))


def _entry(record: dict[str, list[str]], synonyms: frozenset[str]) -> ReleaseEntry:
    types = {each.removeprefix(standard.MESHV) for each in record.get(standard.TYPE.value, ())}
    label = _label(record)
    last = record.get("lastActiveYear")
    retired = f"it is not active any more{f', its last year was {last[0]}' if last else ''}"
    return ReleaseEntry(
        label,
        dict.fromkeys(sorted(synonyms - {label}), ENTRY_TERM),
        frozenset(kind for each in types for kind in _KINDS.get(each, ())),
        "" if _is_active(record) else retired,
        tuple(sorted(_short(each) for each in record.get("useInstead", ()))),
        frozenset(each.removeprefix(standard.MESH) for each in record.get("treeNumber", ())),
        _FORBIDDEN in types,
    )


def _short(iri: str) -> str:
    return str(Identifier(MESH, iri.removeprefix(standard.MESH)))
