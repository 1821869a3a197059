DELETE { ?said her2:asOf ?year }
WHERE { ?said rdfs:label "trastuzumab is approved for metastatic breast cancer"@en ; a her2:Statement . ?said her2:asOf ?year }
