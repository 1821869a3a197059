# A selector loses its words.
DELETE { ?selector oa:exact ?exact }
WHERE  { ?span a her2:Sentence ; her2:order 1 ; oa:hasSelector ?selector . ?selector oa:exact ?exact }
