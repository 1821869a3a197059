"""The record of a curated paper as quads in ``graph:records``: citation, texts, sentences, spans, MeSH headings."""

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from her2ld import iris
from her2ld.dataset.article_parts import add_related
from her2ld.dataset.articles import MeshNames, add_headings, add_term
from her2ld.dataset.literals import string
from her2ld.dataset.standing import marks
from her2ld.pubmed import Place, Record
from her2ld.pubmed.record import NOT_GIVEN
from her2ld.statements import Span
from her2ld.vocabulary import model, standard
from her2ld.vocabulary.steering import Steering

Description = Iterable[tuple[NamedNode, NamedNode, NamedNode | Literal]]


def record_quads(record: Record, quoted: Iterable[Span], words: Iterable[Span], steering: Steering) -> Iterator[Quad]:
    """Yield the quads of a record, node by node.

    ``quoted`` are the quotes of statements, each of which is a node with a selector. ``words`` are the words that name
    or weaken a part of a statement: their IRI contains their place, and one triple has their characters. ``steering``
    has the rules for the standing that corrections give the paper. Headings, MeSH terms and corrections are written in
    the same lines as for an imported record.
    """
    article, indexing = iris.article(record), _indexing(record)
    yield from _in_graph(_describe_article(record))
    yield from (quad for quad in indexing if quad.subject == article)
    yield from _in_graph((article, property_, value) for property_, value in marks(record, steering))
    yield from _in_graph(_describe_texts(record, quoted, words))
    corrections: list[str] = []
    add_related(corrections, str(article), f"<{iris.record_page(record)}#", record.corrections)
    yield from parse("".join(corrections), format=RdfFormat.N_QUADS)
    yield from (quad for quad in indexing if quad.subject != article)


def _in_graph(described: Description) -> Iterator[Quad]:
    return (Quad(subject, predicate, value, model.RECORDS_GRAPH) for subject, predicate, value in described)


def _describe_texts(record: Record, quoted: Iterable[Span], words: Iterable[Span]) -> Description:
    article = iris.article(record)
    for part, text in record.texts.items():
        node = iris.text(record, part)
        yield node, standard.TYPE, model.TEXT_CLASSES[part]
        yield node, standard.IS_PART_OF, article
        if record.is_given(part):
            yield node, standard.VALUE, Literal(text)
        yield node, model.SHA256, Literal(record.sha256(part))
    sentences = {span: order for order, span in enumerate(record.sentences(), 1)}
    whole = {*sentences, *(_place(record, span) for span in quoted)}
    for span in sorted(whole, key=_order):
        holder = next((each for each in sentences if each.contains(span)), None)
        yield from _describe_span(record, span, holder, sentences.get(span))
    for span in sorted({_place(record, span) for span in words} - whole, key=_order):
        yield iris.span(record, span), standard.EXACT, Literal(span.exact)


def _place(record: Record, span: Span) -> Place:
    return record.span(iris.part_of(span.text), span.start, span.end)


def _order(span: Place) -> tuple[bool, int, int]:
    return span.part != "title", span.start, span.end


def _describe_article(record: Record) -> Description:
    article = iris.article(record)
    citation = record.citation
    yield article, standard.TYPE, standard.ARTICLE
    yield article, standard.TITLE, Literal(record.title)
    yield article, standard.CITATION, Literal(citation.text)
    if citation.year:
        yield article, standard.DATE, Literal(citation.year, datatype=standard.XSD_YEAR)
    for property_, value in (
        (standard.PMID, record.pmid),
        (standard.DOI, record.doi),
        (standard.JOURNAL, citation.journal),
        (standard.VOLUME, citation.volume),
        (standard.ISSUE, citation.issue),
        (standard.FIRST_PAGE, citation.first_page),
        (standard.LAST_PAGE, citation.last_page),
    ):
        if value is not None:
            yield article, property_, Literal(value)
    for part in record.texts:
        yield article, model.HAS_TEXT, iris.text(record, part)


def _describe_span(record: Record, span: Place, sentence: Place | None, order: int | None) -> Description:
    node = iris.span(record, span)
    selector = iris.selector(record, span)
    yield node, standard.TYPE, standard.SPECIFIC_RESOURCE
    if order is not None:
        yield node, standard.TYPE, model.SENTENCE
        yield node, model.ORDER, Literal(order)
    if sentence is not None:
        yield node, model.IN_SENTENCE, iris.span(record, sentence)
    yield node, standard.HAS_SOURCE, iris.text(record, span.part)
    yield node, standard.HAS_SELECTOR, selector
    is_given = NOT_GIVEN not in span.exact
    yield selector, standard.TYPE, standard.POSITION_SELECTOR
    if is_given:
        yield selector, standard.TYPE, standard.QUOTE_SELECTOR
    yield selector, standard.START, Literal(span.start)
    yield selector, standard.END, Literal(span.end)
    if is_given:
        yield selector, standard.EXACT, Literal(span.exact)


def _indexing(record: Record) -> list[Quad]:
    """Return the quads about the terms with which the paper is indexed, as for an imported record.

    After the headings come the terms in the order of their IRIs, each with the release in which a curator looked it up,
    and then the pairs of two terms.
    """
    paper, page = str(iris.article(record)), iris.record_page(record)
    lines: list[str] = []
    named = MeshNames()
    for property_, terms in ((model.PUBLICATION_TYPE, record.publication_types), (model.SUBSTANCE, record.substances)):
        for term in terms:
            add_term(lines, paper, f" {property_} ", term, named)
    add_headings(lines, paper, page, record.headings, named)
    of_headings = (term for each in record.headings for term in (each.term, *(one.term for one in each.qualifiers)))
    lines.extend(
        f"{iris.mesh_in_line(term)} {model.CHECKED_AGAINST} {string(term.checked_against)}"
        for term in dict.fromkeys((*of_headings, *record.publication_types, *record.substances))
        if term.checked_against
    )
    quads = list(parse("".join(lines), format=RdfFormat.N_QUADS))
    places = {subject: place for place, subject in enumerate(dict.fromkeys(quad.subject for quad in quads))}
    pairs = {quad.subject for quad in quads if quad.predicate == standard.MESH_HAS_DESCRIPTOR}

    def order(quad: Quad) -> tuple[bool, str, int]:
        is_term = not (quad.subject in pairs or str(quad.subject).startswith((paper, f"<{page}#")))
        return quad.subject in pairs, str(quad.subject) if is_term else "", places[quad.subject]

    return sorted(quads, key=order)
