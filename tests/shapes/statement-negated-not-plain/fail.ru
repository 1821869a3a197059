DELETE { ?said her2:polarity ?value }
INSERT { ?said her2:polarity her2:Negated . }
WHERE { ?said rdfs:label "HER2 gene encodes HER2 protein"@en ; her2:polarity ?value }
