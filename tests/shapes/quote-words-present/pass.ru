# The abstract loses its characters, and every quote keeps its own.
DELETE { ?text rdf:value ?value }
WHERE  { ?text a her2:AbstractText ; rdf:value ?value }
