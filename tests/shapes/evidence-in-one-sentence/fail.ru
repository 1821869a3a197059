DELETE { ?quote her2:inSentence ?sentence }
WHERE { ?said rdfs:label "trastuzumab is approved for metastatic breast cancer"@en ; a her2:Statement . ?said her2:evidence ?quote . ?quote her2:inSentence ?sentence }
