"""Some pages of each kind, for tests that need not draw all of them."""

from collections import defaultdict
from collections.abc import Iterable

from pyoxigraph import NamedNode, Quad

from her2ld.pages import Knowledge, page_paths
from her2ld.pages.links import is_version
from her2ld.vocabulary import model, standard
from tests.shipped import needed, shipped


def without_unneeded(quads: Iterable[Quad]) -> tuple[Quad, ...]:
    """Return the quads without the entities that no shipped paper speaks of, each in its graph."""
    left_out = set(shipped()) - set(needed())
    return tuple(quad for quad in quads if Quad(*quad.triple) not in left_out)


def sample(knowledge: Knowledge) -> list[str]:
    """Return the paths of two pages of each kind: the first, and the one of which most is said.

    A kind is where the page stands (the first part of its path, and how deep it is) and the types of the thing. A
    version of the ontology is left out: its page is that of the ontology, the longest of all.
    """
    kinds: defaultdict[object, list[tuple[int, str]]] = defaultdict(list)
    for path in page_paths(knowledge):
        if is_version(knowledge, path):
            continue
        said = list(knowledge.store.quads_for_pattern(NamedNode(model.HER2LD + path), None, None))
        types = frozenset(quad.object for quad in said if quad.predicate == standard.TYPE)
        folder, *parts = path.split("/")
        kinds[folder if parts else "", len(parts), types].append((len(said), path))
    sampled = (path for pages in kinds.values() for _, path in (pages[0], max(pages)))
    return list(dict.fromkeys(sampled))
