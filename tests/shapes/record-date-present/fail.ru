# The paper loses its date.
DELETE { ?paper dcterms:date ?date }
WHERE  { ?paper a fabio:Article ; dcterms:date ?date }
