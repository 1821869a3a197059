"""Excerpts of other vocabularies beside our data: a graph of their own, and identifiers in the form of their owners."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import BlankNode, NamedNode, Quad, Triple

from her2ld.dataset.obo_files import is_obo, read_obo
from her2ld.dataset.rdf_files import AS_THEY_ARE, Reading, read_rdf
from her2ld.errors import OntologyError, Problem, RecordError
from her2ld.vocabulary import model, standard
from her2ld.vocabulary.axioms import settle_blank_nodes
from her2ld.vocabulary.identifiers import owner_iri


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What a file says, in the graph ``excerpts``, each triple once.

    ``triples_read`` counts those of the file; ``rewritten`` has the owner's form of each IRI that was another, and
    ``left_out`` how many lines of each tag of an OBO file have no triple.
    """

    path: Path
    triples_read: int
    quads: tuple[Quad, ...]
    rewritten: Mapping[NamedNode, NamedNode]
    left_out: Mapping[str, int]


def read_excerpt(path: Path | str, reading: Reading = AS_THEY_ARE) -> Excerpt:
    """Read an RDF file, or one in OBO format, for the graph ``excerpts``, from whatever graphs its triples are in.

    Identifiers in any spelling are led to the form of their owners, blank nodes get names that last, and texts stay as
    they are. Raises RecordError where the file cannot be read, has no triple, is an export of ours (what is hedged
    would become a fact), or has what no OWL axiom has: a blank node that hangs on two things (but an axiom and its
    annotations share what they are about), blank nodes that refer to each other in a circle, or triples within triples.
    """
    path = Path(path)
    rewritten: dict[NamedNode, NamedNode] = {}
    content = read_obo(path) if is_obo(path) else None
    given = [Quad(*each) for each in content.triples] if content else list(read_rdf(path, reading))
    if any(quad.graph_name in model.GRAPHS for quad in given):
        remedy = "join exports of ours as they are, graph by graph; --with is for other vocabularies"
        raise RecordError([Problem(str(path), "is an export of her2ld, with its own named graphs", remedy)])
    read = [_owned(quad, rewritten) for quad in given]
    triples = dict.fromkeys(read)
    _check(triples, path)
    try:
        quads = settle_blank_nodes(triples, model.EXCERPTS_GRAPH, letter="x")
    except OntologyError as error:
        raise RecordError(Problem(str(path), each.what, each.remedy) for each in error.problems) from error
    return Excerpt(path, len(read), quads, rewritten, content.left_out if content else {})


def _owned(quad: Quad, rewritten: dict[NamedNode, NamedNode]) -> Triple:
    """Return the triple of a quad with its identifiers in their owners' form, and note those that were in another."""
    terms = [quad.subject, quad.predicate, quad.object]
    for place, term in enumerate(terms):
        iri = owner_iri(term.value) if isinstance(term, NamedNode) else None
        if iri and iri != term:
            rewritten[term] = iri  # type: ignore[index]
            terms[place] = iri
    return Triple(*terms)  # type: ignore[arg-type]


def _check(triples: Iterable[Triple], path: Path) -> None:
    hanging = Counter(
        triple.object
        for triple in triples
        if isinstance(triple.object, BlankNode) and triple.predicate not in standard.ANNOTATED_ENDS
    )
    problems = []
    if not triples:
        problems.append(Problem(str(path), "has no triple", "give a file with RDF in it"))
    if any(count > 1 for count in hanging.values()):
        problems.append(Problem(str(path), "has a blank node that hangs on two things", "give it an IRI"))
    if any(isinstance(term, Triple) for triple in triples for term in triple):
        problems.append(Problem(str(path), "has a triple within a triple", "write each triple out by itself"))
    if problems:
        raise RecordError(problems)
