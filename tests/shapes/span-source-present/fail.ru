# The first sentence loses its source.
DELETE { ?span oa:hasSource ?source }
WHERE  { ?span a her2:Sentence ; her2:order 1 ; oa:hasSource ?source }
