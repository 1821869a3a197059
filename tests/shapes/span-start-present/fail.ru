# A selector loses its start.
DELETE { ?selector oa:start ?start }
WHERE  { ?span a her2:Sentence ; her2:order 1 ; oa:hasSelector ?selector . ?selector oa:start ?start }
