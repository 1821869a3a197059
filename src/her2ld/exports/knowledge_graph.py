"""The knowledge graph in the terms of the Biolink model: its facts and statements, with their categories.

The mappings to Biolink are mappings and annotations in her2.ttl; no term of Biolink is named here.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from her2ld.dataset.node_data import SPAN_PROPERTIES, NodeData, data_in
from her2ld.dataset.statements import read_statements, read_studies
from her2ld.errors import ExportError, Problem
from her2ld.statements import Statement, plain
from her2ld.statements.paper_comparison import licences
from her2ld.statements.plain import Judge, Licence
from her2ld.vocabulary import model, standard, statement_model
from her2ld.vocabulary.identifiers import curie_writer, prefix_splitter
from her2ld.vocabulary.ontology import Vocabulary

_BIOLINK = "https://w3id.org/biolink/vocab/"
_PREFIX = "biolink:"
_OF_CATEGORIES = (standard.EXACT_MATCH, standard.CLOSE_MATCH, standard.BROAD_MATCH)


@dataclass(frozen=True, slots=True)
class Identity:
    """The identifier of a term in a knowledge graph, ``iri``, and all identifiers with the same meaning, ``same``.

    Both are IRIs; ``iri`` is our own if Biolink prefers none of the others for the category of the term.
    """

    iri: NamedNode
    same: tuple[NamedNode, ...]


@dataclass(frozen=True, slots=True)
class Biolink:
    """The terms of the ontology in the terms of Biolink.

    ``categories`` and ``identities`` are keyed by term, for all terms with a category; ``edge_categories`` and
    ``predicates`` by relation, which cannot be written if it has several predicates or none. ``curie`` returns an IRI
    with the prefix that knowledge graphs use for its namespace, or unchanged.
    """

    categories: Mapping[NamedNode, tuple[str, ...]]
    predicates: Mapping[NamedNode, tuple[str, ...]]
    edge_categories: Mapping[NamedNode, str]
    identities: Mapping[NamedNode, Identity]
    curie: Callable[[NamedNode], str]


def read_biolink(vocabulary: Vocabulary) -> Biolink:
    """Return the mappings of the ontology to Biolink.

    A predicate is an exact or broad match of the relation, because an edge must follow from its statement. A category
    only groups nodes for searching, so a close match is enough.

    >>> from her2ld.vocabulary.ontology import read_ontology
    >>> vocabulary = read_ontology()
    >>> biolink = read_biolink(vocabulary)
    >>> gene = vocabulary.find("HER2 gene").iri
    >>> biolink.categories[gene], biolink.curie(biolink.identities[gene].iri)
    (('biolink:Gene',), 'NCBIGene:2064')
    """
    description: dict[NamedNode, dict[NamedNode, list[NamedNode | Literal]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, value, _ in vocabulary.quads:
        if isinstance(subject, NamedNode) and isinstance(value, (NamedNode, Literal)):
            description[subject][predicate].append(value)

    def biolink_terms(iri: NamedNode, *matches: NamedNode) -> tuple[str, ...]:
        values = (value.value for match in matches for value in description[iri][match])
        return tuple(sorted(_PREFIX + each.removeprefix(_BIOLINK) for each in values if each.startswith(_BIOLINK)))

    subjects = tuple(description)
    prefixes = {
        each.value: namespace.value
        for iri in subjects
        for each in description[iri][model.COMPACT_PREFIX]
        for namespace in description[iri][standard.NAMESPACE]
    }
    known = prefixes | _own_prefixes(vocabulary.prefixes)
    split, write = prefix_splitter(known), curie_writer(known)

    def curie(iri: NamedNode) -> str:
        return write(iri.value)

    of_classes = {iri: found for iri in subjects if (found := biolink_terms(iri, *_OF_CATEGORIES))}
    categories = dict(_categories(vocabulary, of_classes))
    orders = {
        _PREFIX + iri.value.removeprefix(_BIOLINK): each.value.split()
        for iri in subjects
        for each in description[iri][model.PREFIX_ORDER]
    }
    same = {
        iri: tuple(
            each
            for each in description[iri][standard.EXACT_MATCH]
            if isinstance(each, NamedNode) and not each.value.startswith(_BIOLINK)
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
    times = Counter(wanted.values())  # an identifier of two terms is used for neither, so that no two nodes become one
    return Biolink(
        categories=categories,
        predicates={iri: biolink_terms(iri, standard.EXACT_MATCH, standard.BROAD_MATCH) for iri in subjects},
        edge_categories={iri: found[0] for iri in subjects if (found := biolink_terms(iri, model.EDGE_CATEGORY))},
        identities={
            iri: Identity(each if times[each] == 1 else iri, (iri, *same[iri])) for iri, each in wanted.items()
        },
        curie=curie,
    )


def _own_prefixes(prefixes: Mapping[str, str]) -> dict[str, str]:
    """Return the prefixes of our namespaces; those within the first one begin with its prefix and a dot.

    >>> _own_prefixes({"her2": "https://w3id.org/her2ld/", "statement": "https://w3id.org/her2ld/statement/"})
    {'her2': 'https://w3id.org/her2ld/', 'her2.statement': 'https://w3id.org/her2ld/statement/'}
    """
    ours = {namespace: prefix for prefix, namespace in prefixes.items() if namespace.startswith(model.HER2LD)}
    first = ours.pop(model.HER2LD, "her2")
    return {first: model.HER2LD} | {f"{first}.{prefix}": namespace for namespace, prefix in ours.items()}


def _categories(
    vocabulary: Vocabulary, of_classes: Mapping[NamedNode, tuple[str, ...]]
) -> Iterator[tuple[NamedNode, tuple[str, ...]]]:
    """Yield each class and entity with the categories of its nearest superclasses that have any."""
    for term in vocabulary.terms.values():
        if not term.types.isdisjoint((standard.OWL_CLASS, standard.OWL_INDIVIDUAL)):
            kinds = {term.iri} if standard.OWL_CLASS in term.types else term.types
            above = {each for kind in kinds for each in vocabulary.ancestors.get(kind, (kind,)) if each in of_classes}
            passed = {each for lower in above for each in vocabulary.ancestors.get(lower, ()) if each != lower}
            nearest = above - passed
            if nearest:
                yield term.iri, tuple(sorted({name for each in nearest for name in of_classes[each]}))


Triple = tuple[NamedNode, NamedNode, NamedNode]


@dataclass(frozen=True, slots=True)
class KnowledgeGraph:
    """The content of the knowledge graph: the triples that are facts, and all statements.

    ``data`` has the descriptions of terms, statements and spans, ``by`` the studies and groups. ``asserted`` are the
    statements whose triple is a fact, each with its triple; ``defined`` are the facts of the ontology, ``inferred`` the
    inferred facts.
    """

    vocabulary: Vocabulary
    biolink: Biolink
    data: NodeData
    by: Judge
    statements: Sequence[Statement]
    asserted: Sequence[tuple[Statement, Triple]]
    defined: Sequence[Triple]
    inferred: Sequence[Triple]

    def facts(self) -> Iterator[Triple]:
        """Yield the triples that become edges."""
        yield from (triple for _, triple in self.asserted)
        yield from self.defined
        yield from self.inferred

    def mentions(self) -> Iterator[Triple]:
        """Yield the links from the statements to their terms."""
        for statement in self.statements:
            yield from mentions(statement)

    def terms(self) -> set[NamedNode]:
        """Return the subjects and objects of all edges, except the statements."""
        facts = {end for subject, _, value in self.facts() for end in (subject, value)}
        return facts | {value for _, _, value in self.mentions()}


def mentions(statement: Statement) -> Iterator[Triple]:
    """Yield the links from a statement or knowledge gap to its terms: both ends of its claim, or its topics."""
    if claim := statement.claim:
        for property_, end in ((statement_model.SUBJECT, claim.subject), (statement_model.OBJECT, claim.object)):
            if end:
                yield statement.iri, property_, end
    for term in statement.about:
        yield statement.iri, statement_model.ABOUT, term


def gather(quads: Iterable[Quad], vocabulary: Vocabulary) -> KnowledgeGraph:
    """Return the knowledge graph for the named graphs ``ontology``, ``inferred`` and ``statements``."""
    biolink = read_biolink(vocabulary)
    of_the_model = biolink.categories.get(statement_model.STATEMENT)
    of_the_domain = {iri for iri, categories in biolink.categories.items() if categories != of_the_model}
    described: list[Quad] = []
    defined: dict[Triple, None] = {}
    inferred: dict[Triple, None] = {}
    for quad in quads:
        subject, predicate, value, graph = quad
        if not isinstance(subject, NamedNode) or not isinstance(value, (NamedNode, Literal)):
            continue
        if graph in (model.ONTOLOGY_GRAPH, model.STATEMENTS_GRAPH) or predicate in SPAN_PROPERTIES:
            described.append(quad)
        if graph in (model.ONTOLOGY_GRAPH, model.INFERRED_GRAPH) and isinstance(value, NamedNode):
            relation = vocabulary.terms.get(predicate)
            if predicate in (standard.TYPE, standard.SUBCLASS_OF):
                is_fact = subject in of_the_domain and value in of_the_domain
            else:
                is_fact = relation is not None and relation.is_relation
            if is_fact:
                (defined if graph == model.ONTOLOGY_GRAPH else inferred)[subject, predicate, value] = None
    data = data_in(described)
    by = plain.judge(vocabulary.steering, *read_studies(data))
    licensed = tuple(licences(tuple(read_statements(data)), by))
    return KnowledgeGraph(
        vocabulary=vocabulary,
        biolink=biolink,
        data=data,
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


def check(graph: KnowledgeGraph) -> None:
    """Raise ExportError for every relation without a predicate and every term without a category in Biolink."""
    biolink = graph.biolink
    problems: dict[Problem, None] = {}
    for relation in sorted({relation for _, relation, _ in (*graph.facts(), *graph.mentions())}, key=str):
        found = len(biolink.predicates.get(relation, ()))
        if found != 1:
            what = f"has {found or 'no'} terms of Biolink as an exact or broad match, and needs one"
            remedy = "map it to the nearest predicate that holds whenever it does"
            problems[Problem(relation.value, what, remedy)] = None
        if relation not in biolink.edge_categories:
            what = "has no class of associations in Biolink"
            remedy = f"state the class with {biolink.curie(model.EDGE_CATEGORY)}"
            problems[Problem(relation.value, what, remedy)] = None
    for iri in sorted(graph.terms() - biolink.categories.keys(), key=str):
        remedy = "put it into a class that is mapped to Biolink, or map its class"
        problems[Problem(iri.value, "has no category in Biolink", remedy)] = None
    if problems:
        raise ExportError(problems)
