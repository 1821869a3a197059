"""The ontology owns every name: its three files read into terms by label, relations, certainties, and the JSON-LD context."""
