INSERT { ?said her2:denominator her2:BreastCancer }
WHERE { ?said rdfs:label "HER2 protein overexpression is associated with prognosis"@en }
