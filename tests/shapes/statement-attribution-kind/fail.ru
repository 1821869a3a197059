DELETE { ?said her2:attribution ?old }
INSERT { ?said her2:attribution her2:Similar }
WHERE { ?said rdfs:label "HER2 protein overexpression is associated with prognosis"@en ; a her2:Statement . ?said her2:attribution ?old }
