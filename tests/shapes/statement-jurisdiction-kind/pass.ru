INSERT { ?said her2:jurisdiction her2:NotStated }
WHERE { ?said rdfs:label "HER2 protein overexpression is associated with prognosis"@en ; a her2:Statement .  }
