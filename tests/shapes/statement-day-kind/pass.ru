DELETE { ?said dcterms:created ?value }
INSERT { ?said dcterms:created "2024-02-29"^^xsd:date . }
WHERE { ?said rdfs:label "emodin is investigated against HER2 protein"@en ; dcterms:created ?value }
