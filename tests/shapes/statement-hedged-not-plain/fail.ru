INSERT { ?subject ?relation ?object }
WHERE { ?said rdfs:label "HER2 protein overexpression is associated with prognosis"@en ; rdf:subject ?subject ; rdf:predicate ?relation ; rdf:object ?object }
