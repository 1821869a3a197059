# The first sentence is quoted from the title and from the abstract.
INSERT { ?span oa:hasSource ?abstract }
WHERE  { ?span a her2:Sentence ; her2:order 1 . ?abstract a her2:AbstractText }
