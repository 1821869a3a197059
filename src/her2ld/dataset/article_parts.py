"""The parts of an imported record that are nodes of their own: people, grants, references, notes, the book."""

from collections.abc import Iterable

from her2ld.dataset.article_texts import add_markup
from her2ld.dataset.literals import FALSE, GRAPH, INTEGER, TRUE, date, integer, string
from her2ld.iris import of_doi, of_orcid, of_pmid, paper_iri
from her2ld.pubmed.article import (
    Article,
    BookSection,
    HistoryDate,
    Parameters,
    PartialDate,
    People,
    Person,
    RecordIdentifier,
    RelatedCitation,
    Title,
)
from her2ld.pubmed.people import orcid
from her2ld.pubmed.printed import as_printed, by_precision, time_of_day
from her2ld.remembered import Remembered
from her2ld.vocabulary import model, standard

_A = f" {standard.TYPE} "
_ORDER = f" {model.ORDER} "
_LABEL = f" {standard.LABEL} "
_KIND = f" {model.KIND} "
_IDENTIFIER = f" {standard.IDENTIFIER} "
_DATE = f" {standard.DATE} "
_IS_CONTRIBUTOR = f"{_A}{model.CONTRIBUTOR}{GRAPH}"
_IS_AFFILIATION = f"{_A}{model.AFFILIATION_CLASS}{GRAPH}"
_AFFILIATION = f" {model.AFFILIATION} "
_PEOPLE = {
    "author": f" {model.AUTHOR} ",
    "editor": f" {model.EDITOR} ",
    "investigator": f" {model.INVESTIGATOR} ",
}
_SUBJECT = f" {model.PERSON_AS_SUBJECT} "
_NAMES = tuple(
    f" {property_} "
    for property_ in (
        standard.FAMILY_NAME,
        standard.GIVEN_NAME,
        model.INITIALS,
        standard.NAME_SUFFIX,
        standard.NAME,
    )
)
_OF_GRANT = (model.GRANT_NUMBER, model.ACRONYM, model.AGENCY, model.COUNTRY)
_KEYWORD = f" {standard.KEYWORD} "
_NODE = "\0"  # the place of a node's IRI in lines that many records share; no line contains this character
_HISTORY = f" {model.HISTORY_DATE_OF} "
_IS_HISTORY = f"{_A}{model.HISTORY_DATE}{GRAPH}"
_REFERENCE = f" {model.REFERENCE} "
_IS_REFERENCE = f"{_A}{model.REFERENCE_CLASS}{GRAPH}"
_CITED_WORK = f" {model.CITED_WORK} "
_CITATION = f" {standard.CITATION} "
_LIST_TITLE = f" {model.LIST_TITLE} "
_DOI_START = "10."
_LITERAL_IDENTIFIERS = {"pii": f" {standard.PII} ", "pmc": f" {standard.PMC_IDENTIFIER} "}


def add_date(lines: list[str], node: str, printed: PartialDate) -> None:
    """Add a date of publication: by its precision, as it was printed, and the season."""
    lines.append(node.join(_publication_date[printed]))


def _publication_date_lines(printed: PartialDate) -> list[str]:
    """Return the lines about a date of publication, cut at the places of its node's IRI."""
    lines = [""]
    if iso := by_precision(printed):
        lines.append(f"{_DATE}{date(iso)}")
    if words := as_printed(printed):
        lines.append(f" {model.DATE_AS_PRINTED} {string(words)}")
    if printed.season:
        lines.append(f" {standard.SEASON} {string(printed.season)}")
    return lines


_publication_date = Remembered(_publication_date_lines, most=1 << 12)  # a file has many papers of each issue


def add_identifiers(lines: list[str], paper: str, article: Article) -> None:
    """Add the identifiers of a paper, each once."""
    for identifier in dict.fromkeys(article.identifiers + article.locations + article.other_identifiers):
        if identifier.source != "pubmed" or identifier.value != article.pmid:
            _add_identifier(lines, paper, identifier)


def _add_identifier(lines: list[str], node: str, identifier: RecordIdentifier) -> None:
    value, source, valid = identifier
    if not value:
        return
    if not valid:
        lines.append(f"{node} {model.INVALID_IDENTIFIER} {string(f'{source}:{value}')}")
    elif source == "doi" and value.startswith(_DOI_START) and "/" in value:
        lines.append(f"{node} {standard.DOI} {string(value)}{node} {standard.SEE_ALSO} <{of_doi(value)}>{GRAPH}")
    elif source in _LITERAL_IDENTIFIERS:
        lines.append(f"{node}{_LITERAL_IDENTIFIERS[source]}{string(value)}")
    else:
        lines.append(f"{node}{_IDENTIFIER}{string(f'{source}:{value}')}")


def add_people(lines: list[str], paper: str, base: str, kind: str, lists: tuple[People, ...]) -> None:
    """Add authors, editors or investigators in their order; ``kind`` is that of lists that have none."""
    order = 0
    for people in lists:
        of_paper = _PEOPLE["editor" if people.kind == "editors" else kind]
        for person in people.persons:
            order += 1
            node = f"{base}{kind}-{order}"
            lines.append(f'{paper}{of_paper}{node}>{GRAPH}{node}>{_ORDER}"{order}{INTEGER}')
            _add_person(lines, node, person)
            if people.identifier:
                lines.append(f"{node}> {model.INVESTIGATOR_LIST} {string(people.identifier)}")


def incomplete_kinds(lists: tuple[People, ...]) -> dict[str, None]:
    """Return the kinds of the lists of persons that NLM gives only in part."""
    return dict.fromkeys([people.kind or "authors" for people in lists if not people.complete])


def _add_person(lines: list[str], start: str, person: Person) -> None:
    node = f"{start}>"
    add = lines.append
    add(f"{node}{_IS_CONTRIBUTOR}")
    for property_, name in zip(_NAMES, person[:5], strict=True):
        if name:
            add(f"{node}{property_}{string(name)}")
    for identifier in person.identifiers:
        if identifier.source == "ORCID" and (checked := orcid(identifier.value)):
            add(f"{node} {model.ORCID} <{of_orcid(checked)}>{GRAPH}")
        else:
            _add_identifier(lines, node, identifier)
    if not person.valid:
        add(f"{node} {model.VALID} {FALSE}")
    if person.equal_contribution is not None:
        add(f"{node} {model.EQUAL_CONTRIBUTION} {TRUE if person.equal_contribution else FALSE}")
    if person.investigators:
        add(f"{node} {model.INVESTIGATOR_LIST} {string(person.investigators)}")
    for place, (text, identifiers) in enumerate(person.affiliations, 1):
        part = f"{start}-affiliation-{place}>"
        add(
            f"{node}{_AFFILIATION}{part}{GRAPH}{part}{_IS_AFFILIATION}{part}{_ORDER}{integer(place)}"
            f"{part}{_LABEL}{string(text)}"
        )
        for identifier in identifiers:
            _add_identifier(lines, part, identifier)


def add_parts(lines: list[str], paper: str, base: str, article: Article) -> None:
    """Add other nodes: dates, keywords, grants, data banks, related citations, references, notes."""
    _add_history(lines, paper, base, article)
    if article.keywords:
        _add_keywords(lines, paper, base, article)
    if article.grants:
        _add_grants(lines, paper, base, article)
    if article.related:
        add_related(lines, paper, base, article.related)
    if article.references:
        _add_references(lines, paper, base, article)
    for order, person in enumerate(article.name_subjects, 1):
        node = f"{base}person-as-subject-{order}"
        lines.append(f"{paper}{_SUBJECT}{node}>{GRAPH}{node}>{_ORDER}{integer(order)}")
        _add_person(lines, node, person)
    for order, (name, numbers) in enumerate(article.data_banks, 1):
        node = f"{base}data-bank-{order}>"
        lines.append(
            f"{paper} {model.DATA_BANK_ENTRY_OF} {node}{GRAPH}{node}{_A}{model.DATA_BANK_ENTRY}{GRAPH}"
            f"{node}{_LABEL}{string(name)}"
        )
        lines.extend(f"{node} {model.ACCESSION_NUMBER} {string(number)}" for number in dict.fromkeys(numbers))
    for order, (text, owner) in enumerate(article.notes, 1):
        node = f"{base}note-{order}>"
        owned = f"{node} {model.RECORD_OWNER} {string(owner)}" if owner else ""
        lines.append(
            f"{paper} {model.NOTE} {node}{GRAPH}{node}{_A}{model.RECORD_NOTE}{GRAPH}"
            f"{node} {standard.VALUE} {string(text)}{owned}"
        )
    for order, each in enumerate((*article.objects, *article.item_lists), 1):
        _add_object(lines, paper, f"{base}object-{order}>", each)


def _add_history(lines: list[str], paper: str, base: str, article: Article) -> None:
    for order, dated in enumerate(article.history, 1):
        node = f"{base}history-{order}>"
        lines.append(f"{paper}{_HISTORY}{node}{GRAPH}{node.join(_history[dated])}")


def _history_lines(dated: HistoryDate) -> list[str]:
    """Return the lines about a date, cut at the places of its node's IRI."""
    status, when = dated
    iso, time = by_precision(when), time_of_day(when)
    lines = f"{_NODE}{_IS_HISTORY}{_NODE}{_KIND}{string(status)}"
    if iso:
        lines += f"{_NODE}{_DATE}{date(iso)}"
    elif words := as_printed(when):
        lines += f"{_NODE} {model.DATE_AS_PRINTED} {string(words)}"
    if time:
        lines += f"{_NODE} {model.TIME_OF_DAY} {string(time)}"
    return lines.split(_NODE)


_history = Remembered(_history_lines, most=1 << 12)  # neighbours in a file share most of their dates


def _add_keywords(lines: list[str], paper: str, base: str, article: Article) -> None:
    distinct = dict.fromkeys(keyword.text for keyword in article.keywords)
    lines.extend(f"{paper}{_KEYWORD}{string(text)}" for text in distinct)
    for order, (text, major, owner) in enumerate(article.keywords, 1):
        if major or owner not in {None, "NOTNLM"}:
            node = f"{base}keyword-{order}>"
            owned = f"{node} {model.RECORD_OWNER} {string(owner)}" if owner else ""
            lines.append(
                f"{paper} {model.KEYWORD_ENTRY_OF} {node}{GRAPH}{node}{_A}{model.KEYWORD_ENTRY}{GRAPH}"
                f"{node}{_ORDER}{integer(order)}{node}{_LABEL}{string(text)}"
                f"{node} {model.MAJOR_TOPIC} {TRUE if major else FALSE}{owned}"
            )


def _add_grants(lines: list[str], paper: str, base: str, article: Article) -> None:
    for order, grant in enumerate(article.grants, 1):
        node = f"{base}grant-{order}>"
        lines.append(
            f"{paper} {model.GRANT} {node}{GRAPH}{node}{_A}{model.GRANT_CLASS}{GRAPH}{node}{_ORDER}{integer(order)}"
        )
        lines.extend(
            f"{node} {property_} {string(text)}" for property_, text in zip(_OF_GRANT, grant, strict=True) if text
        )


def add_related(lines: list[str], paper: str, base: str, citations: Iterable[RelatedCitation]) -> None:
    """Add the comments on a paper, its corrections and its retraction."""
    for order, related in enumerate(citations, 1):
        node = f"{base}related-{order}>"
        lines.append(
            f"{paper} {model.RELATED_CITATION} {node}{GRAPH}{node}{_A}{model.RELATED_CITATION_CLASS}{GRAPH}"
            f"{node}{_ORDER}{integer(order)}{node}{_KIND}{string(related.kind)}"
            f"{node}{_CITATION}{string(related.source)}"
        )
        if work := paper_iri(related):
            lines.append(f"{node}{_CITED_WORK}<{work}>{GRAPH}")
        if related.version and related.version != "1":
            lines.append(f"{node} {standard.VERSION} {string(related.version)}")
        if related.note:
            lines.append(f"{node} {standard.COMMENT} {string(related.note)}")


def _add_references(lines: list[str], paper: str, base: str, article: Article) -> None:
    add = lines.append
    for order, (citation, identifiers, titles) in enumerate(article.references, 1):
        node = f"{base}reference-{order}>"
        add(
            f"{paper}{_REFERENCE}{node}{GRAPH}{node}{_IS_REFERENCE}{node}{_ORDER}{integer(order)}"
            f"{node}{_CITATION}{string(citation)}"
        )
        for identifier in identifiers:
            value, source, _ = identifier
            if source == "pubmed" and value.isdecimal():
                add(f"{node}{_CITED_WORK}<{of_pmid(value)}>{GRAPH}")
            else:
                _add_identifier(lines, node, identifier)
        for title in titles:
            add(f"{node}{_LIST_TITLE}{string(title)}")


def _add_object(lines: list[str], paper: str, node: str, parameters: Parameters) -> None:
    lines.append(
        f"{paper} {model.LISTED_OBJECT} {node}{GRAPH}{node}{_A}{model.LISTED_OBJECT_CLASS}{GRAPH}"
        f"{node}{_KIND}{string(parameters.kind)}"
    )
    lines.extend(
        f"{node} {model.PARAMETER} {string(value if name is None else f'{name}={value}')}"
        for name, value in parameters.values
    )


def add_book(lines: list[str], paper: str, base: str, article: Article) -> None:
    """Add the book of a record, the place of the record in it, and its sections."""
    book = article.book
    if book is None:
        return
    node = f"{base}book>"
    lines.append(f"{paper} {standard.IS_PART_OF} {node}{GRAPH}{node}{_A}{standard.BOOK}{GRAPH}")
    _add_title(lines, node, f" {standard.TITLE} ", book.title)
    if book.collection:
        _add_title(lines, node, f" {model.COLLECTION_TITLE} ", book.collection)
    for property_, text in (
        (standard.PUBLISHER, book.publisher),
        (model.PLACE, book.place),
        (standard.VOLUME, book.volume),
        (model.VOLUME_TITLE, book.volume_title),
        (standard.EDITION, book.edition),
        (model.MEDIUM, book.medium),
        (model.REPORT_NUMBER, book.report_number),
        *((standard.ISBN, isbn) for isbn in book.isbns),
    ):
        if text:
            lines.append(f"{node} {property_} {string(text)}")
    for property_, day in ((standard.CREATED, book.beginning), (model.LAST_DATE, book.ending)):
        if day and (iso := by_precision(day)):
            lines.append(f"{node} {property_} {date(iso)}")
    for identifier in book.locations:
        _add_identifier(lines, node, identifier)
    lines.extend(f"{node} {model.INCOMPLETE_LIST} {string(kind)}" for kind in incomplete_kinds(book.authors))
    add_people(lines, node, f"{base}book-", "author", book.authors)
    add_people(lines, node, f"{base}book-", "investigator", book.investigators)
    lines.extend(
        f"{paper} {model.PLACE} {string(f'{owner} {text}' if owner else text)}" for text, owner in article.book_labels
    )
    _add_sections(lines, paper, f"{base}book-section", article.book_sections)


def _add_title(lines: list[str], node: str, property_: str, title: Title) -> None:
    lines.append(f"{node}{property_}{string(title.text)}")
    add_markup(lines, node, title)


def _add_sections(lines: list[str], whole: str, start: str, sections: tuple[BookSection, ...]) -> None:
    for order, section in enumerate(sections, 1):
        node = f"{start}-{order}>"
        lines.append(
            f"{whole} {model.BOOK_SECTION} {node}{GRAPH}{node}{_A}{model.BOOK_SECTION_CLASS}{GRAPH}"
            f"{node}{_ORDER}{integer(order)}"
        )
        _add_title(lines, node, f" {standard.TITLE} ", section.title)
        if section.label:
            lines.append(f"{node}{_LABEL}{string(section.label)}")
        if section.label_kind:
            lines.append(f"{node}{_KIND}{string(section.label_kind)}")
        _add_sections(lines, node, f"{start}-{order}", section.sections)
