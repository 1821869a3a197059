"""IRIs split into prefix and local name, and written in this form."""

from collections.abc import Callable, Mapping
from functools import lru_cache

_FOLDERS_KEPT = 65536


def prefix_splitter(prefixes: Mapping[str, str]) -> Callable[[str], tuple[str, str] | None]:
    """Return a function that splits an IRI after its longest known namespace, or returns None if it has none.

    >>> split = prefix_splitter({"obo": "http://purl.obolibrary.org/obo/", "go": "http://purl.obolibrary.org/obo/GO_"})
    >>> split("http://purl.obolibrary.org/obo/GO_0038128")
    ('go', '0038128')
    >>> split("http://example.org/x") is None
    True
    """
    by_namespace = {namespace: prefix for prefix, namespace in prefixes.items()}

    @lru_cache(_FOLDERS_KEPT)
    def lengths_in(folder: str) -> list[int]:
        """Return the lengths of the namespaces that an IRI of that folder can begin with, the longest first."""
        possible = {len(each) for each in by_namespace if each.startswith(folder) or folder.startswith(each)}
        return sorted(possible, reverse=True)

    def split(iri: str) -> tuple[str, str] | None:
        for length in lengths_in(iri[: max(iri.rfind("/"), iri.rfind("#")) + 1]):
            prefix = by_namespace.get(iri[:length])
            if prefix is not None:
                return prefix, iri[length:]
        return None

    return split


def curie_writer(prefixes: Mapping[str, str]) -> Callable[[str], str]:
    """Return a function that writes an IRI with the prefix of its longest known namespace, or else in full.

    >>> curie_writer({"go": "http://purl.obolibrary.org/obo/GO_"})("http://purl.obolibrary.org/obo/GO_0038128")
    'go:0038128'
    """
    split = prefix_splitter(prefixes)
    return lambda iri: ":".join(split(iri) or (iri,))
