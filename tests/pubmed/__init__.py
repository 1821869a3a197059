"""A second reading of PubMed's records, and of the RDF made of them, to compare the program with."""
