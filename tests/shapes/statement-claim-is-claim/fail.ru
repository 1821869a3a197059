DELETE { ?said her2:affirms ?claim }
INSERT { ?said her2:affirms her2:Prognosis }
WHERE { ?said rdfs:label "HER2 protein overexpression is associated with prognosis"@en ; a her2:Statement . ?said her2:affirms ?claim } ;
DELETE { ?claim her2:claimStatus her2:HedgedClaim }
INSERT { ?claim her2:claimStatus her2:OpenClaim }
WHERE { ?claim her2:claimStatus her2:HedgedClaim FILTER NOT EXISTS { ?any her2:affirms ?claim } }
