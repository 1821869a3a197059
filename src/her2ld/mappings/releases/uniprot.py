"""UniProt: proteins in RDF (core ontology http://purl.uniprot.org/core/), or the headers of FASTA files."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable

from pyoxigraph import BlankNode, NamedNode, Quad

from her2ld.mappings.identifiers import Identifier
from her2ld.mappings.releases.entry import Release, ReleaseEntry, Wanted
from her2ld.mappings.releases.files import Source, lines
from her2ld.vocabulary import standard

FORM_RDF, FORM_FASTA = "UniProt RDF", "UniProt FASTA"
CORE = "http://purl.uniprot.org/core/"
VOCABULARY = "uniprot"

_PROTEIN = "http://purl.uniprot.org/uniprot/"
_HEADER = re.compile(r">(?:sp|tr)\|(?P<accession>\w+)\|\w+ (?P<name>.*?) OS=")
_RECOMMENDED = frozenset({f"{CORE}recommendedName", f"{CORE}submittedName"})
_ALTERNATIVE = f"{CORE}alternativeName"
_NAMES = frozenset({f"{CORE}fullName", f"{CORE}shortName"})
_FULL = f"{CORE}fullName"
_OBSOLETE, _REPLACED_BY = f"{CORE}obsolete", f"{CORE}replacedBy"
_NAME_NODES = frozenset({*_RECOMMENDED, _ALTERNATIVE})
_PROTEIN_CLASS = NamedNode("http://purl.uniprot.org/core/Protein")
_KEPT_IN_MIND = 10_000

Said = dict[str, dict[str, list[str]]]


def read_rdf(source: Source, wanted: Wanted, parse: Callable[[], Iterable[Quad]]) -> Release:
    """Look the identifiers up in the quads that ``parse`` gives; twice if names stand far before their proteins.

    Raises ReleaseError where there is no protein of UniProt.
    """
    ours = {_PROTEIN + each.local: each for each in wanted if each.vocabulary == VOCABULARY}
    proteins, said = _gather(parse(), set(ours))
    if not proteins:
        raise source.problem("holds no protein of UniProt", "give UniProt's RDF of the proteins")
    names = {node for iri in ours for property_ in _NAME_NODES for node in said[iri].get(property_, ())}
    if not all(said[node].keys() & _NAMES for node in names):
        _, said = _gather(parse(), {*ours, *names})
    entries = {ours[iri]: _entry(said[iri], said) for iri in ours if said[iri]}
    return Release(source.path.name, FORM_RDF, "", source.sha256, frozenset({VOCABULARY}), entries)


def _gather(quads: Iterable[Quad], nodes: set[str]) -> tuple[int, Said]:
    """Count the proteins, and return what is said of the nodes and of their names.

    Names may be blank nodes, described before the triple that leads to them: the last ones seen are kept in mind.
    """
    said: Said = defaultdict(lambda: defaultdict(list))
    recent: Said = defaultdict(lambda: defaultdict(list))
    proteins = 0
    for subject, predicate, value, _ in quads:
        proteins += value == _PROTEIN_CLASS and predicate == standard.TYPE
        node, text = _text(subject), _text(value)
        if node in nodes:
            said[node][predicate.value].append(text)
            if predicate.value in _NAME_NODES and text not in nodes:
                nodes.add(text)
                said[text] = recent[text]
        elif predicate.value in _NAMES:
            recent[node][predicate.value].append(text)
            if len(recent) > _KEPT_IN_MIND:
                del recent[next(iter(recent))]
    return proteins, said


def _text(term: object) -> str:
    return str(term) if isinstance(term, BlankNode) else str(getattr(term, "value", ""))


def _entry(record: dict[str, list[str]], said: Said) -> ReleaseEntry:
    recommended = [node for property_ in sorted(_RECOMMENDED) for node in record.get(property_, ())]
    labels = [name for node in recommended for name in said[node].get(_FULL, ())]
    label = labels[0] if labels else None
    names = {
        name: is_what
        for nodes, is_what in ((record.get(_ALTERNATIVE, ()), "an alternative name"), (recommended, "a short name"))
        for node in nodes
        for property_ in _NAMES
        for name in said[node].get(property_, ())
        if name != label
    }
    replaced = (each.replace(_PROTEIN, f"{VOCABULARY}:") for each in record.get(_REPLACED_BY, ()))
    retired = "it is obsolete" if "true" in record.get(_OBSOLETE, ()) else ""
    return ReleaseEntry(label, names, retired=retired, replaced_by=tuple(sorted(replaced)))


def read_fasta(source: Source, wanted: Wanted) -> Release:
    """Look the identifiers up in the headers of a FASTA file, which give each protein one name.

    Raises ReleaseError where no line is a header of UniProt's.
    """
    entries = {}
    count = 0
    with source.open() as stream:
        for _, line in lines(source, stream):
            if match := _HEADER.match(line):
                count += 1
                identifier = Identifier(VOCABULARY, match["accession"])
                if identifier in wanted:
                    entries[identifier] = ReleaseEntry(match["name"])
    if not count:
        raise source.problem("holds no header of UniProt", "give FASTA as UniProt writes it: >sp|P…|… name OS=…")
    return Release(source.path.name, FORM_FASTA, "", source.sha256, frozenset({VOCABULARY}), entries)
