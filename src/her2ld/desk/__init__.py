"""A person's changes to the files of the project: new papers, and terms of the ontology."""
