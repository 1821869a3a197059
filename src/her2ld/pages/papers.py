"""The papers of a store: texts with their marks, citation, headings, corrections and standing."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from her2ld.dataset.node_data import data_of, read_span
from her2ld.iris import path_of
from her2ld.pages.knowledge import Knowledge, record_path
from her2ld.statements import Span, Statement
from her2ld.vocabulary import model, standard

_YEAR = re.compile(r"[0-9]{4}")
_MOST_RECORDS = 50  # an abstract with its sentences and mentions takes up to a hundred kilobytes


@dataclass(frozen=True, slots=True)
class StoredMention:
    """A name in a text: its place, its terms, and the statuses that the words around it give."""

    span: Span
    terms: tuple[NamedNode, ...]
    statuses: tuple[NamedNode, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A title or an abstract: its path, its characters, and the sentences, statements and mentions in it, in order."""

    path: str
    iri: NamedNode
    is_title: bool
    characters: str
    sentences: tuple[Span, ...]
    statements: tuple[Statement, ...]
    mentions: tuple[StoredMention, ...]


@dataclass(frozen=True, slots=True)
class StoredHeading:
    """A MeSH heading: the IRI of the descriptor, or of the pair with a qualifier, and whether it is starred."""

    term: NamedNode
    starred: bool


@dataclass(frozen=True, slots=True)
class ListedPaper:
    """A paper in a list: its path here and its own IRI, which is that of PubMed or the DOI."""

    path: str
    paper: NamedNode
    title: str
    citation: str


@dataclass(frozen=True, slots=True)
class StoredRecord(ListedPaper):
    """A paper with its texts and headings."""

    texts: tuple[Text, ...]
    headings: tuple[StoredHeading, ...]


def listed(knowledge: Knowledge, paper: NamedNode) -> ListedPaper:
    """Return what a list has of a paper in a store."""
    titles = knowledge.texts(paper, standard.TITLE)
    return ListedPaper(
        path=record_path(knowledge.store, paper),
        paper=paper,
        title=titles[0] if titles else knowledge.label(paper),
        citation=_citation(knowledge, paper),
    )


def read_record(knowledge: Knowledge, paper: NamedNode) -> StoredRecord:
    """Return the record of a paper in a store."""
    return knowledge.once(_read_record, paper, most=_MOST_RECORDS)


def _read_record(knowledge: Knowledge, paper: NamedNode) -> StoredRecord:
    texts = [_read_text(knowledge, iri) for iri in knowledge.iris(paper, model.HAS_TEXT)]
    shown = sorted((text for text in texts if text), key=lambda text: (not text.is_title, text.path))
    of_list = listed(knowledge, paper)
    return StoredRecord(
        of_list.path,
        of_list.paper,
        of_list.title,
        of_list.citation,
        texts=tuple(shown),
        headings=tuple(_headings(knowledge, paper)),
    )


def year_of(knowledge: Knowledge, paper: NamedNode | None) -> str:
    """Return the year in which a paper appeared; an empty text without a paper, or if it is not in the store."""
    return knowledge.once(_year_of, paper)


def _year_of(knowledge: Knowledge, paper: NamedNode | None) -> str:
    texts = knowledge.texts(paper, standard.DATE) if paper else ()
    match = next(filter(None, map(_YEAR.match, texts)), None)
    return match[0] if match else ""


def places_in(knowledge: Knowledge, text: Text) -> Iterator[Span]:
    """Yield the places of a text that can be linked to: sentences, mentions, and the quotes and words of statements."""
    yield from text.sentences
    yield from knowledge.words_in.get(text.iri, ())
    yield from (mention.span for mention in text.mentions)


def characters_of(knowledge: Knowledge, text: NamedNode) -> str | None:
    """Return the characters of a title or an abstract; None if the store holds none."""
    return next(iter(knowledge.texts(text, standard.VALUE)), None)


def _read_text(knowledge: Knowledge, iri: NamedNode) -> Text | None:
    characters, path = characters_of(knowledge, iri), path_of(iri)
    if characters is None or path is None:
        return None
    graph = data_of(knowledge.store)
    spans = [read_span(span, graph) for span in knowledge.subjects(standard.HAS_SOURCE, iri)]
    known = sorted((span for span in spans if span), key=lambda span: (span.start, span.end))
    return Text(
        path=path,
        iri=iri,
        is_title=model.TITLE_TEXT in knowledge.iris(iri, standard.TYPE),
        characters=characters,
        sentences=tuple(span for span in known if model.SENTENCE in knowledge.iris(span.iri, standard.TYPE)),
        statements=knowledge.read_in.get(iri, ()),
        mentions=tuple(_mentions(knowledge, known)),
    )


def _mentions(knowledge: Knowledge, spans: Iterable[Span]) -> Iterator[StoredMention]:
    for span in spans:
        annotations = knowledge.subjects(standard.HAS_TARGET, span.iri)
        terms = [term for each in annotations for term in knowledge.iris(each, standard.HAS_BODY)]
        if terms:
            statuses = [status for each in annotations for status in knowledge.iris(each, model.MENTION_STATUS)]
            yield StoredMention(span, tuple(dict.fromkeys(terms)), tuple(dict.fromkeys(statuses)))


def _citation(knowledge: Knowledge, paper: NamedNode) -> str:
    """Return the citation as the record prints it, or one made from its parts."""
    as_printed = knowledge.texts(paper, standard.CITATION)
    if as_printed:
        return as_printed[0]

    def one(*properties: NamedNode) -> str:
        return next((text for each in properties for text in knowledge.texts(paper, each)), "")

    journal = one(standard.JOURNAL_NLM_ABBREVIATION, standard.JOURNAL_SHORT_TITLE, standard.JOURNAL)
    date = one(model.DATE_AS_PRINTED, standard.DATE)
    volume, issue, pages = one(standard.VOLUME), one(standard.ISSUE), one(standard.PAGES, standard.FIRST_PAGE)
    place = volume + (f"({issue})" if issue else "") + (f":{pages}" if pages else "")
    citation = ". ".join(part for part in (journal, ";".join(filter(None, (date, place)))) if part)
    return f"{citation}." if citation else ""


def _headings(knowledge: Knowledge, paper: NamedNode) -> Iterator[StoredHeading]:
    nodes = knowledge.iris(paper, model.HEADING)
    for node in sorted(nodes, key=lambda node: _order(knowledge, node)):
        qualifiers = sorted(knowledge.iris(node, model.HEADING_QUALIFIER_OF), key=lambda each: _order(knowledge, each))
        pairs = [
            StoredHeading(pair, _is_starred(knowledge, each))
            for each in qualifiers
            for pair in knowledge.iris(each, model.QUALIFIED_DESCRIPTOR)
        ]
        if not pairs or _is_starred(knowledge, node):
            yield from (
                StoredHeading(term, _is_starred(knowledge, node)) for term in knowledge.iris(node, model.DESCRIPTOR)
            )
        yield from pairs


def _order(knowledge: Knowledge, node: NamedNode) -> tuple[int, str]:
    order = next(iter(knowledge.texts(node, model.ORDER)), "")
    return int(order) if re.fullmatch(r"[0-9]{1,9}", order) else 0, node.value


def _is_starred(knowledge: Knowledge, node: NamedNode) -> bool:
    return Literal("true", datatype=standard.XSD_BOOLEAN) in knowledge.values(node, model.MAJOR_TOPIC)


@dataclass(frozen=True, slots=True)
class Correction:
    """A comment on a paper or a correction of it: its kind, the standing that it gives, its text, the cited work."""

    words: str
    standing: NamedNode | None
    text: str
    work: NamedNode | None


def corrections_of(knowledge: Knowledge, paper: NamedNode) -> tuple[Correction, ...]:
    """Return the comments on a paper and its corrections, in the order of the record; first those with a standing."""
    nodes = sorted(knowledge.iris(paper, model.RELATED_CITATION), key=lambda node: _order(knowledge, node))
    found = [_correction(knowledge, node) for node in nodes]
    return tuple(sorted(found, key=lambda each: each.standing is None))


def _correction(knowledge: Knowledge, node: NamedNode) -> Correction:
    name = next(iter(knowledge.texts(node, model.KIND)), "")
    kind = knowledge.vocabulary.steering.corrections.get(name)
    return Correction(
        kind.words[0] if kind else name,
        kind.standing if kind else None,
        next(iter(knowledge.texts(node, standard.CITATION)), ""),
        next(iter(knowledge.iris(node, model.CITED_WORK)), None),
    )


def standings_of(knowledge: Knowledge, paper: NamedNode) -> tuple[str, ...]:
    """Return the words for the standing of a paper; none if no correction of it is known."""
    return knowledge.once(_standings_of, paper)


def _standings_of(knowledge: Knowledge, paper: NamedNode) -> tuple[str, ...]:
    own = knowledge.iris(paper, model.STANDING)
    given = [each.standing for each in corrections_of(knowledge, paper) if each.standing]
    return tuple(dict.fromkeys(map(knowledge.label, (*own, *given))))


def standings_said(knowledge: Knowledge, statement: Statement) -> tuple[str, ...]:
    """Return the words for the standing of a statement's paper, as given in the statement."""
    return tuple(knowledge.label(each) for each in statement.all(model.STANDING) if isinstance(each, NamedNode))
