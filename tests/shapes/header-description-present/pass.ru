DELETE { ?ontology dcterms:description ?old }
INSERT { ?ontology dcterms:description "What papers say about HER2."@en }
WHERE { ?ontology a owl:Ontology ; dcterms:description ?old }
