# The abstract loses its characters.
DELETE { ?text rdf:value ?value }
WHERE  { ?text a her2:AbstractText ; rdf:value ?value }
