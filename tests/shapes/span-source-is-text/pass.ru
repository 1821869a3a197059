# The title, from which the first sentence is quoted, is an abstract as well.
INSERT { ?text a her2:AbstractText }
WHERE  { ?span a her2:Sentence ; her2:order 1 ; oa:hasSource ?text }
