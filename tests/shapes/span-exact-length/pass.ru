# A text whose first letter, a mathematical alpha, is one code point but two UTF-16 units and four bytes.
INSERT {
    her2:text a her2:TitleText ; rdf:value ?value ; her2:sha256 ?digest ; dcterms:isPartOf ?paper .
    her2:span a oa:SpecificResource ; oa:hasSource her2:text ; oa:hasSelector her2:selector .
    her2:selector a oa:TextPositionSelector, oa:TextQuoteSelector ; oa:start 0 ; oa:end 5 ; oa:exact "𝛼HER2" .
}
WHERE  { ?paper a fabio:Article . BIND("𝛼HER2 binds" AS ?value) BIND(SHA256(?value) AS ?digest) }
