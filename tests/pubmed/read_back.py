"""The way back from RDF: what the quads of a record say.

What is read is taken out of the graph, so that what is left over at the end is what nobody asked for.
:func:`tests.pubmed.kept.kept` says what a record is to say, in the same words.
"""

import re
from collections import defaultdict
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from her2ld.pubmed import article as record
from her2ld.vocabulary import model, standard
from tests.pubmed.texts import canonical

DOI = "https://doi.org/"

Graph = dict[NamedNode, dict[NamedNode, list[NamedNode | Literal]]]


def graph_of(lines: str) -> Graph:
    """Read the lines of a record, each of a named node in the graph of records."""
    graph: Graph = defaultdict(lambda: defaultdict(list))
    for quad in dict.fromkeys(parse(lines.encode(), RdfFormat.N_QUADS)):
        assert quad.graph_name == model.RECORDS_GRAPH
        assert isinstance(quad.subject, NamedNode)
        assert isinstance(quad.object, NamedNode | Literal)
        graph[quad.subject][quad.predicate].append(quad.object)
    return graph


def left_over(graph: Graph) -> list[tuple[str, str, list[NamedNode | Literal]]]:
    """Return what was not read."""
    return [
        (node.value, property_.value, values)
        for node, said in graph.items()
        for property_, values in said.items()
        if values
    ]


def take(graph: Graph, node: NamedNode, property_: NamedNode) -> list[str]:
    """Take the values of a property, sorted."""
    values = graph[node].pop(property_, []) if node in graph else []
    for value in values:
        if isinstance(value, Literal) and value.datatype.value != standard.XSD + "string":
            assert value.language == "en" or value.datatype.value.startswith(standard.XSD)
    return sorted(value.value for value in values)


def one(graph: Graph, node: NamedNode, property_: NamedNode) -> str | None:
    """Take the value of a property that has no more than one."""
    values = take(graph, node, property_)
    assert len(values) < 2, (node, property_, values)
    return values[0] if values else None


def with_tags(graph: Graph, node: NamedNode) -> str | None:
    """Take a text with its tags, in the one spelling."""
    said = one(graph, node, model.MARKED_UP)
    return canonical(said) if said else None


def truth(graph: Graph, node: NamedNode, property_: NamedNode) -> bool | None:
    """Take a value that is true or false."""
    said = one(graph, node, property_)
    assert said in {None, "true", "false"}
    return None if said is None else said == "true"


def parts(
    graph: Graph, whole: NamedNode, property_: NamedNode, kind: NamedNode, *, ordered: bool = True
) -> list[NamedNode]:
    """Take the nodes that a property leads to, in the order that they say, or else in that of their names."""
    nodes = sorted(map(NamedNode, take(graph, whole, property_)), key=lambda node: numbers_in(node.value))
    for place, node in enumerate(nodes, 1):
        assert take(graph, node, standard.TYPE) == [kind.value]
        order = one(graph, node, model.ORDER)
        if ordered:
            assert order is not None, (node, property_)
            assert int(order) >= place, (node, order)
            assert order == str(numbers_in(node.value)[-1])
        else:
            assert order is None
    return nodes


def numbers_in(iri: str) -> list[int]:
    """Return the numbers in a name, to sort by."""
    return list(map(int, re.findall(r"\d+", iri.rpartition("#")[2])))


def read_back(graph: Graph, *, abstract: bool = True) -> dict[str, object]:
    """Take the one record out of a graph."""
    (paper,) = [node for node, said in graph.items() if standard.ARTICLE in said.get(standard.TYPE, [])]
    del graph[paper][standard.TYPE]
    said: dict[str, object] = {name: one(graph, paper, property_) for name, property_ in SINGLE.items()} | {
        name: tuple(take(graph, paper, property_)) for name, property_ in PLAIN_LISTS.items()
    }
    said |= {
        "iri": paper.value,
        "version_of": one(graph, paper, standard.IS_VERSION_OF),
        "incomplete": set(take(graph, paper, model.INCOMPLETE_LIST)),
        "date": (
            one(graph, paper, standard.DATE),
            one(graph, paper, model.DATE_AS_PRINTED),
            one(graph, paper, standard.SEASON),
        ),
        "identifiers": identifiers(graph, paper),
        "vernacular_title": (one(graph, paper, standard.ALTERNATIVE_TITLE), with_tags(graph, paper)),
        "texts": texts(graph, paper, abstract=abstract),
        "subjects": (
            set(take(graph, paper, standard.PRIMARY_SUBJECT_TERM)),
            set(take(graph, paper, standard.SUBJECT_TERM)),
        ),
        "headings": [heading(graph, node) for node in parts(graph, paper, model.HEADING, model.MESH_HEADING)],
        "people": [
            (role, *person(graph, node), numbers_in(node.value)[-1])
            for role, property_ in PEOPLE.items()
            for node in parts(graph, paper, property_, model.CONTRIBUTOR)
        ],
        "history": [
            (
                one(graph, node, model.KIND),
                one(graph, node, standard.DATE),
                one(graph, node, model.DATE_AS_PRINTED),
                one(graph, node, model.TIME_OF_DAY),
            )
            for node in parts(graph, paper, model.HISTORY_DATE_OF, model.HISTORY_DATE, ordered=False)
        ],
        "keyword_entries": [
            (
                numbers_in(node.value)[-1],
                one(graph, node, standard.LABEL),
                truth(graph, node, model.MAJOR_TOPIC),
                one(graph, node, model.RECORD_OWNER),
            )
            for node in parts(graph, paper, model.KEYWORD_ENTRY_OF, model.KEYWORD_ENTRY)
        ],
        "grants": tuple(
            record.Grant(
                *(
                    one(graph, node, property_)
                    for property_ in (model.GRANT_NUMBER, model.ACRONYM, model.AGENCY, model.COUNTRY)
                )
            )
            for node in parts(graph, paper, model.GRANT, model.GRANT_CLASS)
        ),
        "data_banks": [
            (one(graph, node, standard.LABEL), take(graph, node, model.ACCESSION_NUMBER))
            for node in parts(graph, paper, model.DATA_BANK_ENTRY_OF, model.DATA_BANK_ENTRY, ordered=False)
        ],
        "related": [
            (
                one(graph, node, model.KIND),
                one(graph, node, standard.CITATION),
                one(graph, node, model.CITED_WORK),
                one(graph, node, standard.VERSION),
                one(graph, node, standard.COMMENT),
            )
            for node in parts(graph, paper, model.RELATED_CITATION, model.RELATED_CITATION_CLASS)
        ],
        "references": [
            (
                one(graph, node, standard.CITATION),
                identifiers(graph, node) | {("pubmed", iri, True) for iri in take(graph, node, model.CITED_WORK)},
                take(graph, node, model.LIST_TITLE),
            )
            for node in parts(graph, paper, model.REFERENCE, model.REFERENCE_CLASS)
        ],
        "notes": tuple(
            record.Note(one(graph, node, standard.VALUE) or "", one(graph, node, model.RECORD_OWNER))
            for node in parts(graph, paper, model.NOTE, model.RECORD_NOTE, ordered=False)
        ),
        "objects": [
            (one(graph, node, model.KIND), take(graph, node, model.PARAMETER))
            for node in parts(graph, paper, model.LISTED_OBJECT, model.LISTED_OBJECT_CLASS, ordered=False)
        ],
        "book": [book(graph, node) for node in map(NamedNode, take(graph, paper, standard.IS_PART_OF))],
        "book_sections": book_sections(graph, paper),
        "mesh": mesh_terms(graph),
    }
    return said


SINGLE = {
    "pmid": standard.PMID,
    "journal.title": standard.JOURNAL,
    "journal.abbreviation": standard.JOURNAL_SHORT_TITLE,
    "journal.medline_abbreviation": standard.JOURNAL_NLM_ABBREVIATION,
    "journal.issn": standard.ISSN,
    "journal.electronic_issn": standard.ELECTRONIC_ISSN,
    "journal.linking_issn": standard.LINKING_ISSN,
    "journal.nlm_identifier": model.NLM_JOURNAL_IDENTIFIER,
    "journal.country": model.COUNTRY,
    "journal.volume": standard.VOLUME,
    "journal.issue": standard.ISSUE,
    "journal.medium": model.MEDIUM,
    "pages.text": standard.PAGES,
    "pages.first": standard.FIRST_PAGE,
    "pages.last": standard.LAST_PAGE,
    "number_of_references": model.NUMBER_OF_REFERENCES,
    "conflict_of_interest": model.CONFLICT_OF_INTEREST,
    "status": model.CITATION_STATUS,
    "owner": model.RECORD_OWNER,
    "version_date": model.VERSION_DATE,
    "indexing_method": model.INDEXING_METHOD,
    "publication_model": model.PUBLICATION_MODEL,
    "publication_status": model.PUBLICATION_STATUS,
    "title": standard.TITLE,
    "completed": model.RECORD_COMPLETED,
    "revised": model.RECORD_REVISED,
    "contributed": model.RECORD_CONTRIBUTED,
}
PLAIN_LISTS = {
    "versions": standard.VERSION,
    "languages": standard.LANGUAGE,
    "citation_subsets": model.CITATION_SUBSET,
    "gene_symbols": model.GENE_SYMBOL,
    "space_flight_missions": model.SPACE_FLIGHT_MISSION,
    "keywords": standard.KEYWORD,
    "publication_types": model.PUBLICATION_TYPE,
    "substances": model.SUBSTANCE,
    "supplementary_concepts": model.SUPPLEMENTARY_CONCEPT,
    "electronic_dates": model.ELECTRONIC_DATE,
    "book_labels": model.PLACE,
}
PEOPLE = {
    "author": model.AUTHOR,
    "editor": model.EDITOR,
    "investigator": model.INVESTIGATOR,
    "subject": model.PERSON_AS_SUBJECT,
}


def identifiers(graph: Graph, node: NamedNode) -> set[tuple[str, str, bool]]:
    """Take the identifiers of a node: source, value, valid. A DOI is linked too."""
    dois = take(graph, node, standard.DOI)
    assert take(graph, node, standard.SEE_ALSO) == sorted(DOI + quote(doi, safe="/:;()._-~") for doi in dois)
    found = set()
    for property_, valid in ((standard.IDENTIFIER, True), (model.INVALID_IDENTIFIER, False)):
        for each in take(graph, node, property_):
            source, value = each.split(":", 1)
            found.add((source, value, valid))
    return {
        *found,
        *(("doi", doi, True) for doi in dois),
        *(("pii", each, True) for each in take(graph, node, standard.PII)),
        *(("pmc", each, True) for each in take(graph, node, standard.PMC_IDENTIFIER)),
    }


def texts(graph: Graph, paper: NamedNode, *, abstract: bool) -> dict[str, object]:
    """Take the texts of a paper by the last part of their names."""
    found: dict[str, object] = {}
    for node in map(NamedNode, take(graph, paper, model.HAS_TEXT)):
        name = node.value.rpartition("/")[2]
        kind = model.TITLE_TEXT if name == "title" else model.ABSTRACT_TEXT
        assert take(graph, node, standard.TYPE) == [kind.value]
        assert take(graph, node, standard.IS_PART_OF) == [paper.value]
        text = one(graph, node, standard.VALUE)
        digest = one(graph, node, model.SHA256)
        assert (text is not None) == (abstract or name == "title")
        found[name] = (
            text,
            digest,
            with_tags(graph, node),
            set(take(graph, node, standard.IDENTIFIER)),
            one(graph, node, standard.RIGHTS),
            one(graph, node, model.KIND),
            one(graph, node, standard.LANGUAGE),
            [
                (
                    int(one(graph, part, standard.START) or -1),
                    int(one(graph, part, standard.END) or -1),
                    one(graph, part, standard.LABEL),
                    one(graph, part, model.CATEGORY),
                )
                for part in parts(graph, node, model.SECTION, model.ABSTRACT_SECTION)
            ],
        )
    return found


def heading(graph: Graph, node: NamedNode) -> tuple[object, ...]:
    """Take a MeSH heading."""
    return (
        one(graph, node, model.DESCRIPTOR),
        truth(graph, node, model.MAJOR_TOPIC),
        truth(graph, node, model.ASSIGNED_BY_MACHINE),
        [
            (
                one(graph, part, model.QUALIFIER),
                one(graph, part, model.QUALIFIED_DESCRIPTOR),
                truth(graph, part, model.MAJOR_TOPIC),
                truth(graph, part, model.ASSIGNED_BY_MACHINE),
            )
            for part in parts(graph, node, model.HEADING_QUALIFIER_OF, model.HEADING_QUALIFIER)
        ],
    )


def person(graph: Graph, node: NamedNode) -> tuple[object, ...]:
    """Take a person or a group."""
    return (
        *(
            one(graph, node, property_)
            for property_ in (
                standard.FAMILY_NAME,
                standard.GIVEN_NAME,
                model.INITIALS,
                standard.NAME_SUFFIX,
                standard.NAME,
            )
        ),
        identifiers(graph, node) | {("ORCID", iri, True) for iri in take(graph, node, model.ORCID)},
        [
            (one(graph, part, standard.LABEL), identifiers(graph, part))
            for part in parts(graph, node, model.AFFILIATION, model.AFFILIATION_CLASS)
        ],
        truth(graph, node, model.VALID) is not False,
        truth(graph, node, model.EQUAL_CONTRIBUTION),
        one(graph, node, model.INVESTIGATOR_LIST),
    )


def book(graph: Graph, node: NamedNode) -> dict[str, object]:
    """Take the book that a record is or is part of."""
    assert take(graph, node, standard.TYPE) == [standard.BOOK.value]
    return {
        "single": [one(graph, node, property_) for property_ in BOOK],
        "markup": set(map(canonical, take(graph, node, model.MARKED_UP))),
        "isbns": take(graph, node, standard.ISBN),
        "incomplete": take(graph, node, model.INCOMPLETE_LIST),
        "identifiers": identifiers(graph, node),
        "people": [
            (role, *person(graph, part), numbers_in(part.value)[-1])
            for role, property_ in PEOPLE.items()
            for part in parts(graph, node, property_, model.CONTRIBUTOR)
        ],
    }


BOOK = {
    standard.TITLE: "title.text",
    model.COLLECTION_TITLE: "collection.text",
    standard.PUBLISHER: "publisher",
    model.PLACE: "place",
    standard.VOLUME: "volume",
    model.VOLUME_TITLE: "volume_title",
    standard.EDITION: "edition",
    model.MEDIUM: "medium",
    model.REPORT_NUMBER: "report_number",
    standard.CREATED: "beginning",
    model.LAST_DATE: "ending",
}


def book_sections(graph: Graph, whole: NamedNode) -> list[tuple[object, ...]]:
    """Take the sections of a book or of a section."""
    return [
        (
            one(graph, node, standard.TITLE),
            with_tags(graph, node),
            set(take(graph, node, standard.IDENTIFIER)),
            one(graph, node, standard.LABEL),
            one(graph, node, model.KIND),
            book_sections(graph, node),
        )
        for node in parts(graph, whole, model.BOOK_SECTION, model.BOOK_SECTION_CLASS)
    ]


def mesh_terms(graph: Graph) -> dict[str, list[list[str]]]:
    """Take what is said of MeSH terms: names, kinds, numbers, and of a pair its descriptor and its qualifier."""
    terms = [node for node in graph if node.value.startswith((standard.MESH, f"{model.HER2LD}mesh/"))]
    return {node.value: [take(graph, node, property_) for property_ in TERM] for node in terms}


TERM = (
    standard.LABEL,
    model.KIND,
    model.REGISTRY_NUMBER,
    standard.MESH_HAS_DESCRIPTOR,
    standard.MESH_HAS_QUALIFIER,
)
