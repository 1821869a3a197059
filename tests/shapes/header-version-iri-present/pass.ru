DELETE { ?ontology owl:versionIRI ?old }
INSERT { ?ontology owl:versionIRI <https://w3id.org/her2ld/ontology/0.1.1> }
WHERE { ?ontology a owl:Ontology ; owl:versionIRI ?old }
