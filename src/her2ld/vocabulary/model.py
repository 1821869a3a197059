"""The graphs, the terms of ontology/records.ttl that the program uses by name, and the properties of its rules.

The terms of the statement model are in :mod:`her2ld.vocabulary.statement_model`. All relations and entities come from
the ontology. A test looks up each of these terms there.
"""

from pyoxigraph import NamedNode, Quad

HER2LD = "https://w3id.org/her2ld/"


def _term(name: str) -> NamedNode:
    return NamedNode(HER2LD + name)


# Graphs, in the order in which they are written.
ONTOLOGY_GRAPH = _term("graph/ontology")
ASSERTED_GRAPH = _term("graph/asserted")
HEDGED_GRAPH = _term("graph/hedged")
INFERRED_GRAPH = _term("graph/inferred")
CONCLUSIONS_GRAPH = _term("graph/conclusions")
STATEMENTS_GRAPH = _term("graph/statements")
RECORDS_GRAPH = _term("graph/records")
EXCERPTS_GRAPH = _term("graph/excerpts")
GRAPHS = (
    ONTOLOGY_GRAPH,
    ASSERTED_GRAPH,
    HEDGED_GRAPH,
    INFERRED_GRAPH,
    CONCLUSIONS_GRAPH,
    STATEMENTS_GRAPH,
    RECORDS_GRAPH,
    EXCERPTS_GRAPH,
)

# Classes.
ABSTRACT_TEXT = _term("AbstractText")
BIOMEDICAL_ENTITY = _term("BiomedicalEntity")
HEADING_QUALIFIER = _term("HeadingQualifier")
MESH_HEADING = _term("MeshHeading")
MENTION_STATUS_CLASS = _term("MentionStatus")
SENTENCE = _term("Sentence")
SPECIES_CLASS = _term("Species")
TITLE_TEXT = _term("TitleText")

# Classes of the parts of a record of PubMed.
ABSTRACT_SECTION = _term("AbstractSection")
AFFILIATION_CLASS = _term("Affiliation")
BOOK_SECTION_CLASS = _term("BookSection")
CONTRIBUTOR = _term("Contributor")
DATA_BANK_ENTRY = _term("DataBankEntry")
DELETED_RECORD = _term("DeletedRecord")
GRANT_CLASS = _term("Grant")
HISTORY_DATE = _term("HistoryDate")
KEYWORD_ENTRY = _term("KeywordEntry")
LISTED_OBJECT_CLASS = _term("ListedObject")
RECORD_NOTE = _term("RecordNote")
REFERENCE_CLASS = _term("Reference")
RELATED_CITATION_CLASS = _term("RelatedCitation")

# The class of each text of a record.
TEXT_CLASSES = {"title": TITLE_TEXT, "abstract": ABSTRACT_TEXT}

# Values.
NEGATIVE_STATUS = _term("NegativeStatus")
POSITIVE_STATUS = _term("PositiveStatus")

# Properties of a record.
CHECKED_AGAINST = _term("checkedAgainst")
DESCRIPTOR = _term("descriptor")
HAS_TEXT = _term("hasText")
HEADING = _term("heading")
IN_SENTENCE = _term("inSentence")
HEADING_QUALIFIER_OF = _term("headingQualifier")
MAJOR_TOPIC = _term("majorTopic")
MENTION_STATUS = _term("mentionStatus")
NESTED_IN = _term("nestedIn")
ORDER = _term("order")
PUBLICATION_TYPE = _term("publicationType")
QUALIFIED_DESCRIPTOR = _term("qualifiedDescriptor")
QUALIFIER = _term("qualifier")
SHA256 = _term("sha256")
SUBSTANCE = _term("substance")

# Properties of a record of PubMed and of its parts.
ACCESSION_NUMBER = _term("accessionNumber")
ACRONYM = _term("acronym")
AFFILIATION = _term("affiliation")
AGENCY = _term("agency")
ASSIGNED_BY_MACHINE = _term("assignedByMachine")
AUTHOR = _term("author")
BOOK_SECTION = _term("bookSection")
CATEGORY = _term("category")
CITATION_STATUS = _term("citationStatus")
CITATION_SUBSET = _term("citationSubset")
CITED_WORK = _term("citedWork")
COLLECTION_TITLE = _term("collectionTitle")
CONFLICT_OF_INTEREST = _term("conflictOfInterest")
COUNTRY = _term("country")
DATA_BANK_ENTRY_OF = _term("dataBankEntry")
DATE_AS_PRINTED = _term("dateAsPrinted")
EDITOR = _term("editor")
ELECTRONIC_DATE = _term("electronicDate")
EQUAL_CONTRIBUTION = _term("equalContribution")
GENE_SYMBOL = _term("geneSymbol")
GIVES_STANDING = _term("givesStanding")
GRANT = _term("grant")
GRANT_NUMBER = _term("grantNumber")
HISTORY_DATE_OF = _term("historyDate")
INCOMPLETE_LIST = _term("incompleteList")
INDEXING_METHOD = _term("indexingMethod")
INITIALS = _term("initials")
INVALID_IDENTIFIER = _term("invalidIdentifier")
INVERSE_KIND = _term("inverseKind")
INVESTIGATOR = _term("investigator")
INVESTIGATOR_LIST = _term("investigatorList")
KEYWORD_ENTRY_OF = _term("keywordEntry")
KIND = _term("kind")
LAST_DATE = _term("lastDate")
LIST_TITLE = _term("listTitle")
LISTED_OBJECT = _term("listedObject")
MARKED_UP = _term("markedUp")
MEDIUM = _term("medium")
NLM_JOURNAL_IDENTIFIER = _term("nlmJournalIdentifier")
NOTE = _term("note")
NUMBER_OF_REFERENCES = _term("numberOfReferences")
OF_PUBLICATION_TYPE = _term("ofPublicationType")
ORCID = _term("orcid")
PARAMETER = _term("parameter")
PERSON_AS_SUBJECT = _term("personAsSubject")
PLACE = _term("place")
PUBLICATION_MODEL = _term("publicationModel")
PUBLICATION_STATUS = _term("publicationStatus")
RECORD_COMPLETED = _term("recordCompleted")
RECORD_CONTRIBUTED = _term("recordContributed")
RECORD_OWNER = _term("recordOwner")
RECORD_REVISED = _term("recordRevised")
REFERENCE = _term("reference")
RELATED_CITATION = _term("relatedCitation")
REGISTRY_NUMBER = _term("registryNumber")
REPORT_NUMBER = _term("reportNumber")
SECTION = _term("section")
SETTLES_NOTHING = _term("settlesNothing")
SPACE_FLIGHT_MISSION = _term("spaceFlightMission")
STANDING = _term("standing")
STANDING_SAID_BY = _term("standingSaidBy")
SUPPLEMENTARY_CONCEPT = _term("supplementaryConcept")
TIME_OF_DAY = _term("timeOfDay")
VALID = _term("valid")
VERSION_DATE = _term("versionDate")
VOLUME_TITLE = _term("volumeTitle")

# A relation of the domain.
ENCODES = _term("encodes")

# Properties of the ontology's rules for the program.
COMPACT_PREFIX = _term("compactPrefix")
EDGE_CATEGORY = _term("edgeCategory")
PREFIX_ORDER = _term("prefixOrder")

# Properties of the ontology's rules for finding names in texts.
BEGINNING_OF_ANOTHER = _term("beginningOfAnother")
CONTEXT_WORD = _term("contextWord")
COUNTERPART_OF = _term("counterpartOf")
ENDING_OF_ANOTHER = _term("endingOfAnother")
EXACT_NAME = _term("exactName")
FALSE_FRIEND = _term("falseFriend")
GLUED_WORD = _term("gluedWord")
HYPHEN_MAKES_ANOTHER = _term("hyphenMakesAnother")
IS_GENERAL_WORD = _term("isGeneralWord")
IS_RATIO = _term("isRatio")
KEEPS_TOPIC = _term("keepsTopic")
LEAVES_TOPIC = _term("leavesTopic")
MISLEADING_WORD = _term("misleadingWord")
NAME_HIDES = _term("nameHides")
NAME_STEM = _term("nameStem")
NEEDS_CONTEXT = _term("needsContext")
NEGATIVE_NAME = _term("negativeName")
POSITIVE_NAME = _term("positiveName")
PUBTATOR_TYPE = _term("pubtatorType")
SAYS_HUMAN = _term("saysHuman")
STATUS_OF = _term("statusOf")
SYMBOL_OF_ANOTHER = _term("symbolOfAnother")
TOPIC_WORD = _term("topicWord")
WORD_AFTER = _term("wordAfter")
WORD_BEFORE = _term("wordBefore")
WORD_OF_ANOTHER = _term("wordOfAnother")

# Properties of mappings and of the vocabularies of others.
NO_TERM_IN = _term("noTermIn")
NOT_EXACT_MATCH = _term("notExactMatch")
NOT_LOOKED_UP = _term("notLookedUp")
NOT_PROVEN = _term("notProven")
TERM_TYPE = _term("termType")


def graph_rank(quad: Quad) -> tuple[int, str, bool, str, str, str]:
    """Return the sort key of a quad in a dataset without order: graphs as listed above, IRIs before blank nodes."""
    graph = quad.graph_name
    place = GRAPHS.index(graph) if graph in GRAPHS else len(GRAPHS)
    is_blank = not isinstance(quad.subject, NamedNode)
    return place, str(graph), is_blank, str(quad.subject), str(quad.predicate), str(quad.object)
