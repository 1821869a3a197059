"""Mentions as N-Quads: whole lines, read by two parsers, made of declared terms and of the nodes that evidence has."""

import pyoxigraph
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, RdfFormat

from her2ld import Curation, Vocabulary, iris, read_ontology
from her2ld.dataset.article_texts import mention_lines
from her2ld.dataset.curated_records import record_quads
from her2ld.mentions import Mention
from her2ld.pubmed import Place
from her2ld.statements import Span
from her2ld.vocabulary import model, standard
from tests.test_mentions import FIND

TEXT = "https://w3id.org/her2ld/record/1/title"
LINES = """\
<T#mention=4,8> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/ns/oa#Annotation> G
<T#mention=4,8> <http://www.w3.org/ns/oa#motivatedBy> <http://www.w3.org/ns/oa#identifying> G
<T#mention=4,8> <http://www.w3.org/ns/oa#hasBody> <https://w3id.org/her2ld/HER2> G
<T#mention=4,8> <https://w3id.org/her2ld/mentionStatus> <https://w3id.org/her2ld/NegativeStatus> G
<T#mention=4,8> <http://www.w3.org/ns/oa#hasTarget> <T#char=4,8> G
<T#char=4,8> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/ns/oa#SpecificResource> G
<T#char=4,8> <http://www.w3.org/ns/oa#hasSource> <T> G
<T#char=4,8> <http://www.w3.org/ns/oa#hasSelector> <T#selector=4,8> G
<T#selector=4,8> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/ns/oa#TextPositionSelector> G
<T#selector=4,8> <http://www.w3.org/ns/oa#start> "4"^^<http://www.w3.org/2001/XMLSchema#integer> G
<T#selector=4,8> <http://www.w3.org/ns/oa#end> "8"^^<http://www.w3.org/2001/XMLSchema#integer> G
<T#selector=4,8> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/ns/oa#TextQuoteSelector> G
<T#selector=4,8> <http://www.w3.org/ns/oa#exact> "HER2" G
""".replace("<T", f"<{TEXT}").replace(" G\n", " <https://w3id.org/her2ld/graph/records> .\n")


def test_a_mention_is_written_whole() -> None:
    assert mention_lines(TEXT, FIND("non-HER2")) == LINES


def test_without_quoting_the_characters_are_left_out() -> None:
    without = "".join(line for line in LINES.splitlines(keepends=True) if "Quote" not in line and "exact" not in line)
    assert mention_lines(TEXT, FIND("non-HER2"), quoting=False) == without


def test_a_name_within_a_name_leads_to_it() -> None:
    lines = mention_lines(TEXT, FIND("HER2-positive breast cancer")).splitlines()
    nested = [line for line in lines if "nestedIn" in line]
    is_nested = f"<https://w3id.org/her2ld/nestedIn> <{TEXT}#mention=0,27> {model.RECORDS_GRAPH} ."
    assert nested == [f"<{TEXT}#mention={place}> {is_nested}" for place in ("0,4", "14,27")]


def test_a_mention_without_status_says_none() -> None:
    assert "mentionStatus" not in mention_lines(TEXT, FIND("HER2"))
    assert mention_lines(TEXT, FIND("nothing")) == ""


@given(st.text(min_size=1).filter(lambda text: not any(0xD800 <= ord(each) <= 0xDFFF for each in text)))
def test_two_parsers_read_what_was_written(exact: str) -> None:
    lines = mention_lines(TEXT, [Mention("https://w3id.org/her2ld/HER2", 0, len(exact), exact, None)])
    quads = list(pyoxigraph.parse(lines, format=RdfFormat.N_QUADS))
    assert len(quads) == lines.count("\n") == 12
    assert [quad.object.value for quad in quads if quad.predicate == standard.EXACT] == [exact]
    dataset = rdflib.Dataset().parse(data=lines, format="nquads")
    read = [(str(predicate), str(value)) for _, predicate, value, _ in dataset.quads()]
    assert len(read) == len(quads)
    assert [value for predicate, value in read if predicate == standard.EXACT.value] == [exact]


def test_all_that_is_written_is_declared(vocabulary: Vocabulary) -> None:
    declared = {quad.subject for quad in vocabulary.quads if quad.predicate == standard.TYPE}
    quads = list(pyoxigraph.parse(LINES, format=RdfFormat.N_QUADS))
    terms = {quad.predicate for quad in quads} | {
        quad.object for quad in quads if isinstance(quad.object, NamedNode) and not quad.object.value.startswith(TEXT)
    }
    undeclared = {term.value for term in terms - declared if not term.value.startswith(standard.RDF)}
    assert undeclared == set()


def test_the_span_of_a_mention_is_that_of_evidence(review: Curation) -> None:
    record = review.record
    mention = FIND(record.title)[0]
    place = Place("title", mention.start, mention.end, mention.exact)
    text = iris.text(record, "title").value
    written = {quad.triple for quad in pyoxigraph.parse(mention_lines(text, [mention]), format=RdfFormat.N_QUADS)}
    nodes = (iris.span(record, place), iris.selector(record, place))
    quoted = Span(iris.span(record, place), iris.text(record, "title"), place.start, place.end, place.exact)
    evidence = {
        quad.triple for quad in record_quads(record, [quoted], [], read_ontology().steering) if quad.subject in nodes
    }
    in_sentence = {triple for triple in evidence if triple.predicate == model.IN_SENTENCE}
    assert {triple for triple in written if triple.subject in nodes} == evidence - in_sentence
