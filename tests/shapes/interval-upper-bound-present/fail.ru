DELETE { ?said her2:upperBound ?value }
WHERE { ?said rdfs:label "HER2 gene amplification is observed in breast cancer"@en ; her2:upperBound ?value }
