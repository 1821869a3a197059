"""Reader of a paper: PubmedArticle, or MedlineCitation alone."""

from typing import TYPE_CHECKING, Any

from her2ld.pubmed import xml_parts as read
from her2ld.pubmed.article import (
    Article,
    DataBank,
    IndexedHeading,
    Journal,
    Note,
    PartialDate,
    RelatedCitation,
    Substance,
    Term,
)
from her2ld.pubmed.clean_text import text_of
from her2ld.pubmed.xml_parts import term, word

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element

    Read = dict[str, Any]
    Reader = Callable[[_Element, Read], None]

_JOURNAL_FIELDS = {"Title": "title", "ISOAbbreviation": "abbreviation"}
_MEDLINE_JOURNAL_FIELDS = {
    "MedlineTA": "medline_abbreviation",
    "NlmUniqueID": "nlm_identifier",
    "ISSNLinking": "linking_issn",
    "Country": "country",
}


def read_citation(element: "_Element", said: "Read") -> Article:
    """Read a paper from a PubmedArticle or a MedlineCitation; ``said`` is what of it is known already."""
    if element.tag == "MedlineCitation":
        _citation(element, said)
    else:
        _read_children(element, said, _TOP)
    journal, date = said.pop("in_journal", ({}, None))
    said["journal"] = Journal(**journal, **said.pop("medline_journal", {}))
    return Article(**said, date=date)


def _read_children(element: "_Element", said: "Read", readers: "dict[str, Reader]") -> None:
    for child in element:
        if reader := readers.get(child.tag):
            reader(child, said)


def _one(name: str, how: "Callable[[_Element], object]") -> "Reader":
    """Make a reader of an element that stands once; an empty one says nothing."""

    def reader(element: "_Element", said: "Read") -> None:
        if value := how(element):
            said[name] = value

    return reader


def _each(name: str, how: "Callable[[_Element], object]") -> "Reader":
    """Make a reader of an element that stands any number of times; an empty one says nothing."""

    def reader(element: "_Element", said: "Read") -> None:
        if value := how(element):
            said[name] = (*said.get(name, ()), value)

    return reader


def _all(name: str, how: "Callable[[_Element], object]") -> "Reader":
    """Make a reader of a list of elements of one kind; an empty one says nothing."""

    def reader(element: "_Element", said: "Read") -> None:
        said[name] = (*said.get(name, ()), *[value for child in element if (value := how(child))])

    return reader


def _citation(element: "_Element", said: "Read") -> None:
    said["status"] = element.get("Status")
    said["owner"] = element.get("Owner")
    said["indexing_method"] = element.get("IndexingMethod")
    said["version_identifier"] = element.get("VersionID")
    said["version_date"] = element.get("VersionDate")
    _read_children(element, said, _CITATION)


def _article(element: "_Element", said: "Read") -> None:
    said["publication_model"] = element.get("PubModel")
    _read_children(element, said, _ARTICLE)


def _pmid(element: "_Element", said: "Read") -> None:
    said["pmid"] = word(element)
    said["version"] = element.get("Version")


def in_journal(element: "_Element") -> "tuple[Read, PartialDate | None]":
    """Read a Journal: what it says of journal and issue, by the fields of a Journal, and the date of the issue."""
    said: Read = {}
    date = None
    for child in element:
        tag = child.tag
        if field := _JOURNAL_FIELDS.get(tag):
            said[field] = word(child) or None
        elif tag == "ISSN":
            said["issn"] = word(child) or None
            said["issn_kind"] = child.get("IssnType")
        elif tag == "JournalIssue":
            said["medium"] = child.get("CitedMedium")
            for part in child:
                if part.tag == "PubDate":
                    date = read.date(part)
                elif part.tag == "Volume":
                    said["volume"] = word(part) or None
                elif part.tag == "Issue":
                    said["issue"] = word(part) or None
    return said, date


def medline_journal(element: "_Element") -> dict[str, str]:
    """Read a MedlineJournalInfo, by the fields of a Journal."""
    return read.fields(element, _MEDLINE_JOURNAL_FIELDS)


def _keywords(element: "_Element", said: "Read") -> None:
    said["keywords"] = (*said.get("keywords", ()), *read.keywords(element))


def _references(element: "_Element", said: "Read") -> None:
    said["references"] = (*said.get("references", ()), *read.references(element))


def _grants(element: "_Element", said: "Read") -> None:
    said["grants"] = read.grants(element)
    said["grants_complete"] = element.get("CompleteYN") != "N"


def _data_banks(element: "_Element", said: "Read") -> None:
    said["data_banks"] = tuple([_data_bank(child) for child in element])
    said["data_banks_complete"] = element.get("CompleteYN") != "N"


def _data_bank(element: "_Element") -> DataBank:
    name = ""
    numbers: list[str] = []
    for child in element:
        if child.tag == "DataBankName":
            name = word(child)
        elif child.tag == "AccessionNumberList":
            numbers = [text for number in child if (text := word(number))]
    return DataBank(name, tuple(numbers))


def heading(element: "_Element") -> IndexedHeading | None:
    """Read a MeshHeading: a descriptor and its qualifiers; one without a descriptor is none."""
    descriptors = [read.indexed(each) for each in element if each.tag == "DescriptorName"]
    if not descriptors:
        return None
    term_, major, automatic = descriptors[0]
    qualifiers = tuple([read.indexed(each) for each in element if each.tag == "QualifierName"])
    return IndexedHeading(term_, major, qualifiers, automatic)


def substance(element: "_Element") -> Substance:
    """Read a Chemical."""
    number = None
    name = Term("")
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
    "PubmedData": lambda element, said: _read_children(element, said, PUBMED_DATA),
}
