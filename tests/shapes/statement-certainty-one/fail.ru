INSERT { ?said her2:certainty her2:Possible }
WHERE { ?said rdfs:label "HER2 protein overexpression is associated with prognosis"@en ; a her2:Statement .  }
