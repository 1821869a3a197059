# A selector is a position, a quote and a selector.
INSERT { ?selector a oa:Selector }
WHERE  { ?span a her2:Sentence ; her2:order 1 ; oa:hasSelector ?selector }
