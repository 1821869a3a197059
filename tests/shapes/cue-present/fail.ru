DELETE { ?said her2:cue ?value }
WHERE { ?said rdfs:label "HER2 protein overexpression is associated with prognosis"@en ; her2:cue ?value }
