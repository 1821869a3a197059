DELETE { ?said her2:population ?value }
INSERT { ?said her2:population her2:MetastaticBreastCancer . }
WHERE { ?said rdfs:label "HER2 protein overexpression is associated with prognosis"@en ; her2:population ?value }
