# The paper loses its title.
DELETE { ?paper dcterms:title ?title }
WHERE  { ?paper a fabio:Article ; dcterms:title ?title }
