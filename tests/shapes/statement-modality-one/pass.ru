DELETE { ?said her2:modality ?value }
INSERT { ?said her2:modality her2:Suggested . }
WHERE { ?said rdfs:label "HER2 signaling pathway involves Ras-MAPK pathway"@en ; her2:modality ?value }
