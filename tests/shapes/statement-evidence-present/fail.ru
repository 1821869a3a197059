DELETE { ?said her2:evidence ?value }
WHERE { ?said rdfs:label "HER2:HER1 heterodimer activates HER2 signaling pathway"@en ; her2:evidence ?value }
