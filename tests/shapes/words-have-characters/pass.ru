DELETE { ?said her2:objectWords ?words . ?words oa:exact ?exact }
INSERT { ?said her2:objectWords ?sentence }
WHERE { ?said rdfs:label "HER2 protein overexpression is associated with prognosis"@en ; a her2:Statement . ?said her2:objectWords ?words ; her2:evidence/her2:inSentence ?sentence . ?words oa:exact ?exact }
