DELETE { ?words oa:exact ?exact }
INSERT { ?words oa:exact "prognoses" }
WHERE { ?said rdfs:label "HER2 protein overexpression is associated with prognosis"@en ; a her2:Statement . ?said her2:objectWords ?words . ?words oa:exact ?exact }
