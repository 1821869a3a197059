DELETE { ?ontology dcterms:license ?old }
WHERE { ?ontology a owl:Ontology ; dcterms:license ?old }
