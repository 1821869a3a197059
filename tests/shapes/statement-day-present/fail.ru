DELETE { ?said dcterms:created ?value }
WHERE { ?said rdfs:label "trastuzumab is investigated against HER2 protein"@en ; dcterms:created ?value }
