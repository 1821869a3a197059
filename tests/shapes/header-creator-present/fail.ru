DELETE { ?ontology dcterms:creator ?old }
WHERE { ?ontology a owl:Ontology ; dcterms:creator ?old }
