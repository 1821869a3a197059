"""Statements and knowledge gaps as quads.

There is a node for each in ``graph:statements``; plain triples stand in ``graph:settled`` or in ``graph:hedged``.
"""

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad

from her2ld.dataset import iris
from her2ld.pubmed import Span
from her2ld.statements import Curation, KnowledgeGap, Statement
from her2ld.vocabulary import model, standard
from her2ld.vocabulary.ontology import Vocabulary


def plain_quads(curations: Iterable[Curation], *, settled: bool) -> Iterator[Quad]:
    """Yield the plain triple of every affirmed statement that is settled (or that is hedged), each once."""
    graph = model.SETTLED_GRAPH if settled else model.HEDGED_GRAPH
    affirmed = (
        Quad(said.subject.iri, said.relation.iri, said.object.iri, graph)
        for curation in curations
        for said in curation.statements
        if said.modality.settles is settled and said.polarity.iri == model.AFFIRMED
    )
    # Subject by subject, in the order in which a curator first wrote of each.
    by_subject: dict[object, dict[Quad, None]] = {}
    for quad in affirmed:
        by_subject.setdefault(quad.subject, {})[quad] = None
    for quads in by_subject.values():
        yield from quads


def statement_quads(curation: Curation, vocabulary: Vocabulary) -> Iterator[Quad]:
    """Yield a node for the curator, for every statement and for every knowledge gap."""
    for subject, predicate, value in _describe(curation, vocabulary):
        yield Quad(subject, predicate, value, model.STATEMENTS_GRAPH)


def quoted_spans(curation: Curation) -> Iterator[Span]:
    """Yield every span that a statement or a knowledge gap points to."""
    for said in curation.statements:
        yield said.evidence
        if said.cue:
            yield said.cue
    for gap in curation.gaps:
        yield from (gap.evidence, gap.cue, gap.unknown)


def _describe(curation: Curation, vocabulary: Vocabulary) -> Iterator[tuple[NamedNode, NamedNode, NamedNode | Literal]]:
    record = curation.record
    curator = iris.curator(curation)
    yield curator, standard.TYPE, standard.AGENT
    yield curator, standard.LABEL, Literal(curation.curator, language="en")
    for said in curation.statements:
        node = iris.statement(record, said)
        label = f"{said.subject.label} {said.relation.label} {said.object.label}"
        if said.polarity.iri != model.AFFIRMED:
            label += f" ({said.polarity.label})"
        yield node, standard.TYPE, model.STATEMENT
        yield node, standard.LABEL, Literal(label, language="en")
        yield node, standard.SUBJECT, said.subject.iri
        yield node, standard.PREDICATE, said.relation.iri
        yield node, standard.OBJECT, said.object.iri
        yield node, model.POLARITY, said.polarity.iri
        for property_, value in said.qualifiers:
            yield node, property_, value
        for predicate, object_ in _provenance(curation, said, vocabulary):
            yield node, predicate, object_
    for gap in curation.gaps:
        node = iris.knowledge_gap(record, gap)
        yield node, standard.TYPE, model.KNOWLEDGE_GAP
        yield node, standard.LABEL, Literal(f"{gap.unknown.exact} {gap.cue.exact}", language="en")
        for term in gap.about:
            yield node, model.ABOUT, term.iri
        yield node, model.UNKNOWN_ASPECT, iris.span(record, gap.unknown)
        for predicate, object_ in _provenance(curation, gap, vocabulary):
            yield node, predicate, object_


def _provenance(
    curation: Curation, said: Statement | KnowledgeGap, vocabulary: Vocabulary
) -> Iterator[tuple[NamedNode, NamedNode | Literal]]:
    yield model.MODALITY, said.modality.iri
    if said.cue:
        yield model.CUE, iris.span(curation.record, said.cue)
    yield model.EVIDENCE, iris.span(curation.record, said.evidence)
    evidence_type = vocabulary.evidence_types.get(model.TEXT_CLASSES[said.evidence.part])
    if evidence_type:
        yield model.EVIDENCE_TYPE, evidence_type
    yield standard.DERIVED_FROM, iris.article(curation.record)
    yield standard.ATTRIBUTED_TO, iris.curator(curation)
    yield standard.CREATED, Literal(curation.date.isoformat(), datatype=standard.XSD_DATE)
