INSERT { ?said her2:basis her2:Observed }
WHERE { ?said rdfs:label "HER2 protein overexpression is associated with prognosis"@en ; a her2:Statement .  }
