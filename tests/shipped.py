"""The data of the package, as one graph."""

from collections.abc import Iterable
from functools import cache

from pyoxigraph import NamedNode, Quad, Store

from her2ld import build, curation_folders, read_curation, read_ontology
from her2ld.dataset import without_named_graphs
from her2ld.vocabulary.model import HER2LD
from her2ld.vocabulary.standard import OWL_INDIVIDUAL, TYPE
from her2ld.vocabulary.statement_model import RANK

NAMESPACE = "https://w3id.org/her2ld/shape/"


@cache
def shipped() -> tuple[Quad, ...]:
    """Return the data of the package as one graph."""
    vocabulary = read_ontology()
    curations = [read_curation(folder, vocabulary) for folder in curation_folders()]
    return tuple(without_named_graphs(build(vocabulary, curations)))


@cache
def needed() -> tuple[Quad, ...]:
    """Return the data of the package without the entities that none of its papers mentions.

    A change is tried on this: all classes, relations and shapes look at the same kinds of things in it, and a
    validation takes half the time.
    """
    quads = shipped()
    individuals = {quad.subject for quad in quads if quad.predicate == TYPE and quad.object == OWL_INDIVIDUAL}
    ours = {each for each in individuals if isinstance(each, NamedNode) and each.value.startswith(HER2LD)}
    kept = {quad.object for quad in quads if quad.subject not in ours} & ours
    waiting = set(kept)
    while waiting:
        waiting = {quad.object for quad in quads if quad.subject in waiting} & ours - kept
        kept |= waiting
    left_out = ours - kept - {quad.subject for quad in quads if quad.predicate == RANK}
    mapped = {quad.object for quad in quads if quad.subject in left_out and not str(quad.object)[1:].startswith(HER2LD)}
    mapped -= {quad.object for quad in quads if quad.subject not in left_out}
    return tuple(quad for quad in quads if quad.subject not in left_out and quad.subject not in mapped)


@cache
def _left_out() -> dict[object, list[Quad]]:
    """Return the quads that :func:`needed` leaves out, by their subjects."""
    kept = {quad.subject for quad in needed()}
    found: dict[object, list[Quad]] = {}
    for quad in shipped():
        if quad.subject not in kept:
            found.setdefault(quad.subject, []).append(quad)
    return found


def speaking_of(names: set[str]) -> list[Quad]:
    """Return what is left out of those terms, and of all that they lead to."""
    waiting: list[object] = [NamedNode(f"{HER2LD}{name}") for name in sorted(names)]
    found: dict[object, list[Quad]] = {}
    while waiting:
        each = waiting.pop()
        if each not in found:
            found[each] = _left_out().get(each, [])
            waiting += [quad.object for quad in found[each]]
    return [quad for quads in found.values() for quad in quads]


def store_of(quads: Iterable[Quad]) -> Store:
    """Return a store with the quads."""
    store = Store()
    store.extend(quads)
    return store
