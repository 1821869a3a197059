DELETE { ?ontology dcterms:description ?old }
WHERE { ?ontology a owl:Ontology ; dcterms:description ?old }
