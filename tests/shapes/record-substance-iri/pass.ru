# One more substance, which MeSH has as a supplementary concept.
INSERT { ?paper her2:substance mesh:C587689 }
WHERE  { ?paper a fabio:Article }
