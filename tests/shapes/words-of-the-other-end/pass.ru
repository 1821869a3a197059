DELETE { ?said her2:subjectWords ?s }
INSERT { ?said her2:subjectWords ?other }
WHERE { ?said rdfs:label "trastuzumab is directed against HER2 protein"@en ; a her2:Statement . ?said her2:subjectWords ?s . ?other oa:exact "cytotoxic agents" }
