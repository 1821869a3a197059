"""In which of PubMed's forms a file is, told by its first bytes and never by its name."""

import codecs
import re
from typing import Literal

from her2ld.pubmed.page import looks_like_a_page

Form = Literal["xml", "nbib", "page", "checksum"]

ROOTS = frozenset(
    {
        "PubmedArticleSet",
        "PubmedBookArticleSet",
        "BookDocumentSet",
        "MedlineCitationSet",
        "PubmedArticle",
        "PubmedBookArticle",
        "BookDocument",
        "MedlineCitation",
    }
)
_FORMS = "PubMed's XML, its NBIB form (“PubMed”), or its text (“Abstract (text)”)"
_SAVE = f"save the records from PubMed again, as {_FORMS}"
_BEFORE_ROOT = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)[\s/>]")
_FIELD = re.compile(r"[A-Z][A-Z0-9]{1,3} {0,2}-(?: |$)")
_PMID_FIELD = re.compile(r"^PMID ?-", re.MULTILINE)
_PMID_IN_CITATION = re.compile(r"\. \d{4}\b.*PMID: \d+")
_CHECKSUM = re.compile(r"\s*(?:MD5 ?\(.+\) ?= ?)?[0-9a-f]{32}(?:  ?\S+)?\s*", re.IGNORECASE)
_SIGNATURES = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a ZIP archive",
    b"\x1f\x8b": "compressed twice",
    b"BZh": "compressed with bzip2",
    b"\xfd7zXZ": "compressed with xz",
    b"\x28\xb5\x2f\xfd": "compressed with Zstandard",
}
_BEGINNINGS = {
    "{": "JSON",
    "[{": "JSON",
    "@prefix": "Turtle",
    "TY  - ": "RIS",
    "PMID,": "PubMed's table (CSV), which has no abstracts",
}
_SHOWN = 40


class UnknownFormError(Exception):
    """A file is in none of the forms: what it is, and what to do."""

    def __init__(self, what: str) -> None:
        """Keep both."""
        super().__init__(what)
        self.what, self.remedy = what, _SAVE


def form_of(head: bytes) -> Form:
    r"""Tell the form from the beginning of a file, 64 KiB of it or all. Raises UnknownFormError for any other.

    ``checksum`` is what NLM puts beside each of its files; it holds no records.

    >>> form_of(b"PMID- 1\nTI  - A title\n")
    'nbib'
    >>> form_of(b"<MedlineCitationSet>")
    'xml'
    """
    if name := next((name for begin, name in _SIGNATURES.items() if head.startswith(begin)), None):
        raise UnknownFormError(f"is {name}")
    text = _decoded(head)
    begin = text.lstrip()
    if begin.startswith("<"):
        return _form_of_markup(begin)
    if _CHECKSUM.fullmatch(text):
        return "checksum"
    if _FIELD.match(begin) and _PMID_FIELD.search(text):
        return "nbib"
    if looks_like_a_page(begin):
        return "page"
    raise UnknownFormError(_what_else(begin))


def _what_else(text: str) -> str:
    """Say what a text is that is in none of the forms."""
    if not text:
        return "is empty"
    if name := next((name for begin, name in _BEGINNINGS.items() if text.startswith(begin)), None):
        return f"is {name}"
    if _PMID_IN_CITATION.search(_flat(text)):
        return "is PubMed's text without abstracts (“Summary (text)”)"
    if re.fullmatch(r"[\d\s]+", text):
        return "is a list of PMIDs, without the records"
    return f"is in no form of PubMed that is known here (it begins with “{_shown(text)}”)"


def _flat(paragraph: str) -> str:
    """Bring a paragraph into one line, without the number of the record."""
    return re.sub(r"^\d+[.:] ", "", " ".join(paragraph.split()))


def _decoded(head: bytes) -> str:
    """Decode what is needed to tell the form: the reader of the form decodes, and refuses, for itself."""
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return head.decode("utf-32", errors="replace")
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head.decode("utf-16", errors="replace")
    if head.startswith((b"<\0", b"\0<")):
        return head.decode("utf-16-le" if head[0] else "utf-16-be", errors="replace")
    if b"\0" in head:
        raise UnknownFormError("is binary")
    return head.decode("utf-8-sig", errors="replace")


def _form_of_markup(text: str) -> Form:
    position = 0
    while match := _BEFORE_ROOT.match(text, position):
        position = match.end()
    root = _ROOT.match(text, position)
    if root and root[1] not in ROOTS:
        name = "HTML" if root[1].lower() == "html" else f"XML, but not PubMed's: it begins with <{root[1]}>"
        raise UnknownFormError(f"is {name}")
    return "xml"  # or broken in a way that the reader of XML tells best


def _shown(text: str) -> str:
    return " ".join(text[: _SHOWN * 2].split())[:_SHOWN]
