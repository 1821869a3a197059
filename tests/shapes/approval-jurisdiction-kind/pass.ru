INSERT { ?said her2:jurisdiction her2:NotStated }
WHERE { ?said rdfs:label "trastuzumab is investigated against HER2 protein"@en }
