DELETE { ?r her2:intervalKind ?old }
INSERT { ?r her2:intervalKind her2:HazardRatio }
WHERE { ?said rdfs:label "HER2 gene amplification is observed in breast cancer"@en ; a her2:Statement . ?said her2:result ?r . ?r her2:intervalKind ?old }
