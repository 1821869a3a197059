DELETE { ?said prov:wasDerivedFrom ?paper }
WHERE { ?said rdfs:label "trastuzumab is approved for metastatic breast cancer"@en ; a her2:Statement . ?said prov:wasDerivedFrom ?paper }
