"""Trusty URIs: IRIs that end in a hash of what they name (Trusty URI Specification, version 1, module RA)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from her2ld.dataset import to_rdflib
from her2ld.errors import ExportError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pyoxigraph import NamedNode, Quad


def artifact_code(quads: Iterable[Quad], iri: NamedNode) -> str:
    """Return the 45 characters, ``RA`` and a SHA-256, for quads that speak of ``iri`` and of ``iri#…``.

    ``iri`` is to have a last path segment, in whose place the code belongs; it does not matter what it is now. The
    quads hold no blank nodes. Raises ExportError where the nanopub library is not installed.

    >>> from pyoxigraph import Literal, NamedNode, Quad
    >>> def quads(iri):
    ...     yield Quad(iri, NamedNode("http://example.org/says"), Literal("so"), NamedNode(iri.value + "#graph"))
    >>> old, new = NamedNode("http://example.org/old"), NamedNode("http://example.org/new")
    >>> artifact_code(quads(old), old) == artifact_code(quads(new), new)
    True
    """
    make_hash = _reference_implementation()
    # rdflib keeps each lexical form here: nothing is parsed, and to_rdflib normalises nothing.
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
        rdflib.NORMALIZE_LITERALS = before  # the library switches it off for the whole process when it is imported
    return make_hash
