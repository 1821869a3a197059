# The title ends in a full stop, and the digest is that of the longer text.
DELETE { ?text rdf:value ?value ; her2:sha256 ?digest }
INSERT { ?text rdf:value ?longer ; her2:sha256 ?other }
WHERE  {
    ?text a her2:TitleText ; rdf:value ?value ; her2:sha256 ?digest .
    BIND(CONCAT(STR(?value), ".") AS ?longer)
    BIND(SHA256(?longer) AS ?other)
}
