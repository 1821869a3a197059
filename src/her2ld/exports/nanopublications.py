"""Nanopublications: each statement and knowledge gap as a small publication with a trusty URI.

A trusty URI ends with a hash of the content (Trusty URI Specification, version 1, module RA).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import IO, TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad, Triple

from her2ld import iris
from her2ld.dataset import to_rdflib
from her2ld.dataset.node_data import About, NodeData, data_in
from her2ld.dataset.standing import MARKS
from her2ld.dataset.statements import CLAIM_PARTS, KINDS, SPANS, curated_in, read_statement, read_studies
from her2ld.errors import ExportError, Problem
from her2ld.exports.turtle import lines_without_prefixes, prefix_lines
from her2ld.statements import Statement, plain
from her2ld.statements.paper_comparison import licences
from her2ld.statements.plain import Judge, Licence
from her2ld.statements.statement import FIELDS, LINKS, WORDS, FieldPart
from her2ld.vocabulary import model, standard, statement_model

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from her2ld.statements.statement import Value
    from her2ld.vocabulary.ontology import Vocabulary


def artifact_code(quads: Iterable[Quad], iri: NamedNode) -> str:
    """Return the artifact code, ``RA`` and a SHA-256 in 45 characters, for quads with ``iri`` and ``iri#…``.

    The last path segment of ``iri`` is a placeholder for the code. The quads must have no blank nodes. Raises
    ExportError if the nanopub library is not installed.

    >>> from pyoxigraph import Literal, NamedNode, Quad
    >>> def quads(iri):
    ...     yield Quad(iri, NamedNode("http://example.org/says"), Literal("so"), NamedNode(iri.value + "#graph"))
    >>> old, new = NamedNode("http://example.org/old"), NamedNode("http://example.org/new")
    >>> artifact_code(quads(old), old) == artifact_code(quads(new), new)
    True
    """
    make_hash = _reference_implementation()
    # rdflib keeps each lexical form here, because nothing is parsed and to_rdflib does not normalise.
    in_its_order = [(graph, *triple) for *triple, graph in to_rdflib(quads).quads()]
    return make_hash(in_its_order, hashstr=" ", baseuri=f"{iri.value}#")


def _reference_implementation() -> Callable[..., str]:
    import rdflib

    before = rdflib.NORMALIZE_LITERALS
    try:
        from nanopub.trustyuri.rdf.RdfHasher import make_hash
    except ImportError as error:
        remedy = "install it: pip install 'her2ld[nanopub]'"
        raise ExportError([Problem("nanopub", f"{error.name} is not installed", remedy)]) from error
    finally:
        rdflib.NORMALIZE_LITERALS = before  # the import of the library switches it off for the whole process
    return make_hash


_AXES = tuple(field.property for field in FIELDS if field.part is FieldPart.AXIS)
# Properties of a statement that add to the triple without limiting it.
_TOLD = frozenset(field.property for field in FIELDS if field.part is FieldPart.TOLD)
# The curator's own words are not part of the author's statement.
_NO_MORE = frozenset((*_AXES, statement_model.CURATOR_NOTE, statement_model.YEAR_SOURCE))

_PARTS_OF_SPANS = (standard.HAS_SOURCE, standard.HAS_SELECTOR)
# The place of a span. The text itself, which may be copyrighted, is not part of the nanopublication.
_PLACE = (
    standard.TYPE,
    *_PARTS_OF_SPANS,
    standard.IS_PART_OF,
    model.SHA256,
    standard.START,
    standard.END,
    standard.EXACT,
)
_ORIGIN = (
    *_AXES,
    statement_model.EVIDENCE,
    *WORDS,
    statement_model.UNKNOWN_ASPECT,
    statement_model.EVIDENCE_TYPE,
    standard.DERIVED_FROM,
)
# The notice about the standing of a paper.
_NOTICE = (standard.TYPE, model.KIND, standard.CITATION, model.CITED_WORK)
_READING = (standard.TYPE, standard.DERIVED_FROM, standard.ATTRIBUTED_TO, standard.CREATED)


@dataclass(frozen=True, slots=True)
class Nanopublication:
    """``iri`` is the trusty URI; ``quads`` are the four graphs: head, assertion, provenance, publication info."""

    iri: NamedNode
    quads: tuple[Quad, ...]


@dataclass(frozen=True, slots=True)
class _Source:
    """A statement with its licence, the data, and the curations by paper."""

    statement: Statement
    licence: Licence
    data: NodeData
    by: Judge
    vocabulary: Vocabulary
    readings: Mapping[NamedNode, NamedNode]

    @property
    def is_plain(self) -> bool:
        """Whether the statement says the same as its triple, without a limit; an unknown property may be a limit."""
        known = {property_ for property_, _ in self.statement.values} <= {*_AXES, *_TOLD, *MARKS}
        return self.licence is Licence.ASSERTED and known and not plain.setting(self.statement, self.by)

    @property
    def tells_more(self) -> bool:
        """Whether the statement says more than its triple."""
        return bool(self.statement.results) or any(each not in _NO_MORE for each, _ in self.statement.values)


def nanopublications(quads: Iterable[Quad], vocabulary: Vocabulary) -> Iterator[Nanopublication]:
    """Yield an unsigned nanopublication for each statement and knowledge gap of ``her2ld.dataset.build``, in its order.

    Statements and records are held in memory. Raises ExportError, before the first one, for statements that lack a
    part, for quads without a statement or with a blank node, and if the nanopub library is not installed.

    >>> from her2ld import build, curation_folders, read_curation, read_ontology
    >>> vocabulary = read_ontology()
    >>> curation = read_curation(curation_folders()[0], vocabulary)
    >>> published = list(nanopublications(build(vocabulary, [curation]), vocabulary))
    >>> len(published) == len(curation.statements)
    True
    """
    curated, nodes = curated_in(quads)
    data = data_in(chain(vocabulary.quads, curated))
    readings = {
        paper: reading
        for reading in data.instances(statement_model.CURATION)
        for paper in _iris(data.about(reading), [standard.DERIVED_FROM])
    }
    by = plain.judge(vocabulary.steering, *read_studies(data))
    licensed = licences(tuple(read_statement(node, data) for node in nodes), by)
    sources = [_Source(each, licence, data, by, vocabulary, readings) for each, licence in licensed]
    problems = [
        Problem(str(quad.subject), f"{quad.predicate} {quad.object} has a part without a name", "use IRIs")
        for quad in curated
        if not (isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal))
    ]
    problems += [problem for source in sources for problem in _problems(source)]
    if not sources:
        problems.append(Problem("quads", "they have no statement and no knowledge gap", "give a curated paper"))
    if problems:
        raise ExportError(problems)
    for source in sources:
        unnamed = iris.nanopublication("unnamed")
        iri = iris.nanopublication(artifact_code(_quads(unnamed, source), unnamed))
        yield Nanopublication(iri, tuple(_quads(iri, source)))


def write_nanopublications(quads: Iterable[Quad], output: IO[bytes], vocabulary: Vocabulary) -> tuple[int, int]:
    """Write nanopublications to a binary file in TriG, and return the numbers of nanopublications and of quads.

    The prefix ``sub:`` is declared before each. Raises ExportError as :func:`nanopublications` does.
    """
    added = {"nanopub": iris.nanopublication("").value, "np": standard.NP}
    shared = dict(sorted({**vocabulary.prefixes, **added}.items()))
    count = count_of_quads = 0
    for each in nanopublications(quads, vocabulary):
        if not count:  # nothing is written if there is a problem
            output.writelines(line.encode() for line in prefix_lines(shared))
        own = {"sub": f"{each.iri.value}#"}
        lines = chain(["\n"], prefix_lines(own), lines_without_prefixes(each.quads, {**shared, **own}))
        output.writelines(line.encode() for line in lines)
        count += 1
        count_of_quads += len(each.quads)
    return count, count_of_quads


def _problems(source: _Source) -> Iterator[Problem]:
    statement, data = source.statement, source.data
    about = data.about(statement.iri)
    remedy = "correct the statement; her2ld validate has details"
    for node, properties in _needed(source):
        count = sum(len(data.about(node).get(each, ())) for each in properties)
        if count != 1:
            names = " or ".join(each.value for each in properties)
            yield Problem(node.value, f"it has {count or 'no'} {names} and needs one", remedy)
    if statement_model.EVIDENCE not in about:
        yield Problem(statement.iri.value, f"it has no {statement_model.EVIDENCE.value} and needs one", remedy)
    for span in _iris(about, (statement_model.EVIDENCE, statement_model.UNKNOWN_ASPECT)):
        if len(_iris(data.about(span), _PARTS_OF_SPANS)) != len(_PARTS_OF_SPANS):
            yield Problem(statement.iri.value, f"the place of {span} in a text is missing", remedy)
    if _reading(source) is None:
        yield Problem(statement.iri.value, "the curation of its paper is missing", "give the curation with it")


def _needed(source: _Source) -> Iterator[tuple[NamedNode, tuple[NamedNode, ...]]]:
    """Yield each node with properties, of which it must have exactly one value."""
    statement, reading = source.statement, _reading(source)
    yield statement.iri, (standard.LABEL,)
    yield statement.iri, (standard.DERIVED_FROM,)
    if not statement.is_gap:
        yield statement.iri, (statement_model.CERTAINTY,)
    if not statement.about:
        yield statement.iri, LINKS
    if statement.claim:
        for part in CLAIM_PARTS:
            yield statement.claim.iri, (part,)
    if reading:
        yield reading, (standard.ATTRIBUTED_TO,)
        yield reading, (standard.CREATED,)


def _quads(iri: NamedNode, source: _Source) -> Iterator[Quad]:
    """Yield the four graphs of a nanopublication for a statement or knowledge gap."""
    head, assertion, provenance, publication_info = (
        NamedNode(f"{iri.value}#{name}") for name in ("Head", "assertion", "provenance", "pubinfo")
    )
    yield Quad(iri, standard.TYPE, standard.NANOPUBLICATION, head)
    yield Quad(iri, standard.HAS_ASSERTION, assertion, head)
    yield Quad(iri, standard.HAS_PROVENANCE, provenance, head)
    yield Quad(iri, standard.HAS_PUBLICATION_INFO, publication_info, head)
    about = source.data.about(source.statement.iri)
    claimed = tuple(dict.fromkeys(_claim(source)))
    yield from _within(assertion, claimed)
    for each in (source.statement.iri, *_iris(about, (statement_model.EVIDENCE, standard.DERIVED_FROM))):
        yield Quad(assertion, standard.DERIVED_FROM, each, provenance)
    yield from _within(provenance, dict.fromkeys(_origin(source)))
    yield from _within(publication_info, dict.fromkeys(_publication_info(iri, source, claimed)))


def _within(graph: NamedNode, triples: Iterable[Triple]) -> Iterator[Quad]:
    for triple in triples:
        yield Quad(triple.subject, triple.predicate, triple.object, graph)


def _described(node: NamedNode, about: About, predicates: Iterable[NamedNode]) -> Iterator[Triple]:
    for predicate in predicates:
        for value in about.get(predicate, ()):
            yield Triple(node, predicate, value)


def _claim(source: _Source) -> Iterator[Triple]:
    statement, data = source.statement, source.data
    about, claim = data.about(statement.iri), statement.claim
    if source.is_plain and claim and claim.subject and claim.relation and claim.object:
        yield Triple(claim.subject, claim.relation, claim.object)
    if source.is_plain and not source.tells_more:
        return
    values = dict.fromkeys(property_ for property_, _ in statement.values)
    parts = (statement_model.RESULT, statement_model.DOSE)
    whole = (standard.TYPE, *LINKS, statement_model.ABOUT, statement_model.UNKNOWN_ASPECT, *values, *parts)
    yield from _described(statement.iri, about, whole)
    if claim:
        yield from _described(claim.iri, data.about(claim.iri), (standard.TYPE, *CLAIM_PARTS))
    described = _iris(about, parts)
    for each in described:
        yield from _described(each, data.about(each), data.about(each))
    for each in _groups_and_studies(source, (about, *map(data.about, described))):
        yield from _described(each, data.about(each), data.about(each))


def _groups_and_studies(source: _Source, named_in: Iterable[About]) -> Iterable[NamedNode]:
    """Return the groups and studies that are referred to, with the groups around them and their studies."""
    by, found = source.by, dict[NamedNode, None]()
    waiting = [value for about in named_in for value in _iris(about, about)]
    while waiting:
        node = waiting.pop()
        if node in found or not (node in by.groups or node in by.studies):
            continue
        found[node] = None
        if node in by.groups:
            waiting += [each for each in (by.groups[node].of_study, by.groups[node].within) if each]
    return sorted(found, key=str)


def _origin(source: _Source) -> Iterator[Triple]:
    node, data = source.statement.iri, source.data
    yield from _described(node, data.about(node), _ORIGIN)
    if reading := _reading(source):
        yield from _described(reading, data.about(reading), _READING)
    spans = _iris(data.about(node), SPANS)
    parts = dict.fromkeys(part for span in spans for part in _iris(data.about(span), _PARTS_OF_SPANS))
    for each in (*spans, *parts):
        yield from _described(each, data.about(each), _PLACE)


def _publication_info(iri: NamedNode, source: _Source, claimed: Iterable[Triple]) -> Iterator[Triple]:
    statement, data, terms = source.statement, source.data, source.vocabulary.terms
    header = next(map(data.about, data.instances(standard.OWL_ONTOLOGY)))
    reading = _reading(source)
    about_reading = data.about(reading) if reading else {}
    curators = _iris(about_reading, [standard.ATTRIBUTED_TO])
    yield Triple(iri, standard.LABEL, _label(source))
    for curator in curators:
        yield Triple(iri, standard.CREATOR, curator)
    yield from _described(iri, about_reading, [standard.CREATED])
    yield from _described(iri, header, [standard.LICENSE])
    for version in _iris(header, [standard.VERSION_IRI]):
        yield Triple(iri, standard.CONFORMS_TO, version)
        yield from _described(version, header, [standard.OWL_VERSION])
    for mark in MARKS:
        for value in statement.all(mark):
            yield Triple(iri, mark, value)
    for notice in _iris(data.about(statement.iri), [model.STANDING_SAID_BY]):
        yield from _described(notice, data.about(notice), _NOTICE)
    axes = (value for property_ in (*_AXES, model.STANDING) for value in statement.all(property_))
    relation = (statement.claim.relation,) if statement.claim else ()
    named = (*(term for each in claimed for term in (each.subject, each.object)), *relation, *axes)
    of_terms = [each for each in named if isinstance(each, NamedNode) and each in terms and each not in KINDS]
    for term in dict.fromkeys((*of_terms, *statement.evidence_types, *curators)):
        yield from _described(term, data.about(term), [standard.LABEL])


def _reading(source: _Source) -> NamedNode | None:
    paper = source.statement.paper
    return source.readings.get(paper) if paper else None


def _label(source: _Source) -> Literal:
    """Return the claim in words and, unless its triple is asserted, its limits in brackets."""
    statement, label = source.statement, source.vocabulary.label

    def name(value: Value) -> str:
        group = source.by.groups.get(value) if isinstance(value, NamedNode) else None
        if group and group.called:
            return group.called
        return label(value) if isinstance(value, NamedNode) else value.value

    claim = statement.claim
    ends = (claim.subject, claim.relation, claim.object) if claim else ()
    text = " ".join(label(each) for each in ends if each) or statement.label
    standings = ", ".join(map(name, statement.all(model.STANDING)))
    if source.is_plain:
        return Literal(f"{text} (paper: {standings})" if standings else text, language="en")
    limiting: dict[NamedNode, list[str]] = {}
    for property_, value in statement.values:
        if property_ not in {*_NO_MORE, *MARKS}:
            limiting.setdefault(property_, []).append(name(value))
    told = [f"{label(property_)}: {', '.join(sorted(values))}" for property_, values in limiting.items()]
    told += [label(statement.link)] if statement.link and not plain.affirms(statement) else []
    told += map(name, statement.all(statement_model.CERTAINTY))
    told += [f"paper: {standings}"] if standings else []
    return Literal(f"{text} ({'; '.join(told)})" if told else text, language="en")


def _iris(about: About, predicates: Iterable[NamedNode]) -> tuple[NamedNode, ...]:
    values = (value for predicate in predicates for value in about.get(predicate, ()))
    return tuple(dict.fromkeys(value for value in values if isinstance(value, NamedNode)))
