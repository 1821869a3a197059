DELETE { ?said her2:asOf ?value }
INSERT { ?said her2:asOf "1998"^^xsd:gYear . }
WHERE { ?said rdfs:label "trastuzumab is approved for metastatic breast cancer"@en ; her2:asOf ?value }
