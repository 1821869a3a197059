DELETE { ?said her2:polarity ?value }
WHERE { ?said rdfs:label "trastuzumab is investigated against HER2 protein"@en ; her2:polarity ?value }
