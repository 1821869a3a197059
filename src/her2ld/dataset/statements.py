"""Statements, claims and studies as quads, and read back from quads: the one place for both.

There is a node for each in ``graph:statements``; plain triples are in ``graph:asserted`` or in ``graph:hedged``. The
data that are read may come from anyone. Missing parts of a statement are None or empty here, and so are parts that can
occur once and occur twice.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Quad

from her2ld import iris
from her2ld.dataset.node_data import About, NodeData, read_span
from her2ld.statements import Claim, Curation, Dose, Group, Result, Span, Statement, Study
from her2ld.statements.paper_comparison import Compared, compare, licences
from her2ld.statements.plain import Judge, Licence, judge
from her2ld.statements.statement import FIELDS, LINKS, WORDS, Value
from her2ld.vocabulary import model as graphs
from her2ld.vocabulary import standard
from her2ld.vocabulary import statement_model as model
from her2ld.vocabulary.ontology import Vocabulary

KINDS = (model.STATEMENT, model.KNOWLEDGE_GAP)
CLAIM_PARTS = (model.SUBJECT, model.RELATION, model.OBJECT)
# The properties from a statement to words of a paper.
SPANS = (model.EVIDENCE, *WORDS, model.UNKNOWN_ASPECT)
# The properties that are read into a field of their own; all other properties of a statement are its values.
_READ_APART = frozenset({
    standard.TYPE, standard.LABEL, standard.DERIVED_FROM, *LINKS, model.HAS_CLAIM, *SPANS, model.RESULT, model.DOSE,
    model.ABOUT, model.EVIDENCE_TYPE,
})  # fmt: skip

Description = Iterator[tuple[NamedNode, NamedNode, Value]]


class _Part(NamedTuple):
    """A field of a result, a dose, a study or a group: its name in the dataclass, its property, how it is read."""

    name: str
    property: NamedNode
    read: "Callable[[About, NamedNode, NodeData], object]"


# --- Written ------------------------------------------------------------------------------------------------------


def judge_of(curations: Sequence[Curation], vocabulary: Vocabulary) -> Judge:
    """Return a judge of the statements of those papers."""
    return judge(
        vocabulary.steering,
        (study for curation in curations for study in curation.studies),
        (group for curation in curations for group in curation.groups),
    )


def compared(curations: Sequence[Curation], vocabulary: Vocabulary) -> Compared:
    """Return the comparison of those papers."""
    by = judge_of(curations, vocabulary)
    return compare((each for curation in curations for each in curation.statements), by)


def plain_quads(
    curations: Sequence[Curation], vocabulary: Vocabulary, comparison: Compared | None = None
) -> Iterator[Quad]:
    """Yield the plain triples that statements license: the asserted ones, then the hedged, each once in a graph."""
    statements = tuple(each for curation in curations for each in curation.statements)
    yield from licensed_quads(licences(statements, judge_of(curations, vocabulary), comparison))


def licensed_quads(licensed: Iterable[tuple[Statement, Licence]]) -> Iterator[Quad]:
    """Yield the plain triples of statements with their licences, in the order of :func:`plain_quads`."""
    found = list(licensed)
    for wanted, graph in ((Licence.ASSERTED, graphs.ASSERTED_GRAPH), (Licence.HEDGED, graphs.HEDGED_GRAPH)):
        # Subjects are in the order in which a curator first used each.
        by_subject: dict[object, dict[Quad, None]] = {}
        for statement, licence in found:
            claim = statement.claim
            if licence is wanted and claim and claim.subject and claim.relation and claim.object:
                quad = Quad(claim.subject, claim.relation, claim.object, graph)
                by_subject.setdefault(quad.subject, {})[quad] = None
        for quads in by_subject.values():
            yield from quads


def statement_quads(curation: Curation) -> Iterator[Quad]:
    """Yield a node for the curator, the reading of the paper, every study, group and statement."""
    for subject, predicate, value in _describe(curation):
        yield Quad(subject, predicate, value, graphs.STATEMENTS_GRAPH)


def claim_quads(
    curations: Iterable[Curation], vocabulary: Vocabulary, comparison: Compared | None = None
) -> Iterator[Quad]:
    """Yield a node for every claim, once for all papers, with its status if a comparison is given."""
    statuses = comparison.statuses if comparison else {}
    claims = dict.fromkeys(
        statement.claim for curation in curations for statement in curation.statements if statement.claim
    )
    for claim in claims:
        parts = [each for each in (claim.subject, claim.relation, claim.object) if each]
        label = Literal(" ".join(map(vocabulary.label, parts)), language="en")
        yield Quad(claim.iri, standard.TYPE, model.CLAIM, graphs.STATEMENTS_GRAPH)
        yield Quad(claim.iri, standard.LABEL, label, graphs.STATEMENTS_GRAPH)
        for property_, value in zip(CLAIM_PARTS, parts, strict=True):
            yield Quad(claim.iri, property_, value, graphs.STATEMENTS_GRAPH)
        if status := statuses.get(claim.iri):
            yield Quad(claim.iri, model.CLAIM_STATUS, status.value, graphs.STATEMENTS_GRAPH)


def quoted_spans(curation: Curation) -> Iterator[Span]:
    """Yield every span that is a quote, and so a node with a selector of its own."""
    for statement in curation.statements:
        yield from statement.quoted()
    for study in curation.studies:
        yield from study.evidence
    for group in curation.groups:
        yield from group.evidence


def word_spans(curation: Curation) -> Iterator[Span]:
    """Yield every span of words to which a statement points and that is not a quote."""
    for statement in curation.statements:
        for _, span in statement.words:
            yield span


def _describe(curation: Curation) -> Description:
    record = curation.record
    curator, reading = iris.curator(curation), iris.curation(record)
    yield curator, standard.TYPE, standard.AGENT
    yield curator, standard.LABEL, Literal(curation.curator, language="en")
    yield reading, standard.TYPE, model.CURATION
    yield reading, standard.DERIVED_FROM, iris.article(record)
    yield reading, standard.ATTRIBUTED_TO, curator
    yield reading, standard.CREATED, Literal(curation.date.isoformat(), datatype=standard.XSD_DATE)
    for study in curation.studies:
        yield study.iri, standard.TYPE, model.STUDY_CLASS
        yield study.iri, standard.DERIVED_FROM, iris.article(record)
        yield from _parts(study.iri, study, _STUDY)
    for group in curation.groups:
        yield group.iri, standard.TYPE, model.STUDY_GROUP
        yield group.iri, standard.DERIVED_FROM, iris.article(record)
        yield from _parts(group.iri, group, _GROUP)
    for statement in curation.statements:
        yield from _describe_statement(statement)


def _describe_statement(statement: Statement) -> Description:
    node = statement.iri
    yield node, standard.TYPE, model.KNOWLEDGE_GAP if statement.is_gap else model.STATEMENT
    yield node, standard.LABEL, Literal(statement.label, language="en")
    if statement.link and statement.claim:
        yield node, statement.link, statement.claim.iri
    pointers: tuple[tuple[NamedNode, Iterable[NamedNode]], ...] = (
        (model.UNKNOWN_ASPECT, (statement.unknown.iri,) if statement.unknown else ()),
        (model.EVIDENCE, (span.iri for span in statement.evidence)),
        (model.EVIDENCE_TYPE, statement.evidence_types),
        (model.RESULT, (result.iri for result in statement.results)),
        (model.DOSE, (dose.iri for dose in statement.doses)),
        (standard.DERIVED_FROM, (statement.paper,) if statement.paper else ()),
    )
    yield from ((node, model.ABOUT, term) for term in statement.about)
    yield from ((node, property_, value) for property_, value in statement.values)
    yield from ((node, property_, span.iri) for property_, span in statement.words)
    yield from ((node, property_, value) for property_, values in pointers for value in values)
    for result in statement.results:
        yield result.iri, standard.TYPE, model.RESULT_CLASS
        yield from _parts(result.iri, result, _RESULT)
    for dose in statement.doses:
        yield dose.iri, standard.TYPE, model.DOSE_CLASS
        yield from _parts(dose.iri, dose, _DOSE)


def _parts(node: NamedNode, whole: object, parts: Iterable[_Part]) -> Description:
    for name, property_, _ in parts:
        found = getattr(whole, name)
        for value in found if isinstance(found, tuple) else (found,):
            if value is not None:
                yield node, property_, _term(value)


def _term(value: object) -> Value:
    match value:
        case NamedNode() | Literal():
            return value
        case Span():
            return value.iri
        case Decimal():
            return decimal_literal(value)
        case int():
            return Literal(value)
    return Literal(str(value))


def decimal_literal(value: Decimal) -> Literal:
    """Return a decimal in its canonical form (XML Schema 1.1 part 2, E.1), which triple stores keep unchanged.

    >>> decimal_literal(Decimal("0.520"))
    <Literal value=0.52 datatype=<NamedNode value=http://www.w3.org/2001/XMLSchema#decimal>>
    """
    digits = f"{value:f}"
    digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
    return Literal("0" if digits in ("-0", "") else digits, datatype=standard.XSD_DECIMAL)


# --- Read back ----------------------------------------------------------------------------------------------------


def read_statements(data: NodeData) -> Iterator[Statement]:
    """Yield the statements and then the knowledge gaps, in the order of their quotes in the papers."""
    for kind in KINDS:
        yield from sorted((read_statement(node, data) for node in data.instances(kind)), key=_place)


def curated_in(quads: Iterable[Quad]) -> tuple[list[Quad], list[NamedNode]]:
    """Return the quads of statements and records, and in their order the statements and knowledge gaps among them."""
    wanted = {graphs.STATEMENTS_GRAPH, graphs.RECORDS_GRAPH}
    curated = [quad for quad in quads if quad.graph_name in wanted]
    nodes = dict.fromkeys(
        quad.subject
        for quad in curated
        if quad.predicate == standard.TYPE and quad.object in KINDS and isinstance(quad.subject, NamedNode)
    )
    return curated, list(nodes)


def read_studies(data: NodeData) -> tuple[tuple[Study, ...], tuple[Group, ...]]:
    """Return the studies and the groups, sorted by IRI."""
    studies = sorted(data.instances(model.STUDY_CLASS), key=str)
    groups = sorted(data.instances(model.STUDY_GROUP), key=str)
    return (
        tuple(Study(iri=iri, **_read(data.about(iri), _STUDY, data)) for iri in studies),  # type: ignore[arg-type]
        tuple(Group(iri=iri, **_read(data.about(iri), _GROUP, data)) for iri in groups),  # type: ignore[arg-type]
    )


def read_statement(node: NamedNode, data: NodeData) -> Statement:
    """Return the statement or the knowledge gap of a node."""
    about = data.about(node)
    links = [(link, value) for link in LINKS for value in about.get(link, ()) if isinstance(value, NamedNode)]
    link, claim = (links[0][0], read_claim(links[0][1], data)) if len(links) == 1 else (None, None)
    of_fields = [field.property for field in FIELDS]
    others = sorted((each for each in about if each not in {*of_fields, *_READ_APART}), key=str)
    return Statement(
        iri=node,
        label=_text(about, standard.LABEL, data) or node.value,
        link=link,
        claim=claim,
        evidence=_spans(about, model.EVIDENCE, data),
        values=tuple(
            (property_, value)
            for property_ in (*of_fields, *others)
            for value in about.get(property_, ())
            if isinstance(value, NamedNode | Literal)
        ),
        words=tuple((property_, span) for property_ in WORDS for span in _spans(about, property_, data)),
        results=tuple(
            Result(iri=iri, **_read(data.about(iri), _RESULT, data))  # type: ignore[arg-type]
            for iri in _iris(about, model.RESULT, data)
        ),
        doses=tuple(
            Dose(iri=iri, **_read(data.about(iri), _DOSE, data))  # type: ignore[arg-type]
            for iri in _iris(about, model.DOSE, data)
        ),
        about=_iris(about, model.ABOUT, data),
        unknown=next(iter(_spans(about, model.UNKNOWN_ASPECT, data)), None),
        evidence_types=_iris(about, model.EVIDENCE_TYPE, data),
        paper=_iri(about, standard.DERIVED_FROM, data),
    )


def read_claim(node: NamedNode, data: NodeData) -> Claim:
    """Return the claim of a node."""
    about = data.about(node)
    return Claim(node, *(_iri(about, each, data) for each in CLAIM_PARTS))


def _place(statement: Statement) -> tuple[str, bool, int, int, str]:
    if not statement.evidence:
        return "", False, 0, 0, statement.iri.value
    span = statement.evidence[0]
    record, _, part = span.text.value.rpartition("/")
    return record, part != "title", span.start, span.end, statement.iri.value


def _read(about: About, parts: Iterable[_Part], data: NodeData) -> dict[str, object]:
    return {name: read(about, property_, data) for name, property_, read in parts}


def _iris(about: About, property_: NamedNode, _: NodeData) -> tuple[NamedNode, ...]:
    return tuple(value for value in about.get(property_, ()) if isinstance(value, NamedNode))


def _iri(about: About, property_: NamedNode, data: NodeData) -> NamedNode | None:
    values = _iris(about, property_, data)
    return values[0] if len(values) == 1 else None


def _texts(about: About, property_: NamedNode, _: NodeData) -> tuple[str, ...]:
    return tuple(value.value for value in about.get(property_, ()) if isinstance(value, Literal))


def _text(about: About, property_: NamedNode, data: NodeData) -> str | None:
    values = _texts(about, property_, data)
    return values[0] if values else None


def _decimal(about: About, property_: NamedNode, data: NodeData) -> Decimal | None:
    values = _texts(about, property_, data)
    try:
        return Decimal(values[0]) if len(values) == 1 else None
    except InvalidOperation:
        return None


def _whole(about: About, property_: NamedNode, data: NodeData) -> int | None:
    values = _texts(about, property_, data)
    return int(values[0]) if len(values) == 1 and values[0].isdecimal() else None


def _spans(about: About, property_: NamedNode, data: NodeData) -> tuple[Span, ...]:
    found = (read_span(iri, data) for iri in _iris(about, property_, data))
    return tuple(span for span in found if span)


_RESULT = (
    _Part("measure", model.MEASURE, _iri),
    _Part("group", model.GROUP, _iri),
    _Part("value", model.VALUE, _decimal),
    _Part("operator", model.OPERATOR, _text),
    _Part("unreached", model.UNREACHED, _iri),
    _Part("lower", model.LOWER, _decimal),
    _Part("lower_unreached", model.LOWER_UNREACHED, _iri),
    _Part("upper", model.UPPER, _decimal),
    _Part("upper_unreached", model.UPPER_UNREACHED, _iri),
    _Part("deviation", model.DEVIATION, _decimal),
    _Part("interval_kind", model.INTERVAL_KIND, _iri),
    _Part("level", model.LEVEL, _decimal),
    _Part("unit", model.UNIT, _text),
    _Part("count", model.COUNT, _whole),
    _Part("out_of", model.OUT_OF, _whole),
    _Part("counted", model.COUNTED, _iri),
    _Part("p_value", model.P_VALUE, _decimal),
    _Part("p_operator", model.P_OPERATOR, _text),
    _Part("significance", model.SIGNIFICANCE, _iri),
    _Part("time", model.RESULT_TIME, _text),
    _Part("printed_at", model.PRINTED_AT, _spans),
)
_DOSE = (
    _Part("agent", model.AGENT, _iri),
    _Part("value", model.VALUE, _decimal),
    _Part("lower", model.LOWER, _decimal),
    _Part("upper", model.UPPER, _decimal),
    _Part("unit", model.UNIT, _text),
    _Part("schedule", model.SCHEDULE, _text),
    _Part("printed_at", model.PRINTED_AT, _spans),
)
_STUDY = (
    _Part("called", model.CALLED, _text),
    _Part("designs", model.DESIGN, _iris),
    _Part("registry_numbers", model.REGISTRATION_NUMBER, _texts),
    _Part("populations", model.POPULATION, _iris),
    _Part("size", model.SIZE, _whole),
    _Part("evidence", model.EVIDENCE, _spans),
)
_GROUP = (
    _Part("called", model.CALLED, _text),
    _Part("of_study", model.OF_STUDY, _iri),
    _Part("within", model.WITHIN, _iri),
    _Part("regimen", model.REGIMEN, _iri),
    _Part("populations", model.POPULATION, _iris),
    _Part("conditions", model.CONDITION, _iris),
    _Part("size", model.SIZE, _whole),
    _Part("evidence", model.EVIDENCE, _spans),
)
