DELETE { ?claim her2:claimStatus ?status }
INSERT { ?claim her2:claimStatus her2:DisputedClaim . ?new a her2:Disagreement ; rdfs:label "disagreement: denial"@en ; her2:opposition her2:Denial ; her2:oneSide ?said ; her2:otherSide ?other ; her2:disputes ?said }
WHERE { ?said rdfs:label "HER2 protein overexpression is associated with prognosis"@en ; a her2:Statement ; her2:affirms ?claim . ?claim her2:claimStatus ?status . ?other rdfs:label "HER2 protein is a ligand orphan receptor"@en ; a her2:Statement . BIND(IRI(CONCAT(STR(?claim), "#disagreement-1")) AS ?new) }
