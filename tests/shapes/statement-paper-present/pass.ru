INSERT { ?said prov:wasDerivedFrom <https://doi.org/10.1000/182> }
WHERE { ?said rdfs:label "trastuzumab is approved for metastatic breast cancer"@en ; a her2:Statement .  }
