DELETE { ?said her2:objectWords ?words }
WHERE { ?said rdfs:label "trastuzumab is directed against HER2 protein"@en ; a her2:Statement . ?said her2:objectWords ?words }
