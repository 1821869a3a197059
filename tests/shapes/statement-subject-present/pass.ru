DELETE { ?said rdf:subject ?value }
INSERT { ?said rdf:subject her2:Trastuzumab . }
WHERE { ?said rdfs:label "emodin is investigated against HER2 protein"@en ; rdf:subject ?value }
