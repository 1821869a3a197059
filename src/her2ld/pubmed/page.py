"""Reader of PubMed's records as text for people: what it saves as "Abstract (text)", and its page of one paper.

Both have paragraphs with an empty line between. Saved records are numbered and begin with the citation; a page begins
with the title, the citation follows, and lists of publication types, MeSH terms and substances may end it. Paragraphs
are told apart by how they begin; between the title and the identifiers, what has no such beginning is the abstract.
What stands after the identifiers or in the lists and is not known is never taken for something else: the record is
refused. The citation is kept whole beside its parts.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from her2ld.pubmed.article import (
    Abstract,
    Article,
    Identifier,
    IndexedHeading,
    IndexedQualifier,
    Journal,
    Keyword,
    Pages,
    Parameters,
    PartialDate,
    Refusal,
    RelatedCitation,
    Substance,
    Term,
    Title,
)
from her2ld.pubmed.lines import LONGEST_RECORD, Line, UnreadableError, check_length, decoded, lines_of
from her2ld.pubmed.page_people import is_author_list, read_authors
from her2ld.pubmed.printed_dates import issue_date

OTHER_LINES = "page"
CITATION = re.compile(
    r"(?P<journal>.+?)\. (?P<date>\d{4}\b[^;:.]*)"
    r"(?:;(?P<volume>[^:().]*)(?:\((?P<issue>[^)]*)\))?(?:Suppl[^:.]*)?)?(?::(?P<pages>[^.]*))?\."
    r"(?: (?P<rest>.*))?"
)
_NUMBER = re.compile(r"(\d+)[.:] (?=\S)")
_DOI = re.compile(r"doi: ?(10\.\S+?)\.?(?=\s|$)")
_EPUB = re.compile(r"Epub (\d{4}[^.]*)\.?")
_IDENTIFIER = re.compile(r"(?P<kind>DOI|PMCID|PMID): *(?P<value>\S+)(?: *\[(?P<state>[^\]]+)\])?")
_COPYRIGHT = re.compile(r"©|\(c\) ?\d{4}|Copyright\b|\(C\) ?\d{4}")
_RELATED = {
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
_PMID_AT_END = re.compile(r"(?P<source>.*?)[ .;]*PMID: *(?P<pmid>\d+)\.?")
_LABELLED = {
    "Collaborators": "collaborators",
    "Conflict of interest statement": "conflict",
    "Keyword": "keywords",
    "Keywords": "keywords",
}
_LABEL = re.compile(rf"({'|'.join(_LABELLED)}): ?")
_REMARK = re.compile(r"\[(?:Article|Book|Chapter) in .+\]|Publisher: .+")
_LISTS = ("Publication types", "MeSH terms", "Substances")
_BULLET = "•"
_LONGEST_BLANK = 100  # of a blank line no more is kept


def read_pages(stream: IO[bytes]) -> Iterator[Article | Refusal]:
    r"""Yield each record of a text in UTF-8, or why it is refused; the records beside a refused one are read.

    >>> import io
    >>> page = "1. J Test. 2001 Jan;8(1):45-51.\n\nA title.\n\nDoe J.\n\nOne\ntwo.\n\nPMID: 7\n"
    >>> [article] = read_pages(io.BytesIO(page.encode()))
    >>> article.pmid, article.title.text, article.abstract.text, article.authors[0].persons[0].last_name
    ('7', 'A title.', 'One two.', 'Doe')
    """
    for position, lines in enumerate(_records(stream), 1):
        content = b"".join(line.content for line in lines)
        number = lines[0].number
        try:
            check_length(len(content))
            yield _article(decoded(content, lines[0].offset, number))
        except UnreadableError as error:
            match = re.search(rb"^PMID: *(\d+)", content, re.MULTILINE)
            pmid = match[1].decode() if match else None
            yield Refusal(position, error.what, error.remedy, error.number or number, pmid)


def _records(stream: IO[bytes]) -> Iterator[list[Line]]:
    """Yield the lines of each record; numbered ones count from 1 on. Of one that is too long, yield what shows it."""
    record: list[Line] = []
    size, expected, after_blank = 0, 1, True
    for line in lines_of(stream):
        match = _NUMBER.match(line.content[:20].decode(errors="replace")) if after_blank else None
        if match and int(match[1]) == expected:
            if record:
                yield record
            record, size = [], 0
            expected += 1
        after_blank = line.is_blank
        if size <= LONGEST_RECORD and (record or not after_blank):
            record.append(line._replace(content=line.content[-_LONGEST_BLANK:]) if after_blank else line)
            size += len(record[-1].content)
    if record:
        yield record


@dataclass(slots=True)
class _Parts:
    """What was found in the paragraphs so far."""

    authors: str | None = None
    affiliations: str | None = None
    collaborators: str | None = None
    keywords: str | None = None
    conflict: str | None = None
    copyright: str | None = None
    abstract: list[str] = field(default_factory=list)
    related: list[RelatedCitation] = field(default_factory=list)
    identifiers: dict[str, str] = field(default_factory=dict)
    lists: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in _LISTS})
    others: list[tuple[str | None, str]] = field(default_factory=list)


def _article(text: str) -> Article:
    """Read one record."""
    paragraphs = [part.strip("\n") for part in re.split(r"\r?\n[ \t]*(?=\r?\n)", text) if part.strip()]
    numbered = _NUMBER.match(paragraphs[0].lstrip())
    if numbered:
        paragraphs[0] = paragraphs[0].lstrip()[numbered.end() :]
    at = next((place for place, part in enumerate(paragraphs[:4]) if CITATION.fullmatch(_flat(part))), None)
    if at is None:
        what = "there is no citation (“Journal. 2001;8(1):45-51.”)"
        raise UnreadableError(what, "save the record as PubMed prints it, in the form “Abstract (text)”")
    before, after = paragraphs[:at], paragraphs[at + 1 :]
    if not before:
        before, after = after[:1], after[1:]
    if not before:
        raise UnreadableError("there is no title", "save the whole record as PubMed prints it")
    citation = _flat(paragraphs[at])
    parts = _sorted(after, is_numbered=numbered is not None)
    return _whole(_flat(" ".join(before)), citation, parts)


def _flat(paragraph: str) -> str:
    return " ".join(paragraph.split())


def _sorted(paragraphs: list[str], *, is_numbered: bool) -> _Parts:
    """Tell paragraphs apart by how they begin."""
    parts = _Parts()
    listing: str | None = None
    for place, paragraph in enumerate(paragraphs):
        flat = _flat(paragraph)
        begin, _, below = paragraph.partition("\n")
        begin = begin.strip().rstrip(":")
        following = _flat(paragraphs[place + 1]) if place + 1 < len(paragraphs) else ""
        if begin in _LISTS or flat.startswith(_BULLET):
            listing = begin if begin in _LISTS else _list_without_heading(listing, parts)
            parts.lists[listing] += _bulleted(below if begin in _LISTS else paragraph)
        elif _take_headed(begin, below, parts) or _take_labelled(flat, parts):
            continue
        elif place == 0 and (is_author_list(flat) or following.startswith("Author information:")):
            parts.authors = flat
        elif listing or (parts.identifiers and (is_numbered or parts.abstract)):
            known = "the title, the authors, the abstract, the identifiers, and the lists " + ", ".join(_LISTS)
            raise UnreadableError(f"“{begin[:60]}” is not known here", f"keep {known}")
        elif parts.abstract and _COPYRIGHT.match(flat):
            parts.copyright = flat
        elif flat != "Abstract":
            parts.abstract.append(flat.removeprefix("Abstract ") if begin == "Abstract" else flat)
    return parts


def _take_headed(begin: str, below: str, parts: _Parts) -> bool:
    """Take a paragraph whose first line is its heading, and tell whether it is one."""
    if begin in _RELATED:
        parts.related += related_in(f"{begin}\n{below}")
    elif begin in {"Author", "Authors"} and below:
        parts.authors = _flat(below)
    elif begin in {"Author information", "Affiliation", "Affiliations"}:
        parts.affiliations = below
    else:
        return False
    return True


def _take_labelled(flat: str, parts: _Parts) -> bool:
    """Take a paragraph that begins with a label, and tell whether it does."""
    if match := _LABEL.match(flat):
        setattr(parts, _LABELLED[match[1]], flat[match.end() :])
    elif _IDENTIFIER.match(flat):
        _take_identifiers(flat, parts)
    elif _REMARK.fullmatch(flat):
        parts.others.append((None, flat))
    else:
        return False
    return True


def _list_without_heading(before: str | None, parts: _Parts) -> str:
    """Say which list goes on: below the MeSH terms, without a heading, stand the substances."""
    if before is None:
        raise UnreadableError("a list has no heading", f"give it one of {', '.join(_LISTS)}")
    return "Substances" if before == "MeSH terms" and parts.lists[before] else before


def _bulleted(lines: str) -> list[str]:
    items = [line.strip() for line in lines.splitlines() if line.strip()]
    for item in items:
        if not item.startswith(_BULLET):
            raise UnreadableError(f"“{item[:60]}” stands in a list without a bullet", f"begin it with {_BULLET}")
    return [item.removeprefix(_BULLET).strip() for item in items]


def _entries(lines: str) -> Iterator[str]:
    """Yield the citations below a heading: each begins less deep than the lines that go on with it."""
    entry: list[str] = []
    depth = min((len(line) - len(line.lstrip()) for line in lines.splitlines() if line.strip()), default=0)
    for line in lines.splitlines():
        if entry and len(line) - len(line.lstrip()) <= depth and entry[-1].rstrip().endswith("."):
            yield _flat(" ".join(entry))
            entry = []
        entry.append(line)
    if entry:
        yield _flat(" ".join(entry))


def related_in(paragraph: str) -> list[RelatedCitation]:
    r"""Return the comments or corrections of a paragraph that begins with the kind of them; none of any other.

    >>> related_in("Erratum in:\n  J Test. 2003;1:2. PMID: 77.")[0].pmid
    '77'
    """
    begin, _, below = paragraph.partition("\n")
    kind = _RELATED.get(begin.strip().rstrip(":"))
    return [_related(kind, entry) for entry in _entries(below)] if kind else []


def _related(kind: str, entry: str) -> RelatedCitation:
    match = _PMID_AT_END.fullmatch(entry)
    return RelatedCitation(kind, match["source"], match["pmid"]) if match else RelatedCitation(kind, entry)


def _take_identifiers(flat: str, parts: _Parts) -> None:
    end = 0
    for match in _IDENTIFIER.finditer(flat):
        if flat[end : match.start()].strip():
            break
        parts.identifiers[match["kind"]] = match["value"]
        if match["state"]:
            parts.others.append((match["kind"], match["state"]))
        end = match.end()
    if flat[end:].strip():
        raise UnreadableError(f"“{flat[end:].strip()[:60]}” is not known here", "keep DOI, PMCID and PMID there")


def _whole(title: str, citation: str, parts: _Parts) -> Article:
    """Put the record together."""
    match = CITATION.fullmatch(citation)
    assert match  # noqa: S101  # the paragraph was chosen because it matches
    doi = parts.identifiers.get("DOI") or next(iter(_DOI.findall(citation)), None)
    pmid = parts.identifiers.get("PMID")
    if pmid is None and doi is None:
        what = "there is neither a PMID nor a DOI to name the record by"
        raise UnreadableError(what, "save the whole record, with the line “PMID: ” at its end")
    if pmid is not None and not (pmid.isascii() and pmid.isdigit()):
        raise UnreadableError(f"the PMID “{pmid}” is no number", "copy the record from PubMed again")
    pmc = parts.identifiers.get("PMCID")
    identifiers = [Identifier(doi, "doi")] if doi else []
    keywords = re.split(r"; *", parts.keywords.rstrip(".")) if parts.keywords else []
    return Article(
        pmid=pmid,
        title=Title(title),
        abstract=Abstract(" ".join(parts.abstract), copyright=parts.copyright),
        journal=Journal(
            medline_abbreviation=match["journal"], volume=match["volume"] or None, issue=match["issue"] or None
        ),
        pages=Pages(match["pages"]),
        date=issue_date(match["date"].strip()),
        electronic_dates=_electronic_dates(match["rest"] or ""),
        authors=read_authors(parts.authors, parts.affiliations),
        investigators=read_authors(parts.collaborators, None),
        identifiers=(*identifiers, *([Identifier(pmc, "pmc")] if pmc else ())),
        publication_types=tuple(map(Term, parts.lists["Publication types"])),
        headings=_headings(parts.lists["MeSH terms"]),
        substances=tuple(Substance(Term(name)) for name in parts.lists["Substances"]),
        keywords=tuple(Keyword(word) for word in keywords),
        related=tuple(parts.related),
        conflict_of_interest=parts.conflict,
        objects=(Parameters(OTHER_LINES, (("citation", citation), *parts.others)),),
    )


def _electronic_dates(rest: str) -> tuple[PartialDate, ...]:
    return tuple(date for text in _EPUB.findall(rest) if (date := issue_date(text)))


def _headings(lines: list[str]) -> tuple[IndexedHeading, ...]:
    """Bring the lines of one descriptor together: each of its qualifiers has a line that repeats it."""
    headings: dict[str, IndexedHeading] = {}
    for line in lines:
        name, *qualifiers = [part.strip() for part in line.split(" / ")]
        descriptor = name.removesuffix("*")
        heading = headings.get(descriptor, IndexedHeading(Term(descriptor)))
        added = tuple(IndexedQualifier(Term(each.removesuffix("*")), each.endswith("*")) for each in qualifiers)
        major = heading.major or name.endswith("*")
        headings[descriptor] = heading._replace(major=major, qualifiers=heading.qualifiers + added)
    return tuple(headings.values())
