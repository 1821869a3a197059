# The date becomes that of the day after.
DELETE { ?paper dcterms:date ?date }
INSERT { ?paper dcterms:date "2002"^^xsd:gYear }
WHERE  { ?paper a fabio:Article ; dcterms:date ?date }
