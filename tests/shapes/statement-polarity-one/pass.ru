DELETE { ?said her2:polarity ?value }
INSERT { ?said her2:polarity her2:Negated . }
WHERE { ?said rdfs:label "HER2 protein is an appropriate target for tumor-specific therapy"@en ; her2:polarity ?value }
