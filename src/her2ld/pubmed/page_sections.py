"""The sections of a record that PubMed prints for people, distinguished by their headings.

A heading is a line of its own, or precedes its text on one line. The headings are the same in the saved form "Abstract
(text)" and on the page of a paper in a browser.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from her2ld.pubmed.clean_text import clean

RELATED = {
    "Comment in": "CommentIn",
    "Comment on": "CommentOn",
    "Corrected and republished in": "CorrectedandRepublishedIn",
    "Corrected and republished from": "CorrectedandRepublishedFrom",
    "Erratum in": "ErratumIn",
    "Erratum for": "ErratumFor",
    "Expression of concern in": "ExpressionOfConcernIn",
    "Expression of concern for": "ExpressionOfConcernFor",
    "Original report in": "OriginalReportIn",
    "Partial retraction in": "PartialRetractionIn",
    "Partial retraction of": "PartialRetractionOf",
    "Reprint in": "ReprintIn",
    "Reprint of": "ReprintOf",
    "Republished in": "RepublishedIn",
    "Republished from": "RepublishedFrom",
    "Retracted and republished in": "RetractedandRepublishedIn",
    "Retracted and republished from": "RetractedandRepublishedFrom",
    "Retraction in": "RetractionIn",
    "Retraction of": "RetractionOf",
    "Summary for patients in": "SummaryForPatientsIn",
    "Update in": "UpdateIn",
    "Update of": "UpdateOf",
}
LISTS = (
    "Publication types",
    "MeSH terms",
    "Substances",
    "Supplementary concepts",
    "Associated data",
    "Grants and funding",
)
ABSTRACT = "Abstract"
SUMMARY = "Plain language summary"
AUTHORS = "Authors"
AFFILIATIONS = "Affiliations"
COLLABORATORS = "Collaborators"
CONFLICT = "Conflict of interest statement"
KEYWORDS = "Keywords"
IDENTIFIERS = "PMID"
# The text of a browser's page around a record: links, counts, other papers. None of it is NLM's data on the paper in a
# complete form ("Show all 28 references").
LEFT_OUT = (
    "Figures",
    "Similar articles",
    "Cited by",
    "References",
    "Related information",
    "LinkOut - more resources",
    "LinkOut",
    "Supplementary info",
    "Full text links",
    "NCBI Literature Resources",
)
DISCLAIMER = "PubMed Disclaimer"
LINES_LEFT_OUT = (DISCLAIMER, "Free PMC article", "Free article", "No abstract available")
_OTHER_NAMES = {
    "Author": AUTHORS,
    "Authors, Affiliations": AUTHORS,
    "Author information": AFFILIATIONS,
    "Affiliation": AFFILIATIONS,
    "Author affiliations": AFFILIATIONS,
    "Collaborator": COLLABORATORS,
    "Keyword": KEYWORDS,
    "Publication type": "Publication types",
    "MeSH term": "MeSH terms",
    "Substance": "Substances",
    "Supplementary concept": "Supplementary concepts",
}
_NAMES = {
    name.casefold(): name
    for name in (
        *(*RELATED, *LISTS, *LEFT_OUT, *LINES_LEFT_OUT),
        *(ABSTRACT, SUMMARY, AUTHORS, AFFILIATIONS, COLLABORATORS, CONFLICT, KEYWORDS),
    )
} | {name.casefold(): heading for name, heading in _OTHER_NAMES.items()}
_BUTTON = re.compile(r"[ \xa0]*(?:expand|collapse|\(\d+\)|\d+ articles?)$", re.IGNORECASE)
_BEFORE_TEXT = re.compile(
    r"(?P<name>Collaborators?|Conflict of interest statement|Keywords?|Plain[ -]language[ -]summary)[ \xa0]*:[ \xa0]*",
    re.IGNORECASE,
)
_IDENTIFIER = re.compile(r"(?:DOI|PMCID|PMID): *\S")
_REMARK = re.compile(r"\[(?:Article|Book|Chapter) in [^\]]+\]|Publisher: .+")
_COPYRIGHT = re.compile(
    r"©|\([cC]\) ?(?:\d{4}|The )|C(?:opyright|OPYRIGHT)\b|This article is protected by copyright|"
    r"This is an [Oo]pen[- ][Aa]ccess|Published (?:by|on behalf of|under|\d{4})\b|The Author\(s\)|"
    r"\d{4} (?:©|The Author)|All rights reserved"
)
_COPYRIGHT_WITHIN = re.compile(
    r"©|\(c\) ?\d{4}|\bcopyright\b|all rights reserved|Creative Commons|\bpublished by\b|\bon behalf of the\b",
    re.IGNORECASE,
)
_LONGEST_COPYRIGHT = 250


class TextLine(NamedTuple):
    """A line without its end, and its number in the file."""

    number: int
    text: str


class PageSection(NamedTuple):
    """A heading under its one name, None without a heading, and the lines below; blank lines separate paragraphs."""

    number: int
    heading: str | None
    lines: tuple[TextLine, ...]

    @property
    def flat(self) -> str:
        """The text in one line."""
        return flat(self.lines)

    @property
    def paragraphs(self) -> tuple[tuple[TextLine, ...], ...]:
        """The lines, divided at blank ones."""
        return tuple(paragraphs(self.lines))


def flat(lines: Iterable[TextLine]) -> str:
    """Return lines as one, with one space for each run of white space; other blanks (thin spaces) stay."""
    return clean("\n".join(line.text for line in lines))


def paragraphs(lines: Iterable[TextLine]) -> Iterator[tuple[TextLine, ...]]:
    """Yield the lines between blank ones."""
    found: list[TextLine] = []
    for line in lines:
        if line.text.strip():
            found.append(line)
        elif found:
            yield tuple(found)
            found = []
    if found:
        yield tuple(found)


def heading_of(line: str) -> str | None:
    """Return the name of the heading on a line; None for any other line.

    >>> heading_of("Author information:"), heading_of("Affiliations expand"), heading_of("We saw HER2.")
    ('Affiliations', 'Affiliations', None)
    """
    name = _BUTTON.sub("", " ".join(line.split()).rstrip(":.")).rstrip(":")
    return _NAMES.get(name.casefold())


def section_begun_by(line: TextLine) -> PageSection | None:
    """Return the section that a line begins, with the text after the heading; None if it begins none."""
    text = line.text.strip()
    if heading := heading_of(text):
        return PageSection(line.number, heading, ())
    if match := _BEFORE_TEXT.match(text):
        name = SUMMARY if match["name"].lower().startswith("plain") else _NAMES[match["name"].casefold()]
        return PageSection(line.number, name, (TextLine(line.number, text[match.end() :]),))
    if _IDENTIFIER.match(text):
        return PageSection(line.number, IDENTIFIERS, (line,))
    return None


def is_remark(text: str) -> bool:
    """Tell whether a paragraph is about the record: ``[Article in Chinese]``, ``Publisher: …``."""
    return _REMARK.fullmatch(text) is not None


def begins_copyright(text: str) -> bool:
    """Tell whether a line can only begin a statement of copyright.

    >>> begins_copyright("©2021 The Authors."), begins_copyright("Copyrights were not studied.")
    (True, False)
    """
    return _COPYRIGHT.match(text) is not None


def is_copyright(text: str) -> bool:
    """Tell whether a paragraph after an abstract is its copyright.

    >>> is_copyright("A Press Copyright © 2021."), is_copyright("RESULTS: All were alive.")
    (True, False)
    """
    return begins_copyright(text) or (len(text) <= _LONGEST_COPYRIGHT and _COPYRIGHT_WITHIN.search(text) is not None)
