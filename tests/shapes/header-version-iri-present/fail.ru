DELETE { ?ontology owl:versionIRI ?old }
WHERE { ?ontology a owl:Ontology ; owl:versionIRI ?old }
