"""The JSON-LD 1.1 context, made from the ontology: its prefixes, classes and properties."""

from collections import defaultdict
from collections.abc import Callable, Iterable

from pyoxigraph import Literal, NamedNode

from her2ld.vocabulary import model, standard, statement_model
from her2ld.vocabulary.identifiers import curie_writer
from her2ld.vocabulary.ontology import Vocabulary


def json_ld_context(vocabulary: Vocabulary) -> dict[str, object]:
    """Return the content of ``@context``: a key for every declared prefix, class and property.

    An object property is coerced to ``@id``, a datatype property to its range; an annotation property to ``@language``
    en if it has English values, to ``@id`` if it has only IRIs (JSON-LD 1.1, sections 4.2.3 and 4.2.4). If two terms
    have the same local name, the one in our namespace gets it, and the other keeps its prefix. The value of each
    property, and of ``type``, is always a list (``@container: @set``).

    >>> from her2ld.vocabulary.ontology import read_ontology
    >>> context = json_ld_context(read_ontology())
    >>> context["heterodimerizesWith"]
    {'@id': 'her2:heterodimerizesWith', '@type': '@id', '@container': '@set'}
    >>> context["exactMatch"]
    {'@id': 'skos:exactMatch', '@type': '@id', '@container': '@set'}
    """
    as_list = {"@container": "@set"}
    context: dict[str, object] = {"@version": 1.1, "id": "@id", "type": {"@id": "@type", **as_list}}
    for prefix, namespace in vocabulary.prefixes.items():
        # A namespace without a general delimiter at its end is a prefix only with ``@prefix`` (section 4.1.5).
        plain = namespace.endswith(("/", "#", ":", "?"))
        context[prefix] = namespace if plain else {"@id": namespace, "@prefix": True}
    write = curie_writer(vocabulary.prefixes)

    def compact_iri(iri: NamedNode) -> str:
        return write(iri.value)

    definitions = _definitions(vocabulary, compact_iri)
    ours_first = sorted(definitions, key=lambda iri: (not iri.value.startswith(model.HER2LD), iri.value))
    keys: dict[str, NamedNode] = {}
    for iri in ours_first:
        compact = compact_iri(iri)
        local = compact.partition(":")[2]
        keys[compact if local in keys or local in context else local] = iri
    for key in sorted(keys):
        iri = keys[key]
        is_class = standard.OWL_CLASS in vocabulary.description.get(iri, {}).get(standard.TYPE, ())
        context[key] = {"@id": compact_iri(iri), **definitions[iri], **({} if is_class else as_list)}
    return context


def _definitions(vocabulary: Vocabulary, compact_iri: Callable[[NamedNode], str]) -> dict[NamedNode, dict[str, str]]:
    """Return the coercion of every class and property that is declared or used."""
    values: dict[NamedNode, list[object]] = defaultdict(list)
    for quad in vocabulary.quads:
        values[quad.predicate].append(quad.object)
    definitions = {iri: _coercion_by(seen) for iri, seen in values.items() if not iri.value.startswith(standard.RDF)}
    for subject, properties in vocabulary.description.items():
        kinds = properties.get(standard.TYPE, ())
        if standard.OWL_CLASS in kinds:
            definitions[subject] = {}
        elif standard.OWL_OBJECT_PROPERTY in kinds:
            definitions[subject] = {"@type": "@id"}
        elif standard.OWL_DATATYPE_PROPERTY in kinds:
            definitions[subject] = _coercion_to(properties.get(standard.RANGE, ()), compact_iri)
        elif standard.OWL_ANNOTATION_PROPERTY in kinds:
            definitions[subject] = _coercion_by(values[subject])
    # Annotation properties, because their values are properties; the ontology has no such values, so they are set here.
    for property_ in (statement_model.RELATION, statement_model.DIFFERS_IN):
        definitions[property_] = {"@type": "@id"}
    return definitions


def _coercion_to(ranges: Iterable[object], compact_iri: Callable[[NamedNode], str]) -> dict[str, str]:
    for datatype in ranges:
        if isinstance(datatype, NamedNode) and datatype != standard.XSD_STRING:
            return {"@type": compact_iri(datatype)}
    return {}


def _coercion_by(values: Iterable[object]) -> dict[str, str]:
    seen = list(values)
    literals = [value for value in seen if isinstance(value, Literal)]
    if any(literal.language == "en" for literal in literals):
        return {"@language": "en"}
    return {"@type": "@id"} if seen and not literals else {}
