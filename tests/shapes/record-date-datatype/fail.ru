# The year is a mere string.
DELETE { ?paper dcterms:date ?date }
INSERT { ?paper dcterms:date "2001" }
WHERE  { ?paper a fabio:Article ; dcterms:date ?date }
