INSERT { ?said rdf:subject her2:Emodin }
WHERE { ?said rdfs:label "trastuzumab is investigated against HER2 protein"@en }
