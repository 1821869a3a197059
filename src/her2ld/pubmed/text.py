"""Reader of the page that PubMed prints for one paper, saved as text.

The page holds the title, the citation with the DOI, the abstract, and bulleted lists: "Publication types", "MeSH
terms" and, below them under a heading of its own or none, the substances. A star marks a major topic; each qualifier
of a heading stands on a line of its own after the repeated descriptor.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from her2ld.errors import Problem, RecordError
from her2ld.pubmed.page import related_in
from her2ld.pubmed.record import Citation, Heading, HeadingQualifier, MeshTerm, Record

_CITATION = re.compile(
    r"(?P<journal>.+?)\. (?P<year>\d{4})[^;:]*;(?P<volume>[^:()]+)(?:\((?P<issue>[^)]+)\))?"
    r":(?P<first>[^-.;]+)(?:-(?P<last>[^.;]+))?\. doi: (?P<doi>10\.\S+?)\.?(?: Epub [^.]+\.)?"
)
_PARAGRAPH = re.compile(r"(?:[^\n]*\S[^\n]*(?:\n|\Z))+")
_HEADING_IN_BODY = re.compile(r"Abstract$|Authors?$|Affiliations?\b|PMID:|PMCID:|DOI:|Keywords?:")
_SECTIONS = ("Publication types", "MeSH terms", "Substances")
_BULLET = "•"


def read_pubmed_text(path: Path) -> Record:
    """Read one page of PubMed saved as UTF-8 text.

    Title and abstract are slices of the file. Raises RecordError where the file cannot be read, is not UTF-8, or lacks
    the title, the citation with a DOI, or the abstract.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        remedy = "save PubMed's page of the paper there, as text"
        raise RecordError([Problem(str(path), f"cannot be read ({error.strerror})", remedy)]) from error
    except UnicodeDecodeError as error:
        what = f"is not UTF-8 (byte {error.start} is 0x{error.object[error.start]:02x})"
        raise RecordError([Problem(str(path), what, "save it as UTF-8")]) from error
    return parse_pubmed_text(text, str(path))


def parse_pubmed_text(text: str, name: str) -> Record:
    """Read the text of one page; ``name`` is said in errors. Raises RecordError as :func:`read_pubmed_text` does."""
    paragraphs = [(match.start(), match.end()) for match in _PARAGRAPH.finditer(text)]
    said = [text[start:end].strip() for start, end in paragraphs]
    related = {
        index: found for index, line in enumerate(said) if (found := related_in(text[slice(*paragraphs[index])]))
    }
    taken = [paragraphs[index][0] for index in related]
    paragraphs = [each for index, each in enumerate(paragraphs) if index not in related]
    said = [line for index, line in enumerate(said) if index not in related]
    citation_at = next((index for index, line in enumerate(said) if _CITATION.fullmatch(line)), None)
    if citation_at is None:
        what = "there is no citation line with a DOI (“Journal. 2001;8(1):45-51. doi: 10.….”)"
        raise RecordError([Problem(name, what, "save the whole page as PubMed shows it")])
    lists_at = next((index for index, line in enumerate(said) if line in _SECTIONS), len(said))
    if citation_at == 0 or lists_at <= citation_at + 1:
        missing = "title" if citation_at == 0 else "abstract"
        raise RecordError([Problem(name, f"there is no {missing}", "save the whole page as PubMed shows it")])
    _refuse_unknown_blocks(said[citation_at + 1 : lists_at], said[lists_at:], name)
    abstract_from, abstract_to = paragraphs[citation_at + 1][0], paragraphs[lists_at - 1][1]
    if any(abstract_from < start < abstract_to for start in taken):
        what = "comments or corrections stand within the abstract"
        raise RecordError([Problem(name, what, "move them behind the abstract")])
    match = _CITATION.fullmatch(said[citation_at])
    assert match  # noqa: S101  # the line was chosen because it matches
    lists = _bulleted_lists(said[lists_at:])
    return Record(
        doi=match["doi"],
        citation=Citation(
            text=said[citation_at],
            journal=match["journal"],
            year=match["year"],
            volume=match["volume"],
            issue=match["issue"],
            first_page=match["first"],
            last_page=match["last"],
        ),
        title=text[paragraphs[0][0] : paragraphs[citation_at - 1][1]].strip(),
        abstract=text[abstract_from:abstract_to].strip(),
        publication_types=tuple(MeshTerm(line) for line in lists["Publication types"]),
        headings=tuple(_headings(lists["MeSH terms"])),
        substances=tuple(MeshTerm(line) for line in lists["Substances"]),
        corrections=tuple(each for found in related.values() for each in found),
    )


def _refuse_unknown_blocks(body: list[str], lists: list[str], name: str) -> None:
    """Refuse a page with blocks that would be taken for the abstract or for headings."""
    unknown = [block for block in body if _HEADING_IN_BODY.match(block)]
    unknown += [block for block in lists if block not in _SECTIONS and not block.startswith(_BULLET)]
    if unknown:
        remedy = "keep the title, the citation, the abstract, and the lists " + ", ".join(_SECTIONS)
        raise RecordError([Problem(name, f"“{block.splitlines()[0]}” is not known here", remedy) for block in unknown])


def _bulleted_lists(paragraphs: list[str]) -> dict[str, list[str]]:
    """Sort the bulleted lines under their headings; a list after the MeSH terms without a heading is the substances."""
    lists: dict[str, list[str]] = {section: [] for section in _SECTIONS}
    section = _SECTIONS[0]
    for paragraph in paragraphs:
        if paragraph in _SECTIONS:
            section = paragraph
            continue
        if section == "MeSH terms" and lists[section]:
            section = "Substances"
        lists[section] += [line.strip().removeprefix(_BULLET).strip() for line in paragraph.splitlines()]
    return lists


def _headings(lines: list[str]) -> Iterator[Heading]:
    heading: Heading | None = None
    for line in lines:
        name, *qualifiers = [part.strip() for part in line.split(" / ")]
        descriptor = MeshTerm(name.removesuffix("*"))
        parts = tuple(HeadingQualifier(MeshTerm(part.removesuffix("*")), part.endswith("*")) for part in qualifiers)
        if heading and heading.descriptor == descriptor:
            heading = Heading(descriptor, heading.major or name.endswith("*"), heading.qualifiers + parts)
            continue
        if heading:
            yield heading
        heading = Heading(descriptor, name.endswith("*"), parts)
    if heading:
        yield heading
