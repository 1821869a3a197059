DELETE { ?s ?r ?o }
INSERT { ?said her2:standing her2:Retracted }
WHERE { ?said rdfs:label "trastuzumab is approved for metastatic breast cancer"@en ; a her2:Statement . ?said her2:affirms ?claim . ?claim her2:subject ?s ; her2:relation ?r ; her2:object ?o }
