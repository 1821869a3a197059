# A span of the last word of the title, whose start is counted by the store.
INSERT { her2:span a oa:SpecificResource ; oa:hasSource ?text ; oa:hasSelector her2:selector . her2:selector a oa:TextPositionSelector, oa:TextQuoteSelector ; oa:start ?start ; oa:end ?end ; oa:exact "cancer" }
WHERE  { ?text a her2:TitleText ; rdf:value ?value . BIND(STRLEN(STRBEFORE(?value, "cancer")) AS ?start) BIND(?start + 6 AS ?end) }
