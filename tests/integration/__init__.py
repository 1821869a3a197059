"""Excerpts of other vocabularies, to be joined with ``--with``; those that were tables are derived here.

    python -m tests.integration

``famplex.csv`` holds rows of resources/relations.csv of FamPlex 0.0.5, ``biomappings.tsv`` curated rows of Biomappings
0.6.0 (``file`` and ``line`` say where); both are CC0 1.0.
"""

import csv
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Triple

from her2ld import Vocabulary
from her2ld.vocabulary import standard

EXCERPTS = Path(__file__).parent
_FAMPLEX = """\
# Derived from an excerpt of FamPlex 0.0.5 (tests/integration/famplex.csv, CC0 1.0) by: python -m tests.integration
#
# "isa" is rdfs:subClassOf, as in FamPlex's own export to OBO. A symbol of HGNC is its identifier where the HER2
# ontology has that symbol; rows with another symbol are left out.
"""
_BIOMAPPINGS = """\
# Derived from an excerpt of Biomappings 0.6.0 (tests/integration/biomappings.tsv, CC0 1.0) by:
#     python -m tests.integration
#
# Its CURIEs are written with the addresses of bioregistry.io, whose prefixes Biomappings uses. Rows that say that two
# identifiers do not match are left out.
"""


def famplex(vocabulary: Vocabulary) -> str:
    """Return FamPlex's memberships as N-Triples."""
    symbols = {
        quad.object.value: quad.subject
        for quad in vocabulary.quads
        if quad.predicate == standard.LABEL and isinstance(quad.object, Literal)
        if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(vocabulary.prefixes["hgnc"])
    }

    def lines() -> Iterator[str]:
        with (EXCERPTS / "famplex.csv").open(encoding="utf-8", newline="") as stream:
            for kind, name, _isa, _fplx, family in csv.reader(stream):
                member = symbols.get(name) if kind == "HGNC" else NamedNode(vocabulary.prefixes["fplx"] + name)
                if member:
                    above = NamedNode(vocabulary.prefixes["fplx"] + family)
                    yield f"{Triple(member, standard.SUBCLASS_OF, above)} .\n"

    return _FAMPLEX + "".join(lines())


def biomappings() -> str:
    """Return the exact matches of Biomappings as N-Triples."""

    def lines() -> Iterator[str]:
        with (EXCERPTS / "biomappings.tsv").open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream, delimiter="\t"):
                one, other = (NamedNode(f"https://bioregistry.io/{row[each]}") for each in ("subject_id", "object_id"))
                if not row["predicate_modifier"]:
                    yield f"{Triple(one, standard.EXACT_MATCH, other)} .\n"

    return _BIOMAPPINGS + "".join(lines())
