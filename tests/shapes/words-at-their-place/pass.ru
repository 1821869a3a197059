DELETE { ?said her2:objectWords ?words }
INSERT { ?said her2:objectWords <https://w3id.org/her2ld/record/10.1007_BF02967477/title#char=15,23> . <https://w3id.org/her2ld/record/10.1007_BF02967477/title#char=15,23> oa:exact "clinical" }
WHERE { ?said rdfs:label "HER2 protein overexpression is associated with prognosis"@en ; a her2:Statement . ?said her2:objectWords ?words }
