DELETE { ?said her2:unknownAspect ?words }
INSERT { ?said her2:unknownAspect ?other }
WHERE { ?said a her2:KnowledgeGap . ?said her2:unknownAspect ?words . ?fellow rdfs:label "trastuzumab is approved for metastatic breast cancer"@en ; a her2:Statement . ?fellow her2:evidence ?other }
