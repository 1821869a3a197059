"""Releases of HGNC and UniProt.

HGNC's complete set of genes has tab-separated values below a header with the names of the columns. UniProt has its
proteins in RDF (core ontology http://purl.uniprot.org/core/), and in the headers of FASTA files.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable

from pyoxigraph import BlankNode, NamedNode, Quad

from her2ld.mappings.releases.release_files import Records, Release, ReleaseEntry, Source, Wanted, lines
from her2ld.mappings.used_identifiers import Identifier
from her2ld.vocabulary import standard

FORM_HGNC = "HGNC complete set"
HGNC = "hgnc"

_IDENTIFIER, _SYMBOL, _STATUS = "hgnc_id", "symbol", "status"
_OTHER_NAMES = {
    "alias_symbol": "an alias symbol",
    "prev_symbol": "a previous symbol",
    "alias_name": "an alias of the name",
    "prev_name": "a previous name",
    "name": "the name of the gene, not its symbol",
}
_APPROVED = "Approved"
HGNC_BEGINNING = f"{_IDENTIFIER}\t{_SYMBOL}\t".encode()


def read_hgnc(source: Source, wanted: Wanted) -> Release:
    """Look up the identifiers in HGNC's complete set.

    Raises ReleaseError if a column is missing, or if a row has the wrong number of cells.
    """
    entries = {}
    with source.open() as stream:
        rows = lines(source, stream)
        header = next(rows)[1].split("\t")
        if missing := [name for name in (_IDENTIFIER, _SYMBOL, _STATUS) if name not in header]:
            raise source.problem(f"has no column {', '.join(missing)}", "give hgnc_complete_set.txt", 1)
        count = 0
        for number, line in rows:
            cells = line.split("\t")
            if len(cells) != len(header):
                what = f"has {len(cells)} cells where the header has {len(header)}"
                raise source.problem(what, "download it again", number)
            row = dict(zip(header, cells, strict=True))
            identifier = Identifier(HGNC, row[_IDENTIFIER].rpartition(":")[2])
            if identifier in wanted:
                entries[identifier] = _gene(row)
            count += 1
    if not count:
        raise source.problem("has no gene below its header", "download it again")
    return Release(source.path.name, FORM_HGNC, "", source.sha256, frozenset({HGNC}), entries)


def _gene(row: dict[str, str]) -> ReleaseEntry:
    names = {
        name: is_what
        for column, is_what in _OTHER_NAMES.items()
        for name in row.get(column, "").strip('"').split("|")
        if name
    }
    status = row[_STATUS]
    retired = "" if status == _APPROVED else f"its status is “{status}”, not “{_APPROVED}”"
    return ReleaseEntry(row[_SYMBOL], names, retired=retired)


FORM_RDF, FORM_FASTA = "UniProt RDF", "UniProt FASTA"
UNIPROT_CORE = "http://purl.uniprot.org/core/"
UNIPROT = "uniprot"

_PROTEIN = "http://purl.uniprot.org/uniprot/"
_HEADER = re.compile(r">(?:sp|tr)\|(?P<accession>\w+)\|\w+ (?P<name>.*?) OS=")
_RECOMMENDED = frozenset({f"{UNIPROT_CORE}recommendedName", f"{UNIPROT_CORE}submittedName"})
_ALTERNATIVE = f"{UNIPROT_CORE}alternativeName"
_NAMES = frozenset({f"{UNIPROT_CORE}fullName", f"{UNIPROT_CORE}shortName"})
_FULL = f"{UNIPROT_CORE}fullName"
_OBSOLETE, _REPLACED_BY = f"{UNIPROT_CORE}obsolete", f"{UNIPROT_CORE}replacedBy"
_NAME_NODES = frozenset({*_RECOMMENDED, _ALTERNATIVE})
_PROTEIN_CLASS = NamedNode("http://purl.uniprot.org/core/Protein")
_MOST_KEPT = 10_000


def read_uniprot_rdf(source: Source, wanted: Wanted, parse: Callable[[], Iterable[Quad]]) -> Release:
    """Look up the identifiers in the quads that ``parse`` yields; twice if names come long before their proteins.

    Raises ReleaseError if there is no protein of UniProt.
    """
    ours = {_PROTEIN + each.local: each for each in wanted if each.vocabulary == UNIPROT}
    proteins, records = _gather(parse(), set(ours))
    if not proteins:
        raise source.problem("has no protein of UniProt", "give UniProt's RDF of the proteins")
    names = {node for iri in ours for property_ in _NAME_NODES for node in records[iri].get(property_, ())}
    if not all(records[node].keys() & _NAMES for node in names):
        _, records = _gather(parse(), {*ours, *names})
    entries = {ours[iri]: _protein(records[iri], records) for iri in ours if records[iri]}
    return Release(source.path.name, FORM_RDF, "", source.sha256, frozenset({UNIPROT}), entries)


def _gather(quads: Iterable[Quad], nodes: set[str]) -> tuple[int, Records]:
    """Return the number of proteins, and the records of the nodes and of their names.

    Names may be blank nodes that are described before the triple that leads to them, so the most recent ones are kept.
    """
    records: Records = defaultdict(lambda: defaultdict(list))
    recent: Records = defaultdict(lambda: defaultdict(list))
    proteins = 0
    for subject, predicate, value, _ in quads:
        proteins += value == _PROTEIN_CLASS and predicate == standard.TYPE
        node, text = _text(subject), _text(value)
        if node in nodes:
            records[node][predicate.value].append(text)
            if predicate.value in _NAME_NODES and text not in nodes:
                nodes.add(text)
                records[text] = recent[text]
        elif predicate.value in _NAMES:
            recent[node][predicate.value].append(text)
            if len(recent) > _MOST_KEPT:
                del recent[next(iter(recent))]
    return proteins, records


def _text(term: object) -> str:
    return str(term) if isinstance(term, BlankNode) else str(getattr(term, "value", ""))


def _protein(record: dict[str, list[str]], records: Records) -> ReleaseEntry:
    recommended = [node for property_ in sorted(_RECOMMENDED) for node in record.get(property_, ())]
    labels = [name for node in recommended for name in records[node].get(_FULL, ())]
    label = labels[0] if labels else None
    names = {
        name: is_what
        for nodes, is_what in ((record.get(_ALTERNATIVE, ()), "an alternative name"), (recommended, "a short name"))
        for node in nodes
        for property_ in _NAMES
        for name in records[node].get(property_, ())
        if name != label
    }
    replaced = (each.replace(_PROTEIN, f"{UNIPROT}:") for each in record.get(_REPLACED_BY, ()))
    retired = "it is obsolete" if "true" in record.get(_OBSOLETE, ()) else ""
    return ReleaseEntry(label, names, retired=retired, replaced_by=tuple(sorted(replaced)))


def read_uniprot_fasta(source: Source, wanted: Wanted) -> Release:
    """Look up the identifiers in the headers of a FASTA file, which have one name for each protein.

    Raises ReleaseError if no line is a header of UniProt.
    """
    entries = {}
    count = 0
    with source.open() as stream:
        for _, line in lines(source, stream):
            if match := _HEADER.match(line):
                count += 1
                identifier = Identifier(UNIPROT, match["accession"])
                if identifier in wanted:
                    entries[identifier] = ReleaseEntry(match["name"])
    if not count:
        raise source.problem("has no header of UniProt", "give FASTA as UniProt writes it: >sp|P…|… name OS=…")
    return Release(source.path.name, FORM_FASTA, "", source.sha256, frozenset({UNIPROT}), entries)
