DELETE { ?said her2:asOf ?value }
WHERE { ?said rdfs:label "trastuzumab is approved for metastatic breast cancer"@en ; her2:asOf ?value }
