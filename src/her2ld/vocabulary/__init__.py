"""The ontology owns every name: her2.ttl read into terms by label, relations, modalities, and the JSON-LD context."""

from her2ld.vocabulary.context import json_ld_context
from her2ld.vocabulary.ontology import Modality, Term, Vocabulary, name_key, read_ontology

__all__ = ["Modality", "Term", "Vocabulary", "json_ld_context", "name_key", "read_ontology"]
