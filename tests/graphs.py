"""Reading and comparing graphs in tests."""

import contextlib
from collections.abc import Iterable, Iterator

import rdflib
from pyoxigraph import CanonicalizationAlgorithm, Dataset, Quad, QuerySolutions, Store

PREFIXES = """
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX graph: <https://w3id.org/her2ld/graph/>
PREFIX her2: <https://w3id.org/her2ld/>
PREFIX mesh: <http://id.nlm.nih.gov/mesh/>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""


@contextlib.contextmanager
def literals_as_written() -> Iterator[None]:
    """Keep rdflib from rewriting the literals that it reads; pySHACL switches that on whenever it has run."""
    before = rdflib.NORMALIZE_LITERALS
    rdflib.NORMALIZE_LITERALS = False
    try:
        yield
    finally:
        rdflib.NORMALIZE_LITERALS = before


def canonical(quads: Iterable[Quad]) -> Dataset:
    """Return the quads with canonical blank node labels (RDFC-1.0), so that equal graphs are equal."""
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


def rows(quads: Iterable[Quad], query: str) -> list[tuple[str, ...]]:
    """Ask a SELECT query of the union of all graphs; terms of her2: come without the namespace."""
    store = Store()
    store.extend(quads)
    solutions = store.query(PREFIXES + query, use_default_graph_as_union=True)
    assert isinstance(solutions, QuerySolutions)
    return [tuple(_short(value) for value in solution) for solution in solutions]


def _short(value: object) -> str:
    return str(getattr(value, "value", value)).removeprefix("https://w3id.org/her2ld/")
