"""A record of PubMed as lines of N-Quads in ``graph:records``; docs/pubmed.md lists what becomes of each element.

The quads are written as text, because making a term for each of the 200 quads of a record would take longer than
reading the record.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from her2ld.dataset.article_parts import add_book, add_date, add_identifiers, add_parts, add_people, incomplete_kinds
from her2ld.dataset.article_texts import add_texts, mention_lines
from her2ld.dataset.literals import FALSE, GRAPH, INTEGER, TRUE, date, escaped, integer, string
from her2ld.dataset.standing import standing_lines
from her2ld.iris import article_and_page, is_later_version, mesh_in_line, of_pmid
from her2ld.pubmed.article import Article, Deletion, Journal, MeshHeading, MeshTerm, PartialDate
from her2ld.pubmed.printed import by_precision
from her2ld.remembered import Remembered
from her2ld.vocabulary import model, standard
from her2ld.vocabulary.steering import Steering

if TYPE_CHECKING:
    from her2ld.mentions import Mention

_A = f" {standard.TYPE} "
_ORDER = f" {model.ORDER} "
_LABEL = f" {standard.LABEL} "
_IS_MAJOR = f" {model.MAJOR_TOPIC} {TRUE}"
_IS_NOT_MAJOR = f" {model.MAJOR_TOPIC} {FALSE}"
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


class MeshNames:
    """The names of MeSH terms that a file has so far; it has each name once.

    ``terms`` gives the IRI of each term between angle brackets, ``pairs`` those of a descriptor with its qualifier and
    of the qualifier. ``written`` are the keys of the written names: if two records call a term differently, the file
    has both names. ``new`` gives the lines of the last names by their keys, until it is cleared.
    """

    def __init__(self) -> None:
        """Begin a file, which has no names yet."""
        self.terms: dict[MeshTerm, str] = {}
        self.pairs: dict[tuple[MeshTerm, MeshTerm], tuple[str, str]] = {}
        self.written: set[str] = set()
        self.new: dict[str, str] = {}

    def add(self, lines: list[str], key: str, text: str) -> None:
        """Add the lines of a name unless the file has them."""
        if key not in self.written:
            self.written.add(key)
            self.new[key] = text
            lines.append(text)


def article_lines(
    article: Article,
    mentions: "Mapping[str, Iterable[Mention]]",
    named: MeshNames,
    *,
    abstract: bool = True,
    steering: Steering | None = None,
) -> str:
    """Return the lines of a record, each with its line end.

    ``mentions`` are those in each of the texts of the record (``Article.texts``). ``named`` are the names of MeSH terms
    that the file has so far: a new one for each file, so that the content of a file does not depend on other files.
    Without ``abstract``, the texts of abstracts and the words of mentions in them are left out; their digests and
    offsets stay. ``steering`` has the rules for the standing that corrections give the paper; without it, the standing
    is left out. Raises RecordError for a record with neither PMID nor DOI.
    """
    iri, page = article_and_page(article)
    paper = f"<{iri}>"
    lines: list[str] = []
    _add_article(lines, paper, article)
    add_texts(lines, paper, page, article, abstract=abstract)
    for part, found in mentions.items():
        shown = abstract or part == "title"
        lines.append(mention_lines(f"{page}/{part}", found, quoting=shown))
    add_headings(lines, paper, page, article.headings, named)
    _add_terms(lines, paper, article, named)
    base = f"<{page}#"
    for kind, lists in (("author", article.authors), ("investigator", article.investigators)):
        add_people(lines, paper, base, kind, lists)
    add_parts(lines, paper, base, article)
    if steering:
        lines.append(standing_lines(paper, base, article, steering))
    if article.book:
        add_book(lines, paper, base, article)
    return "".join(lines)


def deletion_lines(deletion: Deletion) -> str:
    """Return the lines about a record that NLM has deleted; a later version of it has its own IRI."""
    paper = f"<{article_and_page(Article(pmid=deletion.pmid, version=deletion.version))[0]}>"
    kind = f"{paper} {model.KIND} {string('book')}" if deletion.of_book else ""
    return f"{paper}{_A}{model.DELETED_RECORD}{GRAPH}{kind}"


_PAPER = "\0"  # the place of the paper's IRI in lines that many records share; no line contains this character


def _lines_of(*values: tuple[NamedNode, str | None]) -> str:
    return "".join(f"{_PAPER} {property_} {string(text)}" for property_, text in dict.fromkeys(values) if text)


def _add_article(lines: list[str], paper: str, article: Article) -> None:
    journal = article.journal
    shared = (
        article.status,
        article.owner,
        article.indexing_method,
        article.publication_model,
        article.publication_status,
        article.languages,
        article.citation_subsets,
    )
    lines.extend((paper.join(_shared[shared]), paper.join(_journal[journal[:-2]])))
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
        shared_lines = _lines_of((standard.FIRST_PAGE, first), (standard.LAST_PAGE, last))
        lines.append(shared_lines.replace(_PAPER, paper))
    _add_dates(lines, paper, article)
    add_identifiers(lines, paper, article)
    _add_rare(lines, paper, article)


_Shared = tuple[str | None, str | None, str | None, str | None, str | None, tuple[str, ...], tuple[str, ...]]


def _shared_lines(fields: _Shared) -> list[str]:
    """Return the lines that many records share, cut at the places of the paper's IRI."""
    status, owner, indexing, published_in, published, languages, subsets = fields
    lines = f"{_PAPER}{_A}{standard.ARTICLE}{GRAPH}" + _lines_of(
        (model.CITATION_STATUS, status),
        (model.RECORD_OWNER, owner),
        (model.INDEXING_METHOD, indexing),
        (model.PUBLICATION_MODEL, published_in),
        (model.PUBLICATION_STATUS, published),
        *((standard.LANGUAGE, language) for language in languages),
        *((model.CITATION_SUBSET, subset) for subset in subsets),
    )
    return lines.split(_PAPER)


_shared = Remembered(_shared_lines, most=1 << 12)


def _journal_lines(fields: tuple[str | None, ...]) -> list[str]:
    """Return the lines about the journal without the issue, cut at the places of the paper's IRI."""
    journal = Journal(*fields)
    return _lines_of(
        (standard.JOURNAL, journal.title),
        (standard.JOURNAL_SHORT_TITLE, journal.abbreviation),
        (standard.JOURNAL_NLM_ABBREVIATION, journal.medline_abbreviation),
        (standard.ELECTRONIC_ISSN if journal.issn_kind == "Electronic" else standard.ISSN, journal.issn),
        (standard.LINKING_ISSN, journal.linking_issn),
        (model.NLM_JOURNAL_IDENTIFIER, journal.nlm_identifier),
        (model.COUNTRY, journal.country),
        (model.MEDIUM, journal.medium),
    ).split(_PAPER)


_journal = Remembered(_journal_lines, most=1 << 12)  # a file has many papers of each journal


def _add_dates(lines: list[str], paper: str, article: Article) -> None:
    if article.date:
        add_date(lines, paper, article.date)
    for electronic in article.electronic_dates:
        _add_day(lines, f"{paper}{_ELECTRONIC_DATE}", electronic)
    if article.completed:
        _add_day(lines, f"{paper}{_COMPLETED}", article.completed)
    if article.revised:
        _add_day(lines, f"{paper}{_REVISED}", article.revised)
    if article.contributed:
        _add_day(lines, f"{paper}{_CONTRIBUTED}", article.contributed)


def _add_day(lines: list[str], start: str, printed: PartialDate) -> None:
    if day := _days[printed]:
        lines.append(f"{start}{day}")


def _day(printed: PartialDate) -> str | None:
    day = by_precision(printed)
    return date(day) if day else None


_days = Remembered(_day, most=1 << 12)  # neighbours in a file share most of their dates


def _add_rare(lines: list[str], paper: str, article: Article) -> None:
    later = is_later_version(article)
    if later:
        lines.append(f"{paper} {standard.IS_VERSION_OF} <{of_pmid(article.pmid or '')}>{GRAPH}")
    if number := article.number_of_references:
        value = integer(int(number)) if number.isdecimal() else string(number)
        lines.append(f"{paper} {model.NUMBER_OF_REFERENCES} {value}")
    if later and article.version:
        lines.append(f"{paper} {standard.VERSION} {string(article.version)}")
    if (identifier := article.version_identifier) and not (later and identifier == article.version):
        lines.append(f"{paper} {standard.VERSION} {string(identifier)}")
    if article.version_date:
        lines.append(f"{paper} {model.VERSION_DATE} {string(article.version_date)}")
    if article.conflict_of_interest:
        lines.append(f"{paper} {model.CONFLICT_OF_INTEREST} {string(article.conflict_of_interest)}")
    incomplete = incomplete_kinds(article.authors)
    if not article.grants_complete:
        incomplete["grants"] = None
    if not article.data_banks_complete:
        incomplete["data banks"] = None
    lines.extend([f"{paper} {model.INCOMPLETE_LIST} {string(kind)}" for kind in incomplete])
    symbols, missions = dict.fromkeys(article.gene_symbols), dict.fromkeys(article.space_flight_missions)
    lines.extend([f"{paper} {model.GENE_SYMBOL} {string(symbol)}" for symbol in symbols])
    lines.extend([f"{paper} {model.SPACE_FLIGHT_MISSION} {string(mission)}" for mission in missions])


def add_headings(lines: list[str], paper: str, page: str, headings: Iterable[MeshHeading], named: MeshNames) -> None:
    """Add the MeSH headings of a paper, and the names of their terms and pairs that the file does not have yet."""
    add, terms, pairs = lines.append, named.terms, named.pairs
    for order, (descriptor, major, qualifiers, automatic) in enumerate(headings, 1):
        start = f"<{page}#heading-{order}"
        node = f"{start}>"
        term = terms.get(descriptor) or _name_term(lines, descriptor, named)
        add(
            f'{paper}{_HEADING}{node}{GRAPH}{node}{_IS_HEADING}{node}{_ORDER}"{order}{INTEGER}'
            f"{node}{_DESCRIPTOR}{term}{GRAPH}{node}{_IS_MAJOR if major else _IS_NOT_MAJOR}"
        )
        if automatic:
            add(f"{node}{_BY_MACHINE}")
        if major or not qualifiers:
            add(f"{paper}{_PRIMARY if major else _SUBJECT}{term}{GRAPH}")
        for place, (qualifier, starred, by_machine) in enumerate(qualifiers, 1):
            part = f"{start}-{place}>"
            pair, aspect = pairs.get((descriptor, qualifier)) or _name_pair(lines, descriptor, qualifier, named)
            add(
                f"{paper}{_PRIMARY if starred else _SUBJECT}{pair}{GRAPH}{node}{_HEADING_QUALIFIER}{part}{GRAPH}"
                f'{part}{_IS_QUALIFIER}{part}{_ORDER}"{place}{INTEGER}{part}{_QUALIFIER}{aspect}{GRAPH}'
                f"{part}{_PAIR}{pair}{GRAPH}{part}{_IS_MAJOR if starred else _IS_NOT_MAJOR}"
            )
            if by_machine:
                add(f"{part}{_BY_MACHINE}")


def _name_term(lines: list[str], term: MeshTerm, named: MeshNames) -> str:
    """Add the name of a term unless the file has it; return the IRI of the term."""
    node = named.terms[term] = mesh_in_line(term)
    named.add(lines, node + term.name, f'{node}{_LABEL}"{escaped(term.name)}{_ENGLISH}')
    if term.kind:
        named.add(lines, f"{node} {term.kind}", f"{node}{_KIND}{string(term.kind)}")
    return node


def _name_pair(lines: list[str], descriptor: MeshTerm, qualifier: MeshTerm, named: MeshNames) -> tuple[str, str]:
    """Add the name of a descriptor with its qualifier; return the IRIs of the pair and of the qualifier."""
    term = named.terms[descriptor]
    aspect = named.terms.get(qualifier) or _name_term(lines, qualifier, named)
    pair = mesh_in_line(descriptor, qualifier)
    name = f"{descriptor.name}/{qualifier.name}"
    text = (
        f'{pair}{_LABEL}"{escaped(name)}{_ENGLISH}{pair}{_PAIR_DESCRIPTOR}{term}{GRAPH}'
        f"{pair}{_PAIR_QUALIFIER}{aspect}{GRAPH}"
    )
    named.add(lines, pair + name, text)
    named.pairs[descriptor, qualifier] = pair, aspect
    return pair, aspect


def add_term(lines: list[str], paper: str, property_: str, term: MeshTerm, named: MeshNames) -> str:
    """Add a MeSH term with which a paper is indexed, and its name unless the file has it; return its IRI."""
    node = named.terms.get(term) or _name_term(lines, term, named)
    lines.append(f"{paper}{property_}{node}{GRAPH}")
    return node


def _add_terms(lines: list[str], paper: str, article: Article, named: MeshNames) -> None:
    for term in article.publication_types:
        add_term(lines, paper, _PUBLICATION_TYPE, term, named)
    for term in article.supplementary_concepts:
        add_term(lines, paper, _SUPPLEMENTARY, term, named)
    for term, number in article.substances:
        node = add_term(lines, paper, _SUBSTANCE, term, named)
        if number and (key := node + number) not in named.written:
            named.add(lines, key, f"{node}{_REGISTRY_NUMBER}{string(number)}")
