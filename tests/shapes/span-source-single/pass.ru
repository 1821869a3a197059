# The first sentence says twice, in two properties, from which text it is.
INSERT { ?span dcterms:isPartOf ?text }
WHERE  { ?span a her2:Sentence ; her2:order 1 ; oa:hasSource ?text }
