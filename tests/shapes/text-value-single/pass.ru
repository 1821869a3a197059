# The title comes in capitals too, under a property of its own.
INSERT { ?text skos:altLabel ?capitals }
WHERE  { ?text a her2:TitleText ; rdf:value ?value . BIND(UCASE(?value) AS ?capitals) }
