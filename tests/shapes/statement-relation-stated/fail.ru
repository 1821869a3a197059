DELETE { ?said rdf:predicate ?relation ; rdf:object ?object }
INSERT { ?said rdf:predicate her2:targetedBy ; rdf:object her2:Radicicol }
WHERE { ?said rdfs:label "HER2 protein is an appropriate target for tumor-specific therapy"@en ; rdf:predicate ?relation ; rdf:object ?object }
