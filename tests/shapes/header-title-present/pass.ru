DELETE { ?ontology dcterms:title ?old }
INSERT { ?ontology dcterms:title "HER2 ontology, revised"@en }
WHERE { ?ontology a owl:Ontology ; dcterms:title ?old }
