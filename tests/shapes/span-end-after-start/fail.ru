# The end is the start.
DELETE { ?selector oa:end ?end }
INSERT { ?selector oa:end ?start }
WHERE  { ?span a her2:Sentence ; her2:order 1 ; oa:hasSelector ?selector . ?selector oa:start ?start ; oa:end ?end }
