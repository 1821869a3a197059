DELETE { ?said her2:basis ?old }
INSERT { ?said her2:basis her2:Investigated }
WHERE { ?said rdfs:label "trastuzumab is directed against HER2 protein"@en ; a her2:Statement . ?said her2:basis ?old }
