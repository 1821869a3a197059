# Text and digest are changed together: the title has a space at its end, where it moves no offset.
DELETE { ?text rdf:value ?value ; her2:sha256 ?digest }
INSERT { ?text rdf:value ?longer ; her2:sha256 ?other }
WHERE  {
    ?text a her2:TitleText ; rdf:value ?value ; her2:sha256 ?digest .
    BIND(CONCAT(STR(?value), " ") AS ?longer)
    BIND(SHA256(?longer) AS ?other)
}
