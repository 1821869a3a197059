INSERT { ?said rdf:object her2:HER2SignalingPathway }
WHERE { ?said rdfs:label "emodin inhibits HER2 phosphorylation"@en }
