"""The ontology owns every name: its files read into terms by label, relations, certainties, and the JSON-LD context."""
