INSERT { ?said rdf:predicate her2:directedAgainst }
WHERE { ?said rdfs:label "trastuzumab is investigated against HER2 protein"@en }
