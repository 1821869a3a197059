"""The ontology owns every name: her2.ttl read into terms by label, relations, modalities, and the JSON-LD context."""
