INSERT { ?gap her2:polarity her2:Negated }
WHERE { ?gap a her2:KnowledgeGap }
