DELETE { ?gap her2:unknownAspect ?value }
WHERE { ?gap a her2:KnowledgeGap ; her2:unknownAspect ?value }
