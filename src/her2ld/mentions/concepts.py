"""The type and the identifier of a term in PubTator's form."""

from collections.abc import Callable
from functools import cache

from pyoxigraph import NamedNode

from her2ld.mentions.surroundings import values_of
from her2ld.vocabulary import model, standard
from her2ld.vocabulary.identifiers import curie_writer
from her2ld.vocabulary.ontology import Vocabulary

# The vocabularies from which PubTator takes identifiers, the first that a term is mapped to.
_PREFERRED = ("ncbigene", "mesh", "uniprot", "hgnc")


def concept_reader(vocabulary: Vocabulary) -> Callable[[str], tuple[str, str]]:
    """Return the function from the IRI of a term to its type and its identifier in PubTator's form.

    The type of a kind is ``her2:pubtatorType``, or its label. The identifier is the exact match in NCBI's Gene (for a
    protein, that of its gene), or else in MeSH or another vocabulary; without one, it is the compact IRI of the term.

    >>> from her2ld.vocabulary.ontology import read_ontology
    >>> vocabulary = read_ontology()
    >>> read = concept_reader(vocabulary)
    >>> [read(vocabulary.find(name).iri.value) for name in ("HER2 gene", "trastuzumab")]
    [('Gene', '2064'), ('Chemical', 'MESH:D000068878')]
    >>> read(vocabulary.find("HER2 protein").iri.value)
    ('Gene', '2064')
    """
    types = values_of(vocabulary, model.PUBTATOR_TYPE)
    same = values_of(vocabulary, standard.EXACT_MATCH)
    curie = curie_writer(vocabulary.prefixes)
    genes = {product: gene.value for gene, made in values_of(vocabulary, model.ENCODES).items() for product in made}

    @cache
    def read(term_iri: str) -> tuple[str, str]:
        iri = NamedNode(term_iri)
        term = vocabulary.terms[iri]
        kind = next(
            (names[0] for class_, names in types.items() if vocabulary.is_one_of(term, frozenset({class_}))),
            next((vocabulary.label(each) for each in sorted(term.types, key=str) if each in vocabulary.terms), ""),
        )
        matches = (*same.get(iri, ()), *same.get(NamedNode(genes.get(term_iri, term_iri)), ()))
        identifiers = dict(curie(each).split(":", 1) for each in reversed(matches) if ":" in curie(each))
        for prefix in _PREFERRED:
            if prefix in identifiers:
                return kind, identifiers[prefix] if prefix == "ncbigene" else f"{prefix.upper()}:{identifiers[prefix]}"
        return kind, curie(term_iri)

    return read
