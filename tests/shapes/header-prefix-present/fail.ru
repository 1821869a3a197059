DELETE { ?ontology vann:preferredNamespacePrefix ?old }
WHERE { ?ontology a owl:Ontology ; vann:preferredNamespacePrefix ?old }
