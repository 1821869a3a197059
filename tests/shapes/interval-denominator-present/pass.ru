DELETE { ?said her2:denominator ?value }
INSERT { ?said her2:denominator her2:MetastaticBreastCancer . }
WHERE { ?said rdfs:label "HER2 gene amplification is observed in breast cancer"@en ; her2:denominator ?value }
