DELETE { ?said her2:asOf ?year }
INSERT { ?said her2:asOf 2001 }
WHERE { ?said rdfs:label "trastuzumab is approved for metastatic breast cancer"@en ; a her2:Statement . ?said her2:asOf ?year }
