# A selector loses its end.
DELETE { ?selector oa:end ?end }
WHERE  { ?span a her2:Sentence ; her2:order 1 ; oa:hasSelector ?selector . ?selector oa:end ?end }
