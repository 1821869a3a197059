DELETE { ?said her2:lowerBound ?value }
INSERT { ?said her2:lowerBound 1.0e-1 . }
WHERE { ?said rdfs:label "HER2 gene amplification is observed in breast cancer"@en ; her2:lowerBound ?value }
