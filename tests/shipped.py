"""What travels with the package, as one graph, and how it is after an update that plants a mistake."""

from collections.abc import Iterable
from functools import cache

from pyoxigraph import Quad, Store

from her2ld import build, curation_folders, read_curation, read_ontology
from her2ld.dataset import without_named_graphs

NAMESPACE = "https://w3id.org/her2ld/shape/"
_PREFIXES = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in read_ontology().prefixes.items())


@cache
def shipped() -> tuple[Quad, ...]:
    """Return what travels with the package, as one graph."""
    vocabulary = read_ontology()
    curations = [read_curation(folder, vocabulary) for folder in curation_folders()]
    return tuple(without_named_graphs(build(vocabulary, curations)))


def store_of(quads: Iterable[Quad]) -> Store:
    """Return a store with the quads."""
    store = Store()
    store.extend(quads)
    return store


def updated(*updates: str) -> list[Quad]:
    """Return the shipped data after SPARQL updates, each of which must change something."""
    store = store_of(shipped())
    for update in updates:
        before = set(store)
        store.update(_PREFIXES + update)
        assert set(store) != before, f"it changes nothing: {update}"
    return list(store)
