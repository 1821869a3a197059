DELETE { ?said her2:reading ?old }
WHERE { ?said rdfs:label "HER2 gene encodes HER2 protein"@en ; a her2:Statement . ?said her2:reading ?old }
