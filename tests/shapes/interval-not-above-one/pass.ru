DELETE { ?said her2:upperBound ?value }
INSERT { ?said her2:upperBound 1.0 . }
WHERE { ?said rdfs:label "HER2 protein overexpression is observed in breast cancer"@en ; her2:upperBound ?value }
