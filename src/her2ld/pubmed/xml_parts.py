"""Readers of the XML elements that papers and books share: dates, people, abstracts, identifiers, keywords, references.

Titles and abstracts become clean text without losing a character of their content. Tags are removed, but not the
characters in them: ``HER<sub>2</sub>`` becomes ``HER2``. Each run of white space becomes one space; there is none at
the ends. MathML becomes the sequence of its tokens, without the white space between them, and with the brackets and
commas that ``mfenced`` has only as attributes.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from her2ld.pubmed.article import (
    Abstract,
    AbstractSection,
    Affiliation,
    Grant,
    HeadingQualifier,
    HistoryDate,
    Keyword,
    MeshTerm,
    Pages,
    Parameters,
    PartialDate,
    People,
    Person,
    RecordIdentifier,
    Reference,
    Title,
    clean,
)

if TYPE_CHECKING:
    from lxml.etree import _Element


_SPACE = " \t\r\n"
_MATH = "{http://www.w3.org/1998/Math/MathML}"


def text_of(element: "_Element") -> str:
    """Return the clean text of an element that may hold markup."""
    if not len(element):
        text = element.text or ""
        return text if text.isalnum() else clean(text)
    parts: list[str] = []
    _collect(element, parts)
    return clean("".join(parts))


def _markup_of(element: "_Element") -> str | None:
    """Return the content of an element with its tags, if it has any; white space is as in the clean text."""
    if not len(element):
        return None
    from lxml import etree

    whole = etree.tostring(element, encoding="unicode", with_tail=False)
    return clean(whole[whole.index(">") + 1 : whole.rindex("<")])


def _collect(element: "_Element", parts: list[str]) -> None:
    parts.append(element.text or "")
    for child in element:
        if child.tag.startswith(_MATH):
            _collect_math(child, parts)
        else:
            _collect(child, parts)
        parts.append(child.tail or "")


def _collect_math(element: "_Element", parts: list[str]) -> None:
    fenced = element.tag == _MATH + "mfenced"
    separators = "".join(element.get("separators", ",").split()) if fenced else ""
    if fenced:
        parts.append(element.get("open", "("))
    parts.append((element.text or "").strip(_SPACE))
    for place, child in enumerate(element):
        if separators and place:
            parts.append(separators[min(place, len(separators)) - 1])
        _collect_math(child, parts)
        parts.append((child.tail or "").strip(_SPACE))
    if fenced:
        parts.append(element.get("close", ")"))


_DATE_FIELDS = {
    "Year": "year",
    "Month": "month",
    "Day": "day",
    "Season": "season",
    "MedlineDate": "text",
    "Hour": "hour",
    "Minute": "minute",
    "Second": "second",
}
_GRANT_FIELDS = {"GrantID": "number", "Acronym": "acronym", "Agency": "agency", "Country": "country"}
_PAGE_FIELDS = {"MedlinePgn": "text", "StartPage": "first", "EndPage": "last"}


def word(element: "_Element") -> str:
    """Return the text of an element without markup in it, such as a year or a code."""
    text = element.text or ""
    return text if text.isalnum() else clean(text)


def texts_by_field(element: "_Element", names: dict[str, str]) -> dict[str, str]:
    """Return the texts of the children by the names of their fields; empty ones are left out."""
    return {names[child.tag]: text for child in element if child.tag in names and (text := text_of(child))}


def date(element: "_Element") -> PartialDate:
    """Read a date of any precision."""
    return PartialDate(**texts_by_field(element, _DATE_FIELDS))


def history(element: "_Element") -> tuple[HistoryDate, ...]:
    """Read the dates of a History."""
    return tuple([history_date(each) for each in element])


def history_date(element: "_Element") -> HistoryDate:
    """Read a date of a History, with the state of the paper."""
    return HistoryDate(element.get("PubStatus", ""), date(element))


def term(element: "_Element") -> MeshTerm:
    """Read a term of MeSH with its identifier."""
    return MeshTerm(word(element), element.get("UI"), element.get("Type"))


def indexed(element: "_Element") -> HeadingQualifier:
    """Read a descriptor or a qualifier: the term, whether it is starred, whether NLM marks it as automatic."""
    return HeadingQualifier(term(element), element.get("MajorTopicYN") == "Y", element.get("AutoHM") == "Y")


def title(element: "_Element") -> Title:
    """Read a title, with its place in a book."""
    if element.attrib:
        return Title(
            text_of(element), _markup_of(element), element.get("book"), element.get("part"), element.get("sec")
        )
    return Title(text_of(element), _markup_of(element))


def pages(element: "_Element") -> Pages:
    """Read the pages."""
    return Pages(**texts_by_field(element, _PAGE_FIELDS))


def identifiers(element: "_Element") -> tuple[RecordIdentifier, ...]:
    """Read an ArticleIdList; an ArticleId without a kind is a PMID, the default of the DTD."""
    return tuple([RecordIdentifier(text, child.get("IdType", "pubmed")) for child in element if (text := word(child))])


def location(element: "_Element") -> RecordIdentifier | None:
    """Read an ELocationID; return None for an empty one."""
    text = word(element)
    return RecordIdentifier(text, element.get("EIdType", ""), element.get("ValidYN") != "N") if text else None


def people(element: "_Element") -> People:
    """Read a list of authors, editors or investigators."""
    return People(
        tuple([person(child) for child in element]),
        element.get("CompleteYN") != "N",
        element.get("Type"),
        element.get("ID"),
    )


def person(element: "_Element") -> Person:
    """Read a person or a group."""
    last = fore = initials = suffix = collective = investigators = None
    given: tuple[RecordIdentifier, ...] = ()
    affiliations: tuple[Affiliation, ...] = ()
    for child in element:
        tag = child.tag
        if tag == "LastName":
            last = text_of(child)
        elif tag == "ForeName":
            fore = text_of(child)
        elif tag == "Initials":
            initials = text_of(child)
        elif tag == "AffiliationInfo" and (place := _affiliation(child)):
            affiliations = (*affiliations, place)
        elif tag == "Identifier" and (identifier := named_identifier(child)):
            given = (*given, identifier)
        elif tag == "Suffix":
            suffix = text_of(child) or None
        elif tag == "CollectiveName":
            collective = text_of(child) or None
            investigators = child.get("Investigators")
        elif tag == "Affiliation":  # its place before 2015
            affiliations = (*affiliations, Affiliation(text_of(child)))
    equal = element.get("EqualContrib")
    return Person(
        last or None,
        fore or None,
        initials or None,
        suffix,
        collective,
        given,
        affiliations,
        element.get("ValidYN") != "N",
        None if equal is None else equal == "Y",
        investigators,
    )


def named_identifier(element: "_Element") -> RecordIdentifier | None:
    """Read an identifier with its issuer in ``Source``; return None for an empty one."""
    text = word(element)
    return RecordIdentifier(text, element.get("Source", "")) if text else None


def _affiliation(element: "_Element") -> Affiliation | None:
    text = ""
    given = []
    for child in element:
        if child.tag == "Affiliation":
            text = text_of(child)
        elif child.tag == "Identifier" and (identifier := named_identifier(child)):
            given.append(identifier)
    return Affiliation(text, tuple(given)) if text or given else None


def abstract(element: "_Element") -> Abstract:
    """Read an abstract: its sections joined by one space, each after its label."""
    copyright_ = None
    sections: list[_Element] = []
    for child in element:
        if child.tag == "AbstractText":
            sections.append(child)
        elif child.tag == "CopyrightInformation":
            copyright_ = text_of(child) or None
    kind, language = element.get("Type"), element.get("Language")
    if len(sections) == 1 and not sections[0].attrib:
        only = sections[0]
        return Abstract(text_of(only), (), copyright_, _markup_of(only), kind, language)
    text, read = _joined(sections)
    marked = _marked_up(sections) if any(len(each) for each in sections) else None
    return Abstract(text, read, copyright_, marked, kind, language)


def _joined(elements: "Iterable[_Element]") -> tuple[str, tuple[AbstractSection, ...]]:
    text = ""
    sections: list[AbstractSection] = []
    for element in elements:
        own = text_of(element)
        label = _label(element)
        labelled = _labelled(label, own)
        text = f"{text} {labelled}" if text and labelled else text or labelled
        sections.append(AbstractSection(len(text) - len(own), len(text), label or None, element.get("NlmCategory")))
    return text, tuple(sections)


def _marked_up(sections: "Iterable[_Element]") -> str:
    parts = [_labelled(escape(_label(each)), _markup_of(each) or escape(text_of(each))) for each in sections]
    return " ".join(filter(None, parts))


def _label(element: "_Element") -> str:
    return clean(element.get("Label", ""))


def _labelled(label: str, text: str) -> str:
    if not label:
        return text
    return f"{label}: {text}" if text else f"{label}:"


def keywords(element: "_Element") -> Iterator[Keyword]:
    """Yield the keywords of a list."""
    owner = element.get("Owner")
    for child in element:
        if text := text_of(child):
            yield Keyword(text, child.get("MajorTopicYN") == "Y", owner)


def grants(element: "_Element") -> tuple[Grant, ...]:
    """Read a list of grants."""
    return tuple([Grant(**texts_by_field(child, _GRANT_FIELDS)) for child in element])


def references(element: "_Element", titles: tuple[str, ...] = ()) -> Iterator[Reference]:
    """Yield the cited works of a list and of the lists within it, in order."""
    for child in element:
        if child.tag == "Title":
            titles = (*titles, own) if (own := text_of(child)) else titles
        elif child.tag == "ReferenceList":
            yield from references(child, titles)
        elif child.tag == "Reference":
            citation = ""
            given: tuple[RecordIdentifier, ...] = ()
            for part in child:
                if part.tag == "Citation":
                    citation = text_of(part)
                elif part.tag == "ArticleIdList":
                    given = identifiers(part)
            yield Reference(citation, given, titles)


def objects(element: "_Element") -> tuple[Parameters, ...]:
    """Read an ObjectList."""
    return tuple(
        [
            Parameters(child.get("Type", ""), tuple([(each.get("Name", ""), text_of(each)) for each in child]))
            for child in element
        ]
    )
