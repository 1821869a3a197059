"""Our mappings as an SSSOM set: as a table, and as RDF.

The slots and their IRIs are those of the Simple Standard for Sharing Ontological Mappings, version 1.1
(https://w3id.org/sssom). A vocabulary without a suitable term is ``sssom:NoTermFound`` with the cardinality 1:0.
"""

import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from pyoxigraph import Literal, NamedNode, Quad

from her2ld import iris
from her2ld.mappings.term_mappings import TermMapping
from her2ld.vocabulary import model, standard
from her2ld.vocabulary.identifiers import curie_writer
from her2ld.vocabulary.ontology import Term, Vocabulary

_BY_HAND = NamedNode(standard.SEMAPV + "ManualMappingCuration")
_MAPPINGS = NamedNode(standard.SSSOM + "mappings")
_MAPPING_SET = NamedNode(standard.SSSOM + "MappingSet")

# The slots that are properties of other vocabularies in RDF; the others are properties of SSSOM.
_PROPERTIES = {
    "author_id": "http://purl.org/pav/authoredBy",
    "comment": standard.RDFS + "comment",
    "creator_id": standard.CREATOR.value,
    "license": standard.LICENSE.value,
    "mapping_date": standard.CREATED.value,
    "mapping_set_description": standard.DESCRIPTION.value,
    "mapping_set_title": standard.TITLE.value,
    "mapping_set_version": standard.OWL_VERSION.value,
    "object_id": standard.ANNOTATED_TARGET.value,
    "predicate_id": standard.ANNOTATED_PROPERTY.value,
    "publication_date": standard.ISSUED.value,
    "subject_id": standard.ANNOTATED_SOURCE.value,
}
# Words of the table that are IRIs in RDF.
_IRIS_OF_WORDS = {
    "1.1": standard.SSSOM + "version1.1",
    "Not": standard.SSSOM + "NegatedPredicate",
    "owl class": standard.OWL_CLASS.value,
    "owl named individual": standard.OWL_INDIVIDUAL.value,
    "owl object property": standard.OWL_OBJECT_PROPERTY.value,
    "rdf property": standard.RDF + "Property",
    "rdfs resource": standard.RDFS + "Resource",
}
_DATATYPES = {
    "confidence": standard.XSD_DOUBLE,
    "mapping_date": standard.XSD_DATE,
    "publication_date": standard.XSD_DATE,
}
# Both terms of every mapping were read; the other term of some mappings only in a file of another project.
_READ_AT_ITS_OWNER, _READ_ELSEWHERE = "1.0", "0.9"
_OBO_NAMESPACE = re.compile(re.escape(standard.OBO) + r"([A-Za-z]+)_")
_WORDS = {iri: word for word, iri in _IRIS_OF_WORDS.items()}
_LISTS = ("creator_id", "creator_label")
_SLOTS_OF_WORDS = ("object_type", "predicate_modifier", "sssom_version", "subject_type")

# A slot, and its text or IRI.
Slots = dict[str, NamedNode | str]


def biolink_prefixes(vocabulary: Vocabulary) -> dict[str, str]:
    """Return the prefixes of the ontology, under the names that Biolink and OBO ontologies use.

    >>> from her2ld.vocabulary.ontology import read_ontology
    >>> prefixes = biolink_prefixes(read_ontology())
    >>> prefixes["MONDO"], prefixes["RO"], "mondo" in prefixes
    ('http://purl.obolibrary.org/obo/MONDO_', 'http://purl.obolibrary.org/obo/RO_', False)
    """
    names = {
        _only(properties[standard.NAMESPACE]): _only(properties[model.COMPACT_PREFIX])
        for properties in vocabulary.description.values()
        if model.COMPACT_PREFIX in properties and standard.NAMESPACE in properties
    }

    def name(prefix: str, namespace: str) -> str:
        of_obo = _OBO_NAMESPACE.fullmatch(namespace)
        return names.get(namespace) or (of_obo[1] if of_obo else prefix)

    return {name(prefix, namespace): namespace for prefix, namespace in vocabulary.prefixes.items()}


def _only(values: Iterable[object]) -> str:
    return next(value.value for value in values if isinstance(value, Literal))


def sssom_table(
    mappings: Iterable[TermMapping], vocabulary: Vocabulary, prefixes: Mapping[str, str] | None = None
) -> str:
    """Return the mappings as SSSOM/TSV: a header of YAML for the set, and a row for each mapping.

    CURIEs have the given ``prefixes``, by default those of the ontology, which are those of Bioregistry.

    >>> from her2ld.mappings.term_mappings import term_mappings
    >>> from her2ld.vocabulary.ontology import read_ontology
    >>> vocabulary = read_ontology()
    >>> lines = sssom_table(term_mappings(vocabulary), vocabulary).splitlines()
    >>> sum(not line.startswith("#") for line in lines) == 1 + len(term_mappings(vocabulary))
    True
    """
    import curies
    from sssom_pydantic import Record, write_unprocessed

    prefixes = prefixes or vocabulary.prefixes
    curie = curie_writer(prefixes)
    set_iri, set_slots = _mapping_set(vocabulary)
    rows = [_curies({"record_id": each.iri, **_slots(each, set_slots)}, curie) for each in mappings]
    header = _curies(set_slots, curie)
    used = {text.partition(":")[0] for texts in (header, *rows) for text in texts.values()}
    output = io.StringIO(newline="")
    write_unprocessed(
        [Record.model_validate({**row, "author_id": [row["author_id"]]}) for row in rows],
        output,
        metadata={**header, "mapping_set_id": set_iri.value, **{slot: [header[slot]] for slot in _LISTS}},
        converter=curies.Converter.from_prefix_map(dict(prefixes)),
        prefixes=used & prefixes.keys(),
        condense=False,
    )
    return output.getvalue().replace("\r\n", "\n")  # as csv ends its lines


def sssom_quads(mappings: Iterable[TermMapping], vocabulary: Vocabulary) -> Iterator[Quad]:
    """Yield the mappings as RDF: the set as ``sssom:MappingSet``, and each mapping as an ``owl:Axiom``.

    An axiom describes a mapping without asserting it, so that a negated mapping is never read as a mapping.
    """
    set_iri, set_slots = _mapping_set(vocabulary)
    rows = [(each.iri, _slots(each, set_slots)) for each in mappings]
    yield Quad(set_iri, standard.TYPE, _MAPPING_SET)
    yield from _slot_quads(set_iri, set_slots)
    for iri, _ in rows:
        yield Quad(set_iri, _MAPPINGS, iri)
    for iri, slots in rows:
        yield Quad(iri, standard.TYPE, standard.OWL_AXIOM)
        yield from _slot_quads(iri, slots)


def _mapping_set(vocabulary: Vocabulary) -> tuple[NamedNode, Slots]:
    """Return the IRI of the set, made from that of the ontology, and the slots of the set."""
    ontology, metadata = vocabulary.header
    creator = metadata[standard.CREATOR]
    named = [
        quad.object.value
        for quad in vocabulary.quads
        if (quad.subject, quad.predicate) == (creator, standard.LABEL) and isinstance(quad.object, Literal)
    ]
    name = next(iter(named), creator.value)
    title = metadata[standard.TITLE].value
    slots: Slots = {
        "mapping_set_title": f"Mappings of the {title}",
        "mapping_set_description": f"How the terms of the {title} stand to those of other vocabularies, what they are "
        "not to be taken for, and where a vocabulary has no term for them.",
        "publication_date": metadata[standard.MODIFIED].value,
        "mapping_set_version": vocabulary.version,
        "sssom_version": "1.1",
        "license": metadata[standard.LICENSE].value,
        "creator_id": iris.agent(name),
        "creator_label": name,
        "subject_source": ontology,
        "subject_source_version": vocabulary.version,
    }
    return NamedNode(f"{ontology.value}/mappings"), slots


def _slots(mapping: TermMapping, set_slots: Slots) -> Slots:
    read_elsewhere = () if mapping.release else (f"Read in {mapping.checked_against}.",)
    slots: dict[str, NamedNode | str | None] = {
        "subject_id": mapping.subject.iri,
        "subject_label": mapping.subject.label,
        "predicate_id": mapping.relation,
        "predicate_modifier": "Not" if mapping.negated else None,
        "object_id": mapping.object or standard.NO_TERM_FOUND,
        "object_label": mapping.object_label,
        "mapping_justification": _BY_HAND,
        "author_id": set_slots["creator_id"],
        "subject_type": _kind_of_subject(mapping.subject),
        "object_type": _kind_of_object(mapping),
        "object_source": mapping.vocabulary.iri,
        "object_source_version": mapping.release,
        "mapping_date": set_slots["publication_date"],
        "confidence": _READ_AT_ITS_OWNER if mapping.release else _READ_ELSEWHERE,
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
    """Return the slots as texts, with IRIs as CURIEs."""
    return {slot: value if isinstance(value, str) else curie(value.value) for slot, value in slots.items()}


def _slot_quads(node: NamedNode, slots: Slots) -> Iterator[Quad]:
    for slot, value in slots.items():
        property_ = NamedNode(_PROPERTIES.get(slot, standard.SSSOM + slot))
        if isinstance(value, NamedNode):
            yield Quad(node, property_, value)
        elif slot == "license":
            yield Quad(node, property_, NamedNode(value))
        elif slot in _SLOTS_OF_WORDS:
            yield Quad(node, property_, NamedNode(_IRIS_OF_WORDS[value]))
        else:
            yield Quad(node, property_, Literal(value, datatype=_DATATYPES.get(slot, standard.XSD_STRING)))
