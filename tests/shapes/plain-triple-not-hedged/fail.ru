INSERT { ?s ?r ?o }
WHERE { ?said rdfs:label "HER2 protein overexpression is associated with prognosis"@en ; a her2:Statement . ?said her2:affirms ?claim . ?claim her2:subject ?s ; her2:relation ?r ; her2:object ?o }
