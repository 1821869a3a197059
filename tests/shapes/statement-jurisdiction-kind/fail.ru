DELETE { ?said her2:jurisdiction ?old }
INSERT { ?said her2:jurisdiction her2:BreastCancer }
WHERE { ?said rdfs:label "trastuzumab is approved for metastatic breast cancer"@en ; a her2:Statement . ?said her2:jurisdiction ?old }
