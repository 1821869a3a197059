DELETE { ?said dcterms:created ?value }
INSERT { ?said dcterms:created "22 November 2026" . }
WHERE { ?said rdfs:label "trastuzumab is investigated against HER2 protein"@en ; dcterms:created ?value }
