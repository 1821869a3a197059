"""What is to be written as a knowledge graph: which triples are facts, and which statements are none."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from her2ld.errors import ExportError, Problem
from her2ld.exports.biolink import Biolink, read_biolink
from her2ld.vocabulary import model, standard
from her2ld.vocabulary.ontology import Vocabulary

ABOUT = (standard.SUBJECT, standard.OBJECT, model.ABOUT)
_OF_QUOTES = (standard.HAS_SELECTOR, standard.EXACT)

Said = Mapping[NamedNode, Sequence[NamedNode | Literal]]
Triple = tuple[NamedNode, NamedNode, NamedNode]


@dataclass(frozen=True, slots=True)
class Graph:
    """What is to be written: the triples that are facts, and the statements that are none.

    ``said`` holds what is said of every term, statement and span; ``settled`` are the statements that are facts, each
    with its triple; ``defined`` are the facts of the ontology, ``inferred`` those that follow.
    """

    vocabulary: Vocabulary
    biolink: Biolink
    said: Mapping[NamedNode, Said]
    settled: Mapping[NamedNode, Triple]
    unsettled: Sequence[NamedNode]
    defined: Sequence[Triple]
    inferred: Sequence[Triple]

    def facts(self) -> Iterator[Triple]:
        """Yield every triple that is to be an edge."""
        yield from self.settled.values()
        yield from self.defined
        yield from self.inferred

    def mentions(self, iri: NamedNode) -> Iterator[Triple]:
        """Yield what a statement or a knowledge gap is about."""
        for predicate in ABOUT:
            for value in self.said[iri].get(predicate, ()):
                if isinstance(value, NamedNode):
                    yield iri, predicate, value

    def terms(self) -> set[NamedNode]:
        """Give the subjects and objects of all edges, but for the statements."""
        facts = {end for subject, _, value in self.facts() for end in (subject, value)}
        return facts | {value for iri in self.unsettled for _, _, value in self.mentions(iri)}


def gather(quads: Iterable[Quad], vocabulary: Vocabulary) -> Graph:
    """Read the graphs ``ontology``, ``inferred`` and ``statements``, and the quotes in ``records``."""
    biolink = read_biolink(vocabulary)
    of_the_model = biolink.categories.get(model.STATEMENT)
    of_the_domain = {iri for iri, categories in biolink.categories.items() if categories != of_the_model}
    said: dict[NamedNode, dict[NamedNode, list[NamedNode | Literal]]] = defaultdict(lambda: defaultdict(list))
    defined: dict[Triple, None] = {}
    inferred: dict[Triple, None] = {}
    for subject, predicate, value, graph in quads:
        if not isinstance(subject, NamedNode) or not isinstance(value, (NamedNode, Literal)):
            continue
        if graph in (model.ONTOLOGY_GRAPH, model.STATEMENTS_GRAPH) or predicate in _OF_QUOTES:
            said[subject][predicate].append(value)
        if graph in (model.ONTOLOGY_GRAPH, model.INFERRED_GRAPH) and isinstance(value, NamedNode):
            relation = vocabulary.terms.get(predicate)
            if predicate in (standard.TYPE, standard.SUBCLASS_OF):
                is_fact = subject in of_the_domain and value in of_the_domain
            else:
                is_fact = relation is not None and relation.is_relation
            if is_fact:
                (defined if graph == model.ONTOLOGY_GRAPH else inferred)[subject, predicate, value] = None
    settling = {modality.iri for modality in vocabulary.modalities.values() if modality.settles}
    kinds = {model.STATEMENT, model.KNOWLEDGE_GAP}
    statements = {iri: _fact(each, settling) for iri, each in said.items() if kinds.intersection(each[standard.TYPE])}
    return Graph(
        vocabulary=vocabulary,
        biolink=biolink,
        said=said,
        settled={iri: triple for iri, triple in statements.items() if triple},
        unsettled=tuple(iri for iri, triple in statements.items() if not triple),
        defined=tuple(defined),
        inferred=tuple(inferred),
    )


def _fact(said: Said, settling: set[NamedNode]) -> Triple | None:
    """Give the triple of a statement that is affirmed and settled; None for any other and for a knowledge gap."""
    match [said.get(each, ()) for each in (standard.SUBJECT, standard.PREDICATE, standard.OBJECT)]:
        case [[NamedNode() as subject], [NamedNode() as predicate], [NamedNode() as value]]:
            polarity, modality = (tuple(said.get(each, ())) for each in (model.POLARITY, model.MODALITY))
            is_fact = polarity == (model.AFFIRMED,) and len(modality) == 1 and modality[0] in settling
            return (subject, predicate, value) if is_fact else None
    return None


def check(graph: Graph) -> None:
    """Raise ExportError for every relation without a predicate and every term without a category in Biolink."""
    biolink = graph.biolink
    problems: dict[Problem, None] = {}
    mentions = [triple for iri in graph.unsettled for triple in graph.mentions(iri)]
    for relation in sorted({relation for _, relation, _ in (*graph.facts(), *mentions)}, key=str):
        found = len(biolink.predicates.get(relation, ()))
        if found != 1:
            what = f"has {found or 'no'} terms of Biolink as an exact or broad match, not one"
            remedy = "map it to the nearest predicate that holds whenever it does"
            problems[Problem(relation.value, what, remedy)] = None
        if relation not in biolink.edge_categories:
            what = "does not say to which class of associations in Biolink it belongs"
            remedy = f"name the class with {biolink.curie(model.EDGE_CATEGORY)}"
            problems[Problem(relation.value, what, remedy)] = None
    for iri in sorted(graph.terms() - biolink.categories.keys(), key=str):
        remedy = "put it into a class that is mapped to Biolink, or map its class"
        problems[Problem(iri.value, "has no category in Biolink", remedy)] = None
    if problems:
        raise ExportError(problems)
