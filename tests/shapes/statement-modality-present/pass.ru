DELETE { ?said her2:modality ?value }
INSERT { ?said her2:modality her2:Supposed . }
WHERE { ?said rdfs:label "HER2 protein overexpression is associated with prognosis"@en ; her2:modality ?value }
