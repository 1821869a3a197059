INSERT { ?gap her2:about her2:HER2SignalingPathway }
WHERE { ?gap a her2:KnowledgeGap }
