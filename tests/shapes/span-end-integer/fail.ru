# The end is a string.
DELETE { ?selector oa:end ?end }
INSERT { ?selector oa:end ?string }
WHERE  { ?span a her2:Sentence ; her2:order 1 ; oa:hasSelector ?selector . ?selector oa:end ?end . BIND(STR(?end) AS ?string) }
