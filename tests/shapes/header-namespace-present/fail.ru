DELETE { ?ontology vann:preferredNamespaceUri ?old }
WHERE { ?ontology a owl:Ontology ; vann:preferredNamespaceUri ?old }
