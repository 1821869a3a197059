DELETE { ?said prov:wasAttributedTo ?value }
WHERE { ?said rdfs:label "trastuzumab is investigated against HER2 protein"@en ; prov:wasAttributedTo ?value }
