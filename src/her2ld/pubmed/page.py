"""Reader of PubMed's records as text for people: the saved form "Abstract (text)", and the page of one paper.

Saved records are numbered and begin with the citation; empty lines separate their paragraphs.
:mod:`her2ld.pubmed.page_sections` divides the text, and :mod:`her2ld.pubmed.page_parts` distinguishes paragraphs
without a heading. Unknown text is never taken for something else: the record is refused. The citation is kept whole
beside its parts.
"""

import io
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import IO

from her2ld.errors import Problem, RecordError
from her2ld.files.streams import LONGEST_RECORD, Line, UnreadableError, check_length, decoded, lines_of
from her2ld.pubmed.article import (
    Abstract,
    Article,
    HeadingQualifier,
    Journal,
    Keyword,
    MeshHeading,
    MeshTerm,
    Parameters,
    RecordIdentifier,
    Refusal,
    Substance,
    Title,
)
from her2ld.pubmed.page_parts import Parts, abstract_of, parts_of
from her2ld.pubmed.page_sections import (
    NO_CITATION,
    PageSection,
    TextLine,
    find_citation,
    flat,
    paragraphs,
    read_head,
    section_begun_by,
)
from her2ld.pubmed.people import read_authors
from her2ld.pubmed.printed import CITATION, data_banks_of, grant_of, is_citation, read_citation
from her2ld.pubmed.record import Record, record_of

OTHER_LINES = "page"
SUMMARY_KIND = "plain-language-summary"
_NUMBER = re.compile(r"(\d+)[.:] (?=\S)")
_NUMBER_OF_BYTES = re.compile(rb"(\d+)[.:] (?=\S)")
_PMID = re.compile(r"PMID: \d")
_FIRST_PARAGRAPHS = 4  # the citation is among these
_LONGEST_BLANK = 100  # no more of a blank line is kept


def read_pages(stream: IO[bytes]) -> Iterator[Article | Refusal]:
    r"""Yield each record of a text in UTF-8, or the reason for its refusal; the other records are still read.

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
            yield _article(decoded(content, lines[0].offset, number), number)
        except UnreadableError as error:
            match = re.search(rb"^PMID: *(\d+)", content, re.MULTILINE)
            pmid = match[1].decode() if match else None
            yield Refusal(position, error.what, error.remedy, error.number or number, pmid)


def looks_like_a_page(text: str) -> bool:
    """Tell whether the beginning of a text has the citation of a page or of a saved record.

    A citation followed by the PMID is that of a "Summary (text)", which has no abstract.
    """
    lines = [TextLine(number, line) for number, line in enumerate(text.splitlines())]
    firsts = [flat(each) for each in islice(paragraphs(lines), _FIRST_PARAGRAPHS)]
    if firsts and (match := _NUMBER.match(firsts[0])):
        firsts[0] = firsts[0][match.end() :]
        citation = next(filter(CITATION.fullmatch, firsts), None)
    else:
        found = find_citation(lines)
        citation = found.text if found else None
    return citation is not None and not _PMID.search(citation)


def _records(stream: IO[bytes]) -> Iterator[list[Line]]:
    """Yield the lines of each record; numbers continue from the first. Of one too long, yield enough to prove it."""
    record: list[Line] = []
    size, after_blank = 0, True
    expected: int | None = None
    for line in lines_of(stream):
        match = _NUMBER_OF_BYTES.match(line.content[:20]) if after_blank else None
        if not record and expected is None and not line.is_blank:
            expected = int(match[1]) if match else -1  # a browser's page is one record, even if it has numbered lines
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


def _article(text: str, number: int) -> Article:
    """Read one record that begins on that line."""
    lines = [TextLine(number + place, line) for place, line in enumerate(text.split("\n"))]
    blocks = list(paragraphs(lines))
    begin = flat(blocks[0])
    numbered = _NUMBER.match(begin)
    if numbered:
        blocks[0] = (TextLine(blocks[0][0].number, begin[numbered.end() :]),)
    if numbered or is_citation(flat(blocks[0])):
        return _saved(blocks)
    head = read_head(lines)
    parts = Parts(browser=True)
    if head.publication_type:
        parts.lists["Publication types"].append(head.publication_type)
    parts_of(head.sections, parts)
    parts.lists["Publication types"] = list(dict.fromkeys(parts.lists["Publication types"]))
    return _whole(head.title, head.citation, parts)


def _saved(blocks: list[tuple[TextLine, ...]]) -> Article:
    """Read one record that PubMed saved as text, by its paragraphs."""
    at = next((place for place, part in enumerate(blocks[:_FIRST_PARAGRAPHS]) if CITATION.fullmatch(flat(part))), None)
    if at is None:
        raise UnreadableError(*NO_CITATION)
    before, after = blocks[:at], blocks[at + 1 :]
    if not before:
        before, after = after[:1], after[1:]
    if not before or section_begun_by(before[0][0]):
        raise UnreadableError("there is no title", "save the whole record as PubMed prints it")
    parts = parts_of(map(_section, after), Parts(browser=False))
    return _whole(" ".join(map(flat, before)), flat(blocks[at]), parts)


def _section(paragraph: tuple[TextLine, ...]) -> PageSection:
    begun = section_begun_by(paragraph[0])
    if begun is None:
        return PageSection(paragraph[0].number, None, paragraph)
    return begun._replace(lines=(*begun.lines, *paragraph[1:]))


def _whole(title: str, text: str, parts: Parts) -> Article:
    """Put the record together."""
    citation = read_citation(text)
    assert citation  # noqa: S101  # the lines were chosen because they are one
    doi = parts.identifiers.get("DOI") or citation.doi
    pmid = parts.identifiers.get("PMID")
    if pmid is None and doi is None:
        what = "it has neither a PMID nor a DOI"
        raise UnreadableError(what, "save the whole record, with the line “PMID: ” at its end")
    if pmid is not None and not (pmid.isascii() and pmid.isdigit()):
        raise UnreadableError(f"the PMID “{pmid}” is not a number", "copy the record from PubMed again")
    pmc = parts.identifiers.get("PMCID")
    identifiers = [RecordIdentifier(doi, "doi")] if doi else []
    keywords = re.split(r"; *", parts.keywords.rstrip(".")) if parts.keywords else []
    return Article(
        pmid=pmid,
        title=Title(title),
        abstract=Abstract(*abstract_of(parts), copyright=parts.copyright),
        other_abstracts=(Abstract(parts.summary, kind=SUMMARY_KIND),) if parts.summary else (),
        journal=Journal(medline_abbreviation=citation.journal, volume=citation.volume, issue=citation.issue),
        pages=citation.pages,
        date=citation.date,
        electronic_dates=citation.electronic_dates,
        authors=read_authors(parts.authors, "\n".join(parts.affiliations)),
        investigators=read_authors(parts.collaborators, None),
        identifiers=(*identifiers, *([RecordIdentifier(pmc, "pmc")] if pmc else ())),
        publication_types=tuple(map(MeshTerm, parts.lists["Publication types"])),
        headings=_headings(parts.lists["MeSH terms"]),
        substances=tuple(Substance(MeshTerm(name)) for name in parts.lists["Substances"]),
        supplementary_concepts=tuple(map(MeshTerm, parts.lists["Supplementary concepts"])),
        data_banks=data_banks_of(parts.lists["Associated data"]),
        grants=tuple(map(grant_of, parts.lists["Grants and funding"])),
        keywords=tuple(Keyword(word) for word in keywords),
        related=tuple(parts.related),
        conflict_of_interest=parts.conflict or None,
        objects=(Parameters(OTHER_LINES, (("citation", text), *parts.others)),),
    )


def _headings(lines: list[str]) -> tuple[MeshHeading, ...]:
    """Join the lines of one descriptor: each of its qualifiers has a line that repeats it."""
    headings: dict[str, MeshHeading] = {}
    for line in lines:
        name, *qualifiers = [part.strip() for part in line.split(" / ")]
        descriptor = name.removesuffix("*")
        heading = headings.get(descriptor, MeshHeading(MeshTerm(descriptor)))
        added = tuple(HeadingQualifier(MeshTerm(each.removesuffix("*")), each.endswith("*")) for each in qualifiers)
        major = heading.major or name.endswith("*")
        headings[descriptor] = heading._replace(major=major, qualifiers=heading.qualifiers + added)
    return tuple(headings.values())


def read_pubmed_text(path: Path) -> Record:
    """Read one page of PubMed, or one record of its form "Abstract (text)", in UTF-8.

    Title and abstract have one space for each run of white space in the file. Raises RecordError if the file cannot be
    read, is not UTF-8, has several papers, lacks the title, the citation, the abstract, or PMID and DOI, or has unknown
    text; the problem names the line.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        remedy = "save PubMed's page of the paper there, as text"
        raise RecordError([Problem(str(path), f"cannot be read ({error.strerror})", remedy)]) from error
    return _read(content, str(path))


def parse_pubmed_text(text: str, name: str) -> Record:
    """Read the text of one page; ``name`` is for errors. Raises RecordError as :func:`read_pubmed_text` does."""
    return _read(text.encode(), name)


def _read(content: bytes, name: str) -> Record:
    found = list(read_pages(io.BytesIO(content)))
    refused = [
        Problem(f"{name}, line {each.line}", each.what, each.remedy) for each in found if isinstance(each, Refusal)
    ]
    articles = [each for each in found if isinstance(each, Article)]
    if not found:
        refused.append(Problem(name, "is empty", "save PubMed's page of the paper there, as text"))
    elif len(articles) > 1:
        refused.append(Problem(name, f"holds {len(found)} papers, not one", "keep only the page of this paper"))
    if refused:
        raise RecordError(refused)
    return record_of(articles[0], name)
