"""Whether a paper is about a term."""

from collections.abc import Callable, Collection, Iterable
from functools import lru_cache

from pyoxigraph import NamedNode

from her2ld.mentions.finder import Mention, mention_finder
from her2ld.mentions.names import said_with
from her2ld.vocabulary import model, standard
from her2ld.vocabulary.ontology import Vocabulary

# What is indexed with the same, nearly the same or a part of it is about the term. A broader heading covers more.
_RELATIONS = (standard.EXACT_MATCH, standard.CLOSE_MATCH, standard.NARROW_MATCH)

# A longer name is read once: papers use the same ones again and again.
_NAMES_KEPT = 10_000

AboutTest = Callable[[Collection[str], Iterable[Mention]], bool]


def about_test(term_iri: str, vocabulary: Vocabulary) -> AboutTest:
    """Give the function that tells whether a paper is about a term.

    The function takes the IRIs of the MeSH descriptors and supplementary concepts with which the paper is indexed, and
    the mentions in its texts. It is true where one of the first is mapped to the term as exact, close or narrower, or
    where one of the second has the term, with no status that leaves the topic: "HER2-negative" says what patients lack.
    A longer name speaks of what it names in turn ("HER2-positive breast cancer" of HER2), but that of another gene or
    protein does not: "HER2 gene" names no protein.

    >>> from her2ld.mentions import mention_finder
    >>> from her2ld.vocabulary.ontology import read_ontology
    >>> vocabulary = read_ontology()
    >>> find, is_about_her2 = mention_finder(vocabulary), about_test(vocabulary.find("HER2").iri.value, vocabulary)
    >>> [is_about_her2([], find(text)) for text in ("HER2-low tumors", "HER2-negative tumors", "mouse HER2")]
    [True, False, False]
    >>> [is_about_her2([], find(f"HER2-{status} breast cancer")) for status in ("positive", "negative")]
    [True, False]
    >>> is_about_her2(["http://id.nlm.nih.gov/mesh/C508053"], [])
    True
    """
    term = NamedNode(term_iri)
    indexed = frozenset(iri for relation in _RELATIONS for iri in said_with(vocabulary, relation).get(term, ()))
    leaving = {iri.value for iri in said_with(vocabulary, model.LEAVES_TOPIC)}
    genes_and_proteins = frozenset(
        map(NamedNode, said_with(vocabulary, model.STATUS_OF).get(model.MENTION_STATUS_CLASS, ()))
    )
    counterparts = said_with(vocabulary, model.COUNTERPART_OF)
    find_within = mention_finder(vocabulary, term)

    @lru_cache(maxsize=_NAMES_KEPT)
    def speaks_of_it(iri: str, exact: str) -> bool:
        other = NamedNode(iri)
        if other in counterparts or vocabulary.is_one_of(vocabulary.terms[other], genes_and_proteins):
            return False
        return any(mention.status_iri not in leaving for mention in find_within(exact))

    def is_about(mesh_iris: Collection[str], mentions: Iterable[Mention]) -> bool:
        return not indexed.isdisjoint(mesh_iris) or any(
            mention.status_iri not in leaving
            if mention.term_iri == term_iri
            else speaks_of_it(mention.term_iri, mention.exact)
            for mention in mentions
        )

    return is_about
