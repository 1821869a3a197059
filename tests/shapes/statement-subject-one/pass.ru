INSERT { ?said her2:subjectExemplarOf her2:HumanizedMonoclonalAntibody }
WHERE { ?said rdfs:label "trastuzumab is investigated against HER2 protein"@en }
