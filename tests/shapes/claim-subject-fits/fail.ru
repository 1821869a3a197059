DELETE { ?claim her2:subject ?old }
INSERT { ?claim her2:subject her2:HER2Gene }
WHERE { ?said rdfs:label "HER2 protein is an appropriate target for tumor-specific therapy"@en ; a her2:Statement . ?said her2:affirms ?claim . ?claim her2:subject ?old }
