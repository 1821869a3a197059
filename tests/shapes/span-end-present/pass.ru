# A quote loses its last character, and its end moves with it.
DELETE { ?selector oa:end ?end ; oa:exact ?exact }
INSERT { ?selector oa:end ?before ; oa:exact ?rest }
WHERE  { ?span a her2:Sentence ; her2:order 1 ; oa:hasSelector ?selector . ?selector oa:end ?end ; oa:exact ?exact . BIND(?end - 1 AS ?before) BIND(SUBSTR(?exact, 1, STRLEN(?exact) - 1) AS ?rest) }
