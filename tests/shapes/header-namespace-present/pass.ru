DELETE { ?ontology vann:preferredNamespaceUri ?old }
INSERT { ?ontology vann:preferredNamespaceUri "https://w3id.org/her2ld/"@en }
WHERE { ?ontology a owl:Ontology ; vann:preferredNamespaceUri ?old }
