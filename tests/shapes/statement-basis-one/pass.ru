DELETE { ?said her2:basis ?old }
INSERT { ?said her2:basis her2:Observed }
WHERE { ?said rdfs:label "HER2 protein overexpression is associated with tumor aggressiveness"@en ; a her2:Statement . ?said her2:basis ?old }
