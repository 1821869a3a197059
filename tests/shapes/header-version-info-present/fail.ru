DELETE { ?ontology owl:versionInfo ?old }
WHERE { ?ontology a owl:Ontology ; owl:versionInfo ?old }
