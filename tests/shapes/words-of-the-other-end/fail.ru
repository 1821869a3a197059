DELETE { ?said her2:subjectWords ?s ; her2:objectWords ?o }
INSERT { ?said her2:subjectWords ?o ; her2:objectWords ?s }
WHERE { ?said rdfs:label "trastuzumab is directed against HER2 protein"@en ; a her2:Statement . ?said her2:subjectWords ?s ; her2:objectWords ?o }
