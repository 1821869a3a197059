DELETE { ?said rdf:subject ?value }
INSERT { ?said rdf:subject her2:HER2Gene . }
WHERE { ?said rdfs:label "HER2 protein is an appropriate target for tumor-specific therapy"@en ; rdf:subject ?value }
