"""Terms of the public vocabularies that the program writes or reads.

Sources: RDF 1.1, RDF Schema 1.1, OWL 2, SKOS, the Web Annotation Vocabulary, PROV-O, DCMI Metadata Terms, FaBiO,
PRISM, BIBO, FOAF, VANN, the nanopublication schema, the vocabulary of MeSH RDF, and the vocabularies into which ROBOT
1.10 reads OBO files (oboInOwl and IAO).
"""

from pyoxigraph import NamedNode

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
NP = "http://www.nanopub.org/nschema#"
_OA = "http://www.w3.org/ns/oa#"
_PROV = "http://www.w3.org/ns/prov#"
_DCTERMS = "http://purl.org/dc/terms/"
_FABIO = "http://purl.org/spar/fabio/"
_FOAF = "http://xmlns.com/foaf/0.1/"
_BIBO = "http://purl.org/ontology/bibo/"
_PRISM = "http://prismstandard.org/namespaces/basic/2.0/"
MESH = "http://id.nlm.nih.gov/mesh/"
MESHV = MESH + "vocab#"
OBO = "http://purl.obolibrary.org/obo/"
SSSOM = "https://w3id.org/sssom/"
SEMAPV = "https://w3id.org/semapv/vocab/"
OBO_IN_OWL = "http://www.geneontology.org/formats/oboInOwl#"

TYPE = NamedNode(RDF + "type")
FIRST = NamedNode(RDF + "first")
REST = NamedNode(RDF + "rest")
NIL = NamedNode(RDF + "nil")
SUBJECT = NamedNode(RDF + "subject")
PREDICATE = NamedNode(RDF + "predicate")
OBJECT = NamedNode(RDF + "object")
VALUE = NamedNode(RDF + "value")
DOMAIN = NamedNode(RDFS + "domain")
LABEL = NamedNode(RDFS + "label")
RANGE = NamedNode(RDFS + "range")
SUBCLASS_OF = NamedNode(RDFS + "subClassOf")
SUBPROPERTY_OF = NamedNode(RDFS + "subPropertyOf")
COMMENT = NamedNode(RDFS + "comment")
SEE_ALSO = NamedNode(RDFS + "seeAlso")

OWL_ONTOLOGY = NamedNode(OWL + "Ontology")
OWL_CLASS = NamedNode(OWL + "Class")
OWL_INDIVIDUAL = NamedNode(OWL + "NamedIndividual")
OWL_OBJECT_PROPERTY = NamedNode(OWL + "ObjectProperty")
OWL_DATATYPE_PROPERTY = NamedNode(OWL + "DatatypeProperty")
OWL_ANNOTATION_PROPERTY = NamedNode(OWL + "AnnotationProperty")
UNION_OF = NamedNode(OWL + "unionOf")
DISJOINT_WITH = NamedNode(OWL + "disjointWith")
EQUIVALENT_CLASS = NamedNode(OWL + "equivalentClass")
OWL_VERSION = NamedNode(OWL + "versionInfo")
VERSION_IRI = NamedNode(OWL + "versionIRI")
INVERSE_OF = NamedNode(OWL + "inverseOf")
PROPERTY_CHAIN = NamedNode(OWL + "propertyChainAxiom")
SYMMETRIC_PROPERTY = NamedNode(OWL + "SymmetricProperty")
OWL_AXIOM = NamedNode(OWL + "Axiom")
ANNOTATED_SOURCE = NamedNode(OWL + "annotatedSource")
ANNOTATED_PROPERTY = NamedNode(OWL + "annotatedProperty")
ANNOTATED_TARGET = NamedNode(OWL + "annotatedTarget")
ANNOTATED_ENDS = (ANNOTATED_SOURCE, ANNOTATED_TARGET)  # their values are also described elsewhere
RESTRICTION = NamedNode(OWL + "Restriction")
ON_PROPERTY = NamedNode(OWL + "onProperty")
SOME_VALUES_FROM = NamedNode(OWL + "someValuesFrom")
HAS_VALUE = NamedNode(OWL + "hasValue")
INTERSECTION_OF = NamedNode(OWL + "intersectionOf")
ALL_DISJOINT_CLASSES = NamedNode(OWL + "AllDisjointClasses")
MEMBERS = NamedNode(OWL + "members")

XSD_BOOLEAN = NamedNode(XSD + "boolean")
XSD_DATE = NamedNode(XSD + "date")
XSD_DATE_TIME = NamedNode(XSD + "dateTime")
XSD_DECIMAL = NamedNode(XSD + "decimal")
XSD_DOUBLE = NamedNode(XSD + "double")
XSD_INTEGER = NamedNode(XSD + "integer")
XSD_STRING = NamedNode(XSD + "string")
XSD_YEAR = NamedNode(XSD + "gYear")

EXAMPLE = NamedNode(SKOS + "example")
SCOPE_NOTE = NamedNode(SKOS + "scopeNote")
ALT_LABEL = NamedNode(SKOS + "altLabel")
DEFINITION = NamedNode(SKOS + "definition")
EDITORIAL_NOTE = NamedNode(SKOS + "editorialNote")
IN_SCHEME = NamedNode(SKOS + "inScheme")
EXACT_MATCH = NamedNode(SKOS + "exactMatch")
CLOSE_MATCH = NamedNode(SKOS + "closeMatch")
BROAD_MATCH = NamedNode(SKOS + "broadMatch")
NARROW_MATCH = NamedNode(SKOS + "narrowMatch")
RELATED_MATCH = NamedNode(SKOS + "relatedMatch")
NO_TERM_FOUND = NamedNode(SSSOM + "NoTermFound")
MAPPING_RELATIONS = (EXACT_MATCH, CLOSE_MATCH, BROAD_MATCH, NARROW_MATCH, RELATED_MATCH)

NANOPUBLICATION = NamedNode(NP + "Nanopublication")
HAS_ASSERTION = NamedNode(NP + "hasAssertion")
HAS_PROVENANCE = NamedNode(NP + "hasProvenance")
HAS_PUBLICATION_INFO = NamedNode(NP + "hasPublicationInfo")

OBO_DEFINITION = NamedNode(OBO + "IAO_0000115")
OBO_EXACT_SYNONYM = NamedNode(OBO_IN_OWL + "hasExactSynonym")
OBO_CROSS_REFERENCE = NamedNode(OBO_IN_OWL + "hasDbXref")

ANNOTATION = NamedNode(_OA + "Annotation")
HAS_BODY = NamedNode(_OA + "hasBody")
HAS_TARGET = NamedNode(_OA + "hasTarget")
MOTIVATED_BY = NamedNode(_OA + "motivatedBy")
IDENTIFYING = NamedNode(_OA + "identifying")
SPECIFIC_RESOURCE = NamedNode(_OA + "SpecificResource")
POSITION_SELECTOR = NamedNode(_OA + "TextPositionSelector")
QUOTE_SELECTOR = NamedNode(_OA + "TextQuoteSelector")
HAS_SOURCE = NamedNode(_OA + "hasSource")
HAS_SELECTOR = NamedNode(_OA + "hasSelector")
START = NamedNode(_OA + "start")
END = NamedNode(_OA + "end")
EXACT = NamedNode(_OA + "exact")

AGENT = NamedNode(_PROV + "Agent")
ATTRIBUTED_TO = NamedNode(_PROV + "wasAttributedTo")
DERIVED_FROM = NamedNode(_PROV + "wasDerivedFrom")

CONFORMS_TO = NamedNode(_DCTERMS + "conformsTo")
CREATED = NamedNode(_DCTERMS + "created")
CREATOR = NamedNode(_DCTERMS + "creator")
DATE = NamedNode(_DCTERMS + "date")
ISSUED = NamedNode(_DCTERMS + "issued")
MODIFIED = NamedNode(_DCTERMS + "modified")
DESCRIPTION = NamedNode(_DCTERMS + "description")
IDENTIFIER = NamedNode(_DCTERMS + "identifier")
IS_PART_OF = NamedNode(_DCTERMS + "isPartOf")
IS_VERSION_OF = NamedNode(_DCTERMS + "isVersionOf")
LANGUAGE = NamedNode(_DCTERMS + "language")
LICENSE = NamedNode(_DCTERMS + "license")
PUBLISHER = NamedNode(_DCTERMS + "publisher")
RIGHTS = NamedNode(_DCTERMS + "rights")
SOURCE = NamedNode(_DCTERMS + "source")
TITLE = NamedNode(_DCTERMS + "title")
ALTERNATIVE_TITLE = NamedNode(_DCTERMS + "alternative")
CITATION = NamedNode(_DCTERMS + "bibliographicCitation")

ARTICLE = NamedNode(_FABIO + "Article")
BOOK = NamedNode(_FABIO + "Book")
JOURNAL_NLM_ABBREVIATION = NamedNode(_FABIO + "hasNLMJournalTitleAbbreviation")
JOURNAL_SHORT_TITLE = NamedNode(_FABIO + "hasShortTitle")
LINKING_ISSN = NamedNode(_FABIO + "hasIssnL")
PII = NamedNode(_FABIO + "hasPII")
PMC_IDENTIFIER = NamedNode(_FABIO + "hasPubMedCentralId")
PRIMARY_SUBJECT_TERM = NamedNode(_FABIO + "hasPrimarySubjectTerm")
SEASON = NamedNode(_FABIO + "hasSeason")
SUBJECT_TERM = NamedNode(_FABIO + "hasSubjectTerm")

DOI = NamedNode(_BIBO + "doi")
PMID = NamedNode(_BIBO + "pmid")
NAME_SUFFIX = NamedNode(_BIBO + "suffixName")
JOURNAL = NamedNode(_PRISM + "publicationName")
EDITION = NamedNode(_PRISM + "edition")
ELECTRONIC_ISSN = NamedNode(_PRISM + "eIssn")
ISBN = NamedNode(_PRISM + "isbn")
ISSN = NamedNode(_PRISM + "issn")
KEYWORD = NamedNode(_PRISM + "keyword")
VERSION = NamedNode(_PRISM + "versionIdentifier")
VOLUME = NamedNode(_PRISM + "volume")
ISSUE = NamedNode(_PRISM + "number")
PAGES = NamedNode(_PRISM + "pageRange")
FIRST_PAGE = NamedNode(_PRISM + "startingPage")
LAST_PAGE = NamedNode(_PRISM + "endingPage")

FAMILY_NAME = NamedNode(_FOAF + "familyName")
GIVEN_NAME = NamedNode(_FOAF + "givenName")
NAME = NamedNode(_FOAF + "name")

NAMESPACE = NamedNode("http://purl.org/vocab/vann/preferredNamespaceUri")

MESH_HAS_DESCRIPTOR = NamedNode(MESHV + "hasDescriptor")
MESH_HAS_QUALIFIER = NamedNode(MESHV + "hasQualifier")
MESH_TREE_NUMBER = NamedNode(MESHV + "treeNumber")
