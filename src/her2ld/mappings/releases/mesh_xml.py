"""MeSH as NLM releases it in XML: a file of descriptors, one of qualifiers, one of supplementary concept records.

Elements as in NLM's document types nlmdescriptorrecordset, nlmqualifierrecordset and nlmsupplementalrecordset.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from her2ld.mappings.identifiers import MESH, Identifier, Kind
from her2ld.mappings.releases.entry import Release, ReleaseEntry, Wanted
from her2ld.mappings.releases.files import Source
from her2ld.mappings.releases.mesh_rdf import ENTRY_TERM

if TYPE_CHECKING:
    from lxml.etree import _Element

FORM = "MeSH XML"

_RECORDS = {
    "DescriptorRecordSet": ("DescriptorRecord", "Descriptor", Kind.DESCRIPTOR),
    "QualifierRecordSet": ("QualifierRecord", "Qualifier", Kind.QUALIFIER),
    "SupplementalRecordSet": ("SupplementalRecord", "SupplementalRecord", Kind.SUPPLEMENTARY),
}
ROOTS = frozenset(_RECORDS)
_CLASS_OF_PUBLICATION_TYPES = "2"


def read(source: Source, wanted: Wanted, root: str) -> Release:
    """Look the identifiers up in the file whose root element is one of :data:`ROOTS`.

    Raises ReleaseError where the XML is wrong or cut short.
    """
    tag, prefix, kind = _RECORDS[root]
    covered = {kind, Kind.PAIR} if kind is Kind.DESCRIPTOR else {kind}
    entries: dict[Identifier, ReleaseEntry] = {}
    count = 0
    for record in _records(source, tag):
        count += 1
        entries.update(each for each in _entries(record, prefix, kind) if each[0] in wanted)
    if not count:
        raise source.problem(f"holds no {tag}", "give NLM's file of a year, desc2024.xml or another")
    covers = frozenset(f"{MESH} {each}" for each in covered)
    return Release(source.path.name, f"{FORM}, {kind}s", "", source.sha256, covers, entries)


def _records(source: Source, tag: str) -> "Iterator[_Element]":
    """Yield the records one by one, each gone when the next comes."""
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
            raise source.problem(f"is wrong or cut short ({error.msg})", "download it again", error.lineno) from error


def _entries(record: "_Element", prefix: str, kind: Kind) -> Iterator[tuple[Identifier, ReleaseEntry]]:
    """Yield the record, and for a descriptor its pairs with each qualifier that is allowed for it."""
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
