"""Whether a paper is about a term."""

from collections.abc import Callable, Collection, Iterable

from pyoxigraph import NamedNode

from her2ld.mentions.finder import Mention
from her2ld.mentions.names import said_with
from her2ld.vocabulary import model, standard
from her2ld.vocabulary.ontology import Vocabulary

# A paper indexed with the same, nearly the same or a narrower term is about the term. A broader heading covers more.
_RELATIONS = (standard.EXACT_MATCH, standard.CLOSE_MATCH, standard.NARROW_MATCH)

AboutTest = Callable[[Collection[str], Iterable[Mention]], bool]


def about_test(term_iris: Collection[str], vocabulary: Vocabulary, *, exactly: bool = False) -> AboutTest:
    """Return the function that tells whether a paper is about one of the terms.

    The function takes the IRIs of the MeSH descriptors and supplementary concepts with which the paper is indexed, and
    the mentions in its texts, keywords and headings. It returns true if one of the first is mapped to a term as exact,
    close or narrower, or if one of the second is a mention of a term without a status that leaves the topic:
    "HER2-negative" describes what patients lack. A term represents its topic: a gene includes its protein and a protein
    its gene, each with its parts and changes (:func:`topic`); with ``exactly``, each represents only itself.

    >>> from her2ld.mentions import mention_finder
    >>> from her2ld.vocabulary.ontology import read_ontology
    >>> vocabulary = read_ontology()
    >>> her2 = [vocabulary.find("HER2").iri.value]
    >>> find, is_about_her2 = mention_finder(vocabulary), about_test(her2, vocabulary)
    >>> [is_about_her2([], find(text)) for text in ("HER2-low tumors", "HER2-negative tumors", "mouse HER2")]
    [True, False, False]
    >>> [is_about_her2([], find(f"HER2-{status} breast cancer")) for status in ("positive", "negative")]
    [True, False]
    >>> is_about_her2(["http://id.nlm.nih.gov/mesh/C508053"], [])
    True
    >>> is_exactly_her2 = about_test(her2, vocabulary, exactly=True)
    >>> [test([], find("ERBB2 amplification")) for test in (is_about_her2, is_exactly_her2)]
    [True, False]
    """
    given = frozenset(map(NamedNode, term_iris))
    terms = given if exactly else frozenset(iri for each in given for iri in topic(each, vocabulary))
    matches = [said_with(vocabulary, relation) for relation in _RELATIONS]
    indexed = frozenset(iri for said in matches for term in terms for iri in said.get(term, ()))
    leaving = {iri.value for iri in said_with(vocabulary, model.LEAVES_TOPIC)}
    named = {term.value for term in terms}

    def is_about(mesh_iris: Collection[str], mentions: Iterable[Mention]) -> bool:
        return not indexed.isdisjoint(mesh_iris) or any(
            mention.term_iri in named and mention.status_iri not in leaving for mention in mentions
        )

    return is_about


def topic(term: NamedNode, vocabulary: Vocabulary) -> frozenset[NamedNode]:
    """Return the terms whose mention makes a paper be about a term: the term, its gene or protein, and their parts.

    The ontology marks the relations that stay within a topic: ``her2:keepsTopic``.
    """
    keeping = frozenset(said_with(vocabulary, model.KEEPS_TOPIC))
    linked = [
        (quad.predicate, quad.subject, quad.object)
        for quad in vocabulary.quads
        if (quad.predicate in keeping or quad.predicate == model.ENCODES)
        and isinstance(quad.subject, NamedNode)
        and isinstance(quad.object, NamedNode)
    ]
    pair = {term}
    for relation, gene, product in linked:
        if relation == model.ENCODES and term in (gene, product):
            pair |= {gene, product}
    parts = {subject for relation, subject, whole in linked if relation in keeping and whole in pair}
    return frozenset(pair | parts)
