"""The record of a curation folder: PubMed's page as ``record.txt``, its XML, its NBIB form, or ``paper.toml``."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from her2ld.curation.excerpt import PAPER_FILE, given_whole, read_excerpt
from her2ld.errors import Problem, RecordError
from her2ld.pubmed import Citation, Heading, HeadingQualifier, MeshTerm, Record, RecordSection, read_pubmed_text
from her2ld.pubmed.article import Article, Refusal, Term
from her2ld.pubmed.sources import read_records
from her2ld.pubmed.streams import opened_source

_FORMS = ("record.txt", "record.xml", "record.nbib")

# Records that were given beside the folders, by the key of the paper (Record.key).
Records = Mapping[str, Record]


def read_record(folder: Path, given: Records | None = None) -> Record:
    """Read the record of a folder; the abstract that ``paper.toml`` leaves out is taken from those ``given``.

    A record beside ``paper.toml`` is as good as one that is given. Raises RecordError where there is none, more than
    one, one that is broken, or one of another version.
    """
    found = [folder / name for name in _FORMS if (folder / name).exists()]
    if len(found) > 1:
        names = " and ".join(path.name for path in found)
        raise RecordError([Problem(str(folder), f"has {names}", "keep one form of the record")])
    paper = folder / PAPER_FILE
    if not paper.exists():
        return _read_whole(found[0] if found else folder / "record.txt")
    excerpt = read_excerpt(paper)
    whole = _read_whole(found[0]) if found else (given or {}).get(excerpt.key)
    if whole and whole.key != excerpt.key:
        what = f"is the record of {whole.key}, and {PAPER_FILE} that of {excerpt.key}"
        raise RecordError([Problem(str(found[0]), what, "keep the two of one paper")])
    return given_whole(excerpt, whole, str(paper)) if whole else excerpt


def _read_whole(file: Path) -> Record:
    if file.name == "record.txt":
        return read_pubmed_text(file)
    papers = _articles(str(file))
    if len(papers) != 1:
        remedy = "keep the record of the paper alone in the file"
        raise RecordError([Problem(str(file), f"holds {len(papers)} records, not one", remedy)])
    return record_of(papers[0], str(file))


def read_given(sources: Iterable[str]) -> dict[str, Record]:
    """Read the records of files of PubMed, by the key of the paper; those without title or abstract are left out.

    Raises RecordError where a file cannot be read, or one paper has two records that differ in title or abstract.
    """
    records, _ = read_offered(sources)
    return {record.key: record for record in records}


def read_offered(sources: Iterable[str]) -> tuple[list[Record], list[Problem]]:
    """Read the records of files of PubMed that can be curated, each paper once, and say of the others why not.

    Raises RecordError where a file cannot be read, or one paper has two records that differ in title or abstract.
    """
    found: dict[str, Record] = {}
    refused: list[Problem] = []
    problems: list[Problem] = []
    for source in sources:
        for article in _articles(source):
            try:
                record = record_of(article, f"{source}, {article.pmid or article.doi or 'a record'}")
            except RecordError as error:
                refused += error.problems
                continue
            before = found.setdefault(record.key, record)
            if before.texts != record.texts:
                what = f"{record.key} is there twice, with different texts"
                problems.append(Problem(source, what, "give the record of the version that was read"))
    if problems:
        raise RecordError(problems)
    return list(found.values()), refused


def _articles(source: str) -> list[Article]:
    with opened_source(source) as stream:
        _, records = read_records(stream, source)
        articles = list(records)
    refused = [each for each in articles if isinstance(each, Refusal)]
    if refused:
        raise RecordError([Problem(source, each.what, each.remedy) for each in refused])
    return [each for each in articles if isinstance(each, Article)]


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
