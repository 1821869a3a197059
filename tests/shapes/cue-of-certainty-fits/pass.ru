DELETE { ?said her2:certainty ?old }
INSERT { ?said her2:certainty her2:Possible }
WHERE { ?said rdfs:label "HER2 protein is an appropriate target for tumor-specific therapy"@en ; a her2:Statement . ?said her2:certainty ?old }
