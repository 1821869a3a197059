"""What is to be written as a knowledge graph: which triples are facts, and which statements are none."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from her2ld.dataset.statements import SPAN_PROPERTIES, Said, StatementNode, read_statements, said_in
from her2ld.errors import ExportError, Problem
from her2ld.exports.biolink import Biolink, read_biolink
from her2ld.statements.plain import Standing
from her2ld.vocabulary import model, standard
from her2ld.vocabulary.ontology import Vocabulary

Triple = tuple[NamedNode, NamedNode, NamedNode]


@dataclass(frozen=True, slots=True)
class Graph:
    """What is to be written: the triples that are facts, and the statements that are none.

    ``said`` is what is said of every term, statement and span; ``settled`` are the statements that are facts, each
    with its triple; ``defined`` are the facts of the ontology, ``inferred`` those that follow.
    """

    vocabulary: Vocabulary
    biolink: Biolink
    said: Said
    settled: Sequence[tuple[StatementNode, Triple]]
    unsettled: Sequence[StatementNode]
    defined: Sequence[Triple]
    inferred: Sequence[Triple]

    def facts(self) -> Iterator[Triple]:
        """Yield every triple that is to be an edge."""
        yield from (triple for _, triple in self.settled)
        yield from self.defined
        yield from self.inferred

    def terms(self) -> set[NamedNode]:
        """Give the subjects and objects of all edges, but for the statements."""
        facts = {end for subject, _, value in self.facts() for end in (subject, value)}
        return facts | {value for statement in self.unsettled for _, _, value in mentions(statement)}


def mentions(statement: StatementNode) -> Iterator[Triple]:
    """Yield what a statement or a knowledge gap is about."""
    for predicate, value in statement.topics:
        if isinstance(value, NamedNode):
            yield statement.iri, predicate, value


def gather(quads: Iterable[Quad], vocabulary: Vocabulary) -> Graph:
    """Read the graphs ``ontology``, ``inferred`` and ``statements``, and the quotes in ``records``."""
    biolink = read_biolink(vocabulary)
    of_the_model = biolink.categories.get(model.STATEMENT)
    of_the_domain = {iri for iri, categories in biolink.categories.items() if categories != of_the_model}
    saying: list[Quad] = []
    defined: dict[Triple, None] = {}
    inferred: dict[Triple, None] = {}
    for quad in quads:
        subject, predicate, value, graph = quad
        if not isinstance(subject, NamedNode) or not isinstance(value, (NamedNode, Literal)):
            continue
        if graph in (model.ONTOLOGY_GRAPH, model.STATEMENTS_GRAPH) or predicate in SPAN_PROPERTIES:
            saying.append(quad)
        if graph in (model.ONTOLOGY_GRAPH, model.INFERRED_GRAPH) and isinstance(value, NamedNode):
            relation = vocabulary.terms.get(predicate)
            if predicate in (standard.TYPE, standard.SUBCLASS_OF):
                is_fact = subject in of_the_domain and value in of_the_domain
            else:
                is_fact = relation is not None and relation.is_relation
            if is_fact:
                (defined if graph == model.ONTOLOGY_GRAPH else inferred)[subject, predicate, value] = None
    said = said_in(saying)
    statements = [(each, _fact(each)) for each in read_statements(said, vocabulary)]
    return Graph(
        vocabulary=vocabulary,
        biolink=biolink,
        said=said,
        settled=tuple((each, triple) for each, triple in statements if triple),
        unsettled=tuple(each for each, triple in statements if not triple),
        defined=tuple(defined),
        inferred=tuple(inferred),
    )


def _fact(statement: StatementNode) -> Triple | None:
    """Return the triple of a statement that its author asserts; None for any other and for a knowledge gap."""
    subject, relation, value = statement.subject, statement.relation, statement.object
    if not (isinstance(subject, NamedNode) and relation and isinstance(value, NamedNode)):
        return None
    return (subject, relation, value) if statement.standing is Standing.ASSERTED else None


def check(graph: Graph) -> None:
    """Raise ExportError for every relation without a predicate and every term without a category in Biolink."""
    biolink = graph.biolink
    problems: dict[Problem, None] = {}
    mentioned = [triple for statement in graph.unsettled for triple in mentions(statement)]
    for relation in sorted({relation for _, relation, _ in (*graph.facts(), *mentioned)}, key=str):
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
