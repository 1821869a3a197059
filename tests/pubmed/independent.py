"""A second reading of PubMed's XML: for each field of ``Article`` one function that asks the whole tree with XPath.

It is written from NLM's DTD and from the data model alone, apart from the reader, in another way: no streaming, no
state, and no thought of speed. What both say of a record is right, or wrong for one reason that two people would share.
"""

import gzip
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree

from her2ld.pubmed import article as model
from tests.pubmed.texts import clean, inside, markup, text

# A record is one of these; a bare citation or document is one without the wrapping element.
RECORDS = (
    "//PubmedArticle | //PubmedBookArticle"
    " | //MedlineCitation[not(parent::PubmedArticle)] | //BookDocument[not(parent::PubmedBookArticle)]"
)


def records(source: Path | bytes) -> list[etree._Element]:
    """Return the records of a file (plain or gzip) in order, each wrapped as if it stood in a set."""
    content = source if isinstance(source, bytes) else source.read_bytes()
    if content.startswith(b"\x1f\x8b"):
        content = gzip.decompress(content)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    return [_wrapped(each) for each in etree.fromstring(content, parser).xpath(RECORDS)]


def _wrapped(record: etree._Element) -> etree._Element:
    if record.tag in {"PubmedArticle", "PubmedBookArticle"}:
        return record
    wrapper = etree.Element("PubmedArticle" if record.tag == "MedlineCitation" else "PubmedBookArticle")
    wrapper.append(record)
    return wrapper


def deletions(source: Path | bytes) -> list[model.Deletion]:
    """Return the records that a file takes back, in order."""
    content = source if isinstance(source, bytes) else source.read_bytes()
    if content.startswith(b"\x1f\x8b"):
        content = gzip.decompress(content)
    return [
        model.Deletion(text(each) or "", each.get("Version"), of_book=each.getparent().tag == "DeleteDocument")
        for each in etree.fromstring(content).xpath("//DeleteCitation/PMID | //DeleteDocument/PMID")
    ]


def article(record: etree._Element) -> model.Article:
    """Read one record."""
    return model.Article(**{name: read(record) for name, read in FIELDS.items()})


def first(node: etree._Element, path: str) -> str | None:
    """Return the text of the first element, or the value of the first attribute, that the path leads to."""
    found = node.xpath(path)
    if not found:
        return None
    return str(found[0]) if path.rpartition("/")[2].startswith("@") else text(found[0])


def each_text(node: etree._Element, path: str) -> tuple[str, ...]:
    """Return the texts of all elements that the path leads to, but not the empty ones."""
    return tuple(said for found in node.xpath(path) if (said := text(found)))


def date(node: etree._Element, path: str) -> model.PartialDate | None:
    """Return the first date that the path leads to."""
    return next(iter(dates(node, path)), None)


def dates(node: etree._Element, path: str) -> tuple[model.PartialDate, ...]:
    """Return all dates that the path leads to."""
    return tuple(
        model.PartialDate(
            year=first(found, "Year"),
            month=first(found, "Month"),
            day=first(found, "Day"),
            season=first(found, "Season"),
            text=first(found, "MedlineDate"),
            hour=first(found, "Hour"),
            minute=first(found, "Minute"),
            second=first(found, "Second"),
        )
        for found in node.xpath(path)
    )


def identifiers(node: etree._Element, path: str, source: str, default: str = "") -> tuple[model.RecordIdentifier, ...]:
    """Return the identifiers with the attribute that says whose they are, or what the DTD says without one."""
    return tuple(
        model.RecordIdentifier(said, found.get(source, default), valid=found.get("ValidYN") != "N")
        for found in node.xpath(path)
        if (said := text(found))
    )


def person(node: etree._Element) -> model.Person:
    """Read an Author, an Investigator or a PersonalNameSubject."""
    equal = first(node, "@EqualContrib")
    return model.Person(
        last_name=first(node, "LastName"),
        fore_name=first(node, "ForeName"),
        initials=first(node, "Initials"),
        suffix=first(node, "Suffix"),
        collective_name=first(node, "CollectiveName"),
        identifiers=identifiers(node, "Identifier", "Source"),
        affiliations=tuple(
            model.Affiliation(first(place, "Affiliation") or "", identifiers(place, "Identifier", "Source"))
            for place in node.xpath("AffiliationInfo[*[normalize-space()]]")
        ),
        valid=first(node, "@ValidYN") != "N",
        equal_contribution=None if equal is None else equal == "Y",
        investigators=first(node, "CollectiveName/@Investigators"),
    )


def people(node: etree._Element, path: str) -> tuple[model.People, ...]:
    """Read the lists of persons that the path leads to."""
    return tuple(
        model.People(
            persons=tuple(person(each) for each in found.xpath("Author | Investigator")),
            complete=first(found, "@CompleteYN") != "N",
            kind=first(found, "@Type"),
            identifier=first(found, "@ID"),
        )
        for found in node.xpath(path)
    )


def title(node: etree._Element, path: str) -> model.Title | None:
    """Read a title and where a book keeps it."""
    return next(
        (
            model.Title(text(found) or "", markup(found), found.get("book"), found.get("part"), found.get("sec"))
            for found in node.xpath(path)
        ),
        None,
    )


def own_title(record: etree._Element) -> model.Title:
    """Read the title of the record; a record of a whole book has that of the book."""
    found = title(record, f"{PAPER}/ArticleTitle | {BOOK}/ArticleTitle")
    whole = title(record, f"{BOOK}/Book/BookTitle") or model.Title("")
    return found or model.Title(whole.text, whole.marked_up)


def abstract(node: etree._Element) -> model.Abstract:
    """Read an abstract: each section after its label, and where in the whole its own text lies."""
    whole = ""
    sections = []
    parts = node.xpath("AbstractText")
    for part in parts:
        said = text(part) or ""
        whole = clean(f"{whole} {_label(part)} {said}")
        sections.append(
            model.AbstractSection(
                len(whole) - len(said), len(whole), _label(part).removesuffix(":") or None, part.get("NlmCategory")
            )
        )
    return model.Abstract(
        text=whole,
        sections=tuple(sections) if len(parts) > 1 or node.xpath("AbstractText/@*") else (),
        copyright=first(node, "CopyrightInformation"),
        marked_up=clean(" ".join(f"{escape(_label(part))} {inside(part)}" for part in parts))
        if node.xpath("AbstractText/*")
        else None,
        kind=first(node, "@Type"),
        language=first(node, "@Language"),
    )


def _label(part: etree._Element) -> str:
    return f"{clean(part.get('Label'))}:" if part.get("Label", "").strip() else ""


def abstracts(node: etree._Element, path: str) -> tuple[model.Abstract, ...]:
    """Read the abstracts that the path leads to."""
    return tuple(abstract(found) for found in node.xpath(path))


def terms(node: etree._Element, path: str) -> tuple[model.MeshTerm, ...]:
    """Read MeSH terms with identifier and kind."""
    return tuple(model.MeshTerm(text(found) or "", found.get("UI"), found.get("Type")) for found in node.xpath(path))


def headings(record: etree._Element) -> tuple[model.MeshHeading, ...]:
    """Read the MeSH headings in order."""
    return tuple(
        model.MeshHeading(
            term=terms(found, "DescriptorName")[0],
            major=first(found, "DescriptorName/@MajorTopicYN") == "Y",
            qualifiers=tuple(
                model.HeadingQualifier(
                    model.MeshTerm(text(qualifier) or "", qualifier.get("UI")),
                    major=qualifier.get("MajorTopicYN") == "Y",
                    automatic=qualifier.get("AutoHM") == "Y",
                )
                for qualifier in found.xpath("QualifierName")
            ),
            automatic=first(found, "DescriptorName/@AutoHM") == "Y",
        )
        for found in record.xpath("MedlineCitation/MeshHeadingList/MeshHeading")
    )


def references(record: etree._Element) -> tuple[model.Reference, ...]:
    """Read the references of all lists, nested ones too, in the order of the document."""
    return tuple(
        model.Reference(
            citation=first(found, "Citation") or "",
            identifiers=identifiers(found, "ArticleIdList/ArticleId", "IdType", "pubmed"),
            titles=each_text(found, "ancestor::ReferenceList/Title"),
        )
        for found in record.xpath("*/ReferenceList//Reference")
    )


def related(record: etree._Element) -> tuple[model.RelatedCitation, ...]:
    """Read comments, corrections and retractions."""
    return tuple(
        model.RelatedCitation(
            kind=found.get("RefType", ""),
            source=first(found, "RefSource") or "",
            pmid=first(found, "PMID"),
            version=first(found, "PMID/@Version"),
            note=first(found, "Note"),
        )
        for found in record.xpath("MedlineCitation/CommentsCorrectionsList/CommentsCorrections")
    )


def notes(record: etree._Element, path: str, owner: str) -> tuple[model.Note, ...]:
    """Read texts with the attribute that says who wrote them or what they are."""
    return tuple(model.Note(said, found.get(owner)) for found in record.xpath(path) if (said := text(found)))


def parameters(record: etree._Element, path: str, kind: str, values: str) -> tuple[model.Parameters, ...]:
    """Read lists of an open kind; the values of an Object have names, those of an ItemList none."""
    return tuple(
        model.Parameters(
            found.get(kind, ""),
            tuple(
                (value.get("Name", "") if values == "Param" else None, text(value) or "")
                for value in found.xpath(values)
            ),
        )
        for found in record.xpath(path)
    )


def book_sections(node: etree._Element, path: str) -> tuple[model.BookSection, ...]:
    """Read the sections of a book and those within them."""
    return tuple(
        model.BookSection(
            title=title(found, "SectionTitle") or model.Title(""),
            label=first(found, "LocationLabel"),
            label_kind=first(found, "LocationLabel/@Type"),
            sections=book_sections(found, "Section"),
        )
        for found in node.xpath(path)
    )


def book(record: etree._Element) -> model.Book | None:
    """Read the book that the record is or is part of."""
    for found in record.xpath("BookDocument/Book"):
        return model.Book(
            title=title(found, "BookTitle") or model.Title(""),
            publisher=first(found, "Publisher/PublisherName"),
            place=first(found, "Publisher/PublisherLocation"),
            date=date(found, "PubDate"),
            beginning=date(found, "BeginningDate"),
            ending=date(found, "EndingDate"),
            authors=people(found, "AuthorList"),
            investigators=people(found, "InvestigatorList"),
            volume=first(found, "Volume"),
            volume_title=first(found, "VolumeTitle"),
            edition=first(found, "Edition"),
            collection=title(found, "CollectionTitle"),
            isbns=each_text(found, "Isbn"),
            locations=identifiers(found, "ELocationID", "EIdType"),
            medium=first(found, "Medium"),
            report_number=first(found, "ReportNumber"),
        )
    return None


def journal(record: etree._Element) -> model.Journal:
    """Read the journal and the issue."""
    cited, known = "MedlineCitation/Article/Journal", "MedlineCitation/MedlineJournalInfo"
    return model.Journal(
        title=first(record, f"{cited}/Title"),
        abbreviation=first(record, f"{cited}/ISOAbbreviation"),
        medline_abbreviation=first(record, f"{known}/MedlineTA"),
        issn=first(record, f"{cited}/ISSN"),
        issn_kind=first(record, f"{cited}/ISSN/@IssnType"),
        linking_issn=first(record, f"{known}/ISSNLinking"),
        nlm_identifier=first(record, f"{known}/NlmUniqueID"),
        country=first(record, f"{known}/Country"),
        volume=first(record, f"{cited}/JournalIssue/Volume"),
        issue=first(record, f"{cited}/JournalIssue/Issue"),
        medium=first(record, f"{cited}/JournalIssue/@CitedMedium"),
    )


PAPER, BOOK = "MedlineCitation/Article", "BookDocument"

FIELDS: dict[str, Callable[[etree._Element], Any]] = {
    "pmid": lambda record: first(record, "*/PMID"),
    "version": lambda record: first(record, "*/PMID/@Version"),
    "title": own_title,
    "vernacular_title": lambda record: title(record, f"{PAPER}/VernacularTitle | {BOOK}/VernacularTitle"),
    "abstract": lambda record: next(iter(abstracts(record, f"{PAPER}/Abstract | {BOOK}/Abstract")), model.Abstract("")),
    "other_abstracts": lambda record: abstracts(record, "MedlineCitation/OtherAbstract"),
    "journal": journal,
    "pages": lambda record: model.Pages(
        first(record, f"{PAPER}/Pagination/MedlinePgn | {BOOK}/Pagination/MedlinePgn"),
        first(record, f"{PAPER}/Pagination/StartPage | {BOOK}/Pagination/StartPage"),
        first(record, f"{PAPER}/Pagination/EndPage | {BOOK}/Pagination/EndPage"),
    ),
    "date": lambda record: date(record, f"{PAPER}/Journal/JournalIssue/PubDate | {BOOK}/Book/PubDate"),
    "electronic_dates": lambda record: dates(record, f"{PAPER}/ArticleDate"),
    "authors": lambda record: people(record, f"{PAPER}/AuthorList | {BOOK}/AuthorList"),
    "investigators": lambda record: people(record, "*/InvestigatorList"),
    "name_subjects": lambda record: tuple(
        map(person, record.xpath("MedlineCitation/PersonalNameSubjectList/PersonalNameSubject"))
    ),
    "identifiers": lambda record: identifiers(record, "*/ArticleIdList/ArticleId", "IdType", "pubmed"),
    "locations": lambda record: identifiers(record, f"{PAPER}/ELocationID", "EIdType"),
    "other_identifiers": lambda record: identifiers(record, "MedlineCitation/OtherID", "Source"),
    "languages": lambda record: each_text(record, f"{PAPER}/Language | {BOOK}/Language"),
    "publication_types": lambda record: terms(
        record, f"{PAPER}/PublicationTypeList/PublicationType | {BOOK}/PublicationType"
    ),
    "headings": headings,
    "substances": lambda record: tuple(
        model.Substance(terms(found, "NameOfSubstance")[0], first(found, "RegistryNumber"))
        for found in record.xpath("MedlineCitation/ChemicalList/Chemical")
    ),
    "supplementary_concepts": lambda record: terms(record, "MedlineCitation/SupplMeshList/SupplMeshName"),
    "gene_symbols": lambda record: each_text(record, "MedlineCitation/GeneSymbolList/GeneSymbol"),
    "keywords": lambda record: tuple(
        model.Keyword(said, major=found.get("MajorTopicYN") == "Y", owner=first(found, "../@Owner"))
        for found in record.xpath("*/KeywordList/Keyword")
        if (said := text(found))
    ),
    "grants": lambda record: tuple(
        model.Grant(first(found, "GrantID"), first(found, "Acronym"), first(found, "Agency"), first(found, "Country"))
        for found in record.xpath(f"{PAPER}/GrantList/Grant | {BOOK}/GrantList/Grant")
    ),
    "grants_complete": lambda record: first(record, f"({PAPER}/GrantList | {BOOK}/GrantList)/@CompleteYN") != "N",
    "data_banks": lambda record: tuple(
        model.DataBank(first(found, "DataBankName") or "", each_text(found, "AccessionNumberList/AccessionNumber"))
        for found in record.xpath(f"{PAPER}/DataBankList/DataBank")
    ),
    "data_banks_complete": lambda record: first(record, f"{PAPER}/DataBankList/@CompleteYN") != "N",
    "related": related,
    "references": references,
    "number_of_references": lambda record: first(record, "MedlineCitation/NumberOfReferences"),
    "citation_subsets": lambda record: each_text(record, "MedlineCitation/CitationSubset"),
    "space_flight_missions": lambda record: each_text(record, "MedlineCitation/SpaceFlightMission"),
    "notes": lambda record: notes(record, "MedlineCitation/GeneralNote", "Owner"),
    "conflict_of_interest": lambda record: first(record, "MedlineCitation/CoiStatement"),
    "status": lambda record: first(record, "MedlineCitation/@Status"),
    "owner": lambda record: first(record, "MedlineCitation/@Owner"),
    "version_identifier": lambda record: first(record, "MedlineCitation/@VersionID"),
    "version_date": lambda record: first(record, "MedlineCitation/@VersionDate"),
    "indexing_method": lambda record: first(record, "MedlineCitation/@IndexingMethod"),
    "publication_model": lambda record: first(record, f"{PAPER}/@PubModel"),
    "publication_status": lambda record: first(record, "*/PublicationStatus"),
    "completed": lambda record: date(record, "MedlineCitation/DateCompleted"),
    "revised": lambda record: date(record, "*/DateRevised"),
    "history": lambda record: tuple(
        model.HistoryDate(found.get("PubStatus", ""), dates(found, ".")[0])
        for found in record.xpath("*/History/PubMedPubDate")
    ),
    "objects": lambda record: parameters(record, "*/ObjectList/Object", "Type", "Param"),
    "book": book,
    "book_labels": lambda record: notes(record, f"{BOOK}/LocationLabel", "Type"),
    "book_sections": lambda record: book_sections(record, f"{BOOK}/Sections/Section"),
    "item_lists": lambda record: parameters(record, f"{BOOK}/ItemList", "ListType", "Item"),
    "contributed": lambda record: date(record, f"{BOOK}/ContributionDate"),
}


def articles(source: Path | bytes) -> Iterator[model.Article]:
    """Read the records of a file one after the other."""
    yield from map(article, records(source))
