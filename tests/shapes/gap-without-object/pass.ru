INSERT { ?gap her2:about her2:CellTransformation }
WHERE { ?gap a her2:KnowledgeGap }
