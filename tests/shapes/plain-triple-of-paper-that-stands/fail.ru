INSERT { ?said her2:standing her2:Retracted }
WHERE { ?said rdfs:label "trastuzumab is approved for metastatic breast cancer"@en ; a her2:Statement }
