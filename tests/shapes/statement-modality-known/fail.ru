DELETE { ?said her2:modality ?value }
INSERT { ?said her2:modality her2:Unknown . }
WHERE { ?said rdfs:label "HER2 protein is an appropriate target for tumor-specific therapy"@en ; her2:modality ?value }
