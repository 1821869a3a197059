"""What the ontology says of Biolink, the model of knowledge graphs: categories, predicates, prefixes.

All of it is mappings and annotations in her2.ttl; no term of Biolink is named here.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from her2ld.vocabulary import model, standard
from her2ld.vocabulary.identifiers import curie_writer, prefix_splitter
from her2ld.vocabulary.ontology import Vocabulary

_BIOLINK = "https://w3id.org/biolink/vocab/"
_PREFIX = "biolink:"
_EXACT, _CLOSE, _BROAD = (NamedNode(f"{standard.SKOS}{name}Match") for name in ("exact", "close", "broad"))


@dataclass(frozen=True, slots=True)
class Identity:
    """How a term is called in a knowledge graph: ``iri`` is its identifier, ``same`` are the others that mean the same.

    Both are IRIs; ``iri`` is our own where Biolink prefers none of the identifiers for what the term is.
    """

    iri: NamedNode
    same: tuple[NamedNode, ...]


@dataclass(frozen=True, slots=True)
class Biolink:
    """The view that Biolink has of the ontology's terms.

    ``categories`` and ``identities`` are keyed by term, for all that have a category; ``edge_categories`` and
    ``predicates`` by relation, which cannot be written if it is mapped to several predicates or to none. ``curie``
    gives an IRI with the prefix by which knowledge graphs know its namespace, or as it is.
    """

    categories: Mapping[NamedNode, tuple[str, ...]]
    predicates: Mapping[NamedNode, tuple[str, ...]]
    edge_categories: Mapping[NamedNode, str]
    identities: Mapping[NamedNode, Identity]
    curie: Callable[[NamedNode], str]


def read_biolink(vocabulary: Vocabulary) -> Biolink:
    """Gather what the ontology says of Biolink.

    A predicate is a term that means the same or more than the relation (exact or broad match): an edge must follow from
    what was said. A category groups nodes for those who look for them, so a close match will do.

    >>> from her2ld.vocabulary.ontology import read_ontology
    >>> vocabulary = read_ontology()
    >>> biolink = read_biolink(vocabulary)
    >>> gene = vocabulary.find("HER2 gene").iri
    >>> biolink.categories[gene], biolink.curie(biolink.identities[gene].iri)
    (('biolink:Gene',), 'NCBIGene:2064')
    """
    said: dict[NamedNode, dict[NamedNode, list[NamedNode | Literal]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, value, _ in vocabulary.quads:
        if isinstance(subject, NamedNode) and isinstance(value, (NamedNode, Literal)):
            said[subject][predicate].append(value)

    def biolink_terms(iri: NamedNode, *matches: NamedNode) -> tuple[str, ...]:
        values = (value.value for match in matches for value in said[iri][match])
        return tuple(sorted(_PREFIX + each.removeprefix(_BIOLINK) for each in values if each.startswith(_BIOLINK)))

    subjects = tuple(said)
    prefixes = {
        each.value: namespace.value
        for iri in subjects
        for each in said[iri][model.COMPACT_PREFIX]
        for namespace in said[iri][standard.NAMESPACE]
    }
    known = prefixes | _own_prefixes(vocabulary.prefixes)
    split, write = prefix_splitter(known), curie_writer(known)

    def curie(iri: NamedNode) -> str:
        return write(iri.value)

    of_classes = {iri: found for iri in subjects if (found := biolink_terms(iri, _EXACT, _CLOSE, _BROAD))}
    categories = dict(_categories(vocabulary, of_classes))
    orders = {
        _PREFIX + iri.value.removeprefix(_BIOLINK): each.value.split()
        for iri in subjects
        for each in said[iri][model.PREFIX_ORDER]
    }
    same = {
        iri: tuple(
            each for each in said[iri][_EXACT] if isinstance(each, NamedNode) and not each.value.startswith(_BIOLINK)
        )
        for iri in categories
    }

    def preferred(iri: NamedNode) -> NamedNode:
        order = [prefix for category in categories[iri] for prefix in orders.get(category, ())]
        ranked = [
            (order.index(prefix), each.value, each)
            for each in same[iri]
            if (prefix := (split(each.value) or ("",))[0]) in order
        ]
        return min(ranked)[2] if ranked else iri

    wanted = {iri: preferred(iri) for iri in categories}
    claims = Counter(wanted.values())  # what two terms claim belongs to neither: no two nodes become one
    return Biolink(
        categories=categories,
        predicates={iri: biolink_terms(iri, _EXACT, _BROAD) for iri in subjects},
        edge_categories={iri: found[0] for iri in subjects if (found := biolink_terms(iri, model.EDGE_CATEGORY))},
        identities={
            iri: Identity(each if claims[each] == 1 else iri, (iri, *same[iri])) for iri, each in wanted.items()
        },
        curie=curie,
    )


def _own_prefixes(prefixes: Mapping[str, str]) -> dict[str, str]:
    """Return the prefixes of our namespaces; those below the first one are told apart by its prefix and a dot.

    >>> _own_prefixes({"her2": "https://w3id.org/her2ld/", "statement": "https://w3id.org/her2ld/statement/"})
    {'her2': 'https://w3id.org/her2ld/', 'her2.statement': 'https://w3id.org/her2ld/statement/'}
    """
    ours = {namespace: prefix for prefix, namespace in prefixes.items() if namespace.startswith(model.HER2LD)}
    first = ours.pop(model.HER2LD, "her2")
    return {first: model.HER2LD} | {f"{first}.{prefix}": namespace for namespace, prefix in ours.items()}


def _categories(
    vocabulary: Vocabulary, of_classes: Mapping[NamedNode, tuple[str, ...]]
) -> Iterator[tuple[NamedNode, tuple[str, ...]]]:
    """Yield each class and entity with the categories of the nearest classes above it that have any."""
    for term in vocabulary.terms.values():
        if not term.types.isdisjoint((standard.OWL_CLASS, standard.OWL_INDIVIDUAL)):
            kinds = {term.iri} if standard.OWL_CLASS in term.types else term.types
            above = {each for kind in kinds for each in vocabulary.ancestors.get(kind, (kind,)) if each in of_classes}
            passed = {each for lower in above for each in vocabulary.ancestors.get(lower, ()) if each != lower}
            nearest = above - passed
            if nearest:
                yield term.iri, tuple(sorted({name for each in nearest for name in of_classes[each]}))
