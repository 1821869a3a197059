DELETE { ?said her2:unknownAspect ?words }
WHERE { ?said a her2:KnowledgeGap . ?said her2:unknownAspect ?words }
