DELETE { ?said her2:condition ?value }
INSERT { ?said her2:condition her2:MAPKinases . }
WHERE { ?said rdfs:label "HER2 signaling pathway involves S6 kinase signaling pathway"@en ; her2:condition ?value }
