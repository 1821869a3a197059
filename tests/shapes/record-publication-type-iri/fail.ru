# The publication type is given as a word.
INSERT { ?paper her2:publicationType "Review" }
WHERE  { ?paper a fabio:Article }
