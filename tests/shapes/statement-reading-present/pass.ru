INSERT { ?said her2:reading her2:Presupposed }
WHERE { ?said rdfs:label "HER2 gene encodes HER2 protein"@en ; a her2:Statement .  }
