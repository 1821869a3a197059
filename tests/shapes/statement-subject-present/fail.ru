DELETE { ?said rdf:subject ?value }
WHERE { ?said rdfs:label "emodin is investigated against HER2 protein"@en ; rdf:subject ?value }
