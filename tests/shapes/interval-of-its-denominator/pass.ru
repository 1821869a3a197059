DELETE { ?said her2:lowerBound ?lower ; her2:upperBound ?upper ; her2:denominator ?denominator }
WHERE { ?said rdfs:label "HER2 gene amplification is observed in breast cancer"@en ; her2:lowerBound ?lower ; her2:upperBound ?upper ; her2:denominator ?denominator }
