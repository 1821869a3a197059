DELETE { ?said her2:polarity ?value }
INSERT { ?said her2:polarity her2:Negated . }
WHERE { ?said rdfs:label "HER2 protein overexpression is associated with prognosis"@en ; her2:polarity ?value }
