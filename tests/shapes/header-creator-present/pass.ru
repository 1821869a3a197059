DELETE { ?ontology dcterms:creator ?old }
INSERT { ?ontology dcterms:creator "The keepers of her2ld"@en }
WHERE { ?ontology a owl:Ontology ; dcterms:creator ?old }
