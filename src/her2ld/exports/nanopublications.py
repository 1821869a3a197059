"""Nanopublications: each statement and each knowledge gap as a small publication of its own.

Four graphs (nanopub.net, *Nanopublication Guidelines*): the head says which they are, the assertion what is claimed,
the provenance where the claim comes from, the publication info who published it and when. The IRI is a trusty URI: it
ends in a hash of the four graphs.

A reader takes the assertion for a claim. So the plain triple stands there only if the author asserts it and nothing
limits it; all else is asserted as a node that says how far the claim goes.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import IO

from pyoxigraph import Literal, NamedNode, Quad, Triple

from her2ld import iris
from her2ld.dataset.statements import (
    CLAIM,
    KINDS,
    NEEDED,
    NEEDED_BY_BOTH,
    ORIGIN,
    SOURCES,
    SPANS,
    TRIPLE,
    About,
    Said,
    StatementNode,
    Value,
    read_statement,
    said_in,
)
from her2ld.errors import ExportError, Problem
from her2ld.exports.trusty import artifact_code
from her2ld.exports.turtle import lines_without_prefixes, prefix_lines
from her2ld.statements.fields import adds
from her2ld.statements.plain import Standing
from her2ld.vocabulary import model, standard
from her2ld.vocabulary.ontology import Vocabulary

_WITH_LITERALS = {standard.LABEL, standard.CREATED}

_PARTS_OF_SPANS = (standard.HAS_SOURCE, standard.HAS_SELECTOR)
# Where the span is and in which text. The text itself, which may be its publisher's, is no part of the publication.
_PLACE = (
    standard.TYPE,
    *_PARTS_OF_SPANS,
    standard.IS_PART_OF,
    model.SHA256,
    standard.START,
    standard.END,
    standard.EXACT,
)


@dataclass(frozen=True, slots=True)
class Nanopublication:
    """``iri`` is the trusty URI; ``quads`` are the four graphs: head, assertion, provenance, publication info."""

    iri: NamedNode
    quads: tuple[Quad, ...]


def nanopublications(quads: Iterable[Quad], vocabulary: Vocabulary) -> Iterator[Nanopublication]:
    """Yield one, unsigned, for each statement and each knowledge gap of ``her2ld.dataset.build``, in its order.

    Statements and records are held in memory. Before the first, ExportError is raised for statements that lack a part,
    for quads without a statement or with a blank node, and where the nanopub library is not installed.

    >>> from her2ld import build, curation_folders, read_curation, read_ontology
    >>> vocabulary = read_ontology()
    >>> curation = read_curation(curation_folders()[0], vocabulary)
    >>> published = list(nanopublications(build(vocabulary, [curation]), vocabulary))
    >>> len(published) == len(curation.statements) + len(curation.gaps)
    True
    """
    curated = [quad for quad in quads if quad.graph_name in {model.STATEMENTS_GRAPH, model.RECORDS_GRAPH}]
    said = said_in(chain(vocabulary.quads, curated))
    kinds = {
        quad.subject: quad.object
        for quad in curated
        if quad.predicate == standard.TYPE and isinstance(quad.subject, NamedNode)
        if isinstance(quad.object, NamedNode) and quad.object in KINDS
    }
    problems = [
        Problem(str(quad.subject), f"{quad.predicate} {quad.object} has a part without a name", "use IRIs")
        for quad in curated
        if not (isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal))
    ]
    problems += [problem for node in kinds for problem in _problems(node, said)]
    if not kinds:
        problems.append(Problem("quads", "they hold no statement and no knowledge gap", "give a curated paper"))
    if problems:
        raise ExportError(problems)
    for node, kind in kinds.items():
        statement = read_statement(node, kind, said, vocabulary)
        unnamed = iris.nanopublication("unnamed")
        iri = iris.nanopublication(artifact_code(_quads(unnamed, statement, said), unnamed))
        yield Nanopublication(iri, tuple(_quads(iri, statement, said)))


def write_nanopublications(quads: Iterable[Quad], output: IO[bytes], vocabulary: Vocabulary) -> tuple[int, int]:
    """Write them to a binary file in TriG, and give how many nanopublications and how many quads were written.

    The prefix ``sub:`` is declared anew before each. Raises ExportError as :func:`nanopublications` does.
    """
    added = {"nanopub": iris.nanopublication("").value, "np": standard.NP}
    shared = dict(sorted({**vocabulary.prefixes, **added}.items()))
    count = count_of_quads = 0
    for each in nanopublications(quads, vocabulary):
        if not count:  # nothing is written before it is known that there is no problem
            output.writelines(line.encode() for line in prefix_lines(shared))
        own = {"sub": f"{each.iri.value}#"}
        lines = chain(["\n"], prefix_lines(own), lines_without_prefixes(each.quads, {**shared, **own}))
        output.writelines(line.encode() for line in lines)
        count += 1
        count_of_quads += len(each.quads)
    return count, count_of_quads


def _iris(about: About, predicates: Iterable[NamedNode]) -> tuple[NamedNode, ...]:
    values = (value for predicate in predicates for value in about.get(predicate, ()))
    return tuple(dict.fromkeys(value for value in values if isinstance(value, NamedNode)))


def _problems(node: NamedNode, said: Said) -> Iterator[Problem]:
    about = said.about(node)
    remedy = "mend the statement; her2ld validate says more"
    of_its_kind = (each for kind in NEEDED if kind in about[standard.TYPE] for each in NEEDED[kind])
    for predicate in (*of_its_kind, *NEEDED_BY_BOTH):
        values = about.get(predicate, ()) if predicate in _WITH_LITERALS else _iris(about, [predicate])
        if len(values) != 1:
            yield Problem(node.value, f"it has {len(values) or 'no'} {predicate} and needs one", remedy)
    for span in _iris(about, SPANS):
        if len(_iris(said.about(span), _PARTS_OF_SPANS)) != len(_PARTS_OF_SPANS):
            yield Problem(node.value, f"it is not said where in which text {span} is", remedy)


def _is_plain(statement: StatementNode) -> bool:
    """Tell whether the author says it as plainly as the triple does."""
    return statement.standing is Standing.ASSERTED and all(map(adds, _qualifiers(statement)))


def _quads(iri: NamedNode, statement: StatementNode, said: Said) -> Iterator[Quad]:
    """Yield the four graphs of the nanopublication of that IRI for a statement or a knowledge gap."""
    head, assertion, provenance, publication_info = (
        NamedNode(f"{iri.value}#{name}") for name in ("Head", "assertion", "provenance", "pubinfo")
    )
    yield Quad(iri, standard.TYPE, standard.NANOPUBLICATION, head)
    yield Quad(iri, standard.HAS_ASSERTION, assertion, head)
    yield Quad(iri, standard.HAS_PROVENANCE, provenance, head)
    yield Quad(iri, standard.HAS_PUBLICATION_INFO, publication_info, head)
    about = said.about(statement.iri)
    yield from _within(assertion, _claim(statement, about))
    for source in (statement.iri, *_iris(about, SOURCES)):
        yield Quad(assertion, standard.DERIVED_FROM, source, provenance)
    yield from _within(provenance, _origin(statement.iri, said))
    yield from _within(publication_info, _publication_info(iri, statement, said))


def _within(graph: NamedNode, triples: Iterable[Triple]) -> Iterator[Quad]:
    for triple in triples:
        yield Quad(triple.subject, triple.predicate, triple.object, graph)


def _described(node: NamedNode, about: About, predicates: Iterable[NamedNode]) -> Iterator[Triple]:
    for predicate in predicates:
        for value in about.get(predicate, ()):
            yield Triple(node, predicate, value)


def _claim(statement: StatementNode, about: About) -> Iterator[Triple]:
    is_plain = _is_plain(statement)
    qualifiers = _qualifiers(statement)
    if is_plain:
        yield Triple(*(_iris(about, [each])[0] for each in TRIPLE))
    if qualifiers or not is_plain:
        yield from _described(statement.iri, about, (*CLAIM, *qualifiers))


def _origin(node: NamedNode, said: Said) -> Iterator[Triple]:
    yield from _described(node, said.about(node), ORIGIN)
    spans = _iris(said.about(node), SPANS)
    parts = dict.fromkeys(part for span in spans for part in _iris(said.about(span), _PARTS_OF_SPANS))
    for each in (*spans, *parts):
        yield from _described(each, said.about(each), _PLACE)


def _publication_info(iri: NamedNode, statement: StatementNode, said: Said) -> Iterator[Triple]:
    about = said.about(statement.iri)
    header = next(map(said.about, said.instances(standard.OWL_ONTOLOGY)))
    yield Triple(iri, standard.LABEL, _label(statement, said))
    for curator in _iris(about, [standard.ATTRIBUTED_TO]):
        yield Triple(iri, standard.CREATOR, curator)
    yield from _described(iri, about, [standard.CREATED])
    yield from _described(iri, header, [standard.LICENSE])
    for version in _iris(header, [standard.VERSION_IRI]):
        yield Triple(iri, standard.CONFORMS_TO, version)
        yield from _described(version, header, [standard.OWL_VERSION])
    named = (
        statement.subject,
        statement.relation,
        statement.object,
        *statement.about,
        *(value for _, value in statement.qualifiers),
        statement.modality,
        *statement.evidence_types,
        *statement.curators,
    )
    for term in dict.fromkeys(each for each in named if isinstance(each, NamedNode)):
        yield from _described(term, said.about(term), [standard.LABEL])


def _label(statement: StatementNode, said: Said) -> Literal:
    """Give the statement's label and, unless its triple is claimed, in brackets how far it goes."""

    def name(term: Value | None) -> str:
        if not isinstance(term, NamedNode):
            return term.value if isinstance(term, Literal) else str(term)
        labels = said.about(term).get(standard.LABEL, ())
        return min((label.value for label in labels if isinstance(label, Literal)), default=term.value)

    if _is_plain(statement):
        return Literal(statement.label, language="en")
    limiting: dict[NamedNode, list[str]] = {}
    for property_, value in statement.qualifiers:
        limiting.setdefault(property_, []).append(name(value))
    limits = [f"{name(property_)}: {', '.join(sorted(values))}" for property_, values in limiting.items()]
    return Literal(f"{statement.label} ({'; '.join([*limits, name(statement.modality)])})", language="en")


def _qualifiers(statement: StatementNode) -> tuple[NamedNode, ...]:
    return tuple(dict.fromkeys(property_ for property_, _ in statement.qualifiers))
