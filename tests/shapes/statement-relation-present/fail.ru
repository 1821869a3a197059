DELETE { ?said rdf:predicate ?value }
WHERE { ?said rdfs:label "trastuzumab is investigated against HER2 protein"@en ; rdf:predicate ?value }
