DELETE { ?said her2:lowerBound ?value }
INSERT { ?said her2:lowerBound 0.0 . }
WHERE { ?said rdfs:label "HER2 gene amplification is observed in breast cancer"@en ; her2:lowerBound ?value }
