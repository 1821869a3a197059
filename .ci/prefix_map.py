"""Draws ontology/prefix_map.json, the spellings of identifiers, from Bioregistry; with --check, compares it instead.

    .ci/spellings

Bioregistry (CC0 1.0) knows the prefixes, the addresses and the patterns of vocabularies; which of them is the
owner's is said by the prefixes of ontology/her2.ttl. What is taken: the synonyms of a prefix, and every address that
ends with the identifier (or with the identifier and /entry, as UniProt's). What is not: an address that Bioregistry
itself gives to another prefix or, being shared, to none, and the names of other databases that borrow the identifiers
(STRING:P04626 is STRING's).
"""

import json
import sys
from typing import Any

from bioregistry import manager
from bioregistry.schema import Resource

from her2ld.assets import PREFIX_MAP
from her2ld.query.prepared import ontology_prefixes
from her2ld.vocabulary.identifiers import owner_iri

# What OBO ontologies have in common: others write obo:GO_0038128, her2.ttl go:0038128.
NAMESPACES = {**ontology_prefixes(), "obo": "http://purl.obolibrary.org/obo/"}
VOCABULARIES = (
    "bfo", "biolink", "chebi", "doid", "eco", "efo", "fplx", "go", "hgnc", "mesh", "mi", "mondo", "ncbigene", "ncit",
    "obcs", "obi", "obo", "ogms", "pr", "reactome", "ro", "sio", "so", "stato", "uniprot", "vo",
)  # fmt: skip
# Bioregistry's pattern of MeSH, and NLM's descriptor with its qualifier (D018719Q000378), which it leaves out.
PATTERNS = {"mesh": r"^((C|D|Q)\d+|D\d+Q\d+)$"}
# Pages on which owners show an identifier, and which Bioregistry does not have; as links of others have them.
PAGES = {
    "ncbigene": ("https://www.ncbi.nlm.nih.gov/datasets/gene/", "https://www.ncbi.nlm.nih.gov/gene/?term="),
    "ncit": (
        "https://evsexplore.semantics.cancer.gov/evsexplore/concept/ncit/",
        "https://ncit.nci.nih.gov/ncitbrowser/ConceptReport.jsp?code=",
        "https://ncithesaurus.nci.nih.gov/ncitbrowser/ConceptReport.jsp?code=",
    ),
    "reactome": ("https://reactome.org/PathwayBrowser/#/",),
    "uniprot": ("https://rest.uniprot.org/uniprotkb/",),
}
ENTRY_PAGE = "$1/entry"


def records() -> list[dict[str, Any]]:
    """Return the records of the map, sorted by prefix."""
    resources = {prefix: manager.get_resource(prefix) for prefix in VOCABULARIES}
    namespaces = {prefix: NAMESPACES[prefix] for prefix in VOCABULARIES}
    claimed = {
        address: record.prefix
        for record in manager.converter.records
        for address in (record.uri_prefix, *record.uri_prefix_synonyms)
    }
    drawn = [_ours()]
    for prefix, resource in resources.items():
        assert resource is not None, f"Bioregistry has no {prefix}"
        pages = {each for page in PAGES.get(prefix, ()) for each in (page, _other_scheme(page))}
        certain = {_other_scheme(namespaces[prefix])} | entry_pages_of(resource) | pages
        own = {each for each in resource.get_uri_prefixes() if claimed.get(each) == resource.prefix}
        names = {resource.prefix, resource.get_preferred_prefix() or prefix, *resource.get_synonyms()}
        pattern = PATTERNS.get(prefix, resource.get_pattern())
        drawn.append(
            {
                "prefix": prefix,
                "uri_prefix": namespaces[prefix],
                "prefix_synonyms": sorted(names - {prefix}),
                "uri_prefix_synonyms": sorted((own | certain) - {namespaces[prefix]}),
                **({"pattern": pattern} if pattern else {}),
                "example": example_of(resource),
            }
        )
    return sorted(drawn, key=lambda record: str(record["prefix"]))


def entry_pages_of(resource: Resource) -> set[str]:
    """Return what stands before the identifier in the addresses that go on with /entry."""
    return {each.removesuffix(ENTRY_PAGE) for each in resource.get_uri_formats() if each.endswith(ENTRY_PAGE)}


def example_of(resource: Resource) -> str:
    """Return Bioregistry's example of an identifier."""
    example = resource.get_example()
    assert example, f"Bioregistry has no example of {resource.prefix}"
    return example


def _ours() -> dict[str, Any]:
    namespace = NAMESPACES["her2"]
    return {
        "prefix": "her2",
        "uri_prefix": namespace,
        "prefix_synonyms": [],
        "uri_prefix_synonyms": [_other_scheme(namespace)],
        "example": "HER2",
    }


def _other_scheme(address: str) -> str:
    scheme, _, rest = address.partition("://")
    return f"{'http' if scheme == 'https' else 'https'}://{rest}"


def unrecognised(drawn: list[dict[str, Any]]) -> list[str]:
    """Return the spellings of Bioregistry's examples that do not lead to the owner's form."""
    wrong = []
    for record in drawn:
        example = str(record["example"])
        names = [record["prefix"], *record["prefix_synonyms"]]
        spellings = [f"{name}:{example}" for name in names]
        spellings += [f"{address}{example}" for address in record["uri_prefix_synonyms"]]
        for spelling in spellings:
            iri = owner_iri(spelling)
            if iri is None or iri.value != f"{record['uri_prefix']}{example}":
                wrong.append(f"{spelling} leads to {iri}")
    return wrong


if __name__ == "__main__":
    drawn = records()
    text = json.dumps(drawn, indent=1, ensure_ascii=False) + "\n"
    if "--check" not in sys.argv:
        PREFIX_MAP.write_text(text, encoding="utf-8")
    elif text != PREFIX_MAP.read_text(encoding="utf-8"):
        sys.exit("ontology/prefix_map.json is not what Bioregistry says: draw it with .ci/spellings --draw")
    if wrong := unrecognised(drawn):
        sys.exit("\n".join(wrong))
    count = sum(len(record["prefix_synonyms"]) + len(record["uri_prefix_synonyms"]) + 2 for record in drawn)
    print(f"{len(drawn)} vocabularies, {count:,} spellings, each leads to the form of its owner")
