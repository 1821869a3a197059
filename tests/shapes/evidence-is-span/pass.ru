DELETE { ?said her2:evidence ?value }
INSERT { ?said her2:evidence <https://w3id.org/her2ld/record/10.1007_BF02967477/abstract#char=215,305> . }
WHERE { ?said rdfs:label "HER2:HER1 heterodimer activates HER2 signaling pathway"@en ; her2:evidence ?value }
