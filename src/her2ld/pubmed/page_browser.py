"""The page of one paper as a browser shows, copies or prints it: divided into title, citation and sections.

Today's page has the journal on one line, the citation after a full stop on the next, then the title without its full
stop. Older pages, and texts arranged by hand, have the title first and the citation on one line.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from her2ld.files.streams import UnreadableError
from her2ld.pubmed.page_sections import (
    ABSTRACT,
    IDENTIFIERS,
    KEYWORDS,
    LEFT_OUT,
    LINES_LEFT_OUT,
    RELATED,
    PageSection,
    TextLine,
    begins_copyright,
    flat,
    heading_of,
    is_remark,
    paragraphs,
    section_begun_by,
)
from her2ld.pubmed.people import is_author_list
from her2ld.pubmed.printed_citation import CITATION, is_citation

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
_SAVE = "save the record as PubMed prints it, in the form “Abstract (text)”, or copy its whole page"


class Head(NamedTuple):
    """The part before the sections; ``today`` is true if the page has PubMed's present layout."""

    title: str
    citation: str
    publication_type: str | None
    sections: tuple[PageSection, ...]
    today: bool


class FoundCitation(NamedTuple):
    """The places of the first and last line of a citation, its text, and whether it is below its journal."""

    first: int
    last: int
    text: str
    today: bool


def find_citation(lines: list[TextLine]) -> FoundCitation | None:
    """Return the place of the citation among lines; None if there is none."""
    journal: int | None = None
    for place, line in enumerate(lines):
        text = " ".join(line.text.split())
        if not text:
            continue
        if journal is not None and (begin := _BELOW_JOURNAL.match(text)):
            last, whole = _whole(lines, place, f"{' '.join(lines[journal].text.split())}. {text[begin.end() :]}")
            return FoundCitation(journal, last, whole, today=True) if CITATION.fullmatch(whole) else None
        for more in range(min(_MOST_LINES_OF_A_CITATION, len(lines) - place), 0, -1):
            run = lines[place : place + more]
            if all(each.text.strip() for each in run) and is_citation(flat(run)):
                return FoundCitation(place, place + more - 1, flat(run), today=False)
        if CITATION.fullmatch(text) and place < _FAR_ENOUGH:
            last, whole = _whole(lines, place, text)
            return FoundCitation(place, last, whole, today=False)
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
        raise UnreadableError("there is no citation (“Journal. 2001;8(1):45-51.”)", _SAVE)
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
    return Head(title, citation, kind, tuple(sections), today)


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
    return [line for line in rest if heading_of(line.text) is None]


def _publication_type(lines: list[TextLine]) -> str | None:
    """Return the type of publication above the journal, if there is one."""
    if not lines:
        return None
    text = " ".join(lines[0].text.split())
    if len(lines) > 1 or len(text) > _LONGEST_TYPE or text.endswith("."):
        what = f"“{text[:60]}” stands before the journal, and is not known here"
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
