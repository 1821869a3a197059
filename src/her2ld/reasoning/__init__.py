"""What follows from the ontology and from what is settled: a closure by rules, with its reasons."""
