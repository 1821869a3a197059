DELETE { ?said her2:unknownAspect ?words }
INSERT { ?said her2:unknownAspect ?sentence }
WHERE { ?said a her2:KnowledgeGap . ?said her2:unknownAspect ?words . ?words her2:inSentence ?sentence }
