DELETE { ?said her2:upperBound ?value }
INSERT { ?said her2:upperBound 0.45 . }
WHERE { ?said rdfs:label "HER2 gene amplification is observed in breast cancer"@en ; her2:upperBound ?value }
