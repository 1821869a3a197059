DELETE { ?claim her2:claimStatus ?status }
WHERE { ?said rdfs:label "trastuzumab is directed against HER2 protein"@en ; a her2:Statement ; her2:affirms ?claim . ?claim her2:claimStatus ?status }
