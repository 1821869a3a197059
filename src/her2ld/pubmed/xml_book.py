"""Reader of a book or of a part of one: PubmedBookArticle, or BookDocument alone."""

from typing import TYPE_CHECKING, Any

from her2ld.pubmed import xml_parts as read
from her2ld.pubmed.article import Article, Book, BookSection, Identifier, Note, Parameters, Title
from her2ld.pubmed.clean_text import text_of
from her2ld.pubmed.xml_parts import term, word

if TYPE_CHECKING:
    from lxml.etree import _Element


def read_book(element: "_Element") -> Article:
    """Read a book or a part of one; a record of a whole book, which has no title of its own, has the book's."""
    document = element if element.tag == "BookDocument" else element.find("BookDocument")
    data = element.find("PubmedBookData")
    said = _document(document) if document is not None else {}
    if data is not None:
        said |= _data(data, said.get("identifiers", ()))
    return Article(**said)


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
        "authors": _each(element, "AuthorList", read.people),
        "investigators": _each(element, "InvestigatorList", read.people),
        "identifiers": _first(element, "ArticleIdList", read.identifiers) or (),
        "languages": _each(element, "Language", word),
        "publication_types": _each(element, "PublicationType", term),
        "keywords": tuple(each for list_ in element.iterchildren("KeywordList") for each in read.keywords(list_)),
        "grants": read.grants(grants) if grants is not None else (),
        "grants_complete": grants is None or grants.get("CompleteYN") != "N",
        "references": tuple(each for list_ in element.iterchildren("ReferenceList") for each in read.references(list_)),
        "revised": _first(element, "DateRevised", read.date),
        "contributed": _first(element, "ContributionDate", read.date),
        "book": book,
        "book_labels": _each(element, "LocationLabel", _label),
        "book_sections": tuple(_section(each) for list_ in element.iterchildren("Sections") for each in list_),
        "item_lists": _each(element, "ItemList", _items),
    }


def _data(element: "_Element", known: tuple[Identifier, ...]) -> dict[str, Any]:
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
        authors=_each(element, "AuthorList", read.people),
        investigators=_each(element, "InvestigatorList", read.people),
        volume=_first(element, "Volume", word),
        volume_title=_first(element, "VolumeTitle", text_of),
        edition=_first(element, "Edition", word),
        collection=_first(element, "CollectionTitle", read.title),
        isbns=_each(element, "Isbn", word),
        locations=_each(element, "ELocationID", read.location),
        medium=_first(element, "Medium", word),
        report_number=_first(element, "ReportNumber", word),
    )


def _section(element: "_Element") -> BookSection:
    label = element.find("LocationLabel")
    return BookSection(
        _first(element, "SectionTitle", read.title) or Title(""),
        (word(label) or None) if label is not None else None,
        label.get("Type") if label is not None else None,
        _each(element, "Section", _section),
    )


def _label(element: "_Element") -> Note | None:
    text = word(element)
    return Note(text, element.get("Type")) if text else None


def _items(element: "_Element") -> Parameters:
    return Parameters(element.get("ListType", ""), tuple((None, text_of(each)) for each in element))


def _first(element: "_Element", path: str, how: Any) -> Any:  # noqa: ANN401  # what a reader gives
    found = element.find(path)
    return (how(found) or None) if found is not None else None


def _each(element: "_Element", name: str, how: Any) -> Any:  # noqa: ANN401  # what a reader gives
    return tuple(value for each in element.iterchildren(name) if (value := how(each)))
