INSERT { ?said her2:minGrade 3 ; her2:maxGrade 5 }
WHERE { ?said rdfs:label "HER2 protein overexpression is associated with prognosis"@en ; a her2:Statement .  }
