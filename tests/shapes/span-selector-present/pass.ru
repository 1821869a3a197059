# A selector is left that no span has.
INSERT { her2:selector a oa:TextPositionSelector, oa:TextQuoteSelector ; oa:start 0 ; oa:end 10 ; oa:exact ?exact }
WHERE  { ?span a her2:Sentence ; her2:order 1 ; oa:hasSelector ?selector ; oa:hasSource ?text . ?text rdf:value ?value . BIND(SUBSTR(?value, 1, 10) AS ?exact) }
