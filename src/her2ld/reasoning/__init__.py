"""What follows from the ontology and from what is asserted: a closure by rules, with its reasons."""
