"""Nanopublications: each statement and each knowledge gap as a small publication of its own.

Four graphs (nanopub.net, *Nanopublication Guidelines*): the head says which they are, the assertion what is claimed,
the provenance where the claim comes from, the publication info who published it and when. The IRI is a trusty URI: it
ends in a hash of the four graphs.

A reader takes the assertion for a claim. So the plain triple stands there only if the author asserts it and nothing
limits it; all else is asserted as a node that says how far the claim goes.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import IO

from pyoxigraph import Literal, NamedNode, Quad, Triple

from her2ld.dataset import iris
from her2ld.errors import ExportError, Problem
from her2ld.exports.trusty import artifact_code
from her2ld.exports.turtle import lines_without_prefixes, prefix_lines
from her2ld.vocabulary import model, standard
from her2ld.vocabulary.ontology import Vocabulary

# What is said of a statement or a knowledge gap is its claim, its origin or its label; all else is a qualifier.
_TRIPLE = (standard.SUBJECT, standard.PREDICATE, standard.OBJECT)
_CLAIM = (standard.TYPE, *_TRIPLE, model.POLARITY, model.ABOUT, model.UNKNOWN_ASPECT, model.MODALITY)
_ORIGIN = (
    model.MODALITY,  # in the claim it keeps a hedge; here one query finds it for every nanopublication
    model.CUE,
    model.EVIDENCE,
    model.EVIDENCE_TYPE,
    standard.DERIVED_FROM,
    standard.ATTRIBUTED_TO,
    standard.CREATED,
)
# Qualifiers that add to a statement and take nothing from it. Any other, a new one too, is understood to limit it.
_ADDING = {model.ORDINAL, model.SUBJECT_EXEMPLAR_OF, model.OBJECT_EXEMPLAR_OF}

_REQUIRED = {
    model.STATEMENT: (*_TRIPLE, model.POLARITY),
    model.KNOWLEDGE_GAP: (model.UNKNOWN_ASPECT,),
}
_REQUIRED_OF_BOTH = (standard.LABEL, *(each for each in _ORIGIN if each not in {model.CUE, model.EVIDENCE_TYPE}))
_WITH_LITERALS = {standard.LABEL, standard.CREATED}

_SPANS = (model.EVIDENCE, model.CUE, model.UNKNOWN_ASPECT)
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

_About = Mapping[NamedNode, tuple[NamedNode | Literal, ...]]
_Said = Mapping[NamedNode, _About]


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
    said = _by_subject(chain(vocabulary.quads, curated))
    nodes = [node for node, about in said.items() if not _REQUIRED.keys().isdisjoint(about.get(standard.TYPE, ()))]
    problems = [
        Problem(str(quad.subject), f"{quad.predicate} {quad.object} has a part without a name", "use IRIs")
        for quad in curated
        if not (isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal))
    ]
    problems += [problem for node in nodes for problem in _problems(node, said)]
    if not nodes:
        problems.append(Problem("quads", "they hold no statement and no knowledge gap", "give a curated paper"))
    if problems:
        raise ExportError(problems)
    settling = {modality.iri for modality in vocabulary.modalities.values() if modality.settles}
    for node in nodes:
        is_plain = _is_plain(said[node], settling)
        unnamed = iris.nanopublication("unnamed")
        iri = iris.nanopublication(artifact_code(_quads(unnamed, node, said, is_plain=is_plain), unnamed))
        yield Nanopublication(iri, tuple(_quads(iri, node, said, is_plain=is_plain)))


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


def _by_subject(quads: Iterable[Quad]) -> _Said:
    said: defaultdict[NamedNode, defaultdict[NamedNode, dict[NamedNode | Literal, None]]]
    said = defaultdict(lambda: defaultdict(dict))
    for subject, predicate, value, _ in quads:
        if isinstance(subject, NamedNode) and isinstance(value, NamedNode | Literal):
            said[subject][predicate][value] = None
    return {
        subject: {predicate: tuple(values) for predicate, values in about.items()} for subject, about in said.items()
    }


def _iris(about: _About, predicates: Iterable[NamedNode]) -> tuple[NamedNode, ...]:
    values = (value for predicate in predicates for value in about.get(predicate, ()))
    return tuple(dict.fromkeys(value for value in values if isinstance(value, NamedNode)))


def _problems(node: NamedNode, said: _Said) -> Iterator[Problem]:
    about = said[node]
    remedy = "mend the statement; her2ld validate says more"
    of_its_kind = (each for kind in _REQUIRED if kind in about[standard.TYPE] for each in _REQUIRED[kind])
    for predicate in (*of_its_kind, *_REQUIRED_OF_BOTH):
        values = about.get(predicate, ()) if predicate in _WITH_LITERALS else _iris(about, [predicate])
        if len(values) != 1:
            yield Problem(node.value, f"it has {len(values) or 'no'} {predicate} and needs one", remedy)
    for span in _iris(about, _SPANS):
        if len(_iris(said.get(span, {}), _PARTS_OF_SPANS)) != len(_PARTS_OF_SPANS):
            yield Problem(node.value, f"it is not said where in which text {span} is", remedy)


def _is_plain(about: _About, settling: Container[NamedNode]) -> bool:
    """Tell whether the author says it as plainly as the triple does."""
    is_settled = about[model.MODALITY][0] in settling
    return is_settled and model.AFFIRMED in about.get(model.POLARITY, ()) and _ADDING.issuperset(_qualifiers(about))


def _qualifiers(about: _About) -> list[NamedNode]:
    return sorted(about.keys() - {*_CLAIM, *_ORIGIN, standard.LABEL}, key=str)


def _quads(iri: NamedNode, node: NamedNode, said: _Said, *, is_plain: bool) -> Iterator[Quad]:
    """Yield the four graphs of the nanopublication of that IRI for a statement or a knowledge gap."""
    head, assertion, provenance, publication_info = (
        NamedNode(f"{iri.value}#{name}") for name in ("Head", "assertion", "provenance", "pubinfo")
    )
    yield Quad(iri, standard.TYPE, standard.NANOPUBLICATION, head)
    yield Quad(iri, standard.HAS_ASSERTION, assertion, head)
    yield Quad(iri, standard.HAS_PROVENANCE, provenance, head)
    yield Quad(iri, standard.HAS_PUBLICATION_INFO, publication_info, head)
    yield from _within(assertion, _claim(node, said[node], is_plain=is_plain))
    for source in (node, *_iris(said[node], (model.EVIDENCE, standard.DERIVED_FROM))):
        yield Quad(assertion, standard.DERIVED_FROM, source, provenance)
    yield from _within(provenance, _origin(node, said))
    yield from _within(publication_info, _publication_info(iri, node, said, is_plain=is_plain))


def _within(graph: NamedNode, triples: Iterable[Triple]) -> Iterator[Quad]:
    for triple in triples:
        yield Quad(triple.subject, triple.predicate, triple.object, graph)


def _described(node: NamedNode, about: _About, predicates: Iterable[NamedNode]) -> Iterator[Triple]:
    for predicate in predicates:
        for value in about.get(predicate, ()):
            yield Triple(node, predicate, value)


def _claim(node: NamedNode, about: _About, *, is_plain: bool) -> Iterator[Triple]:
    qualifiers = _qualifiers(about)
    if is_plain:
        yield Triple(*(_iris(about, [each])[0] for each in _TRIPLE))
    if qualifiers or not is_plain:
        yield from _described(node, about, (*_CLAIM, *qualifiers))


def _origin(node: NamedNode, said: _Said) -> Iterator[Triple]:
    yield from _described(node, said[node], _ORIGIN)
    spans = _iris(said[node], _SPANS)
    parts = dict.fromkeys(part for span in spans for part in _iris(said[span], _PARTS_OF_SPANS))
    for each in (*spans, *parts):
        yield from _described(each, said.get(each, {}), _PLACE)


def _publication_info(iri: NamedNode, node: NamedNode, said: _Said, *, is_plain: bool) -> Iterator[Triple]:
    about = said[node]
    header = next(each for each in said.values() if standard.OWL_ONTOLOGY in each.get(standard.TYPE, ()))
    yield Triple(iri, standard.LABEL, _label(about, said, is_plain=is_plain))
    for curator in _iris(about, [standard.ATTRIBUTED_TO]):
        yield Triple(iri, standard.CREATOR, curator)
    yield from _described(iri, about, [standard.CREATED])
    yield from _described(iri, header, [standard.LICENSE])
    for version in _iris(header, [standard.VERSION_IRI]):
        yield Triple(iri, standard.CONFORMS_TO, version)
        yield from _described(version, header, [standard.OWL_VERSION])
    named = (*_TRIPLE, model.ABOUT, *_qualifiers(about), model.MODALITY, model.EVIDENCE_TYPE, standard.ATTRIBUTED_TO)
    for term in _iris(about, named):
        yield from _described(term, said.get(term, {}), [standard.LABEL])


def _label(about: _About, said: _Said, *, is_plain: bool) -> Literal:
    """Give the statement's label and, unless its triple is claimed, in brackets how far it goes."""

    def name(term: NamedNode | Literal) -> str:
        labels = said.get(term, {}).get(standard.LABEL, ()) if isinstance(term, NamedNode) else ()
        return min((label.value for label in labels), default=term.value)

    label = name(about[standard.LABEL][0])
    if is_plain:
        return Literal(label, language="en")
    limits = [f"{name(each)}: {', '.join(sorted(map(name, about[each])))}" for each in _qualifiers(about)]
    return Literal(f"{label} ({'; '.join([*limits, *map(name, about[model.MODALITY])])})", language="en")
