# The month is known.
DELETE { ?paper dcterms:date ?date }
INSERT { ?paper dcterms:date "2001-01"^^xsd:gYearMonth }
WHERE  { ?paper a fabio:Article ; dcterms:date ?date }
