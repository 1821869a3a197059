INSERT { <https://w3id.org/her2ld/record/10.1007_BF02967477/study-a> a her2:Study ; her2:evidence ?quote }
WHERE { ?said rdfs:label "HER2 protein overexpression is associated with prognosis"@en ; a her2:Statement . ?said her2:evidence ?quote }
