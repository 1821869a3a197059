DELETE { ?ontology vann:preferredNamespacePrefix ?old }
INSERT { ?ontology vann:preferredNamespacePrefix "her2ld" }
WHERE { ?ontology a owl:Ontology ; vann:preferredNamespacePrefix ?old }
