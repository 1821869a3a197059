DELETE { ?said her2:modality ?value }
INSERT { ?said her2:modality her2:Supposed . }
WHERE { ?said rdfs:label "HER2 protein is a ligand orphan receptor"@en ; her2:modality ?value }
