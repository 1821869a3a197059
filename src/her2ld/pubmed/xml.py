"""Reader of PubMed's XML: baseline and update files, what E-utilities give, books, and files of bare citations.

Each record is parsed by itself (:mod:`her2ld.pubmed.pieces`), so that a broken one is refused and the rest is read.
Elements that the DTD does not know are passed over; docs/pubmed.md says where each that it knows went.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from her2ld.pubmed.article import Article, Deletion, Refusal
from her2ld.pubmed.encodings import Readable
from her2ld.pubmed.pieces import ROOTS, Piece, pieces
from her2ld.pubmed.xml_article import read_citation
from her2ld.pubmed.xml_book import read_book
from her2ld.pubmed.xml_recurring import take_out

if TYPE_CHECKING:
    from lxml.etree import XMLParser, _Element

_DELETIONS = {"DeleteCitation": False, "DeleteDocument": True}
_PAPERS = frozenset({"PubmedArticle", "MedlineCitation"})
_REMEDY = "ask PubMed for this record anew"


def read_articles(stream: Readable, name: str = "XML") -> Iterator[Article | Deletion | Refusal]:
    """Yield the records of a stream one by one, in constant memory; ``name`` is that of the source in errors.

    A record that is not well-formed, has neither PMID nor DOI, or is cut off by the end of the file is yielded as a
    Refusal. Raises RecordError as :func:`her2ld.pubmed.pieces.pieces` does.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    position = 0
    for piece in pieces(stream, name):
        for part in _parts(piece, parser):
            if isinstance(part, Piece):
                position += 1
                yield _refusal(part, position)
                continue
            element, said = part
            if element.tag in _DELETIONS:
                for each in _deletions(element, position, piece.line):
                    position += isinstance(each, Refusal)
                    yield each
            else:
                position += 1
                yield _read(element, said, position, piece.line)


def _parts(piece: Piece, parser: "XMLParser") -> "Iterator[tuple[_Element, dict[str, Any]] | Piece]":
    """Yield the record as a tree, or what cannot be one: a record without an end hides the next one, which is read."""
    from lxml import etree

    if piece.problem:
        yield piece
        return
    try:
        yield _tree(piece.xml, parser)
    except etree.XMLSyntaxError as error:
        opening = piece.xml[: piece.xml.find(b">") + 1]
        hidden = piece.xml.find(opening, 1)
        first = piece.xml[:hidden] if hidden > 0 else piece.xml
        yield Piece(first, piece.line + (error.lineno or 1) - 1, f"it is not well-formed: {error.msg}")
        if hidden > 0:
            yield from _parts(Piece(piece.xml[hidden:], piece.line + first.count(b"\n")), parser)


def _tree(xml: bytes, parser: "XMLParser") -> "tuple[_Element, dict[str, Any]]":
    """Return a record as a tree without what recurs in it, and what that says."""
    from lxml import etree

    try:
        rest, said = take_out(xml)
        element = etree.fromstring(rest, parser)
    except etree.XMLSyntaxError:
        element, said = etree.fromstring(xml, parser), {}
    return (element[0] if element.tag.encode() in ROOTS else element), said


def _refusal(piece: Piece, position: int) -> Refusal:
    _, found, after = piece.xml.partition(b"<PMID")
    pmid = after[after.find(b">") + 1 :].lstrip()[:20].split(b"<")[0].strip() if found else b""
    return Refusal(position, piece.problem or "", _REMEDY, piece.line, pmid.decode() if pmid.isdigit() else None)


def _deletions(element: "_Element", position: int, line: int) -> Iterator[Deletion | Refusal]:
    for each in element.iterchildren("PMID"):
        pmid = (each.text or "").strip()
        if pmid.isascii() and pmid.isdigit():
            yield Deletion(pmid, each.get("Version"), of_book=_DELETIONS[element.tag])
        else:
            position += 1
            yield Refusal(position, f"the PMID “{pmid[:40]}” that it takes back is not a number", _REMEDY, line)


def _read(element: "_Element", said: dict[str, Any], position: int, line: int) -> Article | Refusal:
    article = read_citation(element, said) if element.tag in _PAPERS else read_book(element)
    if article.pmid and not (article.pmid.isascii() and article.pmid.isdigit()):
        return Refusal(position, f"its PMID “{article.pmid[:40]}” is not a number", _REMEDY, line)
    if not article.pmid and not article.doi:
        return Refusal(position, "it has neither a PMID nor a DOI", _REMEDY, line)
    return article
