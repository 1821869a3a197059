"""What is written of a statement is what is read of it, from quads in any order and from a store."""

from collections.abc import Iterator
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from her2ld import Curation, Vocabulary, curation_folders, read_curation, read_ontology
from her2ld.dataset.records import record_quads
from her2ld.dataset.statements import (
    Said,
    curated_gap,
    curated_statement,
    quoted_spans,
    read_statements,
    said_by,
    said_in,
    statement_quads,
)
from her2ld.pubmed import Span
from her2ld.statements import KnowledgeGap, Statement
from her2ld.statements.fields import FIELDS, Qualifier, QualifierField, ValueKind, decimal, year
from her2ld.vocabulary import model

VOCABULARY = read_ontology()
REVIEW = read_curation(curation_folders()[0], VOCABULARY)

TERMS = sorted((each for each in VOCABULARY.terms.values() if each.is_entity_or_class), key=lambda each: each.iri.value)
RELATIONS = sorted((each for each in VOCABULARY.terms.values() if each.is_relation), key=lambda each: each.iri.value)
POLARITIES = [each for each in TERMS if VOCABULARY.is_one_of(each, VOCABULARY.ranges[model.POLARITY])]
MODALITIES = sorted(VOCABULARY.modalities.values(), key=lambda each: each.rank)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    part, text = draw(st.sampled_from(sorted(REVIEW.record.texts.items())))
    start = draw(st.integers(0, len(text) - 1))
    return REVIEW.record.span(part, start, draw(st.integers(start + 1, len(text))))


def values(field: QualifierField) -> st.SearchStrategy[NamedNode | Literal]:
    match field.kind:
        case ValueKind.VALUE | ValueKind.ENTITY:
            return st.sampled_from(TERMS).map(lambda term: term.iri)
        case ValueKind.YEAR:
            return st.integers(1, 9999).map(year)
        case ValueKind.PLACE:
            return st.integers(1, 10**6).map(Literal)
        case ValueKind.FRACTION:
            return st.decimals(0, 1, places=4).map(decimal)


@st.composite
def qualifiers(draw: st.DrawFn) -> tuple[Qualifier, ...]:
    chosen = draw(st.sets(st.sampled_from(FIELDS)))
    return tuple((field.property, draw(values(field))) for field in FIELDS if field in chosen)


statements = st.builds(
    Statement,
    subject=st.sampled_from(TERMS),
    relation=st.sampled_from(RELATIONS),
    object=st.sampled_from(TERMS),
    modality=st.sampled_from(MODALITIES),
    polarity=st.sampled_from(POLARITIES),
    evidence=spans(),
    cue=st.none() | spans(),
    qualifiers=qualifiers(),
    where=st.just("drawn"),
)
gaps = st.builds(
    KnowledgeGap,
    about=st.lists(st.sampled_from(TERMS), min_size=1, max_size=4, unique=True).map(tuple),
    unknown=spans(),
    modality=st.sampled_from(MODALITIES),
    evidence=spans(),
    cue=spans(),
    where=st.just("drawn"),
)
curations = st.builds(
    lambda said, unknown: replace(REVIEW, statements=tuple(said), gaps=tuple(unknown)),
    st.lists(statements, max_size=3, unique=True),
    st.lists(gaps, max_size=2, unique=True),
)


def written(curation: Curation) -> list[Quad]:
    record = record_quads(curation.record, quoted_spans(curation))
    return [*statement_quads(curation, VOCABULARY), *record]


def read(said: Said) -> Iterator[Statement | KnowledgeGap | None]:
    for node in read_statements(said, VOCABULARY):
        yield curated_gap(node, VOCABULARY) if node.is_gap else curated_statement(node, VOCABULARY)


def in_any_order(entry: Statement | KnowledgeGap | None) -> object:
    """Sort what a gap is about: a store keeps no order."""
    return replace(entry, about=tuple(sorted(entry.about, key=str))) if isinstance(entry, KnowledgeGap) else entry


@given(curations)
def test_what_is_written_is_read(curation: Curation) -> None:
    quads = written(curation)
    expected: set[Statement | KnowledgeGap] = {*curation.statements, *curation.gaps}
    assert {*read(said_in(quads))} == expected
    store = Store()
    store.extend(quads)
    assert {in_any_order(each) for each in read(said_by(store))} == {in_any_order(each) for each in expected}


def test_the_review_is_read_as_it_was_curated(vocabulary: Vocabulary, review: Curation) -> None:
    nodes = [*read_statements(said_in(written(review)), vocabulary)]
    said = {curated_statement(node, vocabulary) for node in nodes if not node.is_gap}
    assert said == set(review.statements)
    assert {curated_gap(node, vocabulary) for node in nodes if node.is_gap} == set(review.gaps)


@given(curations, st.data())
def test_what_lacks_a_part_is_read_and_affirms_nothing_that_was_not_affirmed(
    curation: Curation, data: st.DataObject
) -> None:
    quads = written(curation)
    gone = data.draw(st.sets(st.sampled_from(quads)))
    left = data.draw(st.permutations([quad for quad in quads if quad not in gone]))
    affirmed = {quad.subject for quad in left if quad.predicate == model.POLARITY and quad.object == model.AFFIRMED}
    for node in read_statements(said_in(left), VOCABULARY):
        assert not node.standing.affirms or node.iri in affirmed
        assert curated_statement(node, VOCABULARY) in {None, *curation.statements} or gone


@given(curations)
def test_what_is_both_affirmed_and_denied_is_neither(curation: Curation) -> None:
    polarities = [term.iri for term in POLARITIES]
    said = [quad.subject for quad in written(curation) if quad.predicate == model.POLARITY]
    more = [Quad(node, model.POLARITY, each, model.STATEMENTS_GRAPH) for node in said for each in polarities]
    nodes = [*read_statements(said_in([*written(curation), *more]), VOCABULARY)]
    assert not [node for node in nodes if node.standing.affirms]
