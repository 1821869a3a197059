INSERT { ?said her2:condition her2:MAPKIndependent }
WHERE { ?said rdfs:label "HER2 signaling pathway involves Ras-MAPK pathway"@en }
