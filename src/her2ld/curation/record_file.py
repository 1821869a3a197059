"""The record of a curation folder: PubMed's page as ``record.txt``, its XML, or its NBIB form; one record a file."""

from pathlib import Path

from her2ld.errors import Problem, RecordError
from her2ld.pubmed import Citation, Heading, HeadingQualifier, MeshTerm, Record, RecordSection, read_pubmed_text
from her2ld.pubmed.article import Article, Refusal, Term
from her2ld.pubmed.sources import read_records
from her2ld.pubmed.streams import opened_source

_FILES = ("record.txt", "record.xml", "record.nbib")


def read_record(folder: Path) -> Record:
    """Read the record of a folder. Raises RecordError where there is none, more than one, or one that is broken."""
    found = [folder / name for name in _FILES if (folder / name).exists()]
    if len(found) > 1:
        names = " and ".join(path.name for path in found)
        raise RecordError([Problem(str(folder), f"has {names}", "keep one form of the record")])
    if not found or found[0].name == "record.txt":
        return read_pubmed_text(folder / "record.txt")
    with opened_source(str(found[0])) as stream:
        _, records = read_records(stream, str(found[0]))
        articles = list(records)
    refused = [each for each in articles if isinstance(each, Refusal)]
    if refused:
        raise RecordError([Problem(str(found[0]), each.what, each.remedy) for each in refused])
    papers = [each for each in articles if isinstance(each, Article)]
    if len(papers) != 1:
        remedy = "keep the record of the paper alone in the file"
        raise RecordError([Problem(str(found[0]), f"holds {len(papers)} records, not one", remedy)])
    return record_of(papers[0], str(found[0]))


def record_of(article: Article, where: str) -> Record:
    """Return the record of an article. Raises RecordError where it has no PMID and no DOI, or no abstract."""
    if not (article.pmid or article.doi):
        raise RecordError([Problem(where, "the record has neither a PMID nor a DOI", "give it one")])
    if not (article.title.text and article.abstract.text):
        missing = "abstract" if article.title.text else "title"
        raise RecordError([Problem(where, f"the record has no {missing}", "curate a record that has one")])
    return Record(
        doi=article.doi,
        pmid=article.pmid,
        citation=_citation(article),
        title=article.title.text,
        abstract=article.abstract.text,
        sections=tuple(
            RecordSection(each.start, each.end, each.label, each.category) for each in article.abstract.sections
        ),
        publication_types=tuple(map(_mesh, article.publication_types)),
        headings=tuple(
            Heading(
                _mesh(heading.term),
                heading.major,
                tuple(HeadingQualifier(_mesh(each.term), each.major) for each in heading.qualifiers),
            )
            for heading in article.headings
        ),
        substances=tuple(_mesh(each.term) for each in article.substances),
    )


def _mesh(term: Term) -> MeshTerm:
    return MeshTerm(term.name, term.identifier)


def _citation(article: Article) -> Citation:
    """Return the citation as PubMed prints it, as far as the record has its parts."""
    journal = article.journal.medline_abbreviation or article.journal.abbreviation or article.journal.title
    date = article.date
    year = (date.year or (date.text or "")[:4]) if date else None
    issue = f"({article.journal.issue})" if article.journal.issue else ""
    place = f"{article.journal.volume or ''}{issue}"
    pages = article.pages.text
    text = f"{journal}. {year or ''}" + (f";{place}" if place else "") + (f":{pages}" if pages else "") + "."
    if article.doi:
        text += f" doi: {article.doi}."
    return Citation(
        text=text,
        journal=journal,
        year=year or None,
        volume=article.journal.volume,
        issue=article.journal.issue,
        first_page=article.pages.first or (pages.split("-")[0] if pages else None),
        last_page=article.pages.last,
    )
