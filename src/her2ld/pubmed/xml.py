"""Reader of PubMed's XML: baseline and update files, output of E-utilities, books, and files of bare citations.

Each record is parsed by itself (:mod:`her2ld.pubmed.xml_pieces`), so that a broken one is refused and the rest is read.
Elements that are not in the DTD are skipped; docs/pubmed.md lists what becomes of each element of the DTD.
"""

from collections.abc import Callable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from lxml import etree

from her2ld.pubmed import xml_parts, xml_record
from her2ld.pubmed.article import Article, Deletion, MeshHeading, Refusal, numbered
from her2ld.pubmed.xml_pieces import ROOTS, Piece, Readable, pieces
from her2ld.pubmed.xml_record import read_book, read_citation
from her2ld.remembered import Remembered

if TYPE_CHECKING:
    from lxml.etree import _Element

_DELETIONS = {"DeleteCitation": False, "DeleteDocument": True}
_PAPERS = frozenset({"PubmedArticle", "MedlineCitation"})
_PARSER = etree.XMLParser(
    resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
)
_REMEDY = "download the record from PubMed again"


def read_articles(stream: Readable, name: str = "XML") -> Iterator[Article | Deletion | Refusal]:
    """Yield the records of a stream one by one, in constant memory; ``name`` is that of the source in errors.

    A record that is not well-formed, has neither PMID nor DOI, or is cut off by the end of the file is yielded as a
    Refusal. Raises RecordError as :func:`her2ld.pubmed.xml_pieces.pieces` does.
    """
    return numbered(chain.from_iterable(map(read_piece, pieces(stream, name))))


def read_piece(piece: Piece) -> Iterator[Article | Deletion | Refusal]:
    """Yield the record of a piece, or the deletions in it; several records if one without an end tag hides others.

    The position of a refusal is left open: :func:`her2ld.pubmed.article.numbered` fills it in.
    """
    for part in _parts(piece):
        if isinstance(part, Piece):
            yield _refusal(part)
            continue
        element, fields = part
        if element.tag in _DELETIONS:
            yield from _deletions(element, piece.line)
        else:
            yield _read(element, fields, piece.line)


def _parts(piece: Piece) -> "Iterator[tuple[_Element, dict[str, Any]] | Piece]":
    """Yield the record as a tree, or a piece that is not a record.

    A record without an end tag hides the next one, which is then read by itself.
    """
    if piece.problem:
        yield piece
        return
    try:
        yield _tree(piece.xml)
    except etree.XMLSyntaxError as error:
        opening = piece.xml[: piece.xml.find(b">") + 1]
        hidden = piece.xml.find(opening, 1)
        first = piece.xml[:hidden] if hidden > 0 else piece.xml
        yield Piece(first, piece.line + (error.lineno or 1) - 1, f"it is not well-formed: {error.msg}")
        if hidden > 0:
            yield from _parts(Piece(piece.xml[hidden:], piece.line + first.count(b"\n")))


def _tree(xml: bytes) -> "tuple[_Element, dict[str, Any]]":
    """Return a record as a tree without its recurring elements, and the data of these."""
    try:
        rest, fields = take_out(xml)
        element = etree.fromstring(rest, _PARSER)
    except etree.XMLSyntaxError:
        element, fields = etree.fromstring(xml, _PARSER), {}
    return (element[0] if element.tag.encode() in ROOTS else element), fields


def _refusal(piece: Piece) -> Refusal:
    _, found, after = piece.xml.partition(b"<PMID")
    pmid = after[after.find(b">") + 1 :].lstrip()[:20].split(b"<")[0].strip() if found else b""
    return Refusal(0, piece.problem or "", _REMEDY, piece.line, pmid.decode() if pmid.isdigit() else None)


def _deletions(element: "_Element", line: int) -> Iterator[Deletion | Refusal]:
    for each in element.iterchildren("PMID"):
        pmid = (each.text or "").strip()
        if pmid.isascii() and pmid.isdigit():
            yield Deletion(pmid, each.get("Version"), of_book=_DELETIONS[element.tag])
        else:
            yield Refusal(0, f"the PMID “{pmid[:40]}” that it deletes is not a number", _REMEDY, line)


def _read(element: "_Element", fields: dict[str, Any], line: int) -> Article | Refusal:
    article = read_citation(element, fields) if element.tag in _PAPERS else read_book(element)
    if article.pmid and not (article.pmid.isascii() and article.pmid.isdigit()):
        return Refusal(0, f"its PMID “{article.pmid[:40]}” is not a number", _REMEDY, line)
    if not article.pmid and not article.doi:
        return Refusal(0, "it has neither a PMID nor a DOI", _REMEDY, line)
    return article


T = TypeVar("T")

_MOST = 1 << 16  # of each kind
_HEADING_START, _HEADING_END = b"<MeshHeading>", b"</MeshHeading>"
_DESCRIPTOR, _QUALIFIER, _TERM_END = b"<DescriptorName ", b"<QualifierName ", b"Name>"
_TYPE_END, _CHEMICAL_END, _DATE_END = b"</PublicationType>", b"</Chemical>", b"</PubMedPubDate>"
_PAPER_STARTS = (b"<PubmedArticle>", b"<MedlineCitation>", b"<MedlineCitation ")


def _once(read: "Callable[[_Element], T]", end: bytes = b"") -> Callable[[bytes], T]:
    """Return a reader of an element's XML that reads equal ones only once; the XML lacks its end tag, ``end``."""

    def parsed(xml: bytes) -> T:
        return read(etree.fromstring(xml.lstrip() + end))

    return Remembered(parsed, _MOST).__getitem__


_whole_heading = _once(xml_record.heading, _HEADING_END)
_term = _once(xml_parts.indexed, _TERM_END)


def _heading(xml: bytes) -> MeshHeading | None:
    """Read a heading by its terms: one in four headings is new, but only one in twenty terms."""
    inside = xml.lstrip().removeprefix(_HEADING_START).lstrip()
    *terms, rest = inside.split(_TERM_END)
    if not inside.startswith(_DESCRIPTOR) or inside.count(_QUALIFIER) != len(terms) - 1 or rest.strip():
        return _whole_heading(xml)
    (term, major, automatic), *qualifiers = map(_term, terms)
    return MeshHeading(term, major, tuple(qualifiers), automatic)


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


# In the order of the DTD.
_RECURRING = (
    _whole("DateCompleted", "completed", xml_parts.date),
    _whole("DateRevised", "revised", xml_parts.date),
    _whole("Journal", "in_journal", xml_record.in_journal),
    _items("PublicationTypeList", "publication_types", _TYPE_END, _once(xml_parts.term, _TYPE_END)),
    _whole("MedlineJournalInfo", "medline_journal", xml_record.medline_journal),
    _items("ChemicalList", "substances", _CHEMICAL_END, _once(xml_record.substance, _CHEMICAL_END)),
    _items("MeshHeadingList", "headings", _HEADING_END, Remembered(_heading, _MOST).__getitem__),
    _items("History", "history", _DATE_END, _once(xml_parts.history_date, _DATE_END)),
)


def take_out(xml: bytes) -> tuple[bytes, dict[str, Any]]:
    """Return a record in UTF-8 without its recurring elements, and the data of these by the fields of an article.

    Raises lxml.etree.XMLSyntaxError if a part is not well-formed by itself: then the whole has to be parsed.
    """
    fields: dict[str, Any] = {}
    if not xml.startswith(_PAPER_STARTS) or _may_hide_tags(xml):
        return xml, fields
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
            fields[field] = tuple(filter(None, map(parsed, items)))
        else:
            fields[field] = parsed(xml[start:after])
        kept.append(xml[place:start])
        place = after
    kept.append(xml[place:])
    return b"".join(kept), fields


def _may_hide_tags(xml: bytes) -> bool:
    """Tell whether there are comments, CDATA sections or processing instructions, in which tags do not count.

    One character is looked for first: that is ten times as fast.
    """
    return (b"!" in xml and b"<!" in xml) or (b"?" in xml and b"<?" in xml)
