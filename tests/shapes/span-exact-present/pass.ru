# The words come a second time, under a property of their own.
INSERT { ?span rdfs:label ?exact }
WHERE  { ?span a her2:Sentence ; her2:order 1 ; oa:hasSelector ?selector . ?selector oa:exact ?exact }
