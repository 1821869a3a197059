DELETE { ?said her2:asOf ?value }
INSERT { ?said her2:asOf 2001 . }
WHERE { ?said rdfs:label "trastuzumab is approved for metastatic breast cancer"@en ; her2:asOf ?value }
