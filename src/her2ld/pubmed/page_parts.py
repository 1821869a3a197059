"""The parts of a record, from the sections of PubMed's text for people.

Before the identifiers or the lists, a paragraph without a heading is the list of authors, the abstract, or the
copyright after it. Any other paragraph is refused with its line: it never becomes a sentence of the abstract.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from her2ld.files.streams import UnreadableError
from her2ld.pubmed.article import AbstractSection, RelatedCitation
from her2ld.pubmed.page_sections import (
    ABSTRACT,
    AFFILIATIONS,
    AUTHORS,
    COLLABORATORS,
    CONFLICT,
    DISCLAIMER,
    IDENTIFIERS,
    KEYWORDS,
    LEFT_OUT,
    LISTS,
    RELATED,
    SUMMARY,
    PageSection,
    TextLine,
    begins_copyright,
    flat,
    is_copyright,
    is_remark,
)
from her2ld.pubmed.people import is_author_list
from her2ld.pubmed.printed import CITATION, PMID_AT_END, related_citation

_TEXTS = {
    AUTHORS: "authors",
    COLLABORATORS: "collaborators",
    KEYWORDS: "keywords",
    CONFLICT: "conflict",
    SUMMARY: "summary",
}
_BULLET = "•"
_BUTTONS = frozenset({"Actions", "Search in PubMed", "Search in MeSH", "Add to Search"})
_IDENTIFIER = re.compile(r"(?P<kind>DOI|PMCID|PMID): *(?P<value>\S+)(?: *\[(?P<state>[^\]]+)\])?")
_LABELLED = re.compile(r"[A-Z][^.:;]{1,80}:(?= |$)")
_LABEL_IN_CAPITALS = re.compile(r"[A-Z][^a-z.:;]{2,80}:(?= |$)")
_LANGUAGES = re.compile(r"in (?:English|[A-Z][a-z]+, )[A-Za-z, ]*")
_LONGEST_HEADING = 60
_KNOWN = f"the title, the authors, the abstract, the identifiers, and the lists {', '.join(LISTS)}"


@dataclass(slots=True)
class Parts:
    """The parts found so far; in a ``browser``, an abstract has paragraphs, and labels in small letters."""

    browser: bool
    authors: str | None = None
    affiliations: list[str] = field(default_factory=list)
    collaborators: str | None = None
    keywords: str | None = None
    conflict: str | None = None
    copyright: str | None = None
    abstract: list[str] = field(default_factory=list)
    summary: str | None = None
    related: list[RelatedCitation] = field(default_factory=list)
    identifiers: dict[str, str] = field(default_factory=dict)
    lists: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in LISTS})
    others: list[tuple[str | None, str]] = field(default_factory=list)
    ended_by: str | None = None
    begun: bool = False


def parts_of(sections: Iterable[PageSection], parts: Parts) -> Parts:
    """Add the sections of one record to its parts. Raises UnreadableError for unknown text, with its line."""
    waiting = list(sections)
    listing: str | None = None
    while waiting:
        section = waiting.pop(0)
        if section.heading is None and section.flat.startswith(_BULLET):
            listing = _list_without_heading(listing, parts, section)
            section = section._replace(heading=listing)
        section, *others = _divided(section)
        waiting[:0] = others
        if section.heading is None:
            for paragraph in section.paragraphs:
                _take_text(paragraph, parts)
        elif section.heading in LISTS:
            listing = section.heading
            parts.lists[listing] += _items(section)
            parts.ended_by = listing
        else:
            _take(section, parts)
    return parts


def _divided(section: PageSection) -> Iterator[PageSection]:
    """Yield the paragraphs of the heading as a section, and every other paragraph as a section without a heading."""
    paragraphs = section.paragraphs
    if section.heading in {None, ABSTRACT, CONFLICT, SUMMARY, *LEFT_OUT} or len(paragraphs) < 2:  # noqa: PLR2004  # none more
        yield section
        return
    bulleted = section.heading in LISTS and flat(paragraphs[0]).startswith(_BULLET)
    last = 1
    while last < len(paragraphs) and not bulleted and _goes_on(section.heading, paragraphs[last]):
        last += 1
    yield section._replace(lines=tuple(_joined(paragraphs[:last])))
    for paragraph in paragraphs[last:]:
        yield PageSection(paragraph[0].number, None, paragraph)


def _joined(paragraphs: Iterable[tuple[TextLine, ...]]) -> Iterator[TextLine]:
    for paragraph in paragraphs:
        yield from paragraph
        yield TextLine(paragraph[-1].number + 1, "")


def _goes_on(heading: str | None, paragraph: tuple[TextLine, ...]) -> bool:
    """Tell whether a further paragraph belongs to the heading."""
    text = flat(paragraph)
    if heading == AFFILIATIONS:
        return re.match(r"\(?\d+\)?", text) is not None
    if heading == IDENTIFIERS:
        return _IDENTIFIER.match(text) is not None
    if heading in RELATED:
        return PMID_AT_END.fullmatch(text) is not None or CITATION.fullmatch(text) is not None
    return heading in LISTS and not text.startswith(_BULLET)


def _take(section: PageSection, parts: Parts) -> None:
    """Take a section with a heading."""
    heading, text = section.heading, section.flat
    if heading in _TEXTS:
        setattr(parts, _TEXTS[heading], text or getattr(parts, _TEXTS[heading]))
    if heading == AFFILIATIONS:
        parts.affiliations += [line.text for line in section.lines]
    elif heading == CONFLICT:
        parts.ended_by = CONFLICT if parts.abstract or parts.identifiers else parts.ended_by
    elif heading == IDENTIFIERS:
        _take_identifiers(section, parts)
    elif heading == ABSTRACT:
        _take_abstract(section, parts)
    elif heading in RELATED:
        parts.related += _related_in(section)
        parts.ended_by = heading if parts.abstract else parts.ended_by
    elif heading in {DISCLAIMER, *LEFT_OUT}:
        parts.ended_by = heading


def _take_abstract(section: PageSection, parts: Parts) -> None:
    if parts.abstract:
        raise _unknown(section.number, ABSTRACT, "there is an abstract already")
    parts.begun = True
    paragraphs = section.paragraphs
    if parts.browser:
        labelled = [_LABELLED.match(flat(each)) is not None for each in paragraphs if not is_copyright(flat(each))]
        if len(labelled) > 1 and all(labelled):
            paragraphs = tuple(map(_with_capitals, paragraphs))
    for paragraph in paragraphs:
        _take_text(paragraph, parts)


def _with_capitals(paragraph: tuple[TextLine, ...]) -> tuple[TextLine, ...]:
    """Return a paragraph with NLM's label of the section: a browser shows “Methods:” for “METHODS:”."""
    text = flat(paragraph)
    match = _LABELLED.match(text)
    return (TextLine(paragraph[0].number, match[0].upper() + text[match.end() :]),) if match else paragraph


def _take_text(paragraph: tuple[TextLine, ...], parts: Parts) -> None:
    """Take a paragraph that has no heading of its own."""
    text, number = flat(paragraph), paragraph[0].number
    if is_remark(text):
        parts.others.append((None, text))
        return
    first, parts.begun = not parts.begun, True
    if first and parts.authors is None and is_author_list(text):
        parts.authors = text
        parts.begun = False
        return
    if parts.ended_by or (parts.identifiers and not parts.browser):
        raise _unknown(number, text, "it follows the record")
    labelled = _LABELLED.match(text) is not None
    if parts.abstract and is_copyright(text) and (begins_copyright(text) or not labelled):
        parts.copyright = f"{parts.copyright} {text}" if parts.copyright else text
        return
    if parts.abstract and (parts.copyright or parts.keywords):
        raise _unknown(number, text, f"it follows the {'copyright' if parts.copyright else 'keywords'}")
    if parts.abstract and not parts.browser and not labelled:
        what = f"“{text[:60]}” is a second paragraph of the abstract, without a label"
        remedy = "join the two if they are one text, and remove text that is not part of the abstract"
        raise UnreadableError(what, remedy, number)
    _refuse_a_heading(paragraph, parts)
    parts.abstract += [text] if parts.browser else map(flat, _by_labels(paragraph))


def _by_labels(paragraph: tuple[TextLine, ...]) -> Iterator[tuple[TextLine, ...]]:
    """Yield the sections of an abstract in one paragraph: each begins a line with its label in capitals."""
    found: list[TextLine] = []
    for line in paragraph:
        begins = _LABEL_IN_CAPITALS.match(line.text) is not None
        if found and begins and found[-1].text.rstrip().endswith((".", "?", "!", ")", "]", "”")):
            yield tuple(found)
            found = []
        found.append(line)
    yield tuple(found)


def abstract_of(parts: Parts) -> tuple[str, tuple[AbstractSection, ...]]:
    """Return the text of the abstract, and its sections if there are several and all begin with a label."""
    labels = [_LABEL_IN_CAPITALS.match(each) for each in parts.abstract]
    sections: list[AbstractSection] = []
    start = 0
    for text, label in zip(parts.abstract, labels, strict=True):
        if label:
            begin = start + min(label.end() + 1, len(text))
            sections.append(AbstractSection(begin, start + len(text), label[0].removesuffix(":")))
        start += len(text) + 1
    return " ".join(parts.abstract), tuple(sections) if len(sections) == len(labels) > 1 else ()


def _refuse_a_heading(paragraph: tuple[TextLine, ...], parts: Parts) -> None:
    """Raise UnreadableError if a line within an abstract can only be an unknown heading."""
    text = paragraph[0].text.strip()
    alone = len(paragraph) == 1 and bool(parts.abstract)
    above = len(paragraph) > 1 and paragraph[1].text.strip()[:1].isupper()
    above = above and len(text) * 2 < max(len(line.text.strip()) for line in paragraph[1:])
    is_short = len(text) <= _LONGEST_HEADING and text[-1].isalnum()
    if parts.browser and (_LANGUAGES.fullmatch(text) or ((alone or above) and is_short)):
        raise _unknown(paragraph[0].number, text, "it looks like a heading")


def _unknown(number: int, text: str, why: str) -> UnreadableError:
    return UnreadableError(f"“{text[:60]}” is not known here: {why}", f"keep {_KNOWN}", number)


def _list_without_heading(before: str | None, parts: Parts, section: PageSection) -> str:
    """Return the list that a section belongs to: the substances follow the MeSH terms without a heading."""
    if before is None:
        raise UnreadableError("a list has no heading", f"give it one of {', '.join(LISTS)}", section.number)
    return "Substances" if before == "MeSH terms" and parts.lists[before] else before


def _items(section: PageSection) -> list[str]:
    """Return the items of a list; all begin with a bullet, or none does."""
    lines = [TextLine(each.number, each.text.strip()) for each in section.lines if each.text.strip()]
    lines = [each for each in lines if each.text not in _BUTTONS]
    has_bullets = any(each.text.startswith(_BULLET) for each in lines)
    for number, text in lines:
        if has_bullets != text.startswith(_BULLET) or text.startswith(("Comment", "PMID:")) or CITATION.fullmatch(text):
            what = f"“{text[:60]}” is in the list {section.heading}, but is not an item of it"
            raise UnreadableError(what, f"begin each item with {_BULLET}, and keep nothing else in the list", number)
    return [" ".join(text.removeprefix(_BULLET).split()) for _, text in lines]


def _related_in(section: PageSection) -> list[RelatedCitation]:
    r"""Return the comments or corrections below a heading that names their kind.

    A browser shows title, authors, citation and PMID, each on a line; the citation and the PMID are used.
    """
    kind = RELATED[section.heading or ""]
    lines = [line for line in section.lines if line.text.strip()]
    if not any(line.text.strip().startswith("PMID:") for line in lines):
        return [related_citation(kind, entry) for entry in _entries(lines)]
    found: list[RelatedCitation] = []
    entry: list[str] = []
    for line in lines:
        text = " ".join(line.text.split())
        if not text.startswith("PMID:"):
            entry.append(text)
            continue
        citation = next((each for each in reversed(entry) if CITATION.fullmatch(each)), " ".join(entry))
        found.append(related_citation(kind, f"{citation} {text}"))
        entry = []
    return [*found, *([related_citation(kind, " ".join(entry))] if entry else [])]


def _entries(lines: list[TextLine]) -> Iterator[str]:
    """Yield the citations below a heading: each is less indented than the lines that continue it."""
    entry: list[TextLine] = []
    depths = [len(line.text) - len(line.text.lstrip()) for line in lines]
    for depth, line in zip(depths, lines, strict=True):
        if entry and depth <= min(depths) and entry[-1].text.rstrip().endswith("."):
            yield flat(entry)
            entry = []
        entry.append(line)
    if entry:
        yield flat(entry)


def _take_identifiers(section: PageSection, parts: Parts) -> None:
    text, end = section.flat, 0
    for match in _IDENTIFIER.finditer(text):
        if text[end : match.start()].strip():
            break
        before = parts.identifiers.setdefault(match["kind"], match["value"])
        if before != match["value"]:
            what = f"the {match['kind']} is {before} and {match['value']}"
            raise UnreadableError(what, "keep one paper in a record", section.number)
        if match["state"]:
            parts.others.append((match["kind"], match["state"]))
        end = match.end()
    if text[end:].strip():
        what = f"“{text[end:].strip()[:60]}” is not known here"
        raise UnreadableError(what, "keep only DOI, PMCID and PMID there", section.number)
