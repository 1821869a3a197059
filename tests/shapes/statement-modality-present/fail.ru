DELETE { ?said her2:modality ?value }
WHERE { ?said rdfs:label "trastuzumab is investigated against HER2 protein"@en ; her2:modality ?value }
