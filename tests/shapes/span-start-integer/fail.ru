# The start is a string.
DELETE { ?selector oa:start ?start }
INSERT { ?selector oa:start "0" }
WHERE  { ?span a her2:Sentence ; her2:order 1 ; oa:hasSelector ?selector . ?selector oa:start ?start }
