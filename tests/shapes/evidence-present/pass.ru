DELETE { ?said her2:evidence ?quote }
INSERT { ?said her2:evidence ?sentence }
WHERE { ?said rdfs:label "trastuzumab is directed against HER2 protein"@en ; a her2:Statement . ?said her2:evidence ?quote . ?quote her2:inSentence ?sentence }
