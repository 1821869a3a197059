# A span ends where the title ends, as counted by the store.
INSERT { her2:span a oa:SpecificResource ; oa:hasSource ?text ; oa:hasSelector her2:selector . her2:selector a oa:TextPositionSelector, oa:TextQuoteSelector ; oa:start 11 ; oa:end ?end ; oa:exact ?exact }
WHERE  { ?text a her2:TitleText ; rdf:value ?value . BIND(STRLEN(?value) AS ?end) BIND(SUBSTR(?value, 12) AS ?exact) }
