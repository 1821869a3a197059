INSERT { ?said her2:affirms ?other }
WHERE { ?said rdfs:label "HER2 protein overexpression is associated with prognosis"@en ; a her2:Statement .  ?fellow rdfs:label "HER2 protein overexpression is associated with tumor aggressiveness"@en ; a her2:Statement . ?fellow her2:affirms ?other }
