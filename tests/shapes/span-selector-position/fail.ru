# A selector is a quote and no position.
DELETE { ?selector a oa:TextPositionSelector }
WHERE  { ?span a her2:Sentence ; her2:order 1 ; oa:hasSelector ?selector }
