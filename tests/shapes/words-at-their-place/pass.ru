DELETE { ?said her2:objectWords ?words }
INSERT { ?said her2:objectWords <https://w3id.org/her2ld/record/10.1007_BF02967477/title#char=70,76> . <https://w3id.org/her2ld/record/10.1007_BF02967477/title#char=70,76> oa:exact "cancer" }
WHERE { ?said rdfs:label "HER2 protein overexpression is associated with prognosis"@en ; a her2:Statement . ?said her2:objectWords ?words }
