"""Statements and knowledge gaps as quads, and read back from quads.

There is a node for each in ``graph:statements``; plain triples stand in ``graph:settled`` or in ``graph:hedged``.
What is read back may come from anyone: what the data lack of a statement is None or empty here.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store, Triple

from her2ld.dataset import iris
from her2ld.pubmed import Span
from her2ld.statements import Curation, KnowledgeGap, Statement, plain
from her2ld.statements.fields import in_order
from her2ld.statements.plain import Standing
from her2ld.vocabulary import model, standard
from her2ld.vocabulary.ontology import Modality, Vocabulary

_OFFSET = re.compile(r"[0-9]{1,9}")
_PLAIN_GRAPHS = {Standing.ASSERTED: model.SETTLED_GRAPH, Standing.HEDGED: model.HEDGED_GRAPH}
KINDS = (model.STATEMENT, model.KNOWLEDGE_GAP)
# What is said of a statement or a knowledge gap is its label, its claim or its origin; all else is a qualifier.
TRIPLE = (standard.SUBJECT, standard.PREDICATE, standard.OBJECT)
CLAIM = (standard.TYPE, *TRIPLE, model.POLARITY, model.ABOUT, model.UNKNOWN_ASPECT, model.MODALITY)
ORIGIN = (
    model.MODALITY,  # of both: in the claim it keeps a hedge, in the origin it tells how sure the author is
    model.CUE,
    model.EVIDENCE,
    model.EVIDENCE_TYPE,
    standard.DERIVED_FROM,
    standard.ATTRIBUTED_TO,
    standard.CREATED,
)
_NO_QUALIFIERS = frozenset({standard.LABEL, *CLAIM, *ORIGIN})
# What each has exactly once.
NEEDED = {
    model.STATEMENT: (*TRIPLE, model.POLARITY),
    model.KNOWLEDGE_GAP: (model.UNKNOWN_ASPECT,),
}
NEEDED_BY_BOTH = (standard.LABEL, *(each for each in ORIGIN if each not in {model.CUE, model.EVIDENCE_TYPE}))
# What it rests on.
SOURCES = (model.EVIDENCE, standard.DERIVED_FROM)
# Where a statement names a thing, and where it points to the words of a paper.
NAMING = (*TRIPLE, model.ABOUT, standard.DERIVED_FROM)
SPANS = (model.EVIDENCE, model.CUE, model.UNKNOWN_ASPECT)
# What a span needs, itself and by its selector, to be read.
SPAN_PROPERTIES = (standard.HAS_SOURCE, standard.HAS_SELECTOR, standard.START, standard.END, standard.EXACT)

Value = NamedNode | BlankNode | Literal | Triple
About = Mapping[NamedNode, Sequence[Value]]


@dataclass(frozen=True, slots=True)
class Said:
    """What data say: ``about`` a node, by property, and which nodes are ``instances`` of a class."""

    about: Callable[[NamedNode], About]
    instances: Callable[[NamedNode], Iterable[NamedNode]]


@dataclass(frozen=True, slots=True)
class SpanNode:
    """A run of characters of a text: its IRI, the IRI of the text, offsets in code points, and the characters."""

    iri: NamedNode
    text: NamedNode
    start: int
    end: int
    exact: str

    @property
    def of_record(self) -> Span:
        """The same as a span of its record."""
        return Span(self.text.value.rpartition("/")[2], self.start, self.end, self.exact)


@dataclass(frozen=True, slots=True)
class StatementNode:
    """A statement, or a knowledge gap: what it is about (``about``) instead of subject, relation and object.

    What the data lack of it is None or empty here; of what can be there only once and is there twice, nothing is known.
    ``qualifiers`` are all properties that no other field holds, each with its value, sorted by property; ``paper`` is
    what the statement was read in. ``certainty`` is what the ontology says of the modality.
    """

    iri: NamedNode
    kind: NamedNode
    label: str
    subject: Value | None
    relation: NamedNode | None
    object: Value | None
    about: tuple[Value, ...]
    polarity: NamedNode | None
    modality: NamedNode | None
    certainty: Modality | None
    evidence: SpanNode | None
    evidence_types: tuple[Value, ...]
    cue: SpanNode | None
    unknown: SpanNode | None
    qualifiers: tuple[tuple[NamedNode, Value], ...]
    paper: NamedNode | None
    curators: tuple[Value, ...]
    date: str

    @property
    def standing(self) -> Standing:
        """How it stands to its own triple."""
        return plain.standing(self.polarity, self.certainty)

    @property
    def is_sure(self) -> bool:
        """Whether its author leaves no doubt, be it that something is so or that it is not."""
        return plain.is_sure(self.certainty)

    @property
    def is_gap(self) -> bool:
        """Whether it says what is not known."""
        return self.kind == model.KNOWLEDGE_GAP

    @property
    def topics(self) -> Iterator[tuple[NamedNode, Value]]:
        """Yield what it is about, each with the property by which it is."""
        yield from ((standard.SUBJECT, each) for each in (self.subject,) if each is not None)
        yield from ((standard.OBJECT, each) for each in (self.object,) if each is not None)
        yield from ((model.ABOUT, each) for each in self.about)

    @property
    def qualifications(self) -> Iterator[tuple[NamedNode, Value | SpanNode]]:
        """Yield what limits it or says more of it: qualifiers, words, and a polarity other than affirmed."""
        yield from self.qualifiers
        yield from ((model.CUE, each) for each in (self.cue,) if each)
        yield from ((model.UNKNOWN_ASPECT, each) for each in (self.unknown,) if each)
        yield from ((model.POLARITY, each) for each in (self.polarity,) if each and not plain.affirms(each))

    @property
    def parts(self) -> Iterator[tuple[NamedNode, Value]]:
        """Yield what the statement is made of, each with the property by which it is."""
        named = ((standard.SUBJECT, self.subject), (standard.PREDICATE, self.relation), (standard.OBJECT, self.object))
        yield from ((property_, part) for property_, part in named if part is not None)
        yield from ((model.ABOUT, part) for part in self.about)
        if self.modality:
            yield model.MODALITY, self.modality
        rest = [*self.qualifiers, *((model.EVIDENCE_TYPE, each) for each in self.evidence_types)]
        if self.polarity:
            rest.append((model.POLARITY, self.polarity))
        yield from sorted(rest, key=lambda part: part[0].value)


def plain_quads(curations: Iterable[Curation], standing: Standing) -> Iterator[Quad]:
    """Yield the plain triple of every statement of that standing, each once."""
    graph = _PLAIN_GRAPHS[standing]
    licensed = (
        Quad(said.subject.iri, said.relation.iri, said.object.iri, graph)
        for curation in curations
        for said in curation.statements
        if plain.standing(said.polarity.iri, said.modality) is standing
    )
    # Subject by subject, in the order in which a curator first wrote of each.
    by_subject: dict[object, dict[Quad, None]] = {}
    for quad in licensed:
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
        if not plain.affirms(said.polarity.iri):
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


def said_in(quads: Iterable[Quad]) -> Said:
    """Return what quads say, whatever their graphs; values are in the order in which they come, each once."""
    values: defaultdict[object, defaultdict[NamedNode, dict[Value, None]]] = defaultdict(lambda: defaultdict(dict))
    instances: defaultdict[object, dict[NamedNode, None]] = defaultdict(dict)
    for subject, predicate, value, _ in quads:
        values[subject][predicate][value] = None
        if predicate == standard.TYPE and isinstance(subject, NamedNode):
            instances[value][subject] = None
    about = {
        node: {predicate: tuple(each) for predicate, each in properties.items()} for node, properties in values.items()
    }
    nothing: About = {}
    return Said(lambda node: about.get(node, nothing), lambda kind: instances.get(kind, {}))


def said_by(store: Store) -> Said:
    """Return what a store says, whatever its graphs; values are sorted, each once."""

    def about(node: NamedNode) -> About:
        values: dict[NamedNode, dict[Value, None]] = {}
        for quad in sorted(store.quads_for_pattern(node, None, None), key=str):
            values.setdefault(quad.predicate, {})[quad.object] = None
        return {predicate: tuple(each) for predicate, each in values.items()}

    def instances(kind: NamedNode) -> Iterable[NamedNode]:
        found = {quad.subject for quad in store.quads_for_pattern(None, standard.TYPE, kind)}
        return (node for node in found if isinstance(node, NamedNode))

    return Said(about, instances)


def read_statements(said: Said, vocabulary: Vocabulary) -> Iterator[StatementNode]:
    """Yield the statements and then the knowledge gaps, each in the order in which they are read in a paper."""
    for kind in KINDS:
        found = (read_statement(node, kind, said, vocabulary) for node in said.instances(kind))
        yield from sorted(found, key=_place)


def _place(statement: StatementNode) -> tuple[str, bool, int, int, str]:
    span = statement.evidence
    if span is None:
        return "", False, 0, 0, statement.iri.value
    record, _, part = span.text.value.rpartition("/")
    return record, part != "title", span.start, span.end, statement.iri.value


def read_statement(node: NamedNode, kind: NamedNode, said: Said, vocabulary: Vocabulary) -> StatementNode:
    """Return the statement or the knowledge gap (``kind`` says which) that a node stands for."""
    about = said.about(node)
    modality = _only_iri(about, model.MODALITY)
    return StatementNode(
        iri=node,
        kind=kind,
        label=_text(about, standard.LABEL) or node.value,
        subject=_only(about, standard.SUBJECT),
        relation=_only_iri(about, standard.PREDICATE),
        object=_only(about, standard.OBJECT),
        about=tuple(about.get(model.ABOUT, ())),
        polarity=_only_iri(about, model.POLARITY),
        modality=modality,
        certainty=next((each for each in vocabulary.modalities.values() if each.iri == modality), None),
        evidence=read_span(_iri(about, model.EVIDENCE), said),
        evidence_types=tuple(about.get(model.EVIDENCE_TYPE, ())),
        cue=read_span(_iri(about, model.CUE), said),
        unknown=read_span(_iri(about, model.UNKNOWN_ASPECT), said),
        qualifiers=tuple(
            (property_, value)
            for property_, values in sorted(about.items(), key=lambda item: item[0].value)
            if property_ not in _NO_QUALIFIERS
            for value in values
        ),
        paper=_iri(about, standard.DERIVED_FROM),
        curators=tuple(about.get(standard.ATTRIBUTED_TO, ())),
        date=_text(about, standard.CREATED),
    )


def read_span(iri: NamedNode | None, said: Said) -> SpanNode | None:
    """Return a run of characters; None where the data do not say which characters of which text it is."""
    if iri is None:
        return None
    span = said.about(iri)
    source, selector = (_first(span, each) for each in (standard.HAS_SOURCE, standard.HAS_SELECTOR))
    if not isinstance(source, NamedNode) or not isinstance(selector, NamedNode):
        return None
    place = said.about(selector)
    start, end, exact = (_first(place, each) for each in (standard.START, standard.END, standard.EXACT))
    if not (isinstance(start, Literal) and isinstance(end, Literal)):
        return None
    if not (_OFFSET.fullmatch(start.value) and _OFFSET.fullmatch(end.value)):
        return None
    return SpanNode(iri, source, int(start.value), int(end.value), exact.value if isinstance(exact, Literal) else "")


def curated_statement(node: StatementNode, vocabulary: Vocabulary) -> Statement | None:
    """Return the statement that was written as this node; None where the node lacks a part, or it is a knowledge gap.

    It is what :func:`statement_quads` was given, but for the place in ``statements.toml``.
    """
    subject, relation, object_, polarity = (
        vocabulary.terms.get(each) if isinstance(each, NamedNode) else None
        for each in (node.subject, node.relation, node.object, node.polarity)
    )
    if node.is_gap or not (subject and relation and object_ and polarity and node.certainty and node.evidence):
        return None
    qualifiers = tuple(
        (property_, value) for property_, value in node.qualifiers if isinstance(value, NamedNode | Literal)
    )
    return Statement(
        subject,
        relation,
        object_,
        node.certainty,
        polarity,
        node.evidence.of_record,
        node.cue.of_record if node.cue else None,
        in_order(qualifiers),
        where=node.iri.value,
    )


def curated_gap(node: StatementNode, vocabulary: Vocabulary) -> KnowledgeGap | None:
    """Return the knowledge gap that was written as this node; None where the node lacks a part, or is a statement."""
    if not (node.is_gap and node.unknown and node.certainty and node.evidence and node.cue):
        return None
    about = tuple(
        vocabulary.terms[each] for each in node.about if isinstance(each, NamedNode) and each in vocabulary.terms
    )
    if len(about) < len(node.about):
        return None
    spans = (node.evidence.of_record, node.cue.of_record)
    return KnowledgeGap(about, node.unknown.of_record, node.certainty, *spans, where=node.iri.value)


def _first(about: About, property_: NamedNode) -> Value | None:
    return next(iter(about.get(property_, ())), None)


def _only(about: About, property_: NamedNode) -> Value | None:
    """Return the one value of a property; None where there are several: which of them is meant is not known."""
    values = about.get(property_, ())
    return values[0] if len(values) == 1 else None


def _only_iri(about: About, property_: NamedNode) -> NamedNode | None:
    value = _only(about, property_)
    return value if isinstance(value, NamedNode) else None


def _iri(about: About, property_: NamedNode) -> NamedNode | None:
    return next((value for value in about.get(property_, ()) if isinstance(value, NamedNode)), None)


def _text(about: About, property_: NamedNode) -> str:
    return next((value.value for value in about.get(property_, ()) if isinstance(value, Literal)), "")
