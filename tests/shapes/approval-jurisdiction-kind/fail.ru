DELETE { ?said her2:jurisdiction ?value }
INSERT { ?said her2:jurisdiction her2:BreastCancer . }
WHERE { ?said rdfs:label "trastuzumab is approved for metastatic breast cancer"@en ; her2:jurisdiction ?value }
