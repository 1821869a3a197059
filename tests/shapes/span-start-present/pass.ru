# A quote loses its first character, and its start moves with it.
DELETE { ?selector oa:start ?start ; oa:exact ?exact }
INSERT { ?selector oa:start 1 ; oa:exact ?rest }
WHERE  { ?span a her2:Sentence ; her2:order 1 ; oa:hasSelector ?selector . ?selector oa:start ?start ; oa:exact ?exact . BIND(SUBSTR(?exact, 2) AS ?rest) }
