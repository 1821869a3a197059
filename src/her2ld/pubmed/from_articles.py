"""The record that is curated, from an article of any of PubMed's forms."""

from her2ld.errors import Problem, RecordError
from her2ld.pubmed.article import Article, Term
from her2ld.pubmed.record import Citation, Heading, HeadingQualifier, MeshTerm, Record, RecordSection


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
        corrections=article.related,
    )


def _mesh(term: Term) -> MeshTerm:
    return MeshTerm(term.name, term.identifier)


def cited_as(article: Article) -> str:
    """Return the citation of an article as PubMed prints it."""
    return _citation(article).text


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
