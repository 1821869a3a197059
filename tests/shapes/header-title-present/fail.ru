DELETE { ?ontology dcterms:title ?old }
WHERE { ?ontology a owl:Ontology ; dcterms:title ?old }
