"""A record as quads in ``graph:records``: citation, texts, sentences, quoted spans, MeSH headings."""

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad

from her2ld import iris
from her2ld.dataset.standing import marks
from her2ld.pubmed import Record, Span
from her2ld.pubmed.record import NOT_GIVEN
from her2ld.statements import Span as Quoted
from her2ld.vocabulary import model, standard
from her2ld.vocabulary.steering import Steering

Description = Iterator[tuple[NamedNode, NamedNode, NamedNode | Literal]]


def record_quads(
    record: Record, quoted: Iterable[Quoted], words: Iterable[Quoted], steering: Steering
) -> Iterator[Quad]:
    """Yield what the record says, node by node.

    ``quoted`` are the quotes that statements stand on, each a node with a selector; ``words`` are those that name or
    weaken a part of a statement, of which the IRI tells the place and one triple the characters. ``steering`` says
    which standing the corrections of the paper give it.
    """
    for subject, predicate, value in _describe(record, quoted, words, steering):
        yield Quad(subject, predicate, value, model.RECORDS_GRAPH)


def _describe(record: Record, quoted: Iterable[Quoted], words: Iterable[Quoted], steering: Steering) -> Description:
    article = iris.article(record)
    yield from _describe_article(record)
    yield from ((article, property_, value) for property_, value in marks(record, steering))
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
        holder = next((each for each in sentences if _holds(each, span)), None)
        yield from _describe_span(record, span, holder, sentences.get(span))
    for span in sorted({_place(record, span) for span in words} - whole, key=_order):
        yield iris.span(record, span), standard.EXACT, Literal(span.exact)
    yield from _describe_corrections(record)
    yield from _describe_headings(record)
    yield from _describe_mesh_terms(record)


def _place(record: Record, span: Quoted) -> Span:
    return record.span(iris.part_of(span.text), span.start, span.end)


def _order(span: Span) -> tuple[bool, int, int]:
    return span.part != "title", span.start, span.end


def _describe_article(record: Record) -> Description:
    article = iris.article(record)
    citation = record.citation
    yield article, standard.TYPE, standard.ARTICLE
    yield article, standard.TITLE, Literal(record.title)
    yield article, standard.CITATION, Literal(citation.text)
    if citation.year:
        yield article, standard.DATE, Literal(citation.year, datatype=standard.XSD_YEAR)
    for property_, said in (
        (standard.PMID, record.pmid),
        (standard.DOI, record.doi),
        (standard.JOURNAL, citation.journal),
        (standard.VOLUME, citation.volume),
        (standard.ISSUE, citation.issue),
        (standard.FIRST_PAGE, citation.first_page),
        (standard.LAST_PAGE, citation.last_page),
    ):
        if said is not None:
            yield article, property_, Literal(said)
    for part in record.texts:
        yield article, model.HAS_TEXT, iris.text(record, part)
    for property_, terms in ((model.PUBLICATION_TYPE, record.publication_types), (model.SUBSTANCE, record.substances)):
        for term in terms:
            yield article, property_, iris.mesh(term)
    for order, heading in enumerate(record.headings, 1):
        yield article, model.HEADING, iris.heading(record, order)
        if heading.major or not heading.qualifiers:
            yield article, _subject_property(major=heading.major), iris.mesh(heading.term)
        for qualifier in heading.qualifiers:
            yield article, _subject_property(major=qualifier.major), iris.mesh(heading.term, qualifier.term)


def _holds(sentence: Span, span: Span) -> bool:
    return sentence.part == span.part and sentence.start <= span.start and span.end <= sentence.end


def _describe_span(record: Record, span: Span, sentence: Span | None, order: int | None) -> Description:
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


def _describe_corrections(record: Record) -> Description:
    """Say of each comment or correction what :mod:`her2ld.dataset.article_parts` says of it in an imported record."""
    for order, related in enumerate(record.corrections, 1):
        node = iris.related(record, order)
        yield iris.article(record), model.RELATED_CITATION, node
        yield node, standard.TYPE, model.RELATED_CITATION_CLASS
        yield node, model.ORDER, Literal(order)
        yield node, model.KIND, Literal(related.kind)
        yield node, standard.CITATION, Literal(related.source)
        if work := iris.cited_work(related):
            yield node, model.CITED_WORK, NamedNode(work)
        if related.version and related.version != "1":
            yield node, standard.VERSION, Literal(related.version)
        if related.note:
            yield node, standard.COMMENT, Literal(related.note)


def _describe_headings(record: Record) -> Description:
    for order, heading in enumerate(record.headings, 1):
        node = iris.heading(record, order)
        yield node, standard.TYPE, model.MESH_HEADING
        yield node, model.ORDER, Literal(order)
        yield node, model.DESCRIPTOR, iris.mesh(heading.term)
        yield node, model.MAJOR_TOPIC, Literal(heading.major)
        qualifiers = list(enumerate(heading.qualifiers, 1))
        for place, _ in qualifiers:
            yield node, model.HEADING_QUALIFIER_OF, iris.heading_qualifier(record, order, place)
        for place, qualifier in qualifiers:
            part = iris.heading_qualifier(record, order, place)
            yield part, standard.TYPE, model.HEADING_QUALIFIER
            yield part, model.ORDER, Literal(place)
            yield part, model.QUALIFIER, iris.mesh(qualifier.term)
            yield part, model.QUALIFIED_DESCRIPTOR, iris.mesh(heading.term, qualifier.term)
            yield part, model.MAJOR_TOPIC, Literal(qualifier.major)


def _describe_mesh_terms(record: Record) -> Description:
    """Say what each MeSH IRI of the record is called, and of which two a pair is made."""
    qualifiers = [qualifier.term for heading in record.headings for qualifier in heading.qualifiers]
    descriptors = [heading.term for heading in record.headings]
    for term in sorted(
        {*descriptors, *qualifiers, *record.publication_types, *record.substances},
        key=lambda term: str(iris.mesh(term)),
    ):
        yield iris.mesh(term), standard.LABEL, Literal(term.name, language="en")
        if term.checked_against:
            yield iris.mesh(term), model.CHECKED_AGAINST, Literal(term.checked_against)
    for heading in record.headings:
        for qualifier in heading.qualifiers:
            pair = iris.mesh(heading.term, qualifier.term)
            yield pair, standard.LABEL, Literal(f"{heading.term.name}/{qualifier.term.name}", language="en")
            yield pair, standard.MESH_HAS_DESCRIPTOR, iris.mesh(heading.term)
            yield pair, standard.MESH_HAS_QUALIFIER, iris.mesh(qualifier.term)


def _subject_property(*, major: bool) -> NamedNode:
    return standard.PRIMARY_SUBJECT_TERM if major else standard.SUBJECT_TERM
