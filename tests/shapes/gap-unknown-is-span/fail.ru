INSERT { ?gap her2:unknownAspect her2:CellTransformation }
WHERE { ?gap a her2:KnowledgeGap }
