"""PubMed's text for people, divided into title, citation and sections.

The sections are distinguished by their headings. A heading is a line of its own, or precedes its text on one line. The
headings are the same in the saved form "Abstract (text)" and on the page of a paper that a browser shows, copies or
prints. Today's page has the journal on one line, the citation after a full stop on the next, and then the title without
its full stop. Older pages, and texts arranged by hand, have the title first and the citation on one line.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from her2ld.files.streams import UnreadableError
from her2ld.pubmed.article import clean
from her2ld.pubmed.people import is_author_list
from her2ld.pubmed.printed import CITATION, is_citation

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


def _heading_of(line: str) -> str | None:
    """Return the name of the heading on a line; None for any other line.

    >>> _heading_of("Author information:"), _heading_of("Affiliations expand"), _heading_of("We saw HER2.")
    ('Affiliations', 'Affiliations', None)
    """
    name = _BUTTON.sub("", " ".join(line.split()).rstrip(":.")).rstrip(":")
    return _NAMES.get(name.casefold())


def section_begun_by(line: TextLine) -> PageSection | None:
    """Return the section that a line begins, with the text after the heading; None if it begins none."""
    text = line.text.strip()
    if heading := _heading_of(text):
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


_BELOW_JOURNAL = re.compile(r"\. ?(?=\d{4}\b)")
_GOES_ON = re.compile(r"(?:doi: ?10\.|10\.\d{4,}/|Epub |eCollection |Print \d|Online ahead of print|pii: )")
_MOST_LINES_OF_A_CITATION = 4
_FAR_ENOUGH = 200
_NAVIGATION = frozenset(
    {"Page navigation", "Title & authors", "Display options", "Skip to main page content", "Actions"}
)
_BUTTONS = re.compile(
    r"(?:.*full text links?|Cite|Save|Email|Send to|Share|Collections|Permalink|Full text|Format:?|Search:?|Advanced|"
    r"User Guide|pubmed logo|Favorites|Clipboard)",
    re.IGNORECASE,
)
_LONGEST_TYPE = 60
NO_CITATION = (
    "there is no citation (“Journal. 2001;8(1):45-51.”)",
    "save the record as PubMed prints it, in the form “Abstract (text)”, or copy its whole page",
)


class Head(NamedTuple):
    """The part before the sections."""

    title: str
    citation: str
    publication_type: str | None
    sections: tuple[PageSection, ...]


class _FoundCitation(NamedTuple):
    """The places of the first and last line of a citation, its text, and whether it is below its journal."""

    first: int
    last: int
    text: str
    today: bool


def find_citation(lines: list[TextLine]) -> _FoundCitation | None:
    """Return the place of the citation among lines; None if there is none."""
    journal: int | None = None
    for place, line in enumerate(lines):
        text = " ".join(line.text.split())
        if not text:
            continue
        if journal is not None and (begin := _BELOW_JOURNAL.match(text)):
            last, whole = _whole(lines, place, f"{' '.join(lines[journal].text.split())}. {text[begin.end() :]}")
            return _FoundCitation(journal, last, whole, today=True) if CITATION.fullmatch(whole) else None
        for more in range(min(_MOST_LINES_OF_A_CITATION, len(lines) - place), 0, -1):
            run = lines[place : place + more]
            if all(each.text.strip() for each in run) and is_citation(flat(run)):
                return _FoundCitation(place, place + more - 1, flat(run), today=False)
        if CITATION.fullmatch(text) and place < _FAR_ENOUGH:
            last, whole = _whole(lines, place, text)
            return _FoundCitation(place, last, whole, today=False)
        journal = place
    return None


def _whole(lines: list[TextLine], place: int, text: str) -> tuple[int, str]:
    """Return a citation with the lines that continue it."""
    last = place
    for following in range(place + 1, len(lines)):
        line = " ".join(lines[following].text.split())
        if line and not _GOES_ON.match(line):
            break
        if line:
            text, last = f"{text} {line}", following
    return last, text


def read_head(lines: list[TextLine]) -> Head:
    """Return the head of a page. Raises UnreadableError if citation or title are missing or follow unknown lines."""
    found = find_citation(lines)
    if found is None:
        raise UnreadableError(*NO_CITATION)
    first, last, citation, today = found
    _refuse_a_second_page(lines[last + 1 :])
    before = _without_navigation([line for line in lines[:first] if line.text.strip()])
    after = lines[last + 1 :]
    if before and not today:
        title, kind = flat(before), None
        sections = list(_sections(after))
    else:
        kind = _publication_type(before)
        title, after = _title(after)
        sections = list(_sections(after))
    if today and title and title[-1] not in ".?!":
        title += "."  # only the page leaves it out
    return Head(title, citation, kind, tuple(sections))


def _refuse_a_second_page(lines: Iterable[TextLine]) -> None:
    for line in lines:
        if _BELOW_JOURNAL.match(line.text.strip()):
            what = f"a second paper begins here (“{line.text.strip()[:60]}”)"
            raise UnreadableError(what, "keep one page in a file", line.number)


def _without_navigation(lines: list[TextLine]) -> list[TextLine]:
    """Return the lines without a browser's text above a record: buttons, and the list of sections."""
    start = next((place for place in range(len(lines) - 1, -1, -1) if lines[place].text.strip() in _NAVIGATION), -1)
    rest = [line for line in lines[start + 1 :] if not _BUTTONS.fullmatch(line.text.strip())]
    if start < 0:
        return rest
    return [line for line in rest if _heading_of(line.text) is None]


def _publication_type(lines: list[TextLine]) -> str | None:
    """Return the type of publication above the journal, if there is one."""
    if not lines:
        return None
    text = " ".join(lines[0].text.split())
    if len(lines) > 1 or len(text) > _LONGEST_TYPE or text.endswith("."):
        what = f"“{text[:60]}” precedes the journal, and is not known here"
        raise UnreadableError(what, "begin the page with the journal or the title", lines[0].number)
    return text


def _title(lines: list[TextLine]) -> tuple[str, list[TextLine]]:
    """Return the title below the citation, and the lines after it."""
    start = next((place for place, line in enumerate(lines) if line.text.strip()), None)
    if start is None or section_begun_by(lines[start]):
        number = lines[start].number if start is not None else None
        raise UnreadableError("there is no title", "save the whole page as PubMed shows it", number)
    end = start
    while end < len(lines) and lines[end].text.strip() and section_begun_by(lines[end]) is None:
        end += 1
    block = lines[start:end]
    for length in range(1, len(block)):
        rest = block[length:]
        if is_author_list(flat(rest)) or is_remark(flat(rest[:1])):
            return flat(block[:length]), lines[start + length :]
    if len(block) > 1 and end < len(lines) and lines[end].text.strip():
        what = f"“{block[1].text.strip()[:60]}” is neither the title nor a list of authors"
        raise UnreadableError(what, "put the title on one line, and the authors below", block[1].number)
    return flat(block), lines[end:]


def _sections(lines: list[TextLine]) -> Iterator[PageSection]:
    """Yield the sections that begin with headings; paragraphs before the first heading are sections without one."""
    heading: str | None = None
    number = lines[0].number if lines else 0
    found: list[TextLine] = []
    known = False
    for place, line in enumerate(lines):
        begun = section_begun_by(line)
        if begun and begun.heading == IDENTIFIERS:
            blank_before = place == 0 or not lines[place - 1].text.strip()
            if heading in LEFT_OUT or (heading in RELATED and (known or not blank_before)):
                begun = None
            else:
                known = True
        if heading in {None, ABSTRACT, KEYWORDS} and begun is None and _is_copyright_line(lines, place):
            found.append(TextLine(line.number, ""))
        if begun is None and heading is None and is_remark(line.text.strip()):
            found += [TextLine(line.number, ""), line, TextLine(line.number, "")]
            continue
        if begun is None:
            found.append(line)
            continue
        yield from _closed(number, heading, found)
        heading, number, found = begun.heading, begun.number, list(begun.lines)
        if heading in LINES_LEFT_OUT:
            yield begun
            heading = None
    yield from _closed(number, heading, found)


def _is_copyright_line(lines: list[TextLine], place: int) -> bool:
    """Tell whether a line begins the copyright directly below the abstract, as a browser copies it."""
    ended = place > 0 and lines[place - 1].text.rstrip().endswith((".", "?", "!", ")"))
    return ended and begins_copyright(lines[place].text.strip())


def _closed(number: int, heading: str | None, lines: list[TextLine]) -> Iterator[PageSection]:
    if heading is not None:
        yield PageSection(number, heading, tuple(lines))
        return
    for paragraph in paragraphs(lines):
        yield PageSection(paragraph[0].number, None, paragraph)
