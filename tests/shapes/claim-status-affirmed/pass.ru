DELETE { ?said her2:affirms ?claim . ?claim her2:claimStatus ?status }
INSERT { ?said her2:denies ?claim ; her2:polarityCue ?cue . ?claim her2:claimStatus her2:DeniedClaim }
WHERE { ?said rdfs:label "HER2 protein overexpression is associated with prognosis"@en ; a her2:Statement ; her2:affirms ?claim . ?claim her2:claimStatus ?status . ?said her2:certaintyCue ?cue }
