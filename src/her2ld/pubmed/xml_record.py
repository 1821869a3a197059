"""Readers of a paper, and of a book or a part of one.

A paper is a PubmedArticle, or a MedlineCitation alone. A book is a PubmedBookArticle, or a BookDocument alone.
"""

from typing import TYPE_CHECKING, Any

from her2ld.pubmed import xml_parts as read
from her2ld.pubmed.article import (
    Article,
    Book,
    BookSection,
    DataBank,
    Journal,
    MeshHeading,
    MeshTerm,
    Note,
    Parameters,
    PartialDate,
    RecordIdentifier,
    RelatedCitation,
    Substance,
    Title,
)
from her2ld.pubmed.xml_parts import term, text_of, word

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element

    Fields = dict[str, Any]
    Reader = Callable[[_Element, Fields], None]

_JOURNAL_FIELDS = {"Title": "title", "ISOAbbreviation": "abbreviation"}
_MEDLINE_JOURNAL_FIELDS = {
    "MedlineTA": "medline_abbreviation",
    "NlmUniqueID": "nlm_identifier",
    "ISSNLinking": "linking_issn",
    "Country": "country",
}


def read_citation(element: "_Element", fields: "Fields") -> Article:
    """Read a paper from a PubmedArticle or a MedlineCitation; ``fields`` are the fields that are known already."""
    if element.tag == "MedlineCitation":
        _citation(element, fields)
    else:
        _read_children(element, fields, _TOP)
    journal, date = fields.pop("in_journal", ({}, None))
    fields["journal"] = Journal(**journal, **fields.pop("medline_journal", {}))
    return Article(**fields, date=date)


def _read_children(element: "_Element", fields: "Fields", readers: "dict[str, Reader]") -> None:
    for child in element:
        if reader := readers.get(child.tag):
            reader(child, fields)


def _one(name: str, value_of: "Callable[[_Element], object]") -> "Reader":
    """Return a reader of an element that occurs once; an empty one is left out."""

    def reader(element: "_Element", fields: "Fields") -> None:
        if value := value_of(element):
            fields[name] = value

    return reader


def _each(name: str, value_of: "Callable[[_Element], object]") -> "Reader":
    """Return a reader of an element that occurs any number of times; empty ones are left out."""

    def reader(element: "_Element", fields: "Fields") -> None:
        if value := value_of(element):
            fields[name] = (*fields.get(name, ()), value)

    return reader


def _all(name: str, value_of: "Callable[[_Element], object]") -> "Reader":
    """Return a reader of a list of elements of one kind; an empty list is left out."""

    def reader(element: "_Element", fields: "Fields") -> None:
        fields[name] = (*fields.get(name, ()), *[value for child in element if (value := value_of(child))])

    return reader


def _citation(element: "_Element", fields: "Fields") -> None:
    fields["status"] = element.get("Status")
    fields["owner"] = element.get("Owner")
    fields["indexing_method"] = element.get("IndexingMethod")
    fields["version_identifier"] = element.get("VersionID")
    fields["version_date"] = element.get("VersionDate")
    _read_children(element, fields, _CITATION)


def _article(element: "_Element", fields: "Fields") -> None:
    fields["publication_model"] = element.get("PubModel")
    _read_children(element, fields, _ARTICLE)


def _pmid(element: "_Element", fields: "Fields") -> None:
    fields["pmid"] = word(element)
    fields["version"] = element.get("Version")


def in_journal(element: "_Element") -> "tuple[Fields, PartialDate | None]":
    """Read a Journal: its data by the fields of a Journal, and the date of the issue."""
    fields: Fields = {}
    date = None
    for child in element:
        tag = child.tag
        if field := _JOURNAL_FIELDS.get(tag):
            fields[field] = word(child) or None
        elif tag == "ISSN":
            fields["issn"] = word(child) or None
            fields["issn_kind"] = child.get("IssnType")
        elif tag == "JournalIssue":
            fields["medium"] = child.get("CitedMedium")
            for part in child:
                if part.tag == "PubDate":
                    date = read.date(part)
                elif part.tag == "Volume":
                    fields["volume"] = word(part) or None
                elif part.tag == "Issue":
                    fields["issue"] = word(part) or None
    return fields, date


def medline_journal(element: "_Element") -> dict[str, str]:
    """Read a MedlineJournalInfo, by the fields of a Journal."""
    return read.texts_by_field(element, _MEDLINE_JOURNAL_FIELDS)


def _keywords(element: "_Element", fields: "Fields") -> None:
    fields["keywords"] = (*fields.get("keywords", ()), *read.keywords(element))


def _references(element: "_Element", fields: "Fields") -> None:
    fields["references"] = (*fields.get("references", ()), *read.references(element))


def _grants(element: "_Element", fields: "Fields") -> None:
    fields["grants"] = read.grants(element)
    fields["grants_complete"] = element.get("CompleteYN") != "N"


def _data_banks(element: "_Element", fields: "Fields") -> None:
    fields["data_banks"] = tuple([_data_bank(child) for child in element])
    fields["data_banks_complete"] = element.get("CompleteYN") != "N"


def _data_bank(element: "_Element") -> DataBank:
    name = ""
    numbers: list[str] = []
    for child in element:
        if child.tag == "DataBankName":
            name = word(child)
        elif child.tag == "AccessionNumberList":
            numbers = [text for number in child if (text := word(number))]
    return DataBank(name, tuple(numbers))


def heading(element: "_Element") -> MeshHeading | None:
    """Read a MeshHeading: a descriptor and its qualifiers; return None without a descriptor."""
    descriptors = [read.indexed(each) for each in element if each.tag == "DescriptorName"]
    if not descriptors:
        return None
    term_, major, automatic = descriptors[0]
    qualifiers = tuple([read.indexed(each) for each in element if each.tag == "QualifierName"])
    return MeshHeading(term_, major, qualifiers, automatic)


def substance(element: "_Element") -> Substance:
    """Read a Chemical."""
    number = None
    name = MeshTerm("")
    for child in element:
        if child.tag == "NameOfSubstance":
            name = term(child)
        elif child.tag == "RegistryNumber":
            number = word(child) or None
    return Substance(name, number)


def _related(element: "_Element") -> RelatedCitation:
    source, pmid, version, note = "", None, None, None
    for child in element:
        if child.tag == "RefSource":
            source = text_of(child)
        elif child.tag == "PMID":
            pmid, version = word(child) or None, child.get("Version")
        elif child.tag == "Note":
            note = text_of(child) or None
    return RelatedCitation(element.get("RefType", ""), source, pmid, version, note)


def _note(element: "_Element") -> Note | None:
    text = text_of(element)
    return Note(text, element.get("Owner")) if text else None


_ARTICLE: "dict[str, Reader]" = {
    "Journal": _one("in_journal", in_journal),
    "ArticleTitle": _one("title", read.title),
    "Pagination": _one("pages", read.pages),
    "ELocationID": _each("locations", read.location),
    "Abstract": _one("abstract", read.abstract),
    "AuthorList": _each("authors", read.people),
    "Language": _each("languages", word),
    "DataBankList": _data_banks,
    "GrantList": _grants,
    "PublicationTypeList": _all("publication_types", term),
    "VernacularTitle": _one("vernacular_title", read.title),
    "ArticleDate": _each("electronic_dates", read.date),
}
_CITATION: "dict[str, Reader]" = {
    "PMID": _pmid,
    "DateCompleted": _one("completed", read.date),
    "DateRevised": _one("revised", read.date),
    "Article": _article,
    "MedlineJournalInfo": _one("medline_journal", medline_journal),
    "ChemicalList": _all("substances", substance),
    "SupplMeshList": _all("supplementary_concepts", term),
    "CitationSubset": _each("citation_subsets", word),
    "CommentsCorrectionsList": _all("related", _related),
    "GeneSymbolList": _all("gene_symbols", word),
    "MeshHeadingList": _all("headings", heading),
    "NumberOfReferences": _one("number_of_references", word),
    "PersonalNameSubjectList": _all("name_subjects", read.person),
    "OtherID": _each("other_identifiers", read.named_identifier),
    "OtherAbstract": _each("other_abstracts", read.abstract),
    "KeywordList": _keywords,
    "CoiStatement": _one("conflict_of_interest", text_of),
    "SpaceFlightMission": _each("space_flight_missions", word),
    "InvestigatorList": _each("investigators", read.people),
    "GeneralNote": _each("notes", _note),
}
PUBMED_DATA: "dict[str, Reader]" = {
    "History": _one("history", read.history),
    "PublicationStatus": _one("publication_status", word),
    "ArticleIdList": _one("identifiers", read.identifiers),
    "ObjectList": _one("objects", read.objects),
    "ReferenceList": _references,
}
_TOP: "dict[str, Reader]" = {
    "MedlineCitation": _citation,
    "PubmedData": lambda element, fields: _read_children(element, fields, PUBMED_DATA),
}


def read_book(element: "_Element") -> Article:
    """Read a book or a part of one; the record of a whole book, which has no title of its own, has the book's."""
    document = element if element.tag == "BookDocument" else element.find("BookDocument")
    data = element.find("PubmedBookData")
    fields = _document(document) if document is not None else {}
    if data is not None:
        fields |= _data(data, fields.get("identifiers", ()))
    return Article(**fields)


def _document(element: "_Element") -> dict[str, Any]:
    book = _first(element, "Book", _book)
    own = _first(element, "ArticleTitle", read.title)
    grants = element.find("GrantList")
    pmid = element.find("PMID")
    return {
        "pmid": word(pmid) if pmid is not None else None,
        "version": pmid.get("Version") if pmid is not None else None,
        "title": own or (Title(book.title.text, book.title.marked_up) if book else Title("")),
        "vernacular_title": _first(element, "VernacularTitle", read.title),
        "abstract": _first(element, "Abstract", read.abstract) or Article().abstract,
        "pages": _first(element, "Pagination", read.pages) or Article().pages,
        "date": book.date if book else None,
        "authors": _values_of(element, "AuthorList", read.people),
        "investigators": _values_of(element, "InvestigatorList", read.people),
        "identifiers": _first(element, "ArticleIdList", read.identifiers) or (),
        "languages": _values_of(element, "Language", word),
        "publication_types": _values_of(element, "PublicationType", term),
        "keywords": tuple(each for list_ in element.iterchildren("KeywordList") for each in read.keywords(list_)),
        "grants": read.grants(grants) if grants is not None else (),
        "grants_complete": grants is None or grants.get("CompleteYN") != "N",
        "references": tuple(each for list_ in element.iterchildren("ReferenceList") for each in read.references(list_)),
        "revised": _first(element, "DateRevised", read.date),
        "contributed": _first(element, "ContributionDate", read.date),
        "book": book,
        "book_labels": _values_of(element, "LocationLabel", _label),
        "book_sections": tuple(_section(each) for list_ in element.iterchildren("Sections") for each in list_),
        "item_lists": _values_of(element, "ItemList", _items),
    }


def _data(element: "_Element", known: tuple[RecordIdentifier, ...]) -> dict[str, Any]:
    more = _first(element, "ArticleIdList", read.identifiers) or ()
    return {
        "history": _first(element, "History", read.history) or (),
        "publication_status": _first(element, "PublicationStatus", word),
        "identifiers": known + tuple(each for each in more if each not in known),
        "objects": _first(element, "ObjectList", read.objects) or (),
    }


def _book(element: "_Element") -> Book:
    return Book(
        title=_first(element, "BookTitle", read.title) or Title(""),
        publisher=_first(element, "Publisher/PublisherName", text_of),
        place=_first(element, "Publisher/PublisherLocation", word),
        date=_first(element, "PubDate", read.date),
        beginning=_first(element, "BeginningDate", read.date),
        ending=_first(element, "EndingDate", read.date),
        authors=_values_of(element, "AuthorList", read.people),
        investigators=_values_of(element, "InvestigatorList", read.people),
        volume=_first(element, "Volume", word),
        volume_title=_first(element, "VolumeTitle", text_of),
        edition=_first(element, "Edition", word),
        collection=_first(element, "CollectionTitle", read.title),
        isbns=_values_of(element, "Isbn", word),
        locations=_values_of(element, "ELocationID", read.location),
        medium=_first(element, "Medium", word),
        report_number=_first(element, "ReportNumber", word),
    )


def _section(element: "_Element") -> BookSection:
    label = element.find("LocationLabel")
    return BookSection(
        _first(element, "SectionTitle", read.title) or Title(""),
        (word(label) or None) if label is not None else None,
        label.get("Type") if label is not None else None,
        _values_of(element, "Section", _section),
    )


def _label(element: "_Element") -> Note | None:
    text = word(element)
    return Note(text, element.get("Type")) if text else None


def _items(element: "_Element") -> Parameters:
    return Parameters(element.get("ListType", ""), tuple((None, text_of(each)) for each in element))


def _first(element: "_Element", path: str, value_of: Any) -> Any:  # noqa: ANN401  # the type that the reader returns
    found = element.find(path)
    return (value_of(found) or None) if found is not None else None


def _values_of(element: "_Element", name: str, value_of: Any) -> Any:  # noqa: ANN401  # the type that the reader returns
    return tuple(value for each in element.iterchildren(name) if (value := value_of(each)))
