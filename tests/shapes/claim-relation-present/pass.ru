DELETE { ?claim her2:relation ?old }
INSERT { ?claim her2:relation her2:associatedWithWorse }
WHERE { ?said rdfs:label "HER2 protein overexpression is associated with prognosis"@en ; a her2:Statement . ?said her2:affirms ?claim . ?claim her2:relation ?old }
