"""Statements and knowledge gaps as a store holds them; what a store lacks of one is None here."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, Store, Triple

from her2ld.vocabulary import model, standard
from her2ld.vocabulary.ontology import Modality, Vocabulary

_OFFSET = re.compile(r"[0-9]{1,9}")

Term = NamedNode | BlankNode | Literal | Triple


@dataclass(frozen=True, slots=True)
class Span:
    """A run of characters of a text: its IRI, the IRI of the text, offsets in code points, and the characters."""

    iri: NamedNode
    text: NamedNode
    start: int
    end: int
    exact: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement, or a knowledge gap: what it is about (``about``) instead of subject, relation and object.

    ``qualifiers`` are all properties that say more of it, each with its value, and ``paper`` is what it was read in.
    """

    iri: NamedNode
    label: str
    is_gap: bool
    subject: Term | None
    relation: NamedNode | None
    object: Term | None
    about: tuple[Term, ...]
    modality: NamedNode | None
    settled: bool
    evidence: Span | None
    cue: Span | None
    unknown: Span | None
    qualifiers: tuple[tuple[NamedNode, Term], ...]
    paper: NamedNode | None
    curators: tuple[Term, ...]
    date: str

    @property
    def parts(self) -> Iterable[tuple[NamedNode, Term]]:
        """Give what the statement is made of, each with the property by which it is."""
        named = ((standard.SUBJECT, self.subject), (standard.PREDICATE, self.relation), (standard.OBJECT, self.object))
        yield from ((property_, part) for property_, part in named if part is not None)
        yield from ((model.ABOUT, part) for part in self.about)
        if self.modality:
            yield model.MODALITY, self.modality
        yield from self.qualifiers


_SAID_ELSEWHERE = frozenset({
    standard.TYPE,
    standard.LABEL,
    standard.SUBJECT,
    standard.PREDICATE,
    standard.OBJECT,
    standard.DERIVED_FROM,
    standard.ATTRIBUTED_TO,
    standard.CREATED,
    model.ABOUT,
    model.MODALITY,
    model.CUE,
    model.EVIDENCE,
    model.UNKNOWN_ASPECT,
})  # fmt: skip


def read_statements(store: Store, vocabulary: Vocabulary) -> Iterator[Statement]:
    """Yield the statements and then the knowledge gaps of a store, each in the order in which they are read."""
    modalities = {modality.iri: modality for modality in vocabulary.modalities.values()}
    for kind in (model.STATEMENT, model.KNOWLEDGE_GAP):
        nodes = {quad.subject for quad in store.quads_for_pattern(None, standard.TYPE, kind)}
        found = (_read(store, node, kind, modalities) for node in nodes if isinstance(node, NamedNode))
        yield from sorted(found, key=_place)


def _place(statement: Statement) -> tuple[str, bool, int, int, str]:
    span = statement.evidence
    if span is None:
        return "", False, 0, 0, statement.iri.value
    record, _, part = span.text.value.rpartition("/")
    return record, part != "title", span.start, span.end, statement.iri.value


def _read(store: Store, node: NamedNode, kind: NamedNode, modalities: Mapping[NamedNode, Modality]) -> Statement:
    said: dict[NamedNode, list[Term]] = {}
    for quad in sorted(store.quads_for_pattern(node, None, None), key=str):
        said.setdefault(quad.predicate, []).append(quad.object)

    def one(property_: NamedNode) -> Term | None:
        return next(iter(said.get(property_, ())), None)

    def iri(property_: NamedNode) -> NamedNode | None:
        return next((value for value in said.get(property_, ()) if isinstance(value, NamedNode)), None)

    def text(property_: NamedNode) -> str:
        return next((value.value for value in said.get(property_, ()) if isinstance(value, Literal)), "")

    modality = iri(model.MODALITY)
    return Statement(
        iri=node,
        label=text(standard.LABEL) or node.value,
        is_gap=kind == model.KNOWLEDGE_GAP,
        subject=one(standard.SUBJECT),
        relation=iri(standard.PREDICATE),
        object=one(standard.OBJECT),
        about=tuple(said.get(model.ABOUT, ())),
        modality=modality,
        settled=modality is not None and modality in modalities and modalities[modality].settles,
        evidence=read_span(store, iri(model.EVIDENCE)),
        cue=read_span(store, iri(model.CUE)),
        unknown=read_span(store, iri(model.UNKNOWN_ASPECT)),
        qualifiers=tuple(
            (property_, value)
            for property_, values in sorted(said.items(), key=lambda item: item[0].value)
            if property_ not in _SAID_ELSEWHERE
            for value in values
        ),
        paper=iri(standard.DERIVED_FROM),
        curators=tuple(said.get(standard.ATTRIBUTED_TO, ())),
        date=text(standard.CREATED),
    )


def read_span(store: Store, iri: NamedNode | None) -> Span | None:
    """Give a run of characters; None where the store does not say which characters of which text it is."""
    if iri is None:
        return None
    source = _value(store, iri, standard.HAS_SOURCE)
    selector = _value(store, iri, standard.HAS_SELECTOR)
    if not isinstance(source, NamedNode) or not isinstance(selector, NamedNode):
        return None
    start, end, exact = (_value(store, selector, each) for each in (standard.START, standard.END, standard.EXACT))
    if not (isinstance(start, Literal) and isinstance(end, Literal)):
        return None
    if not (_OFFSET.fullmatch(start.value) and _OFFSET.fullmatch(end.value)):
        return None
    words = exact.value if isinstance(exact, Literal) else ""
    return Span(iri, source, int(start.value), int(end.value), words)


def _value(store: Store, subject: NamedNode, predicate: NamedNode) -> Term | None:
    return min((quad.object for quad in store.quads_for_pattern(subject, predicate, None)), key=str, default=None)
