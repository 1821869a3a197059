DELETE { ?claim her2:object ?old }
INSERT { ?claim her2:object her2:HER2SignalingPathway }
WHERE { ?said rdfs:label "HER2 signaling pathway involves Ras-MAPK pathway"@en ; a her2:Statement . ?said her2:affirms ?claim . ?claim her2:object ?old }
