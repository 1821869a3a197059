DELETE { ?said her2:polarity ?value }
INSERT { ?said her2:polarity her2:Negated . }
WHERE { ?said rdfs:label "HER2 signaling pathway involves Ras-MAPK pathway"@en ; her2:polarity ?value }
