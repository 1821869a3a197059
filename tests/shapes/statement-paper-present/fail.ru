DELETE { ?said prov:wasDerivedFrom ?value }
WHERE { ?said rdfs:label "trastuzumab is investigated against HER2 protein"@en ; prov:wasDerivedFrom ?value }
