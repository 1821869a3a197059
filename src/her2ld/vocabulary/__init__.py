"""The ontology owns every name: her2.ttl read into terms by label, relations, modalities, and the JSON-LD context."""

from her2ld.vocabulary.context import json_ld_context
from her2ld.vocabulary.ontology import Modality, Term, Vocabulary, name_key, read_ontology
from her2ld.vocabulary.prefixes import prefix_splitter

__all__ = ["Modality", "Term", "Vocabulary", "json_ld_context", "name_key", "prefix_splitter", "read_ontology"]
