INSERT { ?said her2:evidence ?text }
WHERE { ?said rdfs:label "trastuzumab is directed against HER2 protein"@en ; a her2:Statement . ?said her2:evidence/oa:hasSource ?text }
