"""Mappings as an SSSOM set: as the table, and as RDF.

Source: the Simple Standard for Sharing Ontological Mappings, version 1.1 (https://w3id.org/sssom): the names and the
IRIs of its slots. A vocabulary that was searched in vain is ``sssom:NoTermFound`` with the cardinality 1:0.
"""

import io
from collections.abc import Callable, Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad

from her2ld import iris
from her2ld.mappings.listing import TermMapping
from her2ld.vocabulary import standard
from her2ld.vocabulary.ontology import Term, Vocabulary
from her2ld.vocabulary.prefixes import curie_writer

_SSSOM = "https://w3id.org/sssom/"
_SEMAPV = "https://w3id.org/semapv/vocab/"

_NO_TERM = NamedNode(_SSSOM + "NoTermFound")
_BY_HAND = NamedNode(_SEMAPV + "ManualMappingCuration")
_MAPPINGS = NamedNode(_SSSOM + "mappings")
_MAPPING_SET = NamedNode(_SSSOM + "MappingSet")
_AXIOM = NamedNode(standard.OWL + "Axiom")

# The slots that are properties of other vocabularies in RDF; the others are properties of SSSOM.
_PROPERTIES = {
    "author_id": "http://purl.org/pav/authoredBy",
    "comment": standard.RDFS + "comment",
    "license": standard.LICENSE.value,
    "mapping_set_title": standard.TITLE.value,
    "mapping_set_version": standard.OWL_VERSION.value,
    "object_id": standard.OWL + "annotatedTarget",
    "predicate_id": standard.OWL + "annotatedProperty",
    "subject_id": standard.OWL + "annotatedSource",
}
# The words of the table that are IRIs in RDF.
_IRIS_OF_WORDS = {
    "1.1": _SSSOM + "version1.1",
    "Not": _SSSOM + "NegatedPredicate",
    "owl class": standard.OWL_CLASS.value,
    "owl named individual": standard.OWL_INDIVIDUAL.value,
    "owl object property": standard.OWL_OBJECT_PROPERTY.value,
    "rdf property": standard.RDF + "Property",
    "rdfs resource": standard.RDFS + "Resource",
}
_WORDS = {iri: word for word, iri in _IRIS_OF_WORDS.items()}
_SLOTS_OF_WORDS = ("object_type", "predicate_modifier", "sssom_version", "subject_type")

# A slot, and its text or IRI.
Slots = dict[str, NamedNode | str]


def sssom_table(mappings: Iterable[TermMapping], vocabulary: Vocabulary) -> str:
    """Return the mappings as SSSOM/TSV: the set in a header of YAML, a mapping in each row.

    >>> from her2ld.mappings.listing import term_mappings
    >>> from her2ld.vocabulary.ontology import read_ontology
    >>> vocabulary = read_ontology()
    >>> lines = sssom_table(term_mappings(vocabulary), vocabulary).splitlines()
    >>> sum(not line.startswith("#") for line in lines) == 1 + len(term_mappings(vocabulary))
    True
    """
    import curies
    from sssom_pydantic import Record, write_unprocessed

    curie = curie_writer(vocabulary.prefixes)
    set_iri, set_slots = _mapping_set(vocabulary)
    author = iris.agent(str(set_slots["creator_label"]))
    rows = [_curies({"record_id": each.iri, **_slots(each, author)}, curie) for each in mappings]
    header = _curies(set_slots, curie)
    used = {text.partition(":")[0] for texts in (header, *rows) for text in texts.values()}
    output = io.StringIO(newline="")
    write_unprocessed(
        [Record.model_validate({**row, "author_id": [row["author_id"]]}) for row in rows],
        output,
        metadata={**header, "mapping_set_id": set_iri.value, "creator_label": [header["creator_label"]]},
        converter=curies.Converter.from_prefix_map(dict(vocabulary.prefixes)),
        prefixes=used & vocabulary.prefixes.keys(),
        condense=False,
    )
    return output.getvalue().replace("\r\n", "\n")  # as csv ends its lines


def sssom_quads(mappings: Iterable[TermMapping], vocabulary: Vocabulary) -> Iterator[Quad]:
    """Return the mappings as RDF: the set as ``sssom:MappingSet``, and each mapping as an ``owl:Axiom`` of its own.

    The axioms say what is mapped without stating it, so that a negated mapping is never read as a mapping.
    """
    set_iri, set_slots = _mapping_set(vocabulary)
    author = iris.agent(str(set_slots["creator_label"]))
    rows = [(each.iri, _slots(each, author)) for each in mappings]
    yield Quad(set_iri, standard.TYPE, _MAPPING_SET)
    yield from _slot_quads(set_iri, set_slots)
    for iri, _ in rows:
        yield Quad(set_iri, _MAPPINGS, iri)
    for iri, slots in rows:
        yield Quad(iri, standard.TYPE, _AXIOM)
        yield from _slot_quads(iri, slots)


def _mapping_set(vocabulary: Vocabulary) -> tuple[NamedNode, Slots]:
    """Return the IRI of the set, made from that of the ontology, and what is said of all its mappings."""
    ontology, said = vocabulary.header
    creator = said[standard.CREATOR]
    named = [
        quad.object.value
        for quad in vocabulary.quads
        if (quad.subject, quad.predicate) == (creator, standard.LABEL) and isinstance(quad.object, Literal)
    ]
    slots: Slots = {
        "mapping_set_title": f"Mappings of the {said[standard.TITLE].value}",
        "mapping_set_version": vocabulary.version,
        "sssom_version": "1.1",
        "license": said[standard.LICENSE].value,
        "creator_label": next(iter(named), creator.value),
        "subject_source": ontology,
        "subject_source_version": vocabulary.version,
    }
    return NamedNode(f"{ontology.value}/mappings"), slots


def _slots(mapping: TermMapping, author: NamedNode) -> Slots:
    read_elsewhere = () if mapping.release else (f"Read in {mapping.checked_against}.",)
    slots: dict[str, NamedNode | str | None] = {
        "subject_id": mapping.subject.iri,
        "subject_label": mapping.subject.label,
        "predicate_id": mapping.relation,
        "predicate_modifier": "Not" if mapping.negated else None,
        "object_id": mapping.object or _NO_TERM,
        "object_label": mapping.object_label,
        "mapping_justification": _BY_HAND,
        "author_id": author,
        "subject_type": _kind_of_subject(mapping.subject),
        "object_type": _kind_of_object(mapping),
        "object_source": mapping.vocabulary.iri,
        "object_source_version": mapping.release,
        "mapping_cardinality": None if mapping.object else "1:0",
        "comment": " ".join((*mapping.notes, *read_elsewhere)),
    }
    return {slot: value for slot, value in slots.items() if value}


def _kind_of_subject(term: Term) -> str:
    return next(_WORDS[kind.value] for kind in sorted(term.types, key=str) if kind.value in _WORDS)


def _kind_of_object(mapping: TermMapping) -> str | None:
    if mapping.object is None:
        return None
    is_relation = standard.OWL_OBJECT_PROPERTY in mapping.subject.types
    return "rdf property" if is_relation else _WORDS[mapping.vocabulary.term_type.value]


def _curies(slots: Slots, curie: Callable[[str], str]) -> dict[str, str]:
    """Return the slots as texts, IRIs with the prefixes of the table."""
    return {slot: value if isinstance(value, str) else curie(value.value) for slot, value in slots.items()}


def _slot_quads(node: NamedNode, slots: Slots) -> Iterator[Quad]:
    for slot, value in slots.items():
        property_ = NamedNode(_PROPERTIES.get(slot, _SSSOM + slot))
        if isinstance(value, NamedNode):
            yield Quad(node, property_, value)
        elif slot == "license":
            yield Quad(node, property_, NamedNode(value))
        elif slot in _SLOTS_OF_WORDS:
            yield Quad(node, property_, NamedNode(_IRIS_OF_WORDS[value]))
        else:
            yield Quad(node, property_, Literal(value))
