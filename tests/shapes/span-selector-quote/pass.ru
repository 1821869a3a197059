# A quote also gives the words that stand after it.
INSERT { ?selector oa:suffix "" }
WHERE  { ?span a her2:Sentence ; her2:order 1 ; oa:hasSelector ?selector }
