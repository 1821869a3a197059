"""What recurs from paper to paper is parsed once: MeSH headings, substances, publication types, dates, the journal.

In a file of NLM's baseline they are more than half of the bytes and two thirds of the elements, and most are, byte for
byte, like ones before. They are cut out of a record before it is parsed, and each different one is parsed by itself.
Where that is not sure to give what parsing the whole would give, the whole is parsed.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from her2ld.pubmed import xml_article, xml_parts
from her2ld.pubmed.article import IndexedHeading
from her2ld.remembered import Remembered

if TYPE_CHECKING:
    from lxml.etree import _Element

T = TypeVar("T")

_MOST = 1 << 16  # of each kind
_HEADING_START, _HEADING_END = b"<MeshHeading>", b"</MeshHeading>"
_DESCRIPTOR, _QUALIFIER, _TERM_END = b"<DescriptorName ", b"<QualifierName ", b"Name>"
_TYPE_END, _CHEMICAL_END, _DATE_END = b"</PublicationType>", b"</Chemical>", b"</PubMedPubDate>"
_PAPERS = (b"<PubmedArticle>", b"<MedlineCitation>", b"<MedlineCitation ")


def _once(read: "Callable[[_Element], T]", end: bytes = b"") -> Callable[[bytes], T]:
    """Make a reader of an element's XML, which lacks its end tag ``end``, that reads each different one once."""

    def parsed(xml: bytes) -> T:
        from lxml import etree

        return read(etree.fromstring(xml.lstrip() + end))

    return Remembered(parsed, _MOST).__getitem__


_whole_heading = _once(xml_article.heading, _HEADING_END)
_term = _once(xml_parts.indexed, _TERM_END)


def _heading(xml: bytes) -> IndexedHeading | None:
    """Read a heading by its terms: one in four headings is new, but one in twenty terms."""
    inside = xml.lstrip().removeprefix(_HEADING_START).lstrip()
    *terms, rest = inside.split(_TERM_END)
    if not inside.startswith(_DESCRIPTOR) or inside.count(_QUALIFIER) != len(terms) - 1 or rest.strip():
        return _whole_heading(xml)
    (term, major, automatic), *qualifiers = map(_term, terms)
    return IndexedHeading(term, major, tuple(qualifiers), automatic)


class _Recurring(NamedTuple):
    """An element that recurs as a whole, or a list whose items do, which are cut by their end tag ``item``."""

    opening: bytes
    closing: bytes
    item: bytes
    field: str
    parsed: Callable[[bytes], object]


def _whole(element: str, field: str, read: "Callable[[_Element], object]") -> _Recurring:
    return _Recurring(f"<{element}>".encode(), f"</{element}>".encode(), b"", field, _once(read))


def _items(element: str, field: str, item: bytes, parsed: Callable[[bytes], object]) -> _Recurring:
    return _Recurring(f"<{element}>".encode(), f"</{element}>".encode(), item, field, parsed)


# In the order in which the DTD has them in a record.
_RECURRING = (
    _whole("DateCompleted", "completed", xml_parts.date),
    _whole("DateRevised", "revised", xml_parts.date),
    _whole("Journal", "in_journal", xml_article.in_journal),
    _items("PublicationTypeList", "publication_types", _TYPE_END, _once(xml_parts.term, _TYPE_END)),
    _whole("MedlineJournalInfo", "medline_journal", xml_article.medline_journal),
    _items("ChemicalList", "substances", _CHEMICAL_END, _once(xml_article.substance, _CHEMICAL_END)),
    _items("MeshHeadingList", "headings", _HEADING_END, Remembered(_heading, _MOST).__getitem__),
    _items("History", "history", _DATE_END, _once(xml_parts.history_date, _DATE_END)),
)


def take_out(xml: bytes) -> tuple[bytes, dict[str, Any]]:
    """Return a record in UTF-8 without what recurs in it, and what that says by the fields of an article.

    Raises lxml.etree.XMLSyntaxError where a part is not well-formed by itself: then the whole has to be parsed.
    """
    said: dict[str, Any] = {}
    if not xml.startswith(_PAPERS) or _may_hide_tags(xml):
        return xml, said
    kept: list[bytes] = []
    place = 0
    for opening, closing, item, field, parsed in _RECURRING:
        start = xml.find(opening, place)
        end = xml.find(closing, start) if start >= 0 else -1
        if end < 0:
            continue
        after = end + len(closing)
        if item:
            *items, rest = xml[start + len(opening) : end].split(item)
            if rest and not rest.isspace():
                continue
            said[field] = tuple(filter(None, map(parsed, items)))
        else:
            said[field] = parsed(xml[start:after])
        kept.append(xml[place:start])
        place = after
    kept.append(xml[place:])
    return b"".join(kept), said


def _may_hide_tags(xml: bytes) -> bool:
    """Say whether there are comments, CDATA sections or processing instructions, in which a tag is none.

    One character is looked for first: that is ten times as fast.
    """
    return (b"!" in xml and b"<!" in xml) or (b"?" in xml and b"<?" in xml)
