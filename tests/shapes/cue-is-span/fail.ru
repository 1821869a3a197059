DELETE { ?said her2:cue ?value }
INSERT { ?said her2:cue <https://w3id.org/her2ld/record/10.1007_BF02967477/abstract> . }
WHERE { ?said rdfs:label "HER2 protein overexpression is associated with prognosis"@en ; her2:cue ?value }
