# A quote of one character: its end comes just after its start.
DELETE { ?selector oa:end ?end ; oa:exact ?exact }
INSERT { ?selector oa:end ?next ; oa:exact ?first }
WHERE  { ?span a her2:Sentence ; her2:order 1 ; oa:hasSelector ?selector . ?selector oa:start ?start ; oa:end ?end ; oa:exact ?exact . BIND(?start + 1 AS ?next) BIND(SUBSTR(?exact, 1, 1) AS ?first) }
