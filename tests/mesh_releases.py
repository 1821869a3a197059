"""Small releases of MeSH in NLM's own forms, made of tests/releases/mesh.tsv: derived, and not NLM's."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from pyoxigraph import Literal

MESH = "http://id.nlm.nih.gov/mesh/"
MESHV = f"{MESH}vocab#"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
RDFS_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
ROWS = Path(__file__).parent / "releases" / "mesh.tsv"
PUBLICATION_TYPE, CHECK_TAG = "PublicationType", "CheckTag"


@dataclass(frozen=True, slots=True)
class MeshRecord:
    """A descriptor, a qualifier or a supplementary concept record, with all that a release says of it here.

    ``forbidden`` names qualifiers that are not allowed, each with what is to be used instead of the pair.
    """

    identifier: str
    type: str
    name: str
    tree_numbers: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()
    forbidden: tuple[tuple[str, str], ...] = ()
    other_names: tuple[str, ...] = ()
    active: bool = True


def mesh_records() -> dict[str, MeshRecord]:
    """Return the records of mesh.tsv by their identifiers."""
    with ROWS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return {
        row["identifier"]: MeshRecord(
            row["identifier"], row["class"], row["name"], _list(row["tree_numbers"]), _list(row["qualifiers"])
        )
        for row in rows
    }


def _list(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


def as_n_triples(records: Iterable[MeshRecord]) -> bytes:
    """Write them as NLM's MeSH RDF does, sorted as NLM's sample is.

    Each record has a concept with terms for its name and its first other name, and a concept for each further name.
    """
    by_identifier = {each.identifier: each for each in records}
    lines = [line for record in by_identifier.values() for line in _record_lines(record, by_identifier)]
    return "".join(sorted(lines)).encode()


def _record_lines(record: MeshRecord, records: dict[str, MeshRecord]) -> Iterable[str]:
    identifier = record.identifier
    yield _line(identifier, RDF_TYPE, f"<{MESHV}{record.type}>")
    yield _line(identifier, RDFS_LABEL, _english(record.name))
    yield _line(identifier, "active", str(Literal(record.active)))
    first, *others = [(record.name, *record.other_names[:1]), *((name,) for name in record.other_names[1:])]
    yield _line(identifier, "preferredConcept", f"<{MESH}M{identifier}0>")
    yield from _concept_lines(f"{identifier}0", first)
    for number, names in enumerate(others, 1):
        yield _line(identifier, "concept", f"<{MESH}M{identifier}{number}>")
        yield from _concept_lines(f"{identifier}{number}", names)
    for tree_number in record.tree_numbers:
        yield _line(identifier, "treeNumber", f"<{MESH}{tree_number}>")
    for qualifier in record.allowed:
        pair = identifier + qualifier
        yield _line(pair, RDF_TYPE, f"<{MESHV}AllowedDescriptorQualifierPair>")
        yield _line(pair, RDFS_LABEL, _english(f"{record.name}/{records[qualifier].name}"))
    for qualifier, instead in record.forbidden:
        pair = identifier + qualifier
        yield _line(pair, RDF_TYPE, f"<{MESHV}DisallowedDescriptorQualifierPair>")
        yield _line(pair, "useInstead", f"<{MESH}{instead}>")


def _concept_lines(key: str, names: Iterable[str]) -> Iterable[str]:
    for number, name in enumerate(names):
        yield _line(f"M{key}", "term" if number else "preferredTerm", f"<{MESH}T{key}{number}>")
        yield _line(f"T{key}{number}", "prefLabel", _english(name))


def _line(subject: str, property_: str, value: str) -> str:
    return f"<{MESH}{subject}> <{property_ if ':' in property_ else MESHV + property_}> {value} .\n"


def _english(text: str) -> str:
    return str(Literal(text, language="en"))


def as_xml(records: Sequence[MeshRecord], letter: str) -> bytes:
    """Write those whose identifier begins with D, Q or C as NLM's file of descriptors, qualifiers or supplements."""
    prefix = {"D": "Descriptor", "Q": "Qualifier", "C": "Supplemental"}[letter]
    element = prefix + ("Record" if letter == "C" else "")
    names = {each.identifier: each.name for each in records}
    body = "".join(_record_element(each, prefix, element, names) for each in records if each.identifier[0] == letter)
    doctype = f'<!DOCTYPE {prefix}RecordSet SYSTEM "https://www.nlm.nih.gov/nlm{prefix.lower()}recordset_20240101.dtd">'
    root = f'{prefix}RecordSet LanguageCode = "eng"'
    return f'<?xml version="1.0"?>\n{doctype}\n<{root}>\n{body}</{prefix}RecordSet>\n'.encode()


def _record_element(record: MeshRecord, prefix: str, element: str, names: dict[str, str]) -> str:
    class_ = ' DescriptorClass = "2"' if record.type == PUBLICATION_TYPE else ""
    pairs = "".join(
        f"<AllowableQualifier><QualifierReferredTo><QualifierUI>{qualifier}</QualifierUI>"
        f"<QualifierName>{_string(names[qualifier])}</QualifierName></QualifierReferredTo></AllowableQualifier>"
        for qualifier in record.allowed
    )
    trees = "".join(f"<TreeNumber>{number}</TreeNumber>" for number in record.tree_numbers)
    terms = "".join(f"<Term>{_string(name)}</Term>" for name in (record.name, *record.other_names))
    return (
        f"<{prefix}Record{class_}>\n <{element}UI>{record.identifier}</{element}UI>\n"
        f" <{element}Name>{_string(record.name)}</{element}Name>\n"
        f" <AllowableQualifiersList>{pairs}</AllowableQualifiersList>\n <TreeNumberList>{trees}</TreeNumberList>\n"
        f" <ConceptList><Concept><TermList>{terms}</TermList></Concept></ConceptList>\n</{prefix}Record>\n"
    )


def _string(text: str) -> str:
    return f"<String>{escape(text)}</String>"
