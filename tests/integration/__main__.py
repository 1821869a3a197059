"""Writes the excerpts that are derived from tables."""

from her2ld import read_ontology
from tests.integration import EXCERPTS, biomappings, famplex

(EXCERPTS / "famplex.nt").write_text(famplex(read_ontology()), encoding="utf-8")
(EXCERPTS / "biomappings.nt").write_text(biomappings(), encoding="utf-8")
