"""The few terms of the statement model that the program must know by name.

Everything else in her2.ttl, every relation and every entity, is learned from the file. A test finds each of these
there.
"""

from pyoxigraph import NamedNode, Quad

HER2LD = "https://w3id.org/her2ld/"


def _term(name: str) -> NamedNode:
    return NamedNode(HER2LD + name)


# Graphs, in the order in which they are written.
ONTOLOGY_GRAPH = _term("graph/ontology")
SETTLED_GRAPH = _term("graph/settled")
HEDGED_GRAPH = _term("graph/hedged")
INFERRED_GRAPH = _term("graph/inferred")
CONCLUSIONS_GRAPH = _term("graph/conclusions")
STATEMENTS_GRAPH = _term("graph/statements")
RECORDS_GRAPH = _term("graph/records")
EXCERPTS_GRAPH = _term("graph/excerpts")
GRAPHS = (
    ONTOLOGY_GRAPH,
    SETTLED_GRAPH,
    HEDGED_GRAPH,
    INFERRED_GRAPH,
    CONCLUSIONS_GRAPH,
    STATEMENTS_GRAPH,
    RECORDS_GRAPH,
    EXCERPTS_GRAPH,
)

# Classes.
ABSTRACT_TEXT = _term("AbstractText")
CONCLUSION = _term("Conclusion")
HEADING_QUALIFIER = _term("HeadingQualifier")
KNOWLEDGE_GAP = _term("KnowledgeGap")
MESH_HEADING = _term("MeshHeading")
MODALITY_CLASS = _term("Modality")
SENTENCE = _term("Sentence")
STATEMENT = _term("Statement")
TITLE_TEXT = _term("TitleText")

# The class of each text of a record.
TEXT_CLASSES = {"title": TITLE_TEXT, "abstract": ABSTRACT_TEXT}

# Values.
AFFIRMED = _term("Affirmed")
UNKNOWN = _term("Unknown")

# Properties of a statement and of a knowledge gap.
ABOUT = _term("about")
AS_OF = _term("asOf")
CONDITION = _term("condition")
CUE = _term("cue")
DENOMINATOR = _term("denominator")
EVIDENCE = _term("evidence")
EVIDENCE_TYPE = _term("evidenceType")
JURISDICTION = _term("jurisdiction")
LOWER_BOUND = _term("lowerBound")
MODALITY = _term("modality")
OBJECT_EXEMPLAR_OF = _term("objectExemplarOf")
ORDINAL = _term("ordinal")
POLARITY = _term("polarity")
POPULATION = _term("population")
SUBJECT_EXEMPLAR_OF = _term("subjectExemplarOf")
UNKNOWN_ASPECT = _term("unknownAspect")
UPPER_BOUND = _term("upperBound")

# Properties of a record.
CHECKED_AGAINST = _term("checkedAgainst")
DESCRIPTOR = _term("descriptor")
HAS_TEXT = _term("hasText")
HEADING = _term("heading")
IN_SENTENCE = _term("inSentence")
HEADING_QUALIFIER_OF = _term("headingQualifier")
MAJOR_TOPIC = _term("majorTopic")
ORDER = _term("order")
PUBLICATION_TYPE = _term("publicationType")
QUALIFIED_DESCRIPTOR = _term("qualifiedDescriptor")
QUALIFIER = _term("qualifier")
SHA256 = _term("sha256")
SUBSTANCE = _term("substance")

# Properties by which the ontology steers the program.
COMPACT_PREFIX = _term("compactPrefix")
EDGE_CATEGORY = _term("edgeCategory")
INFERRED_ONLY = _term("inferredOnly")
NEEDS_CUE = _term("needsCue")
PREFIX_ORDER = _term("prefixOrder")
RANK = _term("rank")
REQUIRES_QUALIFIER = _term("requiresQualifier")
SETTLES = _term("settles")

# Properties by which the ontology says how it is mapped.
NO_TERM_IN = _term("noTermIn")
NOT_EXACT_MATCH = _term("notExactMatch")
TERM_TYPE = _term("termType")


def graph_rank(quad: Quad) -> tuple[int, str, bool, str, str, str]:
    """Order the quads of a Dataset, which has no order: graphs as above, IRIs before blank nodes."""
    graph = quad.graph_name
    place = GRAPHS.index(graph) if graph in GRAPHS else len(GRAPHS)
    is_blank = not isinstance(quad.subject, NamedNode)
    return place, str(graph), is_blank, str(quad.subject), str(quad.predicate), str(quad.object)
