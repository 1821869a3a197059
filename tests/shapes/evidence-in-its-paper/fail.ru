DELETE { ?said prov:wasDerivedFrom ?value }
INSERT { ?said prov:wasDerivedFrom <https://doi.org/10.1186/1471-2105-9-S11-S10> . }
WHERE { ?said rdfs:label "trastuzumab is investigated against HER2 protein"@en ; prov:wasDerivedFrom ?value }
