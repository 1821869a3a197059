INSERT { ?r her2:pValue 0.04 }
WHERE { ?said rdfs:label "HER2 gene amplification is observed in breast cancer"@en ; a her2:Statement . ?said her2:result ?r }
