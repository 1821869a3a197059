"""Releases of MeSH by NLM, in RDF and in XML.

MeSH RDF is one file of N-Triples with descriptors, qualifiers, pairs and supplementary concept records; its terms are
those of http://id.nlm.nih.gov/mesh/vocab#. MeSH XML has a file each for descriptors, qualifiers and supplementary
concept records, with the document types nlmdescriptorrecordset, nlmqualifierrecordset and nlmsupplementalrecordset.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from her2ld.mappings.releases.release_files import NTriples, Records, Release, ReleaseEntry, Source, Wanted
from her2ld.mappings.used_identifiers import MESH, MESH_SECTIONS, Identifier, Kind
from her2ld.vocabulary import standard

if TYPE_CHECKING:
    from lxml.etree import _Element


FORM_RDF = "MeSH RDF"
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


def read_mesh_rdf(source: Source, wanted: Wanted) -> Release:
    """Look up the identifiers in N-Triples, in one pass; and their entry terms in two more, if we show other names.

    Raises ReleaseError if the file is no N-Triples, or has no record of MeSH for any of the identifiers.
    """
    file = NTriples(source)
    ours = {standard.MESH + each.local: each for each in wanted if each.vocabulary == MESH}
    records = _records_of(file, ours)
    renamed = {
        iri: concepts
        for iri, identifier in ours.items()
        if iri in records and any(name != _label(records[iri]) for name in wanted[identifier])
        if (concepts := _values(records[iri], _CONCEPTS))
    }
    synonyms = _synonyms(file, renamed) if renamed else {}
    entries = {ours[iri]: _entry(records[iri], synonyms.get(iri, frozenset())) for iri in ours if iri in records}
    if not any(entry.kinds for entry in entries.values()):
        raise source.problem("has no MeSH record that we use", "give NLM's file of a year, mesh2024.nt.gz or another")
    return Release(source.path.name, FORM_RDF, "", source.sha256, MESH_SECTIONS, entries)


def _records_of(file: NTriples, subjects: Iterable[str]) -> Records:
    """Return the record of each subject, with MeSH's properties by their local names and others by their IRIs."""
    records: Records = defaultdict(lambda: defaultdict(list))
    for subject, predicate, value, _ in file.about(frozenset(subjects)):
        if isinstance(subject, NamedNode) and isinstance(value.value, str):
            records[subject.value][predicate.value.removeprefix(standard.MESHV)].append(value.value)
    return records


def _label(record: dict[str, list[str]]) -> str | None:
    return min(record.get(standard.LABEL.value, ()), default=None)


def _synonyms(file: NTriples, concepts: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """Return the entry terms of records: the names of all terms of their concepts."""
    of_concepts = _records_of(file, {each for found in concepts.values() for each in found})
    terms = {
        iri: frozenset[str]().union(*(_values(of_concepts[each], _TERMS) for each in found))
        for iri, found in concepts.items()
    }
    of_terms = _records_of(file, {each for found in terms.values() for each in found})
    return {
        iri: frozenset[str]().union(
            *(_values(of_terms[each], _NAMES) for each in terms[iri] if _is_active(of_terms[each])),
            *(_values(of_concepts[each], (standard.LABEL.value,)) for each in concepts[iri]),
        )
        for iri in concepts
    }


def _is_active(record: dict[str, list[str]]) -> bool:
    """Tell whether a record is not marked as inactive; in early releases, no record is marked."""
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


FORM_XML = "MeSH XML"

_RECORDS = {
    "DescriptorRecordSet": ("DescriptorRecord", "Descriptor", Kind.DESCRIPTOR),
    "QualifierRecordSet": ("QualifierRecord", "Qualifier", Kind.QUALIFIER),
    "SupplementalRecordSet": ("SupplementalRecord", "SupplementalRecord", Kind.SUPPLEMENTARY),
}
XML_ROOTS = frozenset(_RECORDS)
_CLASS_OF_PUBLICATION_TYPES = "2"


def read_mesh_xml(source: Source, wanted: Wanted, root: str) -> Release:
    """Look up the identifiers in a file whose root element is one of :data:`XML_ROOTS`.

    Raises ReleaseError if the XML is malformed or truncated.
    """
    tag, prefix, kind = _RECORDS[root]
    covered = {kind, Kind.PAIR} if kind is Kind.DESCRIPTOR else {kind}
    entries: dict[Identifier, ReleaseEntry] = {}
    count = 0
    for record in _xml_records(source, tag):
        count += 1
        entries.update(each for each in _entries(record, prefix, kind) if each[0] in wanted)
    if not count:
        raise source.problem(f"has no {tag}", "give NLM's file of a year, desc2024.xml or another")
    covers = frozenset(f"{MESH} {each}" for each in covered)
    return Release(source.path.name, f"{FORM_XML}, {kind}s", "", source.sha256, covers, entries)


def _xml_records(source: Source, tag: str) -> "Iterator[_Element]":
    """Yield the records one by one; each is cleared before the next."""
    from lxml import etree  # it is not needed for N-Triples

    with source.open() as stream:
        try:
            for _, record in etree.iterparse(
                stream,
                tag=tag,
                resolve_entities=False,
                no_network=True,
                load_dtd=False,
                huge_tree=False,
                remove_comments=True,
                remove_pis=True,
            ):
                yield record
                record.clear()
                while record.getprevious() is not None:
                    del record.getparent()[0]
        except etree.XMLSyntaxError as error:
            raise source.problem(
                f"is malformed or truncated ({error.msg})", "download it again", error.lineno
            ) from error


def _entries(record: "_Element", prefix: str, kind: Kind) -> Iterator[tuple[Identifier, ReleaseEntry]]:
    """Yield the entry of a record, and those of a descriptor's pairs with each allowed qualifier."""
    ui, label = _text(record, f"{prefix}UI"), _text(record, f"{prefix}Name/String")
    kinds = {kind}
    if record.get("DescriptorClass") == _CLASS_OF_PUBLICATION_TYPES:
        kinds.add(Kind.PUBLICATION_TYPE)
    terms = {each.text or "" for each in record.iterfind("ConceptList/Concept/TermList/Term/String")}
    trees = {each.text or "" for each in record.iterfind("TreeNumberList/TreeNumber")}
    synonyms = dict.fromkeys(sorted(terms - {label}), ENTRY_TERM)
    yield Identifier(MESH, ui), ReleaseEntry(label, synonyms, frozenset(kinds), tree_numbers=frozenset(trees))
    for each in record.iterfind("AllowableQualifiersList/AllowableQualifier/QualifierReferredTo"):
        name = f"{label}/{_text(each, 'QualifierName/String')}"
        yield Identifier(MESH, ui + _text(each, "QualifierUI")), ReleaseEntry(name, kinds=frozenset({Kind.PAIR}))


def _text(element: "_Element", path: str) -> str:
    return (element.findtext(path) or "").strip()
