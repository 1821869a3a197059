DELETE { ?ontology owl:versionInfo ?old }
INSERT { ?ontology owl:versionInfo "0.1.1" }
WHERE { ?ontology a owl:Ontology ; owl:versionInfo ?old }
