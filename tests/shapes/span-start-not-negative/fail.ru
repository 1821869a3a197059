# Start and end are counted one too low.
DELETE { ?selector oa:start ?start ; oa:end ?end }
INSERT { ?selector oa:start ?before ; oa:end ?last }
WHERE  { ?span a her2:Sentence ; her2:order 1 ; oa:hasSelector ?selector . ?selector oa:start ?start ; oa:end ?end . BIND(?start - 1 AS ?before) BIND(?end - 1 AS ?last) }
