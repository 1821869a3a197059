"""The IRIs of an imported record and of its parts, as N-Quads writes them.

A paper has NLM's IRI of its PMID, ``http://rdf.ncbi.nlm.nih.gov/pubmed/33100329``; a later version of it, which may
have another title and abstract, one of ours that says which; a paper without PMID the IRI of its DOI. The parts are
named below the page of the record here.
"""

from her2ld.dataset.n_quads import iri_part
from her2ld.errors import Problem, RecordError
from her2ld.pubmed.article import Article, Term
from her2ld.vocabulary import model, standard

PUBMED = "http://rdf.ncbi.nlm.nih.gov/pubmed/"
DOI = "https://doi.org/"
_RECORD = f"{model.HER2LD}record/"
_NAMED_TERM = f"{model.HER2LD}mesh/"
_FIRST_VERSION = "1"


def is_later_version(article: Article) -> bool:
    """Say whether the record is of a version after the first."""
    return bool(article.pmid and article.version and article.version != _FIRST_VERSION)


def article_and_page(article: Article) -> tuple[str, str]:
    """Give the IRI of the paper and the page below which its parts are named.

    Raises RecordError for a record with neither PMID nor DOI.

    >>> article_and_page(Article(pmid="30271887", version="2"))[0]
    'https://w3id.org/her2ld/record/pubmed/30271887/version-2'
    """
    if article.pmid:
        page = f"{_RECORD}pubmed/{iri_part(article.pmid)}"
        if is_later_version(article):
            page += f"/version-{iri_part(article.version or '')}"
            return page, page
        return PUBMED + iri_part(article.pmid), page
    if doi := article.doi:
        return DOI + iri_part(doi), _RECORD + iri_part(doi).replace("_", "%5F").replace("/", "_")
    raise RecordError([Problem(article.title.text or "a record", "it has neither a PMID nor a DOI", "give it one")])


def mesh(term: Term, qualifier: Term | None = None) -> str:
    """Name a term of MeSH, or a descriptor with its qualifier, between angle brackets.

    NLM's IRI where the record has the identifiers; else one of ours made of the names, the same for every record.

    >>> mesh(Term("Breast Neoplasms", "D001943"), Term("metabolism", "Q000378"))
    '<http://id.nlm.nih.gov/mesh/D001943Q000378>'
    >>> mesh(Term("Breast Neoplasms"))
    '<https://w3id.org/her2ld/mesh/Breast%20Neoplasms>'
    """
    if term.identifier and (qualifier is None or qualifier.identifier):
        last = qualifier.identifier if qualifier else None
        return f"<{standard.MESH}{iri_part(term.identifier)}{iri_part(last) if last else ''}>"
    names = (term.name,) if qualifier is None else (term.name, qualifier.name)
    return f"<{_NAMED_TERM}{'/'.join(iri_part(name).replace('/', '%2F') for name in names)}>"
