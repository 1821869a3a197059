DELETE { ?said her2:objectWords ?words }
INSERT { ?said her2:objectWords <https://w3id.org/her2ld/words> . <https://w3id.org/her2ld/words> oa:exact "prognosis" }
WHERE { ?said rdfs:label "HER2 protein overexpression is associated with prognosis"@en ; a her2:Statement . ?said her2:objectWords ?words }
