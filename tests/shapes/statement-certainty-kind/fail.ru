DELETE { ?said her2:certainty ?old }
INSERT { ?said her2:certainty her2:Similar }
WHERE { ?said rdfs:label "HER2 protein overexpression is associated with prognosis"@en ; a her2:Statement . ?said her2:certainty ?old }
