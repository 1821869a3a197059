DELETE { ?said dcterms:created ?value }
INSERT { ?said dcterms:created "2027-02-28"^^xsd:date . }
WHERE { ?said rdfs:label "trastuzumab is investigated against HER2 protein"@en ; dcterms:created ?value }
