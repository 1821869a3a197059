INSERT { ?said her2:direction her2:Higher }
WHERE { ?said rdfs:label "HER2 protein overexpression is associated with prognosis"@en ; a her2:Statement .  }
