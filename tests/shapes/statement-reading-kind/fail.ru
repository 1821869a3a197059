DELETE { ?said her2:reading ?old }
INSERT { ?said her2:reading her2:Range }
WHERE { ?said rdfs:label "HER2 gene encodes HER2 protein"@en ; a her2:Statement . ?said her2:reading ?old }
