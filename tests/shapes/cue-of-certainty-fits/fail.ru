DELETE { ?said her2:certainty ?old }
INSERT { ?said her2:certainty her2:Certain . ?s ?r ?o }
WHERE { ?said rdfs:label "HER2 protein is an appropriate target for tumor-specific therapy"@en ; a her2:Statement . ?said her2:certainty ?old ; her2:affirms ?claim . ?claim her2:subject ?s ; her2:relation ?r ; her2:object ?o }
