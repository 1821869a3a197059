DELETE { ?claim her2:subject ?end }
INSERT { ?claim her2:subject her2:HER4 }
WHERE { ?said rdfs:label "HER2 protein is a ligand orphan receptor"@en ; a her2:Statement . ?said her2:affirms ?claim . ?claim her2:subject ?end }
