# The title loses its characters.
DELETE { ?text rdf:value ?value }
WHERE  { ?text a her2:TitleText ; rdf:value ?value }
