DELETE { ?claim her2:claimStatus ?status }
INSERT { ?claim her2:claimStatus her2:DisputedClaim }
WHERE { ?said rdfs:label "HER2 protein overexpression is associated with prognosis"@en ; a her2:Statement ; her2:affirms ?claim . ?claim her2:claimStatus ?status }
