"""What is to be written as a knowledge graph: which triples are facts, and which statements there are."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from her2ld.dataset.said import SPAN_PROPERTIES, Said, said_in
from her2ld.dataset.statements import read_statements, read_studies
from her2ld.errors import ExportError, Problem
from her2ld.exports.biolink import Biolink, read_biolink
from her2ld.statements import Statement, plain
from her2ld.statements.comparison import licences
from her2ld.statements.plain import Judge, Licence
from her2ld.vocabulary import model as graphs
from her2ld.vocabulary import standard
from her2ld.vocabulary import statement_model as model
from her2ld.vocabulary.ontology import Vocabulary

Triple = tuple[NamedNode, NamedNode, NamedNode]


@dataclass(frozen=True, slots=True)
class Graph:
    """What is to be written: the triples that are facts, and every statement.

    ``said`` is what is said of every term, statement and span, ``by`` has the studies and groups. ``asserted`` are the
    statements whose triple is a fact, each with that triple; ``defined`` are the facts of the ontology, ``inferred``
    those that follow.
    """

    vocabulary: Vocabulary
    biolink: Biolink
    said: Said
    by: Judge
    statements: Sequence[Statement]
    asserted: Sequence[tuple[Statement, Triple]]
    defined: Sequence[Triple]
    inferred: Sequence[Triple]

    def facts(self) -> Iterator[Triple]:
        """Yield every triple that is to be an edge."""
        yield from (triple for _, triple in self.asserted)
        yield from self.defined
        yield from self.inferred

    def mentions(self) -> Iterator[Triple]:
        """Yield what the statements are about."""
        for statement in self.statements:
            yield from mentions(statement)

    def terms(self) -> set[NamedNode]:
        """Return the subjects and objects of all edges, but for the statements."""
        facts = {end for subject, _, value in self.facts() for end in (subject, value)}
        return facts | {value for _, _, value in self.mentions()}


def mentions(statement: Statement) -> Iterator[Triple]:
    """Yield what a statement or a knowledge gap is about: both ends of its claim, or its topics."""
    if claim := statement.claim:
        for property_, end in ((model.SUBJECT, claim.subject), (model.OBJECT, claim.object)):
            if end:
                yield statement.iri, property_, end
    for term in statement.about:
        yield statement.iri, model.ABOUT, term


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
        if graph in (graphs.ONTOLOGY_GRAPH, graphs.STATEMENTS_GRAPH) or predicate in SPAN_PROPERTIES:
            saying.append(quad)
        if graph in (graphs.ONTOLOGY_GRAPH, graphs.INFERRED_GRAPH) and isinstance(value, NamedNode):
            relation = vocabulary.terms.get(predicate)
            if predicate in (standard.TYPE, standard.SUBCLASS_OF):
                is_fact = subject in of_the_domain and value in of_the_domain
            else:
                is_fact = relation is not None and relation.is_relation
            if is_fact:
                (defined if graph == graphs.ONTOLOGY_GRAPH else inferred)[subject, predicate, value] = None
    said = said_in(saying)
    by = plain.judge(vocabulary.steering, *read_studies(said))
    licensed = tuple(licences(tuple(read_statements(said)), by))
    return Graph(
        vocabulary=vocabulary,
        biolink=biolink,
        said=said,
        by=by,
        statements=tuple(each for each, _ in licensed),
        asserted=tuple(
            (each, (claim.subject, claim.relation, claim.object))
            for each, licence in licensed
            if licence is Licence.ASSERTED
            if (claim := each.claim) and claim.subject and claim.relation and claim.object
        ),
        defined=tuple(defined),
        inferred=tuple(inferred),
    )


def check(graph: Graph) -> None:
    """Raise ExportError for every relation without a predicate and every term without a category in Biolink."""
    biolink = graph.biolink
    problems: dict[Problem, None] = {}
    for relation in sorted({relation for _, relation, _ in (*graph.facts(), *graph.mentions())}, key=str):
        found = len(biolink.predicates.get(relation, ()))
        if found != 1:
            what = f"has {found or 'no'} terms of Biolink as an exact or broad match, not one"
            remedy = "map it to the nearest predicate that holds whenever it does"
            problems[Problem(relation.value, what, remedy)] = None
        if relation not in biolink.edge_categories:
            what = "does not say to which class of associations in Biolink it belongs"
            remedy = f"name the class with {biolink.curie(graphs.EDGE_CATEGORY)}"
            problems[Problem(relation.value, what, remedy)] = None
    for iri in sorted(graph.terms() - biolink.categories.keys(), key=str):
        remedy = "put it into a class that is mapped to Biolink, or map its class"
        problems[Problem(iri.value, "has no category in Biolink", remedy)] = None
    if problems:
        raise ExportError(problems)
