DELETE { ?said rdf:subject ?subject ; rdf:predicate ?relation ; rdf:object ?object }
INSERT { ?said rdf:subject her2:Radicicol ; rdf:predicate her2:directedAgainst ; rdf:object her2:HER2 }
WHERE { ?said rdfs:label "HER2 protein is an appropriate target for tumor-specific therapy"@en ; rdf:subject ?subject ; rdf:predicate ?relation ; rdf:object ?object }
