"""The ontology, which owns every name: its terms, its rules for the program, and identifiers of other vocabularies."""
