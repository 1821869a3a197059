DELETE { ?said rdf:object ?value }
INSERT { ?said rdf:object her2:HER2SignalingPathway . }
WHERE { ?said rdfs:label "HER2 signaling pathway involves Ras-MAPK pathway"@en ; rdf:object ?value }
