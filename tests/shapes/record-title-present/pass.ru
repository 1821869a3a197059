# The title is in another language.
DELETE { ?paper dcterms:title ?title }
INSERT { ?paper dcterms:title "Biologische und klinische Bedeutung"@de }
WHERE  { ?paper a fabio:Article ; dcterms:title ?title }
