# The quote lacks its last character.
DELETE { ?selector oa:exact ?exact }
INSERT { ?selector oa:exact ?rest }
WHERE  { ?span a her2:Sentence ; her2:order 1 ; oa:hasSelector ?selector . ?selector oa:exact ?exact . BIND(SUBSTR(?exact, 1, STRLEN(?exact) - 1) AS ?rest) }
