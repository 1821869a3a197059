INSERT { ?said her2:evidence ?other }
WHERE { ?said rdfs:label "trastuzumab is directed against HER2 protein"@en ; a her2:Statement .  ?fellow rdfs:label "trastuzumab is approved for metastatic breast cancer"@en ; a her2:Statement . ?fellow her2:evidence ?other }
