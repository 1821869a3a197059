# Two texts with the same characters have the same digest.
INSERT { ?copy a her2:TitleText ; rdf:value ?value ; her2:sha256 ?digest ; dcterms:isPartOf ?paper . }
WHERE  {
    ?text a her2:TitleText ; rdf:value ?value ; her2:sha256 ?digest ; dcterms:isPartOf ?paper .
    BIND(IRI(CONCAT(STR(?text), "-copy")) AS ?copy)
}
