INSERT { ?said her2:asOf "2001"^^xsd:gYear }
WHERE { ?said rdfs:label "trastuzumab is investigated against HER2 protein"@en }
