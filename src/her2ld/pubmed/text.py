"""Reader of the page that PubMed prints for one paper, saved as text in a curation folder."""

import io
from pathlib import Path

from her2ld.errors import Problem, RecordError
from her2ld.pubmed.article import Article, Refusal
from her2ld.pubmed.from_articles import record_of
from her2ld.pubmed.page import read_pages
from her2ld.pubmed.record import Record


def read_pubmed_text(path: Path) -> Record:
    """Read one page of PubMed, or one record of its form "Abstract (text)", in UTF-8.

    Title and abstract have one space where the file has a run of white space. Raises RecordError where the file cannot
    be read, is not UTF-8, holds several papers, lacks the title, the citation, the abstract, or PMID and DOI, or has
    something that is not known; the problem says on which line.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        remedy = "save PubMed's page of the paper there, as text"
        raise RecordError([Problem(str(path), f"cannot be read ({error.strerror})", remedy)]) from error
    return _read(content, str(path))


def parse_pubmed_text(text: str, name: str) -> Record:
    """Read the text of one page; ``name`` is said in errors. Raises RecordError as :func:`read_pubmed_text` does."""
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
        refused.append(Problem(name, f"holds {len(found)} papers, not one", "keep the page of the paper alone"))
    if refused:
        raise RecordError(refused)
    return record_of(articles[0], name)
