INSERT { ?gap her2:modality her2:Supposed }
WHERE { ?gap a her2:KnowledgeGap }
