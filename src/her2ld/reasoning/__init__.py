"""Inference over the ontology and the asserted triples: a closure under rules, with explanations."""
