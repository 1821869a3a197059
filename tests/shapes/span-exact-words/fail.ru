# The quote differs from the text by one letter.
DELETE { ?selector oa:exact ?exact }
INSERT { ?selector oa:exact ?wrong }
WHERE  { ?span a her2:Sentence ; her2:order 1 ; oa:hasSelector ?selector . ?selector oa:exact ?exact . BIND(REPLACE(?exact, "HER2", "HER3") AS ?wrong) }
