"""A record of PubMed as lines of N-Quads in ``graph:records``; docs/pubmed.md says which element became what.

The lines are text from the start: a term for each of 200 quads a record would cost more than reading the record.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from pyoxigraph import NamedNode

from her2ld.graph.article_iris import PUBMED, article_and_page, is_later_version, mesh
from her2ld.graph.article_parts import add_book, add_date, add_identifiers, add_parts, add_people, incomplete_kinds
from her2ld.graph.article_texts import add_texts
from her2ld.graph.mentions import mention_lines
from her2ld.graph.n_quads import FALSE, GRAPH, INTEGER, TRUE, date, escaped, integer, iri_part, string
from her2ld.mentions import Mention
from her2ld.pubmed.article import Article, Deletion, IndexedHeading, Journal, Term
from her2ld.pubmed.dates import by_precision
from her2ld.vocabulary import model, standard

# Names of MeSH terms are written once a file: the set of those written grows no further than this.
_MOST_NAMED = 1 << 18

_A = f" {standard.TYPE} "
_ORDER = f" {model.ORDER} "
_LABEL = f" {standard.LABEL} "
_MAJOR = f" {model.MAJOR_TOPIC} "
_HEADING = f" {model.HEADING} "
_IS_HEADING = f"{_A}{model.MESH_HEADING}{GRAPH}"
_DESCRIPTOR = f" {model.DESCRIPTOR} "
_HEADING_QUALIFIER = f" {model.HEADING_QUALIFIER_OF} "
_IS_QUALIFIER = f"{_A}{model.HEADING_QUALIFIER}{GRAPH}"
_QUALIFIER = f" {model.QUALIFIER} "
_PAIR = f" {model.QUALIFIED_DESCRIPTOR} "
_BY_MACHINE = f" {model.ASSIGNED_BY_MACHINE} {TRUE}"
_PRIMARY = f" {standard.PRIMARY_SUBJECT_TERM} "
_SUBJECT = f" {standard.SUBJECT_TERM} "
_PMID = f" {standard.PMID} "
_VOLUME = f" {standard.VOLUME} "
_ISSUE = f" {standard.ISSUE} "
_PAGES = f" {standard.PAGES} "
_ELECTRONIC_DATE = f" {model.ELECTRONIC_DATE} "
_COMPLETED = f" {model.RECORD_COMPLETED} "
_REVISED = f" {model.RECORD_REVISED} "
_CONTRIBUTED = f" {model.RECORD_CONTRIBUTED} "
_PAIR_DESCRIPTOR = f" {standard.MESH_HAS_DESCRIPTOR} "
_PAIR_QUALIFIER = f" {standard.MESH_HAS_QUALIFIER} "
_REGISTRY_NUMBER = f" {model.REGISTRY_NUMBER} "
_KIND = f" {model.KIND} "
_PUBLICATION_TYPE = f" {model.PUBLICATION_TYPE} "
_SUBSTANCE = f" {model.SUBSTANCE} "
_SUPPLEMENTARY = f" {model.SUPPLEMENTARY_CONCEPT} "
_ENGLISH = f'"@en{GRAPH}'


def article_lines(
    article: Article, mentions: Mapping[str, Iterable[Mention]], named: set[str], *, abstract: bool = True
) -> str:
    """Give the lines of a record, each with its line end.

    ``mentions`` are those in each of the texts of the record (``Article.texts``). ``named`` holds what MeSH terms are
    called as far as the file has said it: an empty set for each file, so that a file is written alike whatever is
    written beside it. Without ``abstract`` the texts of abstracts stay out, and the words of mentions in them; their
    digests and offsets stay. Raises RecordError for a record with neither PMID nor DOI.
    """
    iri, page = article_and_page(article)
    paper = f"<{iri}>"
    lines: list[str] = []
    if len(named) > _MOST_NAMED:
        named.clear()
    _add_article(lines, paper, article)
    add_texts(lines, paper, page, article, abstract=abstract)
    for part, found in mentions.items():
        shown = abstract or part == "title"
        lines.append(mention_lines(f"{page}/{part}", found, quoting=shown))
    _add_headings(lines, paper, page, article.headings, named)
    _add_terms(lines, paper, article, named)
    base = f"<{page}#"
    for kind, lists in (("author", article.authors), ("investigator", article.investigators)):
        add_people(lines, paper, base, kind, lists)
    add_parts(lines, paper, base, article)
    if article.book:
        add_book(lines, paper, base, article)
    return "".join(lines)


def deletion_lines(deletion: Deletion) -> str:
    """Give the lines that say of a record that NLM has taken it back."""
    paper = f"<{PUBMED}{iri_part(deletion.pmid)}>"
    version = f"{paper} {standard.VERSION} {string(deletion.version)}" if deletion.version else ""
    kind = f"{paper} {model.KIND} {string('book')}" if deletion.of_book else ""
    return f"{paper}{_A}{model.DELETED_RECORD}{GRAPH}{version}{kind}"


_PAPER = "\0"  # stands for the paper in lines that many records share; no line can hold it


def _lines_of(*said: tuple[NamedNode, str | None]) -> str:
    return "".join(f"{_PAPER} {property_} {string(text)}" for property_, text in dict.fromkeys(said) if text)


def _add_article(lines: list[str], paper: str, article: Article) -> None:
    journal = article.journal
    shared = _is_article(
        article.status,
        article.owner,
        article.indexing_method,
        article.publication_model,
        article.publication_status,
        article.languages,
        article.citation_subsets,
    ) + _journal(journal._replace(volume=None, issue=None))
    lines.append(shared.replace(_PAPER, paper))
    if article.pmid:
        lines.append(f"{paper}{_PMID}{string(article.pmid)}")
    if journal.volume:
        lines.append(f"{paper}{_VOLUME}{string(journal.volume)}")
    if journal.issue:
        lines.append(f"{paper}{_ISSUE}{string(journal.issue)}")
    pages, first, last = article.pages
    if pages:
        lines.append(f"{paper}{_PAGES}{string(pages)}")
    if first or last:
        said = _lines_of((standard.FIRST_PAGE, first), (standard.LAST_PAGE, last))
        lines.append(said.replace(_PAPER, paper))
    _add_dates(lines, paper, article)
    add_identifiers(lines, paper, article)
    _add_rare(lines, paper, article)


@lru_cache(maxsize=1 << 12)
def _is_article(  # noqa: PLR0913, PLR0917  # what few values are said of every record
    status: str | None,
    owner: str | None,
    indexing: str | None,
    model_: str | None,
    publication: str | None,
    languages: tuple[str, ...],
    subsets: tuple[str, ...],
) -> str:
    return f"{_PAPER}{_A}{standard.ARTICLE}{GRAPH}" + _lines_of(
        (model.CITATION_STATUS, status),
        (model.RECORD_OWNER, owner),
        (model.INDEXING_METHOD, indexing),
        (model.PUBLICATION_MODEL, model_),
        (model.PUBLICATION_STATUS, publication),
        *((standard.LANGUAGE, language) for language in languages),
        *((model.CITATION_SUBSET, subset) for subset in subsets),
    )


@lru_cache(maxsize=1 << 12)  # a file has many papers of each journal
def _journal(journal: Journal) -> str:
    return _lines_of(
        (standard.JOURNAL, journal.title),
        (standard.JOURNAL_SHORT_TITLE, journal.abbreviation),
        (standard.JOURNAL_NLM_ABBREVIATION, journal.medline_abbreviation),
        (standard.ELECTRONIC_ISSN if journal.issn_kind == "Electronic" else standard.ISSN, journal.issn),
        (standard.LINKING_ISSN, journal.linking_issn),
        (model.NLM_JOURNAL_IDENTIFIER, journal.nlm_identifier),
        (model.COUNTRY, journal.country),
        (model.MEDIUM, journal.medium),
    )


def _add_dates(lines: list[str], paper: str, article: Article) -> None:
    if article.date:
        add_date(lines, paper, article.date)
    for property_, state in (
        *((_ELECTRONIC_DATE, electronic) for electronic in article.electronic_dates),
        (_COMPLETED, article.completed),
        (_REVISED, article.revised),
        (_CONTRIBUTED, article.contributed),
    ):
        if state and (day := by_precision(state)):
            lines.append(f"{paper}{property_}{date(day)}")


def _add_rare(lines: list[str], paper: str, article: Article) -> None:
    later = is_later_version(article)
    if later:
        lines.append(f"{paper} {standard.IS_VERSION_OF} <{PUBMED}{iri_part(article.pmid or '')}>{GRAPH}")
    if number := article.number_of_references:
        value = integer(int(number)) if number.isdecimal() else string(number)
        lines.append(f"{paper} {model.NUMBER_OF_REFERENCES} {value}")
    versions = (article.version if later else None, article.version_identifier)
    said = _lines_of(
        *((standard.VERSION, each) for each in dict.fromkeys(versions)),
        (model.VERSION_DATE, article.version_date),
        (model.CONFLICT_OF_INTEREST, article.conflict_of_interest),
        *((model.INCOMPLETE_LIST, kind) for kind in incomplete_kinds(article.authors)),
        (model.INCOMPLETE_LIST, None if article.grants_complete else "grants"),
        (model.INCOMPLETE_LIST, None if article.data_banks_complete else "data banks"),
        *((model.GENE_SYMBOL, symbol) for symbol in article.gene_symbols),
        *((model.SPACE_FLIGHT_MISSION, mission) for mission in article.space_flight_missions),
    )
    if said:
        lines.append(said.replace(_PAPER, paper))


def _add_headings(lines: list[str], paper: str, page: str, headings: Iterable[IndexedHeading], named: set[str]) -> None:
    add = lines.append
    for order, (descriptor, major, qualifiers, automatic) in enumerate(headings, 1):
        node = f"<{page}#heading-{order}"
        term = _add_name(lines, descriptor, named)
        add(
            f'{paper}{_HEADING}{node}>{GRAPH}{node}>{_IS_HEADING}{node}>{_ORDER}"{order}{INTEGER}'
            f"{node}>{_DESCRIPTOR}{term}{GRAPH}{node}>{_MAJOR}{TRUE if major else FALSE}"
        )
        if automatic:
            add(f"{node}>{_BY_MACHINE}")
        if major or not qualifiers:
            add(f"{paper}{_PRIMARY if major else _SUBJECT}{term}{GRAPH}")
        for place, (qualifier, starred, by_machine) in enumerate(qualifiers, 1):
            part = f"{node}-{place}>"
            aspect = _add_name(lines, qualifier, named)
            pair, key, name = _named_pair(descriptor, qualifier)
            if key not in named:
                named.add(key)
                add(name)
            add(
                f"{paper}{_PRIMARY if starred else _SUBJECT}{pair}{GRAPH}{node}>{_HEADING_QUALIFIER}{part}{GRAPH}"
                f'{part}{_IS_QUALIFIER}{part}{_ORDER}"{place}{INTEGER}{part}{_QUALIFIER}{aspect}{GRAPH}'
                f"{part}{_PAIR}{pair}{GRAPH}{part}{_MAJOR}{TRUE if starred else FALSE}"
            )
            if by_machine:
                add(f"{part}{_BY_MACHINE}")


@lru_cache(maxsize=1 << 14)
def _named_pair(descriptor: Term, qualifier: Term) -> tuple[str, str, str]:
    """Give the IRI of a pair, and what it is called and made of with a key, as :func:`_named` does."""
    term, aspect, pair = mesh(descriptor), mesh(qualifier), mesh(descriptor, qualifier)
    name = f"{descriptor.name}/{qualifier.name}"
    said = (
        f'{pair}{_LABEL}"{escaped(name)}{_ENGLISH}{pair}{_PAIR_DESCRIPTOR}{term}{GRAPH}'
        f"{pair}{_PAIR_QUALIFIER}{aspect}{GRAPH}"
    )
    return pair, pair + name, said


@lru_cache(maxsize=1 << 14)  # most records are indexed with the same terms
def _named(term: Term) -> tuple[str, str, str]:
    """Give the IRI of a term, and what it is called with a key by which that is said once a file.

    Where two records call a term differently, both names are said.
    """
    node = mesh(term)
    return node, node + term.name, f'{node}{_LABEL}"{escaped(term.name)}{_ENGLISH}'


def _add_name(lines: list[str], term: Term, named: set[str]) -> str:
    node, key, name = _named(term)
    if key not in named:
        named.add(key)
        lines.append(name)
    if term.kind and (key := f"{node} {term.kind}") not in named:
        named.add(key)
        lines.append(f"{node}{_KIND}{string(term.kind)}")
    return node


def _add_term(lines: list[str], paper: str, property_: str, term: Term, named: set[str]) -> str:
    node = _add_name(lines, term, named)
    lines.append(f"{paper}{property_}{node}{GRAPH}")
    return node


def _add_terms(lines: list[str], paper: str, article: Article, named: set[str]) -> None:
    for term in article.publication_types:
        _add_term(lines, paper, _PUBLICATION_TYPE, term, named)
    for term in article.supplementary_concepts:
        _add_term(lines, paper, _SUPPLEMENTARY, term, named)
    for term, number in article.substances:
        node = _add_term(lines, paper, _SUBSTANCE, term, named)
        if number and (key := node + number) not in named:
            named.add(key)
            lines.append(f"{node}{_REGISTRY_NUMBER}{string(number)}")
