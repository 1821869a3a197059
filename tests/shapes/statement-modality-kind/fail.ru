DELETE { ?said her2:modality ?value }
INSERT { ?said her2:modality her2:Affirmed . }
WHERE { ?said rdfs:label "trastuzumab is investigated against HER2 protein"@en ; her2:modality ?value }
