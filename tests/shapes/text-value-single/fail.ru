# The title comes in capitals too.
INSERT { ?text rdf:value ?capitals }
WHERE  { ?text a her2:TitleText ; rdf:value ?value . BIND(UCASE(?value) AS ?capitals) }
